import ProductDefinition
import Quantities

/// A control parameter without a number and a unit.
///
/// ## Why it matters
///
/// "Confluent" means seventy percent to one operator and ninety to the next. A parameter is
/// numeric, with unit and method; where that is impossible, reference images and a measured
/// agreement between scorers (kappa of 0.7 or more) take the place of the number.
///
/// ## What counts
///
/// A number has a unit, "%" included. A measured parameter says how it is measured. Words are
/// accepted with reference images and an agreement between scorers (Cohen's kappa) of 0.7 or
/// more; that threshold is a setting.
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
///           parameters: [{ name: state of the culture, target: nearly confluent }]
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
///             - { name: cells per area, target: 27000 cells/cm2, kind: measured, method: image cytometry }
/// ```
enum ParameterQuantified: Rule {
    static let id = "parameter-quantified"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for stage in subject.stages {
            for operation in stage.operations {
                for parameter in operation.parameters {
                    guard let problem = problem(with: parameter) else { continue }
                    findings.report(
                        "the parameter '\(parameter.name.value)' of '\(operation.id.value)' "
                            + "\(problem.text)",
                        at: parameter.target.position,
                        about: parameter.id?.value ?? operation.id.value,
                        help: problem.help)
                }
            }
        }
    }

    private static let agreementMin = 0.7

    private static func problem(with parameter: Definition.Parameter) -> (
        text: String, help: String
    )? {
        guard let quantity = parameter.target.value.quantity else {
            let agreement = parameter.scorerAgreement?.value.doubleValue ?? 0
            if parameter.referenceImages.isStated, agreement >= agreementMin { return nil }
            return (
                "is '\(parameter.target.value)', not a number",
                "give a quantity, or 'reference-images:' and a 'scorer-agreement:' of 0.7 or more"
            )
        }
        if quantity.unit.description.isEmpty {
            return ("is \(quantity), a number without a unit", "add the unit, or % for a share")
        }
        if parameter.kind?.value == .measured, !parameter.method.isStated,
            parameter.equipment == nil
        {
            return ("does not say how it is measured", "write 'method:' or 'equipment:'")
        }
        return nil
    }
}
