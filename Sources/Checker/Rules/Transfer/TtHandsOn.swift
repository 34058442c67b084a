import ProductDefinition

/// A first transfer stage without a hands-on run at the receiving site.
///
/// ## Why it matters
///
/// Protocols leave out what hands know. A run by the receiving operators shows it before money is
/// committed.
///
/// ## Flagged
///
/// ```yaml
/// transfer:
///   from: university
///   to: manufacturer
///   stage: 2
///   runs: [{ name: engineering run 1, operator: sending unit, outcome: pass }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// transfer:
///   from: university
///   to: manufacturer
///   stage: 2
///   runs: [{ name: engineering run 1, operator: receiving unit, outcome: pass }]
/// ```
enum TtHandsOn: Rule {
    static let id = "tt-hands-on"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let transfer = subject.definition.transfer, (transfer.stage?.value ?? 1) > 1 else {
            return
        }
        guard
            !transfer.runs.contains(where: {
                $0.operatedBy?.value == .receivingUnit && $0.outcome != nil
            })
        else { return }
        findings.report(
            "no hands-on run by an operator of the receiving unit is recorded",
            at: transfer.runs.first?.name.position ?? transfer.stage?.position ?? transfer.position,
            help: "add under 'runs:' one with 'operator: receiving unit' and its 'outcome:'")
    }
}
