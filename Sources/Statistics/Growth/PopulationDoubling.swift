import Foundation

/// The growth of a culture between two counts of viable cells.
public struct PopulationDoubling: Hashable, Sendable {
    /// Viable cells at the start.
    public let start: Double
    /// Viable cells at the end.
    public let end: Double
    /// Time between the counts, in the unit the doubling time is wanted in.
    public let duration: Double

    /// A passage.
    /// - Throws: for counts or a duration that are not positive.
    public init(start: Double, end: Double, duration: Double) throws(AnalysisError) {
        for (what, value) in [
            ("the count at the start", start), ("the count at the end", end),
            ("the duration", duration),
        ] {
            guard value > 0, value.isFinite else {
                throw .outOfRange(what: what, value: value, limits: "more than 0")
            }
        }
        self.start = start
        self.end = end
        self.duration = duration
    }

    /// End over start.
    public var foldExpansion: Double { end / start }
    /// log2 of the fold expansion; negative when cells were lost.
    public var doublings: Double { log2(end / start) }
    /// Growth rate per unit of time.
    public var rate: Double { log(end / start) / duration }

    /// Time for the population to double, or why it has none.
    public var doublingTime: Result<Double, Inconclusive> {
        guard end > start else {
            return .failure(
                Inconclusive(
                    .noGrowth,
                    end == start
                        ? "the count did not change: there is no doubling time"
                        : "cells were lost (fold \(shortened(foldExpansion))): there is no doubling"
                            + " time"))
        }
        return .success(duration * log(2) / log(end / start))
    }

    /// The cumulative population doubling level after each of `passages`, from the level of the
    /// seed. A passage that loses cells does not give doublings back.
    public static func cumulativeLevels(
        _ passages: [PopulationDoubling], from seed: Double = 0
    ) -> [Double] {
        var level = seed
        return passages.map { passage in
            level += max(0, passage.doublings)
            return level
        }
    }
}
