import ProductDefinition

/// A stability study that does not measure potency, viability, recovery and identity after thaw.
///
/// ## Why it matters
///
/// Frozen cells can be alive and useless. The study measures after thaw what makes the product
/// work.
///
/// ## Flagged
///
/// ```yaml
/// assays:
///   - { id: viab, name: viability, measures: viability }
/// stability:
///   - { id: lt, of: drug product, kind: long-term, tests: [viab] }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// assays:
///   - { id: viab, name: viability, measures: viability }
///   - { id: count, name: count, measures: cell count }
///   - { id: flow, name: panel, measures: surface markers }
///   - { id: kyn, name: kynurenine, measures: enzyme induction, kind: functional, pathways: [ido] }
/// stability:
///   - { id: lt, of: drug product, kind: long-term, tests: [viab, count, flow, kyn] }
/// ```
enum StabilityPotencyIncluded: Rule {
    static let id = "stability-potency-included"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        let potency = Set(subject.potencyAssays.map(\.id.value))
        for study in subject.definition.stability
        where study.subject.value == .drugProduct && study.kind.value == .longTerm {
            let assays = study.tests.compactMap { subject.definition.assay($0) }
            let measured = Set(assays.map(\.measures.value))
            var missing: [String] = []
            if !assays.contains(where: { potency.contains($0.id.value) }) {
                missing.append("potency")
            }
            if !measured.contains(.viability) { missing.append("viability") }
            if !measured.contains(.cellCount) { missing.append("recovery of cells") }
            if measured.isDisjoint(with: [.surfaceMarkers, .intracellularMarkers, .geneExpression])
            {
                missing.append("identity")
            }
            guard !missing.isEmpty else { continue }
            findings.report(
                "the study '\(study.id.value)' does not measure \(listed(missing))",
                at: study.tests.first?.position ?? study.id.position, about: study.id.value,
                help: "name the assays under 'tests:'")
        }
    }
}
