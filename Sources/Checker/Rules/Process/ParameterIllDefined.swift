import ProductDefinition
import Quantities

/// A step that passage number, morphology or confluency alone controls.
///
/// ## Why it matters
///
/// Zhang & Stacey name these three as ill-defined: they give different results between
/// laboratories and people. Population doublings, an image metric or cells per area say the same
/// thing in numbers.
///
/// ## What counts
///
/// Parameters and in-process controls are taken together. Confluency that is measured by image
/// analysis (`method:`) is a number like any other and counts as well defined.
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
///           parameters: [{ name: confluency at harvest, target: 80 % }]
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
///             - { name: confluency at harvest, target: 80 % }
///             - { name: cells per area at harvest, target: 27000 cells/cm2 }
/// ```
enum ParameterIllDefined: Rule {
    static let id = "parameter-ill-defined"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for stage in subject.stages {
            for operation in stage.operations {
                let parameters = operation.parameters.filter { $0.kind?.value != .calculated }
                let vague = parameters.filter { isVague($0) }
                let vagueControls = operation.controls.filter {
                    isVague($0.name.value) && $0.assay == nil
                }
                let isAlone =
                    vague.count == parameters.count
                    && vagueControls.count == operation.controls.count
                for parameter in vague where isAlone || parameter.isSoleControl.isYes {
                    findings.report(
                        "'\(parameter.name.value)' alone controls the operation "
                            + "'\(operation.id.value)'",
                        at: parameter.name.position,
                        about: parameter.id?.value ?? operation.id.value,
                        help: replacement(for: parameter.name.value))
                }
                if vague.isEmpty, isAlone, let control = vagueControls.first {
                    findings.report(
                        "'\(control.name.value)' alone controls the operation "
                            + "'\(operation.id.value)'",
                        at: control.name.position, about: control.id.value,
                        help: replacement(for: control.name.value))
                }
            }
        }
    }

    private static func isVague(_ parameter: Definition.Parameter) -> Bool {
        guard isVague(parameter.name.value) else { return false }
        let method = parameter.method?.value.lowercased() ?? ""
        return !(method.contains("imag") && parameter.target.value.quantity != nil)
    }

    private static func isVague(_ name: String) -> Bool {
        let name = name.lowercased()
        return ["passage", "morpholog", "confluen"].contains { name.contains($0) }
    }

    private static func replacement(for name: String) -> String {
        let name = name.lowercased()
        if name.contains("passage") {
            return "control cumulative population doublings (PD) instead"
        }
        if name.contains("confluen") {
            return "control cells per area (cells/cm2), or confluence measured by image analysis"
        }
        return "control a measured image metric or marker instead"
    }
}
