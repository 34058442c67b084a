import Foundation

/// F. E. Grubbs' test for a single outlier in a normal sample (Technometrics 11 (1969) 1,
/// doi:10.1080/00401706.1969.10490657; ISO 16269-4; NIST/SEMATECH e-Handbook 1.3.5.17.1).
///
/// A test flags; it does not remove. An observation leaves an analysis only for a cause that was
/// found.
public struct GrubbsTest: Hashable, Sendable {
    /// Where an outlier is looked for.
    public enum Side: String, Hashable, Sendable, CaseIterable {
        /// On either side.
        case both
        /// The smallest value only.
        case low
        /// The largest value only.
        case high
    }

    /// Position of the value farthest out, from 0.
    public let position: Int
    /// Its distance from the mean in standard deviations, G.
    public let statistic: Double
    /// The limit of G at the level.
    public let critical: Double
    /// Probability of a G this large without an outlier, from Bonferroni's bound: at most 1.
    public let p: Double
    /// The level.
    public let alpha: Double

    /// Whether the value is an outlier at the level.
    public var isOutlier: Bool { statistic > critical }

    /// Tests `values`.
    /// - Throws: for fewer than 3 values, values that do not vary, or a level outside (0, 1).
    public init(
        _ values: [Double], side: Side = .both, alpha: Double = 0.05
    ) throws(AnalysisError) {
        try requireProbability(alpha, "alpha")
        guard values.count >= 3 else {
            throw .tooFew(what: "values", found: values.count, needed: 3)
        }
        let summary = try Summary(values)
        let deviation = try summary.requiredStandardDeviation("values")
        guard deviation > 0 else { throw .constant(what: "the sample") }
        let distances = values.map { value -> Double in
            switch side {
            case .both: abs(value - summary.mean)
            case .low: summary.mean - value
            case .high: value - summary.mean
            }
        }
        let place = distances.indices.max { distances[$0] < distances[$1] } ?? 0
        position = place
        statistic = distances[place] / deviation
        self.alpha = alpha
        let n = Double(values.count)
        let sides = side == .both ? 2.0 : 1
        critical = try GrubbsTest.critical(count: values.count, tail: alpha / (sides * n))
        // G^2 = (n - 1)^2 t^2 / (n (n - 2 + t^2)), solved for t; G cannot pass (n - 1) / sqrt n.
        let squared = statistic * statistic
        let room = (n - 1) * (n - 1) - n * squared
        let t = room > 0 ? (n * (n - 2) * squared / room).squareRoot() : .infinity
        p =
            t < .infinity
            ? min(1, sides * n * (try StudentT(degreesOfFreedom: n - 2).upperTail(t))) : 0
    }

    /// The limit of G for a sample of `count` and one tail of probability `tail`.
    static func critical(count: Int, tail: Double) throws(AnalysisError) -> Double {
        let n = Double(count)
        let t = try StudentT(degreesOfFreedom: n - 2).quantile(1 - tail)
        return (n - 1) / n.squareRoot() * (t * t / (n - 2 + t * t)).squareRoot()
    }
}
