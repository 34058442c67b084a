/// How evenly events arrived, and where they did not: clogs, gaps and surges.
///
/// The run is cut into equal stretches of time. A stretch is out of the ordinary when its count
/// differs from the median count by more than six robust standard deviations, taken from the
/// counts themselves or from Poisson statistics, whichever is larger; a run of empty stretches
/// is a gap. The idea is that of flowAI (G. Monaco et al., Bioinformatics 32:2473–2480 (2016),
/// doi:10.1093/bioinformatics/btw191).
public struct AcquisitionRate: Hashable, Sendable, Codable {
    /// What is wrong with a stretch.
    public enum Anomaly: String, Hashable, Sendable, Codable {
        /// No events at all.
        case gap
        /// Far fewer events than usual.
        case slow
        /// Far more events than usual.
        case surge
    }

    /// A stretch of time with one anomaly.
    public struct Stretch: Hashable, Sendable, Codable {
        /// What is wrong.
        public let anomaly: Anomaly
        /// Begin in seconds since the first event.
        public let start: Double
        /// End in seconds since the first event.
        public let end: Double
        /// Events inside.
        public let events: Int
    }

    /// Seconds from the first event to the last.
    public let duration: Double
    /// Median events per second over the stretches that have any.
    public let medianRate: Double
    /// Seconds of one stretch.
    public let stretchLength: Double
    /// Events of each stretch.
    public let counts: [Int]
    /// What is out of the ordinary, in order.
    public let anomalies: [Stretch]
    /// Events whose time is before that of the event before them.
    public let backwardSteps: Int

    /// Robust standard deviations beyond which a stretch is out of the ordinary.
    public static let deviationsMax = 6.0

    /// Examines the times of all events, in seconds and in the order of the file; nil with fewer
    /// than 100 events or without any duration.
    public init?(times: [Double]) {
        let finite = times.filter(\.isFinite)
        guard finite.count >= 100, let first = finite.min(), let last = finite.max(), last > first
        else { return nil }
        let bins = max(20, min(500, finite.count / 100))
        let length = (last - first) / Double(bins)
        // Times at the ends of what a number can hold have no rate.
        guard length.isNormal else { return nil }
        duration = last - first
        stretchLength = length
        backwardSteps = zip(finite, finite.dropFirst()).count { $1 < $0 }
        var counts = [Int](repeating: 0, count: bins)
        for time in finite {
            counts[max(0, min(bins - 1, Int((time - first) / stretchLength)))] += 1
        }
        self.counts = counts
        let busy = counts.filter { $0 > 0 }.map(Double.init)
        let median = Quantiles.median(busy) ?? 0
        medianRate = median / stretchLength
        let spread = 1.4826 * (Quantiles.median(busy.map { abs($0 - median) }) ?? 0)
        let tolerance = Self.deviationsMax * max(spread, median.squareRoot())
        var found: [Stretch] = []
        for (index, count) in counts.enumerated() {
            let anomaly: Anomaly
            if count == 0, median >= 10 {
                anomaly = .gap
            } else if Double(count) < median - tolerance {
                anomaly = .slow
            } else if Double(count) > median + tolerance {
                anomaly = .surge
            } else {
                continue
            }
            let start = Double(index) * stretchLength
            if let before = found.last, before.anomaly == anomaly,
                start - before.end < stretchLength / 2
            {
                found[found.count - 1] = Stretch(
                    anomaly: anomaly, start: before.start, end: start + stretchLength,
                    events: before.events + count)
            } else {
                found.append(
                    Stretch(
                        anomaly: anomaly, start: start, end: start + stretchLength, events: count))
            }
        }
        anomalies = found
    }

    /// Seconds without events.
    public var idle: Double {
        anomalies.filter { $0.anomaly == .gap }.reduce(0) { $0 + $1.end - $1.start }
    }

    /// Percent of all events that lie in slow stretches or surges.
    public var percentOfEventsAffected: Double {
        let total = counts.reduce(0, +)
        let affected = anomalies.reduce(0) { $0 + $1.events }
        return total == 0 ? 0 : 100 * Double(affected) / Double(total)
    }
}
