/// How a marker moves with population doublings.
///
/// The slope is that of Theil and Sen, the median of the slopes between all pairs, which one odd
/// passage does not move (P. K. Sen, J Am Stat Assoc 63:1379–1389 (1968)).
public struct MarkerDrift: Hashable, Sendable, Codable {
    /// One passage.
    public struct Point: Hashable, Sendable, Codable {
        /// Cumulative population doubling level.
        public let populationDoublings: Double
        /// Share of positive cells.
        public let share: ProportionInterval

        /// A passage.
        public init(populationDoublings: Double, share: ProportionInterval) {
            self.populationDoublings = populationDoublings
            self.share = share
        }
    }

    /// The passages by rising population doublings.
    public let points: [Point]
    /// Percentage points per population doubling; nil without two different levels.
    public let slope: Double?
    /// Last minus first, in percentage points, with its interval.
    public let change: Double
    /// Lower end of the interval of the change.
    public let changeLower: Double
    /// Upper end of the interval of the change.
    public let changeUpper: Double
    /// True when the change exceeds the product's own limit beyond its counting error.
    public let isAlert: Bool

    /// Examines the passages of one line; nil with fewer than two.
    ///
    /// - Parameter limit: largest change, in percentage points, that the product allows.
    public init?(_ points: [Point], limit: Double?) {
        let sorted = points.sorted { $0.populationDoublings < $1.populationDoublings }
        guard sorted.count >= 2, let first = sorted.first, let last = sorted.last else {
            return nil
        }
        self.points = sorted
        var slopes: [Double] = []
        for (index, left) in sorted.enumerated() {
            for right in sorted[(index + 1)...]
            where right.populationDoublings > left.populationDoublings {
                slopes.append(
                    (right.share.percent - left.share.percent)
                        / (right.populationDoublings - left.populationDoublings))
            }
        }
        slope = Quantiles.median(slopes)
        change = last.share.percent - first.share.percent
        let (lower, upper) = last.share.difference(from: first.share)
        changeLower = lower
        changeUpper = upper
        isAlert = limit.map { lower > $0 || upper < -$0 } ?? false
    }
}
