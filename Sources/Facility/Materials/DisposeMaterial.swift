package import Ledger
import Quantities

/// Releases a lot from quarantine, against its certificate.
package struct ReleaseMaterial: Command, NamesStoredFiles {
    package static let name = "material.release"
    package static let summary = "Release a lot from quarantine, against its certificate."
    package static let permission = Permission.releaseMaterial
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "lot": "which lot",
        "certificate": "the number of the supplier's certificate, or of the record of preparation",
        "document": "the certificate of analysis itself, as the supplier sent it",
        "qualification":
            "the report of the test beside the lot in use, for a critical growth component",
    ]

    package var lot: LotID
    package var certificate: String
    package var document: StoredFile?
    package var qualification: String?

    package var storedFiles: [StoredFile] { [document].compactMap(\.self) }

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let lot = try site.lot(lot)
        try requireText(certificate, "certificate")
        try requireQuarantined(lot)
        guard lot.arrived.person != moment.person else {
            throw Rejection(
                "material.own-receipt", "'\(moment.person)' received this lot",
                help: "another person releases it")
        }
        guard lot.holds.isEmpty else {
            throw Rejection(
                "material.on-hold",
                "lot '\(lot.id)' is on hold: \(lot.holds.joined(separator: ", "))")
        }
        try site.requireUndisputed(lot.id, isRelease: true)
        try site.requirePrepared(lot, by: moment.person)
        try site.requireVerified(lot.id.naming(Thing.self), of: nil)
        if qualification?.isEmpty ?? true, site.needsLotTest(lot.material) {
            throw Rejection(
                "material.lot-not-tried",
                "growth on lot '\(lot.id)' of \(lot.material) was not compared with the lot in use",
                help: "name the report in 'qualification'", rule: "material-lot-qualification")
        }
        return [
            MaterialReleased(
                lot: lot.id, certificate: certificate, document: document,
                qualification: qualification)
        ]
    }
}

/// A lot was released.
package struct MaterialReleased: Fact {
    package static let kind = "material.released/1"
    package var lot: LotID
    package var certificate: String
    package var document: StoredFile?
    package var qualification: String?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.lots[lot]?.certificate = document
        let tried = qualification.map { ", qualification \($0)" } ?? ""
        site.lots[lot]?.dispose(.released, for: "certificate \(certificate)\(tried)", at: stamp)
    }
}

extension SiteState {
    /// Whether an approved definition has each new lot of `material` tried out, without exception at
    /// its phase.
    fileprivate func needsLotTest(_ material: String) -> Bool {
        masters.values.contains { master in
            master.approved != nil && binds("material-lot-qualification", on: master)
                && master.product.lotTestedMaterials?.contains(material) == true
        }
    }
}

/// Rejects a lot: one in quarantine, or one that was released and is found unfit.
///
/// A batch that used some of it, or was tested with it, and is not disposed of yet gets a deviation.
/// Lots that were made from it or tested with it are held, and batches that used those as well.
package struct RejectMaterial: Command {
    package static let name = "material.reject"
    package static let summary = "Reject a lot; batches that used it get a deviation."
    package static let permission = Permission.releaseMaterial
    package static let signature: SignatureMeaning? = .rejected
    package static let help = ["lot": "which lot", "reason": "why"]

    package var lot: LotID
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let lot = try site.lot(lot)
        try requireText(reason, "reason")
        guard lot.status != .rejected else {
            throw Rejection("material.rejected", "lot '\(lot.id)' is rejected already")
        }
        let resting = site.lots(restingOn: lot.id)
        let held = resting.filter { $0.status != .rejected && !$0.remaining.value.isZero }
        let why = "lot \(lot.id), on which it rests, was rejected: \(reason)"
        let batches = Set(([lot] + resting).flatMap { site.openBatches(using: $0).map(\.id) })
        let studies = Set(([lot] + resting).flatMap(site.openStudies)).sorted()
        return [MaterialRejected(lot: lot.id, reason: reason)]
            + held.map {
                LotHoldPlaced(lot: $0.id, reason: why, source: lot.id.naming(Thing.self))
            }
            + site.deviations(
                for: batches.sorted().compactMap { site.batches[$0] }, cause: .materialUnfit,
                description: "lot \(lot.id) of \(lot.material) was rejected after use: \(reason)")
            + studies.enumerated().map { offset, study in
                DeviationOpened(
                    deviation: site.nextDeviation(after: batches.count + offset), batch: nil,
                    step: nil, cause: .materialUnfit,
                    description:
                        "lot \(lot.id) of \(lot.material), with which \(study) was tested, "
                        + "was rejected: \(reason)", subjects: [study.naming(Thing.self)])
            }
    }
}

/// A lot was rejected.
package struct MaterialRejected: Fact {
    package static let kind = "material.rejected/1"
    package var lot: LotID
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.lots[lot]?.dispose(.rejected, for: reason, at: stamp)
        site.lots[lot]?.lossReason = reason
    }
}

private func requireQuarantined(_ lot: Lot) throws(Rejection) {
    guard lot.status == .quarantine else {
        throw Rejection(
            "material.not-in-quarantine", "lot '\(lot.id)' is \(lot.status.rawValue)")
    }
}
