import Diagnostics
import ProductDefinition
import Quantities

/// A simulation of fewer units than a batch.
///
/// ## Why it matters
///
/// For small batches the number of units simulated at least equals the number filled.
///
/// ## Flagged
///
/// ```yaml
/// facility:
///   process-simulation: { units: 20 }
/// process:
///   stages:
///     - id: c
///       name: fill
///       phase: formulation and storage
///       operations:
///         - id: fill
///           kind: fill
///           outputs: [{ name: vials, kind: drug product, count: 45 }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// facility:
///   process-simulation: { units: 60 }
/// process:
///   stages:
///     - id: c
///       name: fill
///       phase: formulation and storage
///       operations:
///         - id: fill
///           kind: fill
///           outputs: [{ name: vials, kind: drug product, count: 45 }]
/// ```
enum ApsUnits: Rule {
    static let id = "aps-units"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let programme = subject.definition.premises?.processSimulation else { return }
        var filled: Located<Int>?
        for stage in subject.stages {
            for operation in stage.operations where operation.kind.value == .fill {
                for output in operation.outputs {
                    guard let count = output.count, count.value > filled?.value ?? 0 else {
                        continue
                    }
                    filled = count
                }
            }
        }
        if let filled {
            if let units = programme.units {
                // A batch of thousands is simulated by 5,000 to 10,000 units (Annex 1 9.40).
                if units.value < min(filled.value, 5_000) {
                    findings.report(
                        "the simulation fills \(counted(units.value, "unit")), a batch fills "
                            + "\(filled.value)",
                        at: units.position, help: "fill at least as many units as a batch has",
                        notes: [.init("the batch", at: filled.position)])
                }
            } else {
                findings.report(
                    "the simulation does not say how many units it fills", at: programme.position,
                    help: "write 'units: \(min(filled.value, 5_000))' or more")
            }
        }
        for run in programme.runs {
            guard let incubated = run.incubated else { continue }
            let missing = run.filled.value - incubated.value - (run.justified?.value ?? 0)
            guard missing != 0 else { continue }
            findings.report(
                "in the simulation of \(run.date.value) \(run.filled.value) units were filled "
                    + "and \(incubated.value + (run.justified?.value ?? 0)) are accounted for",
                at: incubated.position, help: "reconcile filled, incubated and justified units")
        }
    }
}
