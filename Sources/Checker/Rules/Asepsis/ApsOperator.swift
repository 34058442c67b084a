import ProductDefinition

/// Operators who need not take part in a simulation.
///
/// ## Why it matters
///
/// Each operator takes part in a successful simulation at least once a year; in manual filling
/// three times at the start and about every six months.
///
/// ## Flagged
///
/// ```yaml
/// facility:
///   process-simulation: { manual-filling: yes, operator-interval: 12 months }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// facility:
///   process-simulation: { manual-filling: yes, operator-interval: 6 months }
/// ```
enum ApsOperator: Rule {
    static let id = "aps-operator"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let programme = subject.definition.premises?.processSimulation else { return }
        guard let interval = programme.operatorInterval else {
            findings.report(
                "nothing says how often each operator takes part in a simulation",
                at: programme.position,
                help: "write 'operator-interval: 12 months', or 6 for manual filling")
            return
        }
        let most = programme.isManualFilling.isYes ? 7.0 : 12.0
        guard let months = interval.value.amount("months"), months > most + 0.2 else { return }
        findings.report(
            "each operator takes part every \(interval.value), "
                + "\(programme.isManualFilling.isYes ? "manual filling asks for about 6 months" : "12 months at most are allowed")",
            at: interval.position, help: "let each operator take part more often")
    }
}
