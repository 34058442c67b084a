/// How a marker moves with population doublings.
///
/// The slope is that of Theil and Sen, the median of the slopes between all pairs, which one odd
/// passage does not move (P. K. Sen, J Am Stat Assoc 63:1379–1389 (1968)). Changes are those from
/// the first passage, with Newcombe's interval of a difference of two percentages.
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

    /// How far a passage is from the first one, in percentage points.
    public struct Change: Hashable, Sendable, Codable {
        /// Cumulative population doubling level of the passage.
        public let populationDoublings: Double
        /// Its share minus that of the first passage.
        public let points: Double
        /// Lower end of the interval of the change.
        public let lower: Double
        /// Upper end of the interval of the change.
        public let upper: Double
        /// True when the change exceeds the product's own limit beyond its counting error.
        public let isAlert: Bool
    }

    /// The marker or joint phenotype.
    public let marker: String
    /// The passages by rising population doublings.
    public let points: [Point]
    /// Percentage points per population doubling; nil without two different levels.
    public let slope: Double?
    /// The changes of all passages after the first.
    public let changes: [Change]

    /// The change of the last passage.
    public var last: Change { changes[changes.count - 1] }
    /// The largest change of any passage.
    public var largest: Change { changes.max { abs($0.points) < abs($1.points) } ?? last }
    /// True when a passage, the last one or one on the way, exceeds the limit.
    public var isAlert: Bool { changes.contains(where: \.isAlert) }

    /// Examines the passages of one line; nil with fewer than two.
    ///
    /// - Parameter limit: largest change, in percentage points, that the product allows.
    public init?(_ marker: String, _ points: [Point], limit: Double?) {
        let sorted = points.sorted { $0.populationDoublings < $1.populationDoublings }
        guard sorted.count >= 2, let first = sorted.first else { return nil }
        self.marker = marker
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
        changes = sorted.dropFirst().map { point in
            let (lower, upper) = point.share.difference(from: first.share)
            return Change(
                populationDoublings: point.populationDoublings,
                points: point.share.percent - first.share.percent, lower: lower, upper: upper,
                isAlert: limit.map { lower > $0 || upper < -$0 } ?? false)
        }
    }

    /// The drift of every marker and joint phenotype that is in all reports, which are those of
    /// one line at as many levels.
    public static func inspect(
        _ reports: [PhenotypeReport], populationDoublings levels: [Double], limit: Double?
    ) -> [MarkerDrift] {
        guard let first = reports.first else { return [] }
        return (first.markers + first.joint).compactMap { result in
            let points = zip(reports, levels).compactMap { report, level in
                (report.markers + report.joint).first { $0.marker == result.marker }?.share.map {
                    Point(populationDoublings: level, share: $0)
                }
            }
            return points.count == reports.count
                ? MarkerDrift(result.marker, points, limit: limit) : nil
        }
    }
}
