import Foundation

/// A polynomial fitted to the response of an experiment.
public struct ResponseModel: Sendable {
    /// One coefficient.
    public struct Coefficient: Hashable, Sendable {
        /// The term.
        public let name: String
        /// The estimate.
        public let value: Double
        /// Standard error; nil without residual degrees of freedom.
        public let standardError: Double?
        /// Two-sided probability of the t test; nil without residual degrees of freedom.
        public let p: Double?
        /// Variance inflation; nil for the intercept and blocks.
        public let varianceInflation: Double?
    }

    /// The polynomial.
    public let model: PolynomialModel
    /// Coefficients of the polynomial, then of the blocks after the first.
    public let coefficients: [Coefficient]
    /// Sequential analysis of variance: blocks, linear, interactions, squares, other terms, then
    /// residual with its lack of fit and pure error.
    public let anova: [VarianceLine]
    /// All terms but intercept and blocks together.
    public let regression: VarianceLine
    /// Lack of fit against replicates; nil without them.
    public let lackOfFit: VarianceLine?
    /// Share of the sum of squares (about the mean) explained.
    public let rSquared: Double
    /// That, adjusted for the number of terms.
    public let adjustedRSquared: Double?
    /// 1 - PRESS / total; nil when a run alone determines a coefficient.
    public let predictedRSquared: Double?
    /// Sum of squared residuals of each run predicted from the others.
    public let press: Double?
    /// The fit.
    public let fit: LinearFit
    /// The response as observed.
    public let observed: [Double]
    /// Number of blocks, at least 1.
    public let blockCount: Int

    /// Residual standard deviation; nil without residual degrees of freedom.
    public var sigma: Double? { fit.residualVariance?.squareRoot() }

    /// Fits `response` to the coded `runs`.
    public init(
        runs: [[Double]], response: [Double], model: PolynomialModel, blocks: [Int] = []
    ) throws(AnalysisError) {
        guard runs.count == response.count else {
            throw .unequalLengths("runs", runs.count, "responses", response.count)
        }
        guard runs.allSatisfy({ $0.count == model.factorCount }) else {
            throw .unequalLengths(
                "factors of the model", model.factorCount, "values of a run",
                runs.first { $0.count != model.factorCount }?.count ?? 0)
        }
        guard blocks.isEmpty || blocks.count == runs.count else {
            throw .unequalLengths("runs", runs.count, "blocks", blocks.count)
        }
        let levels = numbered(blocks)
        let count = (levels.max() ?? 0) + 1
        blockCount = count
        let indicators = (1..<max(1, count)).map { level in levels.map { $0 == level ? 1.0 : 0 } }
        let blockNames = (1..<max(1, count)).map { "block \($0 + 1)" }
        let polynomial = Matrix(rows: runs.map { model.row($0) })
        let columns = (0..<model.terms.count).map { polynomial.column($0) }
        let names = model.names + blockNames
        let fit = try LinearFit(
            design: Matrix(columns: columns + indicators), response: response, terms: names,
            withLeverages: true)
        self.fit = fit
        self.model = model
        observed = response
        let summary = try Summary(response)
        guard summary.sumOfSquares > 0 else { throw .constant(what: "the response") }
        let total = summary.sumOfSquares
        rSquared = 1 - fit.residualSumOfSquares / total
        let (n, p) = (response.count, names.count)
        adjustedRSquared = fit.residualVariance.map { 1 - $0 * Double(n - 1) / total }
        if fit.leverages.allSatisfy({ $0 < 1 - 1e-9 }) {
            var sum = 0.0
            for (residual, leverage) in zip(fit.residuals, fit.leverages) {
                let deleted = residual / (1 - leverage)
                sum += deleted * deleted
            }
            press = sum
            predictedRSquared = 1 - sum / total
        } else {
            press = nil
            predictedRSquared = nil
        }
        coefficients = try ResponseModel.coefficients(fit, names, columns, model)
        let treatments = numbered(
            runs.indices.map { "\(levels.isEmpty ? 0 : levels[$0])|\(runs[$0])" })
        let pure = try pureError(response, treatments)
        let lackDF = n - p - pure.degreesOfFreedom
        lackOfFit =
            pure.degreesOfFreedom > 0 && lackDF > 0
            ? try VarianceLine(
                "lack of fit", lackDF, max(0, fit.residualSumOfSquares - pure.sumOfSquares),
                error: pure.sumOfSquares, errorDegreesOfFreedom: pure.degreesOfFreedom) : nil
        let (lines, base) = try ResponseModel.sequence(
            columns, indicators, response, model, fit, total)
        regression = try VarianceLine(
            "regression", p - 1 - indicators.count, base - fit.residualSumOfSquares,
            error: fit.residualSumOfSquares, errorDegreesOfFreedom: fit.degreesOfFreedom)
        var anova = lines
        anova.append(VarianceLine("residual", fit.degreesOfFreedom, fit.residualSumOfSquares))
        if let lackOfFit { anova.append(lackOfFit) }
        if pure.degreesOfFreedom > 0 {
            anova.append(VarianceLine("pure error", pure.degreesOfFreedom, pure.sumOfSquares))
        }
        anova.append(VarianceLine("total", n - 1, total))
        self.anova = anova
    }

    private static func coefficients(
        _ fit: LinearFit, _ names: [String], _ columns: [[Double]], _ model: PolynomialModel
    ) throws(AnalysisError) -> [Coefficient] {
        var result: [Coefficient] = []
        for (index, name) in names.enumerated() {
            let error = fit.standardErrors?[index]
            var p: Double?
            if let error, error > 0, fit.degreesOfFreedom > 0 {
                p = try StudentT(degreesOfFreedom: Double(fit.degreesOfFreedom))
                    .twoSided(fit.coefficients[index] / error)
            }
            var inflation: Double?
            if index < columns.count, model.terms[index].contains(where: { $0 > 0 }) {
                let squares = (try Summary(columns[index])).sumOfSquares
                inflation = squares * fit.inverseCrossProduct[index, index]
            }
            result.append(
                Coefficient(
                    name: name, value: fit.coefficients[index], standardError: error, p: p,
                    varianceInflation: inflation))
        }
        return result
    }

    /// The sequential sums of squares, and the residual after intercept and blocks.
    private static func sequence(
        _ columns: [[Double]], _ indicators: [[Double]], _ response: [Double],
        _ model: PolynomialModel, _ fit: LinearFit, _ total: Double
    ) throws(AnalysisError) -> ([VarianceLine], Double) {
        var used = indicators
        var previous = total
        var lines: [VarianceLine] = []
        func line(_ name: String, _ df: Int, _ squares: Double) throws(AnalysisError) {
            lines.append(
                try VarianceLine(
                    name, df, max(0, squares), error: fit.residualSumOfSquares,
                    errorDegreesOfFreedom: fit.degreesOfFreedom))
        }
        let ones = [Double](repeating: 1, count: response.count)
        if !indicators.isEmpty {
            let next = try LinearFit(design: Matrix(columns: [ones] + used), response: response)
            try line("blocks", indicators.count, previous - next.residualSumOfSquares)
            previous = next.residualSumOfSquares
        }
        let base = previous
        func kind(_ powers: [Int]) -> Int {
            let degree = powers.reduce(0, +)
            if degree == 0 { return 0 }
            if degree == 1 { return 1 }
            if degree == 2 { return powers.contains(2) ? 3 : 2 }
            return 4
        }
        for (number, name) in [
            (1, "linear"), (2, "interactions"), (3, "squares"), (4, "higher terms"),
        ] {
            let own = model.terms.indices.filter { kind(model.terms[$0]) == number }
            guard !own.isEmpty else { continue }
            used += own.map { columns[$0] }
            let next = try LinearFit(design: Matrix(columns: [ones] + used), response: response)
            try line(name, own.count, previous - next.residualSumOfSquares)
            previous = next.residualSumOfSquares
        }
        return (lines, base)
    }

    /// The fitted mean at a coded point, in the first block.
    public func mean(at point: [Double]) -> Double {
        dot(model.row(point), Array(fit.coefficients.prefix(model.terms.count)))
    }

    /// x' (X'X)^-1 x: the variance of the fitted mean over the error variance.
    public func leverage(at point: [Double]) -> Double {
        let row = model.row(point) + [Double](repeating: 0, count: blockCount - 1)
        return fit.inverseCrossProduct.quadraticForm(row)
    }
}

/// The canonical form of a fitted second-order surface (G. E. P. Box & K. B. Wilson 1951).
public struct CanonicalAnalysis: Hashable, Sendable {
    /// The nature of the stationary point.
    public enum Shape: String, Hashable, Sendable {
        /// All curvatures negative.
        case maximum
        /// All curvatures positive.
        case minimum
        /// Curvatures of both signs.
        case saddle
        /// A curvature that is nearly zero against the largest: a ridge.
        case ridge
    }

    /// The stationary point in coded values.
    public let stationaryPoint: [Double]
    /// The fitted mean there.
    public let mean: Double
    /// Curvatures along the canonical axes, largest first.
    public let eigenvalues: [Double]
    /// The canonical axes as columns.
    public let axes: Matrix
    /// The nature of the point.
    public let shape: Shape

    /// The analysis of a model with squares, or why it has no stationary point.
    public static func of(_ response: ResponseModel) -> Result<CanonicalAnalysis, Inconclusive> {
        let k = response.model.factorCount
        var b = [Double](repeating: 0, count: k)
        var matrix = Matrix(rows: k, columns: k)
        for (index, powers) in response.model.terms.enumerated() {
            let value = response.fit.coefficients[index]
            let factors = powers.indices.filter { powers[$0] > 0 }
            switch (powers.reduce(0, +), factors.count) {
            case (0, _): continue
            case (1, _): b[factors[0]] = value
            case (2, 1): matrix[factors[0], factors[0]] = value
            case (2, 2):
                matrix[factors[0], factors[1]] = value / 2
                matrix[factors[1], factors[0]] = value / 2
            default:
                return .failure(
                    Inconclusive(
                        .notIdentifiable, "the canonical form needs a model of second order"))
            }
        }
        let eigen = SymmetricEigen(matrix)
        let largest = eigen.values.map { abs($0) }.max() ?? 0
        let smallest = eigen.values.map { abs($0) }.min() ?? 0
        guard smallest > 1e-10 * largest, largest > 0 else {
            return .failure(
                Inconclusive(
                    .notIdentifiable,
                    "the surface has no curvature in some direction: no stationary point"))
        }
        // x = -B^-1 b / 2 in the basis of the axes.
        var point = [Double](repeating: 0, count: k)
        for axis in 0..<k {
            let vector = eigen.vectors.column(axis)
            let share = -0.5 * dot(vector, b) / eigen.values[axis]
            for index in 0..<k { point[index] += share * vector[index] }
        }
        let shape: Shape =
            smallest < 0.05 * largest
            ? .ridge
            : eigen.values.allSatisfy { $0 < 0 }
                ? .maximum : eigen.values.allSatisfy { $0 > 0 } ? .minimum : .saddle
        return .success(
            CanonicalAnalysis(
                stationaryPoint: point, mean: response.mean(at: point),
                eigenvalues: eigen.values, axes: eigen.vectors, shape: shape))
    }
}
