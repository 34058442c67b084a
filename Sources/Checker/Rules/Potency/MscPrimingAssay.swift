import ProductDefinition

/// An immunomodulatory MSC product that is not tested under inflammatory priming.
///
/// ## Why it matters
///
/// MSC suppress immune cells after they were licensed by interferon gamma, with or without TNF
/// alpha. A potency assay without priming measures a state that the cells do not have in the
/// patient.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   cell-type: mesenchymal stromal cells
///   classification: { actions: [immunological] }
/// assays:
///   - { id: kyn, name: kynurenine, measures: enzyme induction, kind: functional }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   cell-type: mesenchymal stromal cells
///   classification: { actions: [immunological] }
/// assays:
///   - { id: kyn, name: kynurenine, measures: enzyme induction, kind: functional, primed: yes }
/// ```
enum MscPrimingAssay: Rule {
    static let id = "msc-priming-assay"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard subject.isMSC,
            subject.product.classification?.actions.contains(where: { $0.value == .immunological })
                ?? false,
            !subject.definition.assays.contains(where: { $0.isPrimed.isYes })
        else { return }
        findings.report(
            "the cells act on the immune system, and no assay compares them with and without "
                + "priming",
            at: subject.potencyAssays.first?.name.position ?? subject.place,
            help: "add an assay with 'primed: yes', for instance after interferon gamma")
    }
}
