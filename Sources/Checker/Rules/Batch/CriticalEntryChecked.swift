import ProductDefinition

/// A critical value that is entered by hand and that nobody checks.
///
/// ## Why it matters
///
/// A digit typed wrong looks like a good value. Critical data entered by hand have a second
/// check, by another person or by validated means.
///
/// ## What counts
///
/// Critical parameters that are measured by hand: those without equipment that records them. The
/// second check stands at the parameter or at its operation.
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
///         - id: p1
///           kind: culture
///           parameters: [{ name: seeding density, target: 3000 cells/cm2, criticality: CPP }]
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
///           second-check: yes
///           parameters: [{ name: seeding density, target: 3000 cells/cm2, criticality: CPP }]
/// ```
enum CriticalEntryChecked: Rule {
    static let id = "critical-entry-checked"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for stage in subject.stages {
            for operation in stage.operations where !operation.secondCheck.isYes {
                for parameter in operation.parameters
                where parameter.criticality?.value == .cpp && parameter.equipment == nil
                    && parameter.kind?.value != .calculated && !parameter.secondCheck.isYes
                {
                    findings.report(
                        "the critical parameter '\(parameter.name.value)' of "
                            + "'\(operation.id.value)' is entered without a second check",
                        at: parameter.name.position,
                        about: parameter.id?.value ?? operation.id.value,
                        help: "write 'second-check: yes', or name the 'equipment:' that records it")
                }
            }
        }
    }
}
