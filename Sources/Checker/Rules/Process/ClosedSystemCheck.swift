import ProductDefinition

/// A closed step without checks of its connections and integrity.
///
/// ## Why it matters
///
/// A closed system is closed as long as its connections hold. They are checked before use, and
/// single-use sets are integrity-tested at a justified frequency.
///
/// ## Flagged
///
/// ```yaml
/// process:
///   stages:
///     - id: a
///       name: expansion
///       phase: expansion
///       operations:
///         - { id: p1, kind: culture, state: closed, integrity: { evidence: VAL-0077 } }
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
///       operations:
///         - id: p1
///           kind: culture
///           state: closed
///           integrity:
///             evidence: VAL-0077
///             connection-check: yes
///             test-frequency: each lot of kits
/// ```
enum ClosedSystemCheck: Rule {
    static let id = "closed-system-check"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for stage in subject.stages {
            for operation in stage.operations where operation.handlesProduct {
                guard let state = operation.state, state.value != .open else { continue }
                var missing: [String] = []
                if !(operation.integrity?.connectionCheck.isYes ?? false) {
                    missing.append("check of its connections before use")
                }
                if !(operation.integrity?.testFrequency.isStated ?? false) {
                    missing.append("frequency of its integrity test")
                }
                guard !missing.isEmpty else { continue }
                findings.report(
                    "the \(state.value.rawValue) operation '\(operation.id.value)' has no "
                        + "\(listed(missing))",
                    at: operation.integrity?.position ?? state.position, about: operation.id.value,
                    help: "write 'integrity:' with evidence, connection-check and test-frequency")
            }
        }
    }
}
