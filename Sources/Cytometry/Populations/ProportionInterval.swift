import Foundation

/// A percentage of counted events with its confidence interval.
///
/// Wilson's score interval (E. B. Wilson, J Am Stat Assoc 22:209–212 (1927)), which keeps its
/// coverage near 0 and 100 % where flow cytometry lives (L. D. Brown, T. T. Cai, A. DasGupta,
/// Stat Sci 16:101–133 (2001), doi:10.1214/ss/1009213286). It holds the counting error alone:
/// staining, gating and sampling add theirs.
public struct ProportionInterval: Hashable, Sendable, Codable {
    /// Events that belong.
    public let count: Int
    /// Events that were counted.
    public let total: Int
    /// Confidence level, such as 0.95.
    public let confidence: Double
    /// 100 · count / total.
    public let percent: Double
    /// Lower end in percent.
    public let lower: Double
    /// Upper end in percent.
    public let upper: Double

    /// The interval of `count` out of `total`; nil when nothing was counted or the numbers
    /// cannot be a count and a confidence level.
    public init?(count: Int, total: Int, confidence: Double = 0.95) {
        guard total > 0, count >= 0, count <= total, confidence > 0, confidence < 1 else {
            return nil
        }
        self.count = count
        self.total = total
        self.confidence = confidence
        let n = Double(total)
        let p = Double(count) / n
        let z = NormalDistribution.quantile(1 - (1 - confidence) / 2)
        let centre = p + z * z / (2 * n)
        let margin = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
        let scale = 1 + z * z / n
        percent = 100 * p
        lower = count == 0 ? 0 : max(0, 100 * (centre - margin) / scale)
        upper = count == total ? 100 : min(100, 100 * (centre + margin) / scale)
    }

    /// True when a limit in percent lies inside the interval, so that counting more events could
    /// turn the verdict.
    public func crosses(_ limit: Double) -> Bool { lower < limit && limit < upper }

    /// The interval of the difference of two percentages, `self` minus `other`, in percentage
    /// points (R. G. Newcombe, Stat Med 17:873–890 (1998), method 10).
    public func difference(from other: ProportionInterval) -> (lower: Double, upper: Double) {
        let d = percent - other.percent
        func square(_ x: Double) -> Double { x * x }
        return (
            d - (square(percent - lower) + square(other.upper - other.percent)).squareRoot(),
            d + (square(upper - percent) + square(other.percent - other.lower)).squareRoot()
        )
    }
}
