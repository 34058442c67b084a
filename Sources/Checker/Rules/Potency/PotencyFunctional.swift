import ProductDefinition

/// No functional potency assay that is tied to the mode of action.
///
/// ## Why it matters
///
/// A potency assay measures what the cells do, not what they look like. Quantitative tests of one
/// biological activity, tied to a recorded pathway, are what authorities expect.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   mode-of-action: [{ id: ido, pathway: tryptophan depletion by IDO, evidence: in vitro }]
/// assays:
///   - { id: flow, name: CD274 by flow, measures: surface markers, kind: surrogate, pathways: [ido] }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   mode-of-action: [{ id: ido, pathway: tryptophan depletion by IDO, evidence: in vitro }]
/// assays:
///   - { id: kyn, name: kynurenine, measures: enzyme induction, kind: functional, pathways: [ido] }
/// ```
enum PotencyFunctional: Rule {
    static let id = "potency-functional"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        let candidates = subject.potencyAssays
        if candidates.contains(where: { $0.kind?.value == .functional && !$0.pathways.isEmpty }) {
            return
        }
        if let functional = candidates.first(where: { $0.kind?.value == .functional }) {
            findings.report(
                "the functional assay '\(functional.name.value)' is tied to no pathway",
                at: functional.name.position, about: functional.id.value,
                help: "name under 'pathways:' the mode of action it measures")
            return
        }
        let place = subject.potencyTests(includingCharacterisation: true).first?.name.position
        findings.report(
            "no assay measures a function that is tied to the mode of action",
            at: place ?? candidates.first?.name.position ?? subject.place,
            help:
                "add an assay with 'kind: functional' and 'pathways:', and use it in a potency test"
        )
    }
}
