import Diagnostics
import ProductDefinition
import Quantities

/// A critical parameter whose ranges are missing or do not nest.
///
/// ## Why it matters
///
/// The target lies inside the normal operating range, and that inside the proven acceptable
/// range. Without the three, nobody can tell drift from deviation from failure.
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
///           parameters:
///             - name: seeding density
///               target: 3000 cells/cm2
///               criticality: CPP
///               normal: 2500..3500 cells/cm2
///               proven: 2800..5000 cells/cm2
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
///               normal: 2500..3500 cells/cm2
///               proven: 2000..5000 cells/cm2
/// ```
enum CriticalParameterRange: Rule {
    static let id = "critical-parameter-range"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for stage in subject.stages {
            for operation in stage.operations {
                for parameter in operation.parameters where parameter.criticality?.value == .cpp {
                    if let problem = problem(with: parameter) {
                        findings.report(
                            "the critical parameter '\(parameter.name.value)' of "
                                + "'\(operation.id.value)' \(problem.text)",
                            at: problem.position, about: parameter.id?.value ?? operation.id.value,
                            help: "target inside 'normal:', 'normal:' inside 'proven:'")
                    }
                }
            }
        }
    }

    private static func problem(
        with parameter: Definition.Parameter
    ) -> (text: String, position: SourcePosition)? {
        var missing: [String] = []
        if parameter.normal == nil { missing.append("normal operating range") }
        if parameter.proven == nil { missing.append("proven acceptable range") }
        guard let normal = parameter.normal, let proven = parameter.proven else {
            // A quality in words has no ranges; 'parameter-quantified' speaks of it.
            guard parameter.target.value.quantity != nil else { return nil }
            return ("has no \(listed(missing))", parameter.name.position)
        }
        if let target = parameter.target.value.quantity,
            (try? normal.value.contains(target)) == false
        {
            return (
                "has the target \(target) outside its normal range \(normal.value)",
                parameter.target.position
            )
        }
        if (try? proven.value.encloses(normal.value)) == false {
            return (
                "has the normal range \(normal.value) outside its proven range \(proven.value)",
                normal.position
            )
        }
        return nil
    }
}
