import Quantities

/// Cells that several batches draw on.
///
/// A count made before a batch was split stands in the record of each part, and the cells of a pool
/// were counted in the batches they came from. What all of them fill and count on together is no more
/// than there was: yields are reconciled (EU GMP Part I 5.8), and cells are found once.
extension SiteState {
    /// The cells that `batch` has of those found by `count`, and by the last count of each batch that
    /// was pooled into it afterwards, as of entry `limit`.
    func sources(
        of batch: Batch, at count: CountEntry, until limit: UInt64 = .max
    ) -> CellSources {
        let entry = count.stamp.entry
        let portion = batch.portion(since: entry, until: limit)
        var sources = CellSources(count, portion)
        for part in batch.pooledFrom.compactMap({ batches[$0] }) {
            guard let pooled = part.disposed?.entry, pooled > entry, pooled < limit,
                let last = part.countEntries.last
            else { continue }
            let added = self.sources(of: part, at: last)
            // A part that shares a count and went on to count its own has cells besides the shared
            // ones only where the split says so: cells are found once.
            guard
                !part.holds(sources) || sources.counted[last.stamp.entry] != nil
                    || sources.isKnown && added.isKnown
            else { continue }
            sources.add(added)
        }
        return sources
    }

    /// What other batches took of `sources`, by batch: by what they counted since they parted from
    /// `batch`, else by what they filled.
    func drawn(on sources: CellSources, besides batch: Batch) -> [(batch: BatchID, Double)] {
        let own = Set(batch.countEntries.map(\.stamp.entry))
        return relatives(of: batch).compactMap { other in
            if other.holds(sources) {
                let later = other.countEntries.drop { sources.counted[$0.stamp.entry] == nil }
                    .filter {
                        sources.counted[$0.stamp.entry] == nil && !own.contains($0.stamp.entry)
                    }
                // What was counted again counts once, with its last value.
                let taken = later.prefix { $0.point == later.first?.point }.last
                if let cells = taken?.viableCells { return (other.id, cells) }
            }
            guard other.status != .pooled, let count = other.countsSinceHarvest.first else {
                return nil
            }
            let all = self.sources(of: other, at: count)
            guard all.held.keys.contains(where: { sources.counted[$0] != nil }) else { return nil }
            let elsewhere = all.held.filter { sources.counted[$0.key] == nil }.values.reduce(0, +)
            let filled = other.outputs.compactMap {
                try? containers[$0]?.cells?.doubleValue(in: .cells)
            }.reduce(0, +)
            return filled > elsewhere ? (other.id, filled - elsewhere) : nil
        }
    }

    /// The other batch whose cells the count of `entry` found as well; `nil` when they all went into
    /// `batch`.
    func sharer(ofCount entry: UInt64, with batch: Batch) -> BatchID? {
        relatives(of: batch).first { other in
            other.countEntries.contains { $0.stamp.entry == entry }
        }?.id
    }

    /// The batches that were one with `batch`, or with a part of it; not those that are in it now.
    private func relatives(of batch: Batch) -> [Batch] {
        var known: Set<BatchID> = [batch.id]
        var waiting = [batch]
        while let next = waiting.popLast() {
            let made = genealogy.children(of: next.id.text).compactMap {
                batches[BatchID(unchecked: $0)]
            }.filter { $0.splitFrom == next.id || $0.pooledFrom.contains(next.id) }.map(\.id)
            for id in made + next.pooledFrom + [next.splitFrom].compactMap(\.self)
            where known.insert(id).inserted {
                if let near = batches[id] { waiting.append(near) }
            }
        }
        return known.subtracting(constituents(of: batch)).sorted().compactMap { batches[$0] }
    }

    /// `batch` and everything that was pooled into it.
    private func constituents(of batch: Batch) -> Set<BatchID> {
        batch.pooledFrom.compactMap { batches[$0] }
            .reduce(into: [batch.id]) { $0.formUnion(constituents(of: $1)) }
    }
}

/// Where the cells of a batch were counted, by the entries of the counts.
struct CellSources {
    /// The viable cells that each count found.
    private(set) var counted: [UInt64: Double]
    /// How many of them the batch has, at most: the rest went to its other parts.
    private(set) var held: [UInt64: Double]
    /// True when every split in between says what went where, so that `held` is what it has.
    private(set) var isKnown: Bool

    init(_ count: CountEntry, _ portion: Portion) {
        let cells = count.viableCells ?? 0
        counted = [count.stamp.entry: cells]
        held = [count.stamp.entry: cells * portion.share]
        isKnown = portion.isKnown
    }

    /// All that was counted.
    var countedCells: Double { counted.values.reduce(0, +) }

    /// All that the batch has.
    var heldCells: Double { held.values.reduce(0, +) }

    /// Takes up the cells of a batch that was pooled: together never more than a count found.
    mutating func add(_ other: CellSources) {
        counted.merge(other.counted) { first, _ in first }
        held.merge(other.held, uniquingKeysWith: +)
        for (entry, cells) in counted { held[entry] = min(held[entry] ?? 0, cells) }
        isKnown = isKnown && other.isKnown
    }
}

extension Batch {
    /// Every cell count of the batch, of each run of a step, in the order they were made.
    var countEntries: [CountEntry] {
        executions.flatMap(\.record.counts).sorted { $0.stamp.entry < $1.stamp.entry }
    }

    /// The last harvest and the counts of the formulation since.
    var countsSinceHarvest: [CountEntry] {
        let counts = countEntries
        let harvest = counts.lastIndex { $0.point == .harvested } ?? counts.startIndex
        return counts[harvest...].filter { $0.point == .harvested || $0.point == .formulated }
    }

    fileprivate func holds(_ sources: CellSources) -> Bool {
        countEntries.contains { sources.counted[$0.stamp.entry] != nil }
    }
}
