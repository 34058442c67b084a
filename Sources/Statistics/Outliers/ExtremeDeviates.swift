import Foundation

/// B. Rosner's generalised test for up to so many outliers, by extreme studentised deviates
/// (Technometrics 25 (1983) 165, doi:10.1080/00401706.1983.10487848; NIST/SEMATECH e-Handbook
/// 1.3.5.17.3).
///
/// It does not mask: two outliers together do not hide each other, as they do when a test for one
/// is repeated.
public struct ExtremeDeviates: Hashable, Sendable {
    /// One step: the value farthest out of what is left.
    public struct Step: Hashable, Sendable {
        /// Position of the value in the sample, from 0.
        public let position: Int
        /// Its distance from the mean of what is left, in standard deviations of that.
        public let statistic: Double
        /// The limit at the level.
        public let critical: Double
    }

    /// The steps, one for each possible outlier.
    public let steps: [Step]
    /// The level of the whole test.
    public let alpha: Double

    /// Positions of the outliers, from 0: those of all steps up to the last that exceeds its
    /// limit.
    public var outliers: [Int] {
        let last = steps.lastIndex { $0.statistic > $0.critical } ?? -1
        return steps.prefix(last + 1).map(\.position)
    }

    /// Fewest values: the limits are approximate below 25 and misleading below 15.
    public static let countMin = 15

    /// Tests `values` for up to `limit` outliers.
    /// - Throws: for fewer than 15 values, values that do not vary, or a limit of less than 1 or
    ///   of half of the values and more.
    public init(
        _ values: [Double], upTo limit: Int, alpha: Double = 0.05
    ) throws(AnalysisError) {
        try requireProbability(alpha, "alpha")
        try requireFinite(values, "value")
        guard values.count >= Self.countMin else {
            throw .tooFew(what: "values", found: values.count, needed: Self.countMin)
        }
        guard limit >= 1, limit < values.count / 2 else {
            throw .outOfRange(
                what: "the number of possible outliers", value: Double(limit),
                limits: "from 1 to less than half of the \(values.count) values")
        }
        var left = Array(values.indices)
        var steps: [Step] = []
        for _ in 0..<limit {
            let summary = try Summary(left.map { values[$0] })
            guard let deviation = summary.standardDeviation, deviation > 0 else {
                if steps.isEmpty { throw .constant(what: "the sample") }
                break
            }
            let place =
                left.indices.max {
                    abs(values[left[$0]] - summary.mean) < abs(values[left[$1]] - summary.mean)
                } ?? 0
            let count = left.count
            steps.append(
                Step(
                    position: left[place],
                    statistic: abs(values[left[place]] - summary.mean) / deviation,
                    critical: try GrubbsTest.critical(
                        count: count, tail: alpha / (2 * Double(count)))))
            left.remove(at: place)
        }
        self.steps = steps
        self.alpha = alpha
    }
}
