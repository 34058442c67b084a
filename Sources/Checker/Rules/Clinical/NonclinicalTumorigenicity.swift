import ProductDefinition

/// A pluripotent or long-cultured product without a tumorigenicity strategy.
///
/// ## Why it matters
///
/// Pluripotent cells form teratomas, and long culture selects for growth. The strategy says what
/// is tested in vitro and in vivo, with which number of cells, and why that is enough.
///
/// ## What counts
///
/// Pluripotent-derived products, and others whose limit of doublings is above 30, which is a
/// setting. A pluripotent-derived product has a study in animals, or a strategy that says why
/// none is needed.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   cell-source: embryonic stem cells
/// nonclinical:
///   - { kind: biodistribution }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   cell-source: embryonic stem cells
/// nonclinical:
///   - { kind: tumorigenicity, in-vivo: yes, approved: yes }
/// ```
enum NonclinicalTumorigenicity: Rule {
    static let id = "nonclinical-tumorigenicity"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        let doublings = subject.definition.process?.maximumPDL?.limit.value.amount("PD") ?? 0
        guard subject.isPluripotentDerived || doublings > 30 else { return }
        let studies = subject.definition.nonclinical.filter { $0.kind.value == .tumorigenicity }
        guard let study = studies.first else {
            findings.report(
                "the product has no tumorigenicity strategy",
                at: subject.definition.nonclinical.first?.kind.position ?? subject.place,
                help: "add under 'nonclinical:' one of 'kind: tumorigenicity' with its 'strategy:'")
            return
        }
        if !studies.contains(where: { $0.isApproved.isYes }) {
            findings.report(
                "the tumorigenicity strategy is not approved",
                at: study.isApproved?.position ?? study.kind.position, help: "write 'approved: yes'"
            )
        }
        if subject.isPluripotentDerived,
            !studies.contains(where: { $0.isInVivo.isYes || $0.strategy.isStated })
        {
            findings.report(
                "tumorigenicity is neither studied in animals nor is a reason given",
                at: study.kind.position,
                help: "write 'in-vivo: yes', or the reason under 'strategy:'")
        }
    }
}
