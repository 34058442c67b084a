package import Ledger

/// Lets one batch use a lot that is still in quarantine.
///
/// The batch cannot be certified before the lot is released (EU GMP Part IV §7; the rule
/// `material-released-at-use`).
package struct AllowConditionalUse: Command {
    package static let name = "material.allow-conditional-use"
    package static let summary =
        "Let a batch use a lot in quarantine; the batch waits for the release of the lot."
    package static let permission = Permission.releaseMaterial
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "lot": "which lot", "batch": "which batch",
        "riskAssessment": "the approved risk assessment",
    ]

    package var lot: LotID
    package var batch: BatchID
    package var riskAssessment: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let lot = try site.lot(lot)
        let batch = try site.executing(batch)
        try requireText(riskAssessment, "riskAssessment")
        guard lot.status == .quarantine else {
            throw Rejection(
                "material.not-in-quarantine", "lot '\(lot.id)' is \(lot.status.rawValue)")
        }
        guard lot.arrived.person != moment.person else {
            throw Rejection(
                "material.own-receipt", "'\(moment.person)' received this lot",
                help: "another person decides on it")
        }
        return [
            ConditionalUseAllowed(
                lot: lot.id, batch: batch.id, riskAssessment: riskAssessment)
        ]
    }
}

/// A batch may use a lot before the release of the lot.
package struct ConditionalUseAllowed: Fact {
    package static let kind = "material.conditional-use-allowed/1"
    package var lot: LotID
    package var batch: BatchID
    package var riskAssessment: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.lots[lot]?.conditionalUses.append(
            ConditionalUse(batch: batch, riskAssessment: riskAssessment, stamp: stamp))
    }
}
