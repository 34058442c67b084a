import ProductDefinition

/// An operation that begins without line clearance.
///
/// ## Why it matters
///
/// What the operation before left behind is mixed up with what comes. Clearance is recorded
/// before containers are opened, filled or labelled.
///
/// ## What counts
///
/// Operations in which containers of the product, or of another one, could be taken for each
/// other: thaw, formulation, filling and labelling.
///
/// ## Flagged
///
/// ```yaml
/// process:
///   stages:
///     - id: c
///       name: fill
///       phase: formulation and storage
///       operations: [{ id: fill, kind: fill }]
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
///       operations: [{ id: fill, kind: fill, line-clearance: yes }]
/// ```
enum LineClearance: Rule {
    static let id = "line-clearance"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        let kinds: [Definition.OperationKind] = [.fill, .label, .formulate, .thaw]
        for stage in subject.stages {
            for operation in stage.operations
            where kinds.contains(operation.kind.value) && !operation.lineClearance.isYes {
                findings.report(
                    "the operation '\(operation.id.value)' begins without line clearance",
                    at: operation.lineClearance?.position ?? operation.id.position,
                    about: operation.id.value, help: "write 'line-clearance: yes'")
            }
        }
    }
}
