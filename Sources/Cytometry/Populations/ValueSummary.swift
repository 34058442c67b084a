import Foundation

/// What the values of one channel look like in one population.
///
/// Numbers that are not finite are counted and kept out of everything else.
public struct ValueSummary: Hashable, Sendable, Codable {
    /// Number of finite values.
    public let count: Int
    /// Number of NaN and infinite values.
    public let nonFinite: Int
    /// Smallest value.
    public let minimum: Double?
    /// Largest value.
    public let maximum: Double?
    /// Arithmetic mean.
    public let mean: Double?
    /// Standard deviation with n − 1; nil below two values.
    public let standardDeviation: Double?
    /// Geometric mean; nil when a value is not positive.
    public let geometricMean: Double?
    /// Median, by custom the MFI of a report.
    public let median: Double?
    /// 5th percentile.
    public let percentile5: Double?
    /// Lower quartile.
    public let percentile25: Double?
    /// Upper quartile.
    public let percentile75: Double?
    /// 95th percentile.
    public let percentile95: Double?

    /// Describes `values`, in any order.
    public init(_ values: [Double]) {
        let finite = values.filter(\.isFinite).sorted()
        self.init(sorted: finite, nonFinite: values.count - finite.count)
    }

    /// Describes ascending finite values.
    init(sorted finite: [Double], nonFinite: Int) {
        count = finite.count
        self.nonFinite = nonFinite
        minimum = finite.first
        maximum = finite.last
        median = Quantiles.quantile(ofSorted: finite, 0.5)
        percentile5 = Quantiles.quantile(ofSorted: finite, 0.05)
        percentile25 = Quantiles.quantile(ofSorted: finite, 0.25)
        percentile75 = Quantiles.quantile(ofSorted: finite, 0.75)
        percentile95 = Quantiles.quantile(ofSorted: finite, 0.95)
        guard let first = finite.first else {
            (mean, standardDeviation, geometricMean) = (nil, nil, nil)
            return
        }
        // Welford's recurrence: one pass without cancellation.
        var average = 0.0
        var squares = 0.0
        var logarithms = 0.0
        for (index, value) in finite.enumerated() {
            let delta = value - average
            average += delta / Double(index + 1)
            squares += delta * (value - average)
            if first > 0 { logarithms += log(value) }
        }
        mean = average
        standardDeviation =
            finite.count > 1 ? (squares / Double(finite.count - 1)).squareRoot() : nil
        geometricMean = first > 0 ? exp(logarithms / Double(finite.count)) : nil
    }

    /// Standard deviation in percent of the mean; nil for a mean of zero or less.
    public var coefficientOfVariation: Double? {
        guard let standardDeviation, let mean, mean > 0 else { return nil }
        return 100 * standardDeviation / mean
    }

    /// 0.7413 · interquartile range in percent of the median: the coefficient of variation that
    /// outliers do not move.
    public var robustCoefficientOfVariation: Double? {
        guard let low = percentile25, let high = percentile75, let median, median > 0 else {
            return nil
        }
        return 100 * 0.7413 * (high - low) / median
    }
}
