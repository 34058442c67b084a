import ProductDefinition

/// A donor scheme without an agreement with the tissue establishment.
///
/// ## Why it matters
///
/// The manufacturer has to learn the donor's test results, be able to trace the tissue, and be
/// told when something about the donor comes to light years later. Only a written agreement makes
/// sure of that.
///
/// ## Flagged
///
/// ```yaml
/// donors:
///   procurement:
///     - { site: Maternity North, agreement: QA-12, covers: [test results, traceability] }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// donors:
///   procurement:
///     - site: Maternity North
///       agreement: QA-12
///       covers: [test results, traceability, donor follow-up, transport]
/// ```
enum ProcurementAgreement: Rule {
    static let id = "procurement-agreement"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let donors = subject.definition.donors else { return }
        if donors.procurement.isEmpty {
            findings.report(
                "the donor scheme names no place of procurement and no agreement with it",
                at: donors.position,
                help: "list the sites under 'procurement:', each with its agreement")
        }
        let topics: [Definition.AgreementTopic] = [
            .testResults, .traceability, .donorFollowUp, .transport,
        ]
        for site in donors.procurement {
            guard site.agreement.isStated else {
                findings.report(
                    "there is no agreement with '\(site.site.value)'", at: site.site.position,
                    about: site.site.value, help: "write 'agreement:' and what it 'covers:'")
                continue
            }
            let covered = Set(site.covers.map(\.value))
            let missing = topics.filter { !covered.contains($0) }
            guard !missing.isEmpty else { continue }
            findings.report(
                "the agreement with '\(site.site.value)' does not cover "
                    + "\(listed(missing.map(\.rawValue)))",
                at: site.covers.first?.position ?? site.site.position, about: site.site.value,
                help: "extend the agreement, and 'covers:'")
        }
    }
}
