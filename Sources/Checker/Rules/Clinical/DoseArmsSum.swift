import ProductDefinition

/// Arms of a trial that do not add up to its cohort.
///
/// ## Why it matters
///
/// Numbers that do not add up in a plan do not add up in a report.
///
/// ## Flagged
///
/// ```yaml
/// trials:
///   - id: first
///     title: dose escalation
///     participants: 29
///     arms: [{ name: cells, participants: 15 }, { name: placebo, participants: 15 }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// trials:
///   - id: first
///     title: dose escalation
///     participants: 29
///     arms: [{ name: cells, participants: 15 }, { name: placebo, participants: 14 }]
/// ```
enum DoseArmsSum: Rule {
    static let id = "dose-arms-sum"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for trial in subject.definition.trials {
            guard let all = trial.participants, !trial.arms.isEmpty else { continue }
            // A number of participants is at most a thousand million, and arms are few: no overflow.
            let sum = trial.arms.reduce(0) { $0 &+ $1.participants.value }
            guard sum != all.value else { continue }
            findings.report(
                "the arms of '\(trial.id.value)' add up to \(sum) participants, the trial has "
                    + "\(all.value)",
                at: all.position, about: trial.id.value, help: "correct the arms or the cohort")
        }
    }
}
