import Foundation
public import Statistics

/// A failure rate as a site's own records tell it, beside what the definition assumed: a Beta
/// prior and binomial records.
public struct FailureLearning: Codable, Sendable, Hashable {
    /// A rate with its uncertainty.
    public struct Rate: Codable, Sendable, Hashable {
        /// The mean.
        public var mean: Double
        /// The lower end of the 95 % interval.
        public var lower: Double
        /// The upper end.
        public var upper: Double
        /// The parameters of its Beta distribution.
        public var a, b: Double
    }

    /// What fails.
    public var what: String
    /// What the definition assumed.
    public var prior: Rate
    /// Batches or operations that failed.
    public var failures: Int
    /// All of them.
    public var trials: Int
    /// What is believed after the records.
    public var posterior: Rate

    /// The least batches a prior is worth: less would let the first batch decide.
    static let weightMin = 2.0
    /// The most batches a prior is worth: more could hardly be moved by a site's own records.
    static let weightMax = 1000.0

    /// Learns a rate from `failures` in `trials`.
    /// - Parameters:
    ///   - mean: the rate the definition assumed.
    ///   - highest: the highest rate it thought possible. The prior is given the weight at which
    ///     this is its 97.5 % quantile; without it, that of ten batches.
    /// - Throws: `AnalysisError` for a mean outside 0 to 1 or counts that cannot be.
    public static func of(
        _ what: String, mean: Double, highest: Double?, failures: Int, trials: Int
    ) throws(AnalysisError) -> FailureLearning {
        guard mean > 0, mean < 1 else {
            throw .outOfRange(
                what: "the assumed rate of \(what)", value: mean, limits: "between 0 and 1")
        }
        guard failures >= 0, trials >= failures else {
            throw .outOfRange(
                what: "failures of \(what)", value: Double(failures), limits: "from 0 to \(trials)")
        }
        let weight = try weight(mean: mean, highest: highest)
        let (a, b) = (mean * weight, (1 - mean) * weight)
        return FailureLearning(
            what: what, prior: try rate(a, b), failures: failures, trials: trials,
            posterior: try rate(a + Double(failures), b + Double(trials - failures)))
    }

    /// The weight at which `highest` is the 97.5 % quantile of a Beta of the mean `mean`.
    private static func weight(
        mean: Double, highest: Double?
    ) throws(AnalysisError) -> Double {
        guard let highest, highest > mean, highest < 1 else { return 10 }
        // The quantile falls as the weight grows, so that halving finds it.
        var (low, high) = (weightMin, weightMax)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            let quantile = try BetaDistribution(mean * middle, (1 - mean) * middle).quantile(0.975)
            if quantile > highest { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    private static func rate(_ a: Double, _ b: Double) throws(AnalysisError) -> Rate {
        let beta = BetaDistribution(a, b)
        return Rate(
            mean: a / (a + b), lower: try beta.quantile(0.025), upper: try beta.quantile(0.975),
            a: a, b: b)
    }
}
