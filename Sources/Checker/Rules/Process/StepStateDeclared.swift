import ProductDefinition

/// A step that does not say whether it is open or closed.
///
/// ## Why it matters
///
/// Everything about the environment of a step depends on it: the grade, the clothing, the
/// simulation.
///
/// ## Flagged
///
/// ```yaml
/// process:
///   stages:
///     - { id: a, name: expansion, phase: expansion, operations: [{ id: p1, kind: passage }] }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// process:
///   stages:
///     - id: a
///       name: expansion
///       phase: expansion
///       operations: [{ id: p1, kind: passage, state: open }]
/// ```
enum StepStateDeclared: Rule {
    static let id = "step-state-declared"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for stage in subject.stages {
            for operation in stage.operations
            where operation.handlesProduct && operation.state == nil {
                findings.report(
                    "the operation '\(operation.id.value)' does not say whether it is open or "
                        + "closed",
                    at: operation.id.position, about: operation.id.value,
                    help: "write 'state:' open, functionally closed or closed")
            }
        }
    }
}
