import ProductDefinition

/// A process parameter without criticality or evidence.
///
/// ## Why it matters
///
/// Whether a parameter is critical, key or neither decides how tightly it is controlled and what
/// a deviation means. The decision rests on evidence: a study, a risk assessment, a paper.
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
///           parameters: [{ name: seeding density, target: 3000 cells/cm2 }]
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
///           parameters:
///             - name: seeding density
///               target: 3000 cells/cm2
///               criticality: CPP
///               evidence: [DOE-0003]
/// ```
enum ParameterClassified: Rule {
    static let id = "parameter-classified"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for stage in subject.stages {
            for operation in stage.operations {
                for parameter in operation.parameters {
                    var missing: [String] = []
                    if parameter.criticality == nil { missing.append("criticality") }
                    if parameter.evidence.isEmpty, parameter.sources.isEmpty {
                        missing.append("evidence")
                    }
                    guard !missing.isEmpty else { continue }
                    findings.report(
                        "the parameter '\(parameter.name.value)' of '\(operation.id.value)' has "
                            + "no \(listed(missing))",
                        at: parameter.name.position,
                        about: parameter.id?.value ?? operation.id.value,
                        help: "write 'criticality:' CPP, KPP or GPP, and 'evidence:' or 'source:'")
                }
            }
        }
    }
}
