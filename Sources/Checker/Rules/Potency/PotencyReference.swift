import ProductDefinition

/// A potency assay without a reference lot.
///
/// ## Why it matters
///
/// Biological responses drift from day to day. Potency is measured relative to a stable reference
/// lot, with parallel curves and a control that stays within limits.
///
/// ## Flagged
///
/// ```yaml
/// assays:
///   - { id: kyn, name: kynurenine, measures: enzyme induction, kind: functional }
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests: [{ name: IDO activity, class: potency, assay: kyn, limit: ">= 2 fold" }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// assays:
///   - id: kyn
///     name: kynurenine
///     measures: enzyme induction
///     kind: functional
///     reference-standard: { name: reference bank R1, unit: relative potency }
///     system-suitability: [parallel curves, control between 0.8 and 1.25]
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests: [{ name: IDO activity, class: potency, assay: kyn, limit: ">= 2 fold" }]
/// ```
enum PotencyReference: Rule {
    static let id = "potency-reference"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for test in subject.potencyTests() where subject.decidingLimit(of: test) != nil {
            guard let assay = subject.assay(of: test) else { continue }
            var missing: [String] = []
            if assay.referenceStandard == nil { missing.append("reference lot") }
            if assay.systemSuitability.isEmpty { missing.append("system suitability") }
            guard !missing.isEmpty else { continue }
            findings.report(
                "the potency assay '\(assay.name.value)' has no \(listed(missing))",
                at: assay.name.position, about: assay.id.value,
                help:
                    "write 'reference-standard:' and 'system-suitability:', such as parallelism "
                    + "and the limits of a control"
            )
        }
    }
}
