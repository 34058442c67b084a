import ProductDefinition

/// A hold without a validated longest time.
///
/// ## Why it matters
///
/// Cells in suspension lose viability by the hour. A hold has a longest time, and the time is
/// validated.
///
/// ## Flagged
///
/// ```yaml
/// process:
///   stages:
///     - id: c
///       name: fill
///       phase: formulation and storage
///       operations:
///         - id: fill
///           kind: fill
///           holds: [{ name: pooled cells, maximum: 4 h }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// process:
///   stages:
///     - id: c
///       name: fill
///       phase: formulation and storage
///       operations:
///         - id: fill
///           kind: fill
///           holds: [{ name: pooled cells, maximum: 4 h, evidence: VAL-0044 }]
/// ```
enum HoldTimeKept: Rule {
    static let id = "hold-time-kept"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for stage in subject.stages {
            for operation in stage.operations {
                for hold in operation.holds where !hold.evidence.isStated && hold.sources.isEmpty {
                    findings.report(
                        "the hold '\(hold.name.value)' of \(hold.maximum.value) rests on no study",
                        at: hold.maximum.position, about: operation.id.value,
                        help: "write 'evidence:' with the study of the longest time")
                }
                guard operation.state?.value == .open, operation.handlesProduct else { continue }
                guard operation.openTime == nil else { continue }
                findings.report(
                    "the open operation '\(operation.id.value)' has no longest open time",
                    at: operation.id.position, about: operation.id.value,
                    help: "write 'open-time:' with the time that the process simulation covers")
            }
        }
    }
}
