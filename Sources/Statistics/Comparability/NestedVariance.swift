import Foundation

/// One random effect of a variance-component analysis.
public struct VarianceComponent: Hashable, Sendable {
    /// What varies.
    public let source: String
    /// Degrees of freedom; nil for estimates by likelihood.
    public let degreesOfFreedom: Double?
    /// Sum of squares; nil for estimates by likelihood and for the total.
    public let sumOfSquares: Double?
    /// The variance; 0 where the estimate was negative.
    public let variance: Double
    /// Whether the estimate was negative and set to 0.
    public let wasNegative: Bool

    /// Standard deviation.
    public var standardDeviation: Double { variance.squareRoot() }
    /// Mean square; nil for estimates by likelihood.
    public var meanSquare: Double? {
        guard let degreesOfFreedom, let sumOfSquares else { return nil }
        return sumOfSquares / degreesOfFreedom
    }
}

/// Variance components of nested random effects by the analysis of variance (type 1), balanced
/// or not (S. R. Searle, G. Casella & C. E. McCulloch, "Variance Components", 1992, ch. 4-5).
public struct NestedVariance: Hashable, Sendable {
    /// The effects, outermost first, then "error".
    public let components: [VarianceComponent]
    /// The sum of the components, with Satterthwaite's degrees of freedom.
    public let total: VarianceComponent
    /// Mean of all observations.
    public let mean: Double

    /// Analyses `values` with the levels of each effect, outermost first; a level name may
    /// repeat under different outer levels.
    /// - Throws: when an effect has no degrees of freedom.
    public init(
        _ values: [Double], effects: [(name: String, levels: [String])]
    ) throws(AnalysisError) {
        guard !effects.isEmpty else { throw .tooFew(what: "effects", found: 0, needed: 1) }
        for effect in effects where effect.levels.count != values.count {
            throw .unequalLengths("values", values.count, effect.name, effect.levels.count)
        }
        let summary = try Summary(values)
        mean = summary.mean
        guard summary.sumOfSquares > 0 else { throw .constant(what: "the sample") }
        let n = values.count
        // Groups at each depth: 0 is everything, then the nested levels, then single values.
        var groups: [[Int]] = [[Int](repeating: 0, count: n)]
        var paths = [String](repeating: "", count: n)
        for effect in effects {
            for index in 0..<n { paths[index] += "\u{1}" + effect.levels[index] }
            groups.append(numbered(paths))
        }
        groups.append(Array(0..<n))
        let names = effects.map(\.name) + ["error"]
        let depths = names.count
        let centred = values.map { $0 - summary.mean }
        let explained = groups.map { NestedVariance.between($0, centred) }
        let counts = groups.map { ($0.max() ?? 0) + 1 }
        var squares: [Double] = []
        var freedoms: [Int] = []
        for depth in 1...depths {
            let df = counts[depth] - counts[depth - 1]
            guard df > 0 else {
                throw .tooFew(
                    what: "levels of '\(names[depth - 1])' within the effect above it", found: 1,
                    needed: 2)
            }
            freedoms.append(df)
            squares.append(max(0, explained[depth] - explained[depth - 1]))
        }
        // E[MS_i] = sum over j >= i of c_ij var_j.
        var coefficients = Matrix(rows: depths, columns: depths)
        for i in 0..<depths {
            for j in i..<depths {
                let trace =
                    NestedVariance.trace(outer: groups[i + 1], inner: groups[j + 1])
                    - NestedVariance.trace(outer: groups[i], inner: groups[j + 1])
                coefficients[i, j] = trace / Double(freedoms[i])
            }
        }
        // Each variance as a combination of mean squares, by back substitution.
        var combinations = [[Double]](
            repeating: [Double](repeating: 0, count: depths), count: depths)
        for i in (0..<depths).reversed() {
            var row = [Double](repeating: 0, count: depths)
            row[i] = 1
            for j in (i + 1)..<max(i + 1, depths) {
                for k in 0..<depths { row[k] -= coefficients[i, j] * combinations[j][k] }
            }
            combinations[i] = row.map { $0 / coefficients[i, i] }
        }
        let meanSquares = (0..<depths).map { squares[$0] / Double(freedoms[$0]) }
        var components: [VarianceComponent] = []
        var totalWeights = [Double](repeating: 0, count: depths)
        for i in 0..<depths {
            let raw = dot(combinations[i], meanSquares)
            let negative = raw < 0
            if !negative {
                for k in 0..<depths { totalWeights[k] += combinations[i][k] }
            }
            components.append(
                VarianceComponent(
                    source: names[i], degreesOfFreedom: Double(freedoms[i]),
                    sumOfSquares: squares[i], variance: max(0, raw), wasNegative: negative))
        }
        self.components = components
        let variance = components.reduce(0) { $0 + $1.variance }
        var denominator = 0.0
        for k in 0..<depths {
            let term = totalWeights[k] * meanSquares[k]
            denominator += term * term / Double(freedoms[k])
        }
        total = VarianceComponent(
            source: "total",
            degreesOfFreedom: denominator > 0 ? variance * variance / denominator : nil,
            sumOfSquares: nil, variance: variance, wasNegative: false)
    }

    /// Chi-squared confidence interval of the standard deviation of a component: exact for the
    /// error, Satterthwaite's approximation for the total; nil without degrees of freedom.
    public static func deviationInterval(
        _ component: VarianceComponent, confidence: Double = 0.95
    ) throws(AnalysisError) -> Interval? {
        try requireProbability(confidence, "the confidence")
        guard let df = component.degreesOfFreedom, df > 0 else { return nil }
        let chi = ChiSquared(degreesOfFreedom: df)
        let scaled = df * component.variance
        return Interval(
            (scaled / (try chi.quantile(0.5 + confidence / 2))).squareRoot(),
            (scaled / (try chi.quantile(0.5 - confidence / 2))).squareRoot())
    }

    /// Sum over groups of (sum of values)^2 / size.
    private static func between(_ groups: [Int], _ values: [Double]) -> Double {
        let count = (groups.max() ?? 0) + 1
        var sums = [Double](repeating: 0, count: count)
        var sizes = sums
        for (group, value) in zip(groups, values) {
            sums[group] += value
            sizes[group] += 1
        }
        return (0..<count).reduce(0) { $0 + sums[$1] * sums[$1] / sizes[$1] }
    }

    /// tr(P Z Z') for the projection P on the outer groups and the indicators Z of the inner.
    private static func trace(outer: [Int], inner: [Int]) -> Double {
        var sizes: [Int: Double] = [:]
        var shared: [[Int]: Double] = [:]
        for (a, b) in zip(outer, inner) {
            sizes[a, default: 0] += 1
            shared[[a, b], default: 0] += 1
        }
        return shared.reduce(0) { $0 + $1.value * $1.value / (sizes[$1.key[0]] ?? 1) }
    }
}
