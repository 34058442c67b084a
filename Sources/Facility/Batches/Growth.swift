import Foundation
package import Quantities

/// How the cells of a batch grew, worked out from its counts.
package struct Growth: Sendable, Hashable {
    /// Every passage with both counts, in the order of harvest.
    package var passages: [Passage]
    /// Doublings the cells came with.
    package var inherited: Quantity
    /// Doublings the cells came with and those of all passages.
    package var cumulative: Quantity

    /// From a seeding to its harvest.
    package struct Passage: Sendable, Hashable {
        /// Viable cells at the seeding; of a batch that was split since, those in its share.
        package var seeded: Double
        package var harvested: Double
        package var hours: Double
        /// True when a split in between does not say what went where: fewer cells may have been seeded,
        /// so that doublings are at least, and the doubling time at most, what they seem.
        package var isBound: Bool

        /// Population doublings: log2(N_h / N_s).
        package var doublings: Double { log2(harvested / seeded) }

        /// Doubling time in hours: t · ln 2 / ln(N_h / N_s); `nil` when the cells did not grow.
        package var doublingTime: Double? {
            let growth = log(harvested / seeded)
            return growth > 0 && hours > 0 ? hours * log(2) / growth : nil
        }

        /// Harvested over seeded cells.
        package var yield: Double { harvested / seeded }
    }
}

extension SiteState {
    /// How the cells of `batch` grew: each harvest is held against the seeding before it, or against
    /// the share of that seeding which the batch still had at its harvest.
    ///
    /// A harvest that was counted again counts once, with its last value; passages in which cells
    /// were lost take nothing from the doublings that happened. A pool has the doublings of those of
    /// its cells that divided most.
    package func growth(of batch: Batch) -> Growth {
        let counts = batch.executions.flatMap { step, record in
            record.counts.map { (step: step, count: $0) }
        }.sorted { $0.count.stamp.entry < $1.count.stamp.entry }
        var passages: [(harvest: UInt64, passage: Growth.Passage)] = []
        var seeded: CountEntry?
        var lastHarvest: String?
        for (step, count) in counts {
            guard let cells = count.viableCells, cells > 0 else { continue }
            switch count.point {
            case .seeded: (seeded, lastHarvest) = (count, nil)
            case .harvested:
                guard let seeded else { continue }
                let sources = sources(of: batch, at: seeded, until: count.stamp.entry)
                guard sources.heldCells > 0 else { continue }
                if lastHarvest == step { passages.removeLast() }
                let elapsed =
                    count.stamp.happened.milliseconds - seeded.stamp.happened.milliseconds
                passages.append(
                    (
                        count.stamp.entry,
                        .init(
                            seeded: sources.heldCells, harvested: cells,
                            hours: Double(elapsed) / 3_600_000, isBound: !sources.isKnown)
                    ))
                lastHarvest = step
            case .thawed, .formulated: continue
            }
        }
        let inputs = batch.inputs.compactMap { containers[$0]?.doublings?.value.doubleValue }
        let inherited = inputs.max() ?? 0
        return Growth(
            passages: passages.map(\.passage), inherited: Self.doublings(inherited),
            cumulative: Self.doublings(cumulated(passages, since: inherited, in: batch)))
    }

    private func cumulated(
        _ passages: [(harvest: UInt64, passage: Growth.Passage)], since inherited: Double,
        in batch: Batch
    ) -> Double {
        var steps = passages.map {
            (entry: $0.harvest, grown: max(0, $0.passage.doublings), at: 0.0)
        }
        for part in batch.pooledFrom.compactMap({ batches[$0] }) {
            guard let pooled = part.disposed?.entry else { continue }
            steps.append((pooled, 0, growth(of: part).cumulative.value.doubleValue))
        }
        return steps.sorted { $0.entry < $1.entry }.reduce(inherited) {
            max($0 + $1.grown, $1.at)
        }
    }

    /// Viable cells in all containers of a fill, over those of the last harvest.
    package func fillYield(of batch: Batch) -> Double? {
        let filled = batch.outputs.compactMap {
            try? containers[$0]?.cells?.doubleValue(in: .cells)
        }
        guard !growth(of: batch).passages.isEmpty, !filled.isEmpty,
            let harvest = batch.countEntries.last(where: {
                $0.point == .harvested && ($0.viableCells ?? 0) > 0
            })
        else { return nil }
        let harvested = sources(of: batch, at: harvest).heldCells
        return harvested > 0 ? filled.reduce(0, +) / harvested : nil
    }

    /// Doublings to a hundredth: what two cell counts can tell.
    private static func doublings(_ value: Double) -> Quantity {
        let decimal = ExactDecimal(min(max(value, 0), 10_000), decimals: 2) ?? .zero
        return Quantity(decimal, (try? Unit("PD")) ?? .one)
    }
}

extension ExactDecimal {
    /// `value` rounded to so many decimals, without needless zeros behind the point: 3.5, 90.
    init?(_ value: Double, decimals: Int) {
        var scaled = value
        for _ in 0..<decimals { scaled *= 10 }
        guard abs(scaled) < 1e15 else { return nil }
        var (significand, exponent) = (Int128(scaled.rounded()), -decimals)
        while exponent < 0, significand % 10 == 0 {
            significand /= 10
            exponent += 1
        }
        guard let decimal = try? ExactDecimal(significand: significand, exponent: exponent) else {
            return nil
        }
        self = decimal
    }
}
