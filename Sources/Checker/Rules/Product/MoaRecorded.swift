import ProductDefinition

/// A product without a recorded mode of action.
///
/// ## Why it matters
///
/// Potency is the measure of the mode of action. Without pathways, and without saying how good
/// the evidence for each is, no assay can be shown to measure the right thing. Evidence may
/// conflict; that has to be written down as well.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   mode-of-action:
///     - { id: ido, pathway: tryptophan depletion by IDO }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   mode-of-action:
///     - { id: ido, pathway: tryptophan depletion by IDO, evidence: in vitro }
/// ```
enum MoaRecorded: Rule {
    static let id = "moa-recorded"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        if subject.product.modeOfAction.isEmpty {
            findings.report(
                "the product has no recorded mode of action", at: subject.place,
                help: "list the pathways under 'mode-of-action:', each with its evidence")
        }
        for pathway in subject.product.modeOfAction where pathway.evidence == nil {
            findings.report(
                "the pathway '\(pathway.pathway.value)' does not say how well it is shown",
                at: pathway.pathway.position, about: pathway.id.value,
                help: "write 'evidence:' in vitro, in vivo, clinical or conflicting")
        }
    }
}
