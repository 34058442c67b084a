package import Ledger

/// Releases a lot from quarantine, against its certificate.
package struct ReleaseMaterial: Command {
    package static let name = "material.release"
    package static let summary = "Release a lot from quarantine, against its certificate."
    package static let permission = Permission.releaseMaterial
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "lot": "which lot", "certificate": "the number of the supplier's certificate",
    ]

    package var lot: LotID
    package var certificate: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let lot = try site.lot(lot)
        try requireText(certificate, "certificate")
        try requireQuarantined(lot)
        guard lot.arrived.person != moment.person else {
            throw Rejection(
                "material.own-receipt", "'\(moment.person)' received this lot",
                help: "another person releases it")
        }
        return [MaterialReleased(lot: lot.id, certificate: certificate)]
    }
}

/// A lot was released.
package struct MaterialReleased: Fact {
    package static let kind = "material.released/1"
    package var lot: LotID
    package var certificate: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.lots[lot]?.status = .released
        site.lots[lot]?.disposed = stamp
    }
}

/// Rejects a lot in quarantine.
package struct RejectMaterial: Command {
    package static let name = "material.reject"
    package static let summary = "Reject a lot that is in quarantine."
    package static let permission = Permission.releaseMaterial
    package static let signature: SignatureMeaning? = .rejected
    package static let help = ["lot": "which lot", "reason": "why"]

    package var lot: LotID
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let lot = try site.lot(lot)
        try requireText(reason, "reason")
        try requireQuarantined(lot)
        return [MaterialRejected(lot: lot.id, reason: reason)]
    }
}

/// A lot was rejected.
package struct MaterialRejected: Fact {
    package static let kind = "material.rejected/1"
    package var lot: LotID
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.lots[lot]?.status = .rejected
        site.lots[lot]?.disposed = stamp
    }
}

private func requireQuarantined(_ lot: Lot) throws(Rejection) {
    guard lot.status == .quarantine else {
        throw Rejection(
            "material.not-in-quarantine", "lot '\(lot.id)' is \(lot.status.rawValue)")
    }
}
