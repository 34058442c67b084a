package import Quantities

/// The parting of the cells of a batch in two, as one of the two has it in its record.
package struct Parting: Sendable, Hashable, Codable {
    /// The part that has the rest.
    package var other: BatchID
    /// True in the record of the new batch, false in that of the batch that was split.
    package var isNewPart: Bool
    /// What went to the new batch; `nil` when nobody said.
    package var share: PartedShare?
    package var stamp: Stamp
}

/// What went to the new part of a batch: a percentage, a number of counted cells, or vessels, area or
/// volume of a whole.
package struct PartedShare: Sendable, Hashable, Codable, CustomStringConvertible {
    package var amount: Quantity
    /// What there was to share; `nil` for a percentage and for cells, whose number a count tells.
    package var whole: Quantity?

    package init(_ amount: Quantity, of whole: Quantity? = nil) {
        self.amount = amount
        self.whole = whole
    }

    /// Reads `40 %`, `2e7 cells` or `2 flasks of 5 flasks`.
    init?(_ text: String) {
        let parts = text.split(separator: " of ", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let amount = try? Quantity(String(parts[0])) else {
            return nil
        }
        self.init(amount)
        guard parts.count == 2 else { return }
        guard let whole = try? Quantity(String(parts[1])) else { return nil }
        self.whole = whole
    }

    package var description: String {
        whole.map { "\(amount) of \($0)" } ?? amount.description
    }

    /// The part of one that went to the new batch, of which there were `cells`; `nil` when that cannot
    /// be told.
    fileprivate func fraction(of cells: Double?) -> Double? {
        let fraction: Double
        if let share = try? amount.doubleValue(in: .one) {
            fraction = share
        } else if let share = try? amount.doubleValue(in: .cells) {
            guard let cells, cells > 0 else { return nil }
            fraction = share / cells
        } else {
            guard let whole, let share = try? amount.doubleValue(in: whole.unit),
                whole.value > .zero
            else { return nil }
            fraction = share / whole.value.doubleValue
        }
        return fraction.isFinite ? min(max(fraction, 0), 1) : nil
    }
}

/// How much of what was counted once a batch still has, after what went to its other parts.
struct Portion {
    /// The most it can be, from 0 to 1.
    var share = 1.0
    /// False when a split on the way does not say what went where.
    var isKnown = true
}

extension Batch {
    /// What the batch has, as of entry `limit`, of the cells that were counted at `entry`.
    func portion(since entry: UInt64, until limit: UInt64 = .max) -> Portion {
        zip(partings, fractions)
            .filter { $0.0.stamp.entry > entry && $0.0.stamp.entry < limit }
            .reduce(into: Portion()) { portion, parted in
                guard let fraction = parted.1 else {
                    portion.isKnown = false
                    return
                }
                portion.share *= fraction
            }
    }

    /// The part of one that this batch has of what it was before `parting`.
    package func fraction(of parting: Parting) -> Double? {
        zip(partings, fractions).first { $0.0.stamp == parting.stamp }?.1
    }

    /// Of each parting the part of one that this batch has of what it was before; `nil` where that
    /// cannot be told.
    private var fractions: [Double?] {
        var counts = countEntries[...]
        // Of the last count, what the splits since have left.
        var held: Double?
        return partings.map { parting in
            while let count = counts.first, count.stamp.entry < parting.stamp.entry {
                held = count.viableCells
                counts.removeFirst()
            }
            let fraction = parting.share?.fraction(of: held).map {
                parting.isNewPart ? $0 : 1 - $0
            }
            if let fraction { held = held.map { $0 * fraction } }
            return fraction
        }
    }

    /// The viable cells that the last count before `entry` found and the splits since have left.
    private func held(before entry: UInt64) -> Double? {
        guard let count = countEntries.last(where: { $0.stamp.entry < entry }),
            let cells = count.viableCells
        else { return nil }
        return cells * portion(since: count.stamp.entry, until: entry).share
    }

    /// What an earlier split has left of the vessels, the area or the volume that it shared, as of
    /// `entry`; `nil` when cells were counted since or no split measured in such a unit.
    private func left(in unit: Unit, before entry: UInt64) -> Quantity? {
        guard let last = partings.last(where: { $0.stamp.entry < entry }),
            !countEntries.contains(where: {
                $0.stamp.entry > last.stamp.entry && $0.stamp.entry < entry
            }),
            let share = last.share, let whole = share.whole,
            (try? whole.doubleValue(in: unit)) != nil
        else { return nil }
        return last.isNewPart ? share.amount : try? whole.subtracting(share.amount)
    }

    /// The share as it is recorded, or why it cannot be what went to a new part at `entry`.
    func requireShare(
        _ share: PartedShare, at entry: UInt64
    ) throws(Rejection) -> PartedShare {
        func more(than whole: String) -> Rejection {
            Rejection(
                "batch.split-more-than-whole",
                "'share' is \(share.amount), '\(id)' has \(whole) to share",
                help: "enter what goes to the new part; something stays in '\(id)'",
                rule: "yield-in-range")
        }
        try requirePositive(share.amount, "share")
        let cells = try? share.amount.doubleValue(in: .cells)
        if cells != nil || share.amount.unit.isRatio {
            guard share.whole == nil else {
                throw Rejection(
                    "batch.split-whole", "'whole' is \(share.whole?.description ?? "none")",
                    help: cells != nil
                        ? "leave it out: the count has the cells" : "leave it out: it is 100 %")
            }
        }
        if share.amount.unit.isRatio {
            guard let part = try? share.amount.doubleValue(in: .one), part < 1 else {
                throw more(than: "100 %")
            }
            return share
        }
        if let cells {
            guard let held = held(before: entry) else {
                throw Rejection(
                    "batch.split-uncounted", "no count says how many cells '\(id)' has",
                    help: "count them first, batch.record-count, or give the share in %, or in "
                        + "vessels, area or volume with the 'whole'")
            }
            guard cells < held else {
                throw more(than: FilledContent.quantity(of: held).description)
            }
            return share
        }
        let left = left(in: share.amount.unit, before: entry)
        guard let whole = share.whole ?? left else {
            throw Rejection(
                "batch.split-whole", "'share' is \(share.amount), and of how much is not said",
                help: "enter the 'whole', such as 5 flasks")
        }
        try requirePositive(whole, "whole")
        if let left, (try? left.isLess(than: whole)) == true {
            throw Rejection(
                "batch.split-more-than-whole",
                "'whole' is \(whole), the split before has left \(left) in '\(id)'",
                help: "leave it out, or enter what was left", rule: "yield-in-range")
        }
        let isPart: Bool
        do {
            isPart = try share.amount.isLess(than: whole)
        } catch {
            throw Rejection(
                "batch.split-whole", "'share' is \(share.amount), 'whole' \(whole): \(error)",
                help: "enter both in one unit")
        }
        guard isPart else { throw more(than: whole.description) }
        return PartedShare(share.amount, of: whole)
    }
}

extension SiteState {
    /// The batches that were one with `id` by splits, `id` itself left out, in the order of their ids.
    func parts(of id: BatchID) -> [BatchID] {
        var known: Set<BatchID> = [id]
        var waiting = [id]
        while let next = waiting.popLast() {
            let near = (batches[next]?.partings ?? []).map(\.other)
            for other in near where known.insert(other).inserted { waiting.append(other) }
        }
        return known.subtracting([id]).sorted()
    }

    /// The event of a count that is held against one from before a split that says no share.
    func shareEvent(
        of count: CountEntry, in batch: Batch, _ step: MasterStep, after facts: [any Fact]
    ) -> [any Fact] {
        let bound: String
        switch count.point {
        case .harvested:
            let growth = growth(of: batch)
            guard growth.passages.last?.isBound == true else { return [] }
            bound = "doublings are at least \(growth.cumulative)"
        case .formulated:
            guard step.parameters.contains(where: { $0.formula == .recovery }),
                let before = countBefore(count, in: batch),
                !sources(of: batch, at: before, until: count.stamp.entry).isKnown
            else { return [] }
            bound = "the recovery is at least what was worked out"
        case .seeded, .thawed: return []
        }
        let others = batch.partings.filter { $0.share == nil }.map { "'\($0.other)'" }
        return [
            DeviationOpened(
                deviation: nextDeviation(after: facts.count { $0 is DeviationOpened }),
                batch: batch.id, step: step.id, cause: .calculation,
                description: "the count before was made together with "
                    + (others.isEmpty ? "other parts" : others.joined(separator: ", "))
                    + ", and the split says no share: \(bound)",
                rule: "growth-kinetics-recorded")
        ]
    }

    /// What the record says of a parting, for people.
    package func words(_ parting: Parting, of batch: Batch) -> String {
        guard let share = parting.share else {
            return "which share of the cells went where is not recorded"
        }
        let percent =
            batch.fraction(of: parting)
            .flatMap { ExactDecimal($0 * 100, decimals: 1) }.map { ", \($0) % here" } ?? ""
        return "\(share) went to '\(parting.isNewPart ? batch.id : parting.other)'\(percent)"
    }
}
