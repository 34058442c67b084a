import Foundation

/// A linear least-squares fit.
///
/// Householder QR of the scaled columns, followed by iterative refinement of the augmented
/// system with residuals summed in twice the working precision (Björck 1967,
/// doi:10.1007/BF01939321; Ogita, Rump & Oishi 2005, doi:10.1137/030601818).
public struct LinearFit: Hashable, Sendable {
    /// The coefficients, in the order of the columns.
    public let coefficients: [Double]
    /// Observed minus fitted.
    public let residuals: [Double]
    /// Sum of squared residuals.
    public let residualSumOfSquares: Double
    /// Observations minus coefficients.
    public let degreesOfFreedom: Int
    /// (X'X)^-1; times the residual variance it is the covariance of the coefficients.
    public let inverseCrossProduct: Matrix
    /// The diagonal of the hat matrix, or empty when it was not asked for.
    public let leverages: [Double]

    /// Fits `response` on the columns of `design`.
    /// - Parameter terms: the names of the columns, for messages.
    /// - Throws: when lengths differ, a value is not finite, there are fewer observations than
    ///   columns, or the columns are dependent.
    public init(
        design: Matrix, response: [Double], terms: [String] = [], withLeverages: Bool = false
    ) throws(AnalysisError) {
        guard design.rows == response.count else {
            throw .unequalLengths("the design", design.rows, "the response", response.count)
        }
        guard design.columns > 0, design.rows >= design.columns else {
            throw .tooFew(
                what: "observations", found: design.rows, needed: max(1, design.columns))
        }
        try requireFinite(response, "response")
        try requireFinite(design.elements, "value of the design")
        let qr = HouseholderQR(design)
        if let column = qr.firstDependentColumn {
            let name = terms.indices.contains(column) ? terms[column] : "term \(column + 1)"
            throw .singular(
                what: name,
                remedy: "drop the term, or add observations that vary it apart from the others")
        }
        let (coefficients, residuals) = LinearFit.refined(qr, design, response)
        self.coefficients = coefficients
        self.residuals = residuals
        var squares = 0.0
        var lost = 0.0
        for residual in residuals { add(residual * residual, to: &squares, &lost) }
        residualSumOfSquares = squares + lost
        degreesOfFreedom = design.rows - design.columns
        inverseCrossProduct = qr.inverseCrossProduct()
        leverages = withLeverages ? qr.leverages() : []
    }

    /// Residual variance, or nil without residual degrees of freedom.
    public var residualVariance: Double? {
        degreesOfFreedom > 0 ? residualSumOfSquares / Double(degreesOfFreedom) : nil
    }

    /// Standard errors of the coefficients, or nil without residual degrees of freedom.
    public var standardErrors: [Double]? {
        residualVariance.map { variance in
            coefficients.indices.map { (inverseCrossProduct[$0, $0] * variance).squareRoot() }
        }
    }

    /// The fitted value for one row of a design.
    public func prediction(_ row: [Double]) -> Double { dot(row, coefficients) }

    /// Solves the augmented system r + X b = y, X' r = 0, then corrects the solution with the
    /// residuals of both equations until it no longer changes, at most three times.
    private static func refined(
        _ qr: HouseholderQR, _ design: Matrix, _ response: [Double]
    ) -> ([Double], [Double]) {
        let columns = design.columns
        var coefficients = [Double](repeating: 0, count: columns)
        var residuals = [Double](repeating: 0, count: design.rows)
        var previous = Double.infinity
        for _ in 0..<4 {
            var first = augmentedResidual(design, response, coefficients, residuals)
            let second = normalResidual(design, residuals)
            let h = qr.solveTransposed((0..<columns).map { second[$0] / qr.scale[$0] })
            qr.applyTransposed(&first)
            let step = qr.solveUpper((0..<columns).map { first[$0] - h[$0] })
            for column in 0..<columns { first[column] = h[column] }
            qr.apply(&first)
            var size = 0.0
            for column in 0..<columns {
                let change = step[column] / qr.scale[column]
                let updated = coefficients[column] + change
                size = max(size, abs(change) / max(abs(updated), .leastNormalMagnitude))
                coefficients[column] = updated
            }
            for row in residuals.indices { residuals[row] += first[row] }
            // A correction that no longer shrinks is rounding, not information.
            if size < 1e-16 || size >= previous { break }
            previous = size
        }
        return (coefficients, residuals)
    }

    /// y - r - X b, with products and sums carried in twice the working precision.
    private static func augmentedResidual(
        _ design: Matrix, _ response: [Double], _ coefficients: [Double], _ residuals: [Double]
    ) -> [Double] {
        var result = response
        design.elements.withUnsafeBufferPointer { x in
            for row in result.indices {
                var sum = response[row]
                var lost = 0.0
                add(-residuals[row], to: &sum, &lost)
                for column in coefficients.indices {
                    addProduct(
                        -x[column * design.rows + row], coefficients[column], to: &sum, &lost)
                }
                result[row] = sum + lost
            }
        }
        return result
    }

    /// -X' r, with products and sums carried in twice the working precision.
    private static func normalResidual(_ design: Matrix, _ residuals: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: design.columns)
        design.elements.withUnsafeBufferPointer { x in
            for column in result.indices {
                var sum = 0.0
                var lost = 0.0
                for row in residuals.indices {
                    addProduct(-x[column * design.rows + row], residuals[row], to: &sum, &lost)
                }
                result[column] = sum + lost
            }
        }
        return result
    }
}

/// Adds `a` x `b` to a sum that keeps what rounding lost of the product and of the sum.
@inline(__always)
func addProduct(_ a: Double, _ b: Double, to sum: inout Double, _ lost: inout Double) {
    let product = a * b
    lost += (-product).addingProduct(a, b)
    add(product, to: &sum, &lost)
}
