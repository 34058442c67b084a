package import Quantities

/// Splits a batch in work: a second batch goes on from the same record.
///
/// The share that goes to the new batch is what doublings, recoveries and fills of both parts are
/// worked out with. A split may be recorded without it, because cells are parted before somebody has
/// measured: what rests on a count made before is then an upper or a lower bound, which an event says,
/// until the entry is corrected.
package struct SplitBatch: Command {
    package static let name = "batch.split"
    package static let summary = "Split a batch in work; the new one goes on from the same record."
    package static let permission = Permission.openBatch
    package static let help = [
        "batch": "which batch", "into": "the number of the new batch", "reason": "why",
        "share": "what goes to the new batch: 40 %, 2e7 cells, 2 flasks, 150 cm2 or 20 mL",
        "whole": "of how much, for vessels, area or volume that no split before has told: 5 flasks",
    ]

    package var batch: BatchID
    package var into: BatchID
    package var reason: String
    package var share: Quantity?
    package var whole: Quantity?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let batch = try site.executing(batch)
        try site.requireUnused(into)
        try requireText(reason, "reason")
        guard !batch.inputs.isEmpty else {
            throw Rejection("batch.no-input", "nothing was put into '\(batch.id)' yet")
        }
        try site.requireUnfilled(batch)
        guard let share else {
            if let whole {
                throw Rejection(
                    "batch.split-whole", "'whole' is \(whole), and no share of it is given",
                    help: "enter the 'share' of the new batch")
            }
            return [BatchSplit(batch: batch.id, into: into, reason: reason)]
        }
        let parted = try batch.requireShare(PartedShare(share, of: whole), at: .max)
        return [
            BatchSplit(
                batch: batch.id, into: into, reason: reason, share: parted.amount,
                whole: parted.whole)
        ]
    }
}

/// A batch was split.
package struct BatchSplit: Fact {
    package static let kind = "batch.split/1"
    package var batch: BatchID
    package var into: BatchID
    package var reason: String
    package var share: Quantity?
    package var whole: Quantity?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        guard var child = site.batches[batch] else { return }
        child.id = into
        child.opened = stamp
        child.splitFrom = batch
        child.labels = nil
        let share = share.map { PartedShare($0, of: whole) }
        child.partings.append(
            Parting(other: batch, isNewPart: true, share: share, stamp: stamp))
        site.batches[batch]?.partings.append(
            Parting(other: into, isNewPart: false, share: share, stamp: stamp))
        site.things[into.text] = .batch
        site.batches[into] = child
        site.genealogy.link(batch, to: into)
    }
}

/// Pools the cells of one batch in work into another.
///
/// Cells of different donors are pooled only where the definition says so (the rule
/// `process-batch-definition`).
package struct PoolBatch: Command {
    package static let name = "batch.pool"
    package static let summary = "Pool the cells of one batch in work into another of its stage."
    package static let permission = Permission.openBatch
    package static let help = [
        "batch": "the batch that goes on", "from": "the batch whose cells are added",
    ]

    package var batch: BatchID
    package var from: BatchID

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let batch = try site.executing(batch)
        let from = try site.executing(from)
        guard batch.id != from.id, batch.master == from.master, batch.stage == from.stage else {
            throw Rejection(
                "batch.pool-different", "'\(from.id)' is not another batch of the same stage")
        }
        // Nothing comes from itself: what was split off takes up the rest, not the other way round.
        let parts = site.genealogy.trace(from: batch.id.text, .forward)
        guard !parts.contains(where: { $0.node == from.id.text }) else {
            throw Rejection(
                "batch.pool-own-part", "'\(from.id)' came from '\(batch.id)'",
                help: "pool '\(batch.id)' into '\(from.id)'")
        }
        try site.requireUnfilled(batch)
        try site.requireUnfilled(from)
        guard !batch.inputs.isEmpty, !from.inputs.isEmpty else {
            throw Rejection("batch.no-input", "one of the batches is empty")
        }
        let donors = site.donors(behind: batch.id.text).union(site.donors(behind: from.id.text))
        let mayMix = try site.master(batch.master).product.poolsDonors ?? false
        guard donors.count <= 1 || mayMix else {
            throw Rejection(
                "batch.pool-donors", "cells of \(donors.sorted().joined(separator: ", "))",
                help: "the definition does not allow donors to be pooled",
                rule: "process-batch-definition")
        }
        return [BatchPooled(batch: batch.id, from: from.id)]
    }
}

/// The cells of one batch went into another.
package struct BatchPooled: Fact {
    package static let kind = "batch.pooled/1"
    package var batch: BatchID
    package var from: BatchID

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        guard let source = site.batches[from] else { return }
        site.batches[from]?.status = .pooled
        site.batches[from]?.disposed = stamp
        site.batches[batch]?.pooledFrom.append(from)
        site.batches[batch]?.inputs += source.inputs
        // What was not as planned in the added cells is so in the pool as well.
        site.batches[batch]?.deviations += source.deviations
        site.genealogy.link(from, to: batch)
    }
}

extension SiteState {
    /// The donors something came from.
    package func donors(behind id: String) -> Set<String> {
        Set(genealogy.trace(from: id, .back).map(\.node).filter { things[$0] == .donor })
    }

    fileprivate func requireUnfilled(_ batch: Batch) throws(Rejection) {
        guard batch.outputs.isEmpty else {
            throw Rejection("batch.filled", "'\(batch.id)' has filled containers")
        }
    }
}
