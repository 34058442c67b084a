import Guidance
import ProductDefinition
import Quantities

/// A simulation programme with a longer interval than six months.
///
/// ## Why it matters
///
/// The simulation is repeated about every six months for each process, line and shift.
///
/// ## Limits
///
/// "About six months" is read as at most seven; the month of tolerance is a setting.
///
/// ## Flagged
///
/// ```yaml
/// facility:
///   process-simulation: { initial-runs: 3, interval: 12 months }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// facility:
///   process-simulation: { initial-runs: 3, interval: 6 months }
/// ```
enum ApsSixMonthly: Rule {
    static let id = "aps-six-monthly"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let programme = subject.definition.premises?.processSimulation else { return }
        guard let interval = programme.interval else {
            findings.report(
                "the simulation has no interval", at: programme.position,
                help: "write 'interval: 6 months'")
            return
        }
        if let months = interval.value.amount("months"), months > monthsMax + 0.2 {
            findings.report(
                "the simulation is repeated every \(interval.value), about six months are expected",
                at: interval.position, help: "write 'interval: 6 months'")
        }
        guard subject.phase > .preclinical,
            let last = programme.runs.max(by: { $0.date.value < $1.date.value }),
            let limit = try? Quantity("7 months"),
            last.date.value.isFurther(than: limit, before: subject.asOf)
        else { return }
        findings.report(
            "the last simulation was on \(last.date.value), more than seven months ago",
            at: last.date.position, help: "repeat the simulation before the next batch")
    }

    private static let monthsMax = 7.0
}
