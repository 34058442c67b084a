/// The shape of a distribution of single-cell or replicate values: what an average hides.
public struct DistributionShape: Hashable, Sendable {
    /// Number of values.
    public let count: Int
    /// Mean.
    public let mean: Double
    /// Standard deviation.
    public let standardDeviation: Double
    /// 100 x standard deviation / mean; nil for a mean that is not positive.
    public let cvPercent: Double?
    /// Median.
    public let median: Double
    /// Skewness, adjusted for the sample size (G1).
    public let skewness: Double
    /// Excess kurtosis, adjusted for the sample size (G2).
    public let excessKurtosis: Double
    /// Sarle's bimodality coefficient with adjusted moments. More than 5/9 is a screen and no
    /// more: skewed distributions with a single mode pass it as well.
    public let bimodalityCoefficient: Double
    /// Sarle's coefficient with plain moments.
    public let plainBimodalityCoefficient: Double

    /// The shape of at least 4 values that vary.
    public init(_ values: [Double]) throws(AnalysisError) {
        guard values.count >= 4 else {
            throw .tooFew(what: "values", found: values.count, needed: 4)
        }
        let summary = try Summary(values)
        guard summary.sumOfSquares > 0 else { throw .constant(what: "the sample") }
        let n = Double(values.count)
        let m2 = summary.sumOfSquares / n
        var (m3, m4) = (0.0, 0.0)
        for value in values {
            let deviation = value - summary.mean
            let square = deviation * deviation
            m3 += square * deviation
            m4 += square * square
        }
        m3 /= n
        m4 /= n
        let g1 = m3 / (m2 * m2.squareRoot())
        let g2 = m4 / (m2 * m2) - 3
        count = values.count
        mean = summary.mean
        let deviation = try summary.requiredStandardDeviation("values")
        standardDeviation = deviation
        cvPercent = summary.mean > 0 ? 100 * deviation / summary.mean : nil
        median = Summary.quantile(sorted: values.sorted(), 0.5)
        skewness = g1 * (n * (n - 1)).squareRoot() / (n - 2)
        excessKurtosis = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * g2 + 6)
        bimodalityCoefficient =
            (skewness * skewness + 1)
            / (excessKurtosis + 3 * (n - 1) * (n - 1) / ((n - 2) * (n - 3)))
        plainBimodalityCoefficient = (g1 * g1 + 1) / (g2 + 3)
    }

    /// The share of values above a threshold, with its exact confidence interval.
    public static func share(
        of values: [Double], above threshold: Double, confidence: Double = 0.95
    ) throws(AnalysisError) -> (share: Double, interval: Interval) {
        guard !values.isEmpty else { throw .tooFew(what: "values", found: 0, needed: 1) }
        try requireFinite(values, "value")
        let above = values.filter { $0 > threshold }.count
        return (
            Double(above) / Double(values.count),
            try ExactInterval.proportion(above, of: values.count, confidence: confidence)
        )
    }
}

/// Exact confidence intervals of counts.
public enum ExactInterval {
    /// Of a proportion (C. J. Clopper & E. S. Pearson 1934, doi:10.1093/biomet/26.4.404).
    public static func proportion(
        _ count: Int, of total: Int, confidence: Double = 0.95
    ) throws(AnalysisError) -> Interval {
        try requireProbability(confidence, "the confidence")
        guard total > 0, (0...total).contains(count) else {
            throw .outOfRange(
                what: "the count", value: Double(count), limits: "between 0 and \(total)")
        }
        let tail = (1 - confidence) / 2
        let (k, n) = (Double(count), Double(total))
        return Interval(
            count == 0 ? 0 : try BetaDistribution(k, n - k + 1).quantile(tail),
            count == total ? 1 : try BetaDistribution(k + 1, n - k).quantile(1 - tail))
    }

    /// Of the mean of a Poisson count (F. Garwood 1936, doi:10.1093/biomet/28.3-4.437).
    public static func poisson(
        _ count: Int, confidence: Double = 0.95
    ) throws(AnalysisError) -> Interval {
        try requireProbability(confidence, "the confidence")
        guard count >= 0 else {
            throw .outOfRange(what: "the count", value: Double(count), limits: "at least 0")
        }
        let tail = (1 - confidence) / 2
        let k = Double(count)
        return Interval(
            count == 0 ? 0 : try ChiSquared(degreesOfFreedom: 2 * k).quantile(tail) / 2,
            try ChiSquared(degreesOfFreedom: 2 * k + 2).quantile(1 - tail) / 2)
    }
}
