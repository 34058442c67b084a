import ProductDefinition

/// A test method that was transferred without protocol, limits or comparison.
///
/// ## Why it matters
///
/// A method in other hands is another method until both sites have measured the same samples
/// within limits that were set before.
///
/// ## Flagged
///
/// ```yaml
/// transfer:
///   from: university
///   to: manufacturer
///   methods: [{ assay: flow, protocol: MT-001 }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// transfer:
///   from: university
///   to: manufacturer
///   methods: [{ assay: flow, protocol: MT-001, criteria: "means within 10 %", outcome: pass }]
/// ```
enum TtMethodTransfer: Rule {
    static let id = "tt-method-transfer"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for transfer in subject.definition.transfer?.methods ?? [] {
            var missing: [String] = []
            if !transfer.protocolDocument.isStated { missing.append("protocol") }
            if !transfer.criteria.isStated { missing.append("criteria") }
            if transfer.outcome?.value != .pass { missing.append("passed comparison") }
            guard !missing.isEmpty else { continue }
            findings.report(
                "the transfer of the method '\(transfer.assay.value)' has no \(listed(missing))",
                at: transfer.assay.position, about: transfer.assay.value,
                help: "complete protocol, criteria and outcome")
        }
    }
}
