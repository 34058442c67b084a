import ProductDefinition

/// A simulation that leaves out open aseptic steps.
///
/// ## Why it matters
///
/// The simulation imitates every aseptic step at its worst: longest time, all interventions, all
/// connections. A step that was left out is not validated.
///
/// ## Flagged
///
/// ```yaml
/// facility:
///   process-simulation: { covers: [harvest], interventions: [change of a pipette] }
/// process:
///   stages:
///     - id: a
///       name: expansion
///       phase: expansion
///       operations:
///         - { id: harvest, kind: harvest, state: open }
///         - { id: fill, kind: fill, state: open }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// facility:
///   process-simulation: { covers: [harvest, fill], interventions: [change of a pipette] }
/// process:
///   stages:
///     - id: a
///       name: expansion
///       phase: expansion
///       operations:
///         - { id: harvest, kind: harvest, state: open }
///         - { id: fill, kind: fill, state: open }
/// ```
enum ApsCoverage: Rule {
    static let id = "aps-coverage"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let programme = subject.definition.premises?.processSimulation else { return }
        let covered = Set(programme.covers.map(\.value))
        var longest: (operation: Definition.Operation, hours: Double)?
        var left: [String] = []
        for stage in subject.stages where stage.regime?.value != .tissueLaw {
            for operation in stage.operations
            where operation.state?.value == .open && operation.handlesProduct {
                if !covered.contains(operation.id.value) { left.append(operation.id.value) }
                if let hours =
                    (operation.openTime?.value.amount("h") ?? operation.duration?.amount("h")),
                    hours > longest?.hours ?? 0
                {
                    longest = (operation, hours)
                }
            }
        }
        if !left.isEmpty {
            let shown = left.prefix(12).map { "'\($0)'" }
            let rest = left.count > 12 ? " and \(left.count - 12) more" : ""
            findings.report(
                "the simulation leaves out \(counted(left.count, "open operation")): "
                    + "\(shown.joined(separator: ", "))\(rest)",
                at: programme.covers.first?.position ?? programme.position,
                help: "name under 'covers:' every operation that is open, or close it")
        }
        if let longest {
            if let duration = programme.duration {
                if let hours = duration.value.amount("h"), hours < longest.hours {
                    findings.report(
                        "the simulation takes \(duration.value), the open operation "
                            + "'\(longest.operation.id.value)' takes longer",
                        at: duration.position, help: "simulate the longest time")
                }
            } else {
                findings.report(
                    "the simulation does not say how long it takes", at: programme.position,
                    help: "write 'duration:', no shorter than the process")
            }
        }
        if programme.interventions.isEmpty {
            findings.report(
                "the simulation includes no interventions", at: programme.position,
                help: "list under 'interventions:' what happens in practice")
        }
    }
}
