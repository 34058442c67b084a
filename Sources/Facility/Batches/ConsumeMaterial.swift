package import Quantities

/// Uses some of a released lot in a step.
package struct ConsumeMaterial: Command {
    package static let name = "batch.consume-material"
    package static let summary = "Use some of a released lot in a step."
    package static let permission = Permission.execute
    package static let help = [
        "batch": "which batch", "step": "which step", "lot": "the lot scanned",
        "quantity": "how much was used",
    ]

    package var batch: BatchID
    package var step: String
    package var lot: LotID
    package var quantity: Quantity

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let (batch, step, _) = try site.openStep(step, of: batch)
        let lot = try site.lot(lot)
        let isAllowed =
            lot.status == .released
            || lot.status == .quarantine && lot.conditionalUses.contains { $0.batch == batch.id }
        guard isAllowed else {
            throw Rejection(
                "material.not-released", "lot '\(lot.id)' is in state \(lot.status.rawValue)",
                help: "use a released lot", rule: "material-released-at-use")
        }
        let conditional = lot.conditionalUses.filter { $0.batch == batch.id }.map(\.stamp.happened)
        let free = conditional + [lot.disposed?.happened].compactMap(\.self)
        if let first = free.min(), moment.happened < first {
            throw Rejection(
                "material.not-released",
                "lot '\(lot.id)' could be used from \(first), after \(moment.happened)",
                help: "enter when it happened; an earlier use is a deviation",
                rule: "material-released-at-use")
        }
        guard lot.holds.isEmpty else {
            throw Rejection(
                "material.on-hold",
                "lot '\(lot.id)' is on hold: \(lot.holds.joined(separator: ", "))",
                help: "use another lot", rule: "material-released-at-use")
        }
        try site.requireUndisputed(lot.id)
        guard lot.expiry >= moment.happened.date else {
            throw Rejection(
                "material.expired", "lot '\(lot.id)' expired on \(lot.expiry)",
                help: "use a lot in date", rule: "material-released-at-use")
        }
        if let retest = lot.retest, retest < moment.happened.date {
            throw Rejection(
                "material.retest-overdue", "lot '\(lot.id)' was to be tested again by \(retest)",
                help: "test it again first: material.retest", rule: "material-released-at-use")
        }
        guard step.materials.contains(where: { $0.material == lot.material }) else {
            throw Rejection(
                "batch.material-not-planned",
                "step '\(step.id)' does not use '\(lot.material)', of which '\(lot.id)' is a lot",
                help: "planned: \(step.materials.map(\.material).joined(separator: ", "))")
        }
        try site.requireAvailable(quantity, of: lot, to: .consumed)
        return [
            MaterialConsumed(batch: batch.id, step: step.id, lot: lot.id, quantity: quantity)
        ]
    }
}

/// Some of a lot was used.
package struct MaterialConsumed: Fact {
    package static let kind = "batch.material-consumed/1"
    package var batch: BatchID
    package var step: String
    package var lot: LotID
    package var quantity: Quantity

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.batches[batch]?.steps[step]?.materials.append(
            MaterialEntry(lot: lot, quantity: quantity, stamp: stamp))
        if let account = site.lots[lot]?.stockAccount {
            site.lots[lot]?.move(
                quantity, from: account, to: .consumed, for: "\(batch), step \(step)", at: stamp)
        }
        site.lots[lot]?.uses.append(
            LotUse(batch: batch, step: step, quantity: quantity, stamp: stamp))
        site.genealogy.link(lot, to: batch)
    }
}
