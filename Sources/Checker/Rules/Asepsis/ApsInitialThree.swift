import Guidance
import ProductDefinition

/// A process without three initial aseptic process simulations.
///
/// ## Why it matters
///
/// Three consecutive successful simulations, over all shifts, come before first use and again
/// after a significant change.
///
/// ## Flagged
///
/// ```yaml
/// facility:
///   process-simulation: { initial-runs: 1 }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// facility:
///   process-simulation: { initial-runs: 3 }
/// ```
enum ApsInitialThree: Rule {
    static let id = "aps-initial-three"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let premises = subject.definition.premises else { return }
        guard let programme = premises.processSimulation else {
            findings.report(
                "the facility has no programme of aseptic process simulations",
                at: premises.position,
                help:
                    "write 'process-simulation:' with initial-runs, interval, units and what it "
                    + "covers"
            )
            return
        }
        if (programme.initialRuns?.value ?? 0) < 3 {
            findings.report(
                "\(programme.initialRuns.map { counted($0.value, "initial simulation") } ?? "no number of initial simulations") is planned, three consecutive passes are needed",
                at: programme.initialRuns?.position ?? programme.position,
                help: "write 'initial-runs: 3'")
        }
        guard subject.phase > .preclinical, !programme.runs.isEmpty else { return }
        let streak = programme.runs.sorted { $0.date.value < $1.date.value }
            .reversed().prefix { $0.contaminated.value == 0 }.count
        if streak < 3 {
            findings.report(
                "the last \(counted(streak, "simulation")) passed in a row, three are needed",
                at: programme.runs[programme.runs.count - 1].date.position,
                help: "repeat the simulation until three in a row have passed")
        }
    }
}
