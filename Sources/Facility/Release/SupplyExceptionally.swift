package import Ledger

/// Leave to supply a batch that is out of specification, for one patient.
package struct ExceptionalSupply: Sendable, Hashable, Codable {
    package var patient: PatientID
    package var request: String
    package var stamp: Stamp
}

/// Supplies an out-of-specification batch for one patient, under its exceptional conditions.
///
/// EU GMP Part IV 11.60 to 11.62: a physician asks in writing, the patient is in immediate
/// significant hazard without alternative, the risk was evaluated and the physician accepts it,
/// and sponsor or holder and authority are told.
package struct SupplyExceptionally: Command {
    package static let name = "batch.supply-exceptionally"
    package static let summary =
        "Supply an out-of-specification batch for one patient, on a physician's request."
    package static let permission = Permission.certify
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "batch": "which batch", "patient": "the one patient it is for",
        "request": "the physician's written request",
        "hazard": "the immediate significant hazard for the patient",
        "alternatives": "why nothing else can help",
        "riskEvaluation": "the evaluation of the risk given to the physician",
        "acceptance": "how the physician accepted the risk",
        "notified": "whom was told: sponsor, or holder and authority",
    ]

    package var batch: BatchID
    package var patient: PatientID
    package var request: String
    package var hazard: String
    package var alternatives: String
    package var riskEvaluation: String
    package var acceptance: String
    package var notified: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let batch = try site.batch(batch)
        let patient = try site.patient(patient)
        for (text, field) in [
            (request, "request"), (hazard, "hazard"), (alternatives, "alternatives"),
            (riskEvaluation, "riskEvaluation"), (acceptance, "acceptance"), (notified, "notified"),
        ] { try requireText(text, field) }
        guard case .product = try site.stage(of: batch).output, batch.status == .completed else {
            throw Rejection(
                "release.not-completed", "batch '\(batch.id)' is \(batch.status.rawValue)",
                help: "only a completed product batch is supplied so", rule: "oos-supply")
        }
        let standings = try site.standings(of: batch)
        guard standings.contains(where: { $0.verdict == .fails }) else {
            throw Rejection(
                "release.in-specification", "no result of '\(batch.id)' is outside its limits",
                help: "certify it", rule: "oos-supply")
        }
        guard !standings.contains(where: { $0.verdict == .pending }) else {
            throw Rejection(
                "release.tests-not-passed", "a test of '\(batch.id)' has no result yet",
                rule: "oos-supply")
        }
        let open = site.openDeviations(of: batch)
        guard open.isEmpty else {
            throw Rejection(
                "release.open-deviations", open.map(\.id.text).joined(separator: ", "),
                help: "close them first", rule: "deviation-closed-for-release")
        }
        let other = batch.deviations.compactMap { site.deviations[$0] }.first {
            $0.closure?.disposition == .reject && $0.cause != .outOfSpecification
        }
        if let other {
            throw Rejection(
                "release.deviation-rejects", "'\(other.id)' was closed with rejection",
                help: "reject the batch", rule: "oos-supply")
        }
        return [
            ExceptionalSupplyAllowed(
                batch: batch.id, patient: patient.id, request: request, hazard: hazard,
                alternatives: alternatives, riskEvaluation: riskEvaluation,
                acceptance: acceptance, notified: notified)
        ]
    }
}

/// A batch may be supplied although it is out of specification.
package struct ExceptionalSupplyAllowed: Fact {
    package static let kind = "batch.exceptional-supply-allowed/1"
    package var batch: BatchID
    package var patient: PatientID
    package var request: String
    package var hazard: String
    package var alternatives: String
    package var riskEvaluation: String
    package var acceptance: String
    package var notified: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.batches[batch]?.status = .released
        site.batches[batch]?.disposed = stamp
        site.batches[batch]?.exceptionalSupply = ExceptionalSupply(
            patient: patient, request: request, stamp: stamp)
        for container in site.batches[batch]?.outputs ?? [] { site.release(container, at: stamp) }
    }
}
