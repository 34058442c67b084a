import ProductDefinition

/// A relevant pathway of the mode of action without an assay.
///
/// ## Why it matters
///
/// Mesenchymal cells act through several pathways. Those that matter for the indication are
/// named, and each of them is measured by something.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   mode-of-action:
///     - { id: ido, pathway: tryptophan depletion by IDO, evidence: in vitro }
///     - { id: pge2, pathway: prostaglandin E2, evidence: in vitro }
/// assays:
///   - { id: kyn, name: kynurenine, measures: enzyme induction, kind: functional, pathways: [ido] }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   mode-of-action:
///     - { id: ido, pathway: tryptophan depletion by IDO, evidence: in vitro }
///     - { id: pge2, pathway: prostaglandin E2, evidence: in vitro, relevant: no }
/// assays:
///   - { id: kyn, name: kynurenine, measures: enzyme induction, kind: functional, pathways: [ido] }
/// ```
enum PotencyPathwaysCovered: Rule {
    static let id = "potency-pathways-covered"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        let measured = Set(subject.definition.assays.flatMap { $0.pathways.map(\.value) })
        for pathway in subject.product.modeOfAction
        where pathway.isRelevant?.value ?? true && !measured.contains(pathway.id.value) {
            let isConflicting = pathway.evidence?.value == .conflicting
            findings.report(
                "no assay measures the relevant pathway '\(pathway.pathway.value)'",
                at: pathway.pathway.position, about: pathway.id.value,
                help: isConflicting
                    ? "its evidence conflicts: write 'relevant: no', or show it and measure it"
                    : "name it under 'pathways:' of an assay, or write 'relevant: no' for this "
                        + "indication"
            )
        }
    }
}
