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
        let leave = lot.conditionalUses.filter { $0.batch == batch.id }.map(\.stamp.happened)
        let fresh = [site.freshFrom(lot, at: moment.happened)].compactMap(\.self)
        try site.requireUsable(lot, leave: leave + fresh, at: moment)
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
