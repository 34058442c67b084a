/// How much of each fluorochrome every detector sees: the spillover of a compensation, or the
/// reference spectra of an unmixing.
///
/// Row f, column d is the signal of fluorochrome f in detector d, relative to its own. An
/// observed event o (a row of detector values) and its true event c (a row of fluorochrome
/// values) are related by o = c · S, so c = o · S⁻¹; with more detectors than fluorochromes c is
/// the least-squares solution (Gating-ML 2.0, spectrumMatrix; C. B. Bagwell, E. G. Adams, Ann N
/// Y Acad Sci 677:167–184 (1993)).
public struct SpectrumMatrix: Hashable, Sendable {
    /// Names of the rows. After compensation these are the names of the new columns.
    public let fluorochromes: [String]
    /// Names of the columns: parameters of the file.
    public let detectors: [String]
    let coefficients: DenseMatrix

    /// More detectors than this are refused: an unmixing beyond it would be no measurement.
    public static let detectorsMax = 1024
    /// A matrix whose inverse magnifies errors more than this is refused. Real panels of 40
    /// colours stay below 100.
    public static let conditionMax = 1e10

    /// A matrix with one row of `coefficients` for each fluorochrome.
    public init(
        fluorochromes: [String], detectors: [String], coefficients: [[Double]]
    ) throws(CompensationError) {
        guard !fluorochromes.isEmpty, detectors.count <= Self.detectorsMax else {
            throw .init(
                .shape,
                "the matrix has \(fluorochromes.count) fluorochromes and \(detectors.count) "
                    + "detectors, it needs 1 to \(Self.detectorsMax) of each")
        }
        guard fluorochromes.count <= detectors.count else {
            throw .init(
                .shape,
                "the matrix has \(fluorochromes.count) fluorochromes but only "
                    + "\(detectors.count) detectors: they cannot be told apart")
        }
        for names in [fluorochromes, detectors] {
            var seen: Set<String> = []
            for name in names where !seen.insert(name).inserted {
                throw .init(.shape, "the matrix names '\(name)' twice")
            }
        }
        guard coefficients.count == fluorochromes.count,
            coefficients.allSatisfy({ $0.count == detectors.count }),
            let matrix = DenseMatrix(coefficients)
        else {
            throw .init(
                .shape,
                "the matrix needs \(fluorochromes.count) rows of \(detectors.count) coefficients")
        }
        guard matrix.elements.allSatisfy(\.isFinite) else {
            throw .init(.shape, "the matrix holds a number that is not finite")
        }
        self.fluorochromes = fluorochromes
        self.detectors = detectors
        self.coefficients = matrix
    }

    /// The coefficient of `fluorochrome` in `detector`, both counted from 0.
    public subscript(fluorochrome: Int, detector: Int) -> Double {
        coefficients[fluorochrome, detector]
    }

    /// The rows, one for each fluorochrome.
    public var rows: [[Double]] {
        (0..<coefficients.rows).map { row in
            (0..<coefficients.columns).map { coefficients[row, $0] }
        }
    }

    /// True when every fluorochrome is seen by its own detector alone.
    public var isIdentity: Bool {
        coefficients.rows == coefficients.columns
            && rows.enumerated().allSatisfy { row, values in
                values.enumerated().allSatisfy { $1 == (row == $0 ? 1 : 0) }
            }
    }

    /// The matrix that takes a row of detector values to a row of fluorochrome values: detectors
    /// × fluorochromes.
    func unmixing() throws(CompensationError) -> DenseMatrix {
        let square = coefficients.rows == coefficients.columns
        let result =
            square ? coefficients.inverse() : coefficients.transposed.leftInverse()?.transposed
        guard let result else {
            throw .init(
                .singular,
                "the spillover matrix of \(fluorochromes.joined(separator: ", ")) cannot be "
                    + "inverted: two fluorochromes look alike to every detector")
        }
        let condition = coefficients.norm * result.norm
        guard condition <= Self.conditionMax else {
            throw .init(
                .singular,
                "the spillover matrix of \(fluorochromes.joined(separator: ", ")) is nearly "
                    + "singular: errors would grow \(condition)-fold, limit \(Self.conditionMax)")
        }
        return result
    }

    /// How much the inverse magnifies errors (condition number in the maximum norm).
    public func condition() throws(CompensationError) -> Double {
        coefficients.norm * (try unmixing()).norm
    }

    /// The true values of one observed event, both in the order of the names. For whole files
    /// use a gating plan, which works on columns.
    public func unmix(_ observed: [Double]) throws(CompensationError) -> [Double] {
        let matrix = try unmixing()
        guard observed.count == matrix.rows else {
            throw .init(
                .shape,
                "the event has \(observed.count) values, the matrix \(matrix.rows) detectors")
        }
        return (0..<matrix.columns).map { column in
            var sum = 0.0
            for row in 0..<matrix.rows { sum += observed[row] * matrix[row, column] }
            return sum
        }
    }
}
