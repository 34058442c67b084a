import ProductDefinition

/// A follow-up plan that leaves out a hazard.
///
/// ## Why it matters
///
/// Late effects are found by looking. Each hazard of the risk file has an endpoint, an interval
/// and a duration in the follow-up.
///
/// ## Flagged
///
/// ```yaml
/// risks:
///   hazards: [{ id: h5, kind: tumorigenicity, controls: [limit of doublings], evidence: [NC-007] }]
/// follow-up:
///   - { endpoint: survival, interval: 6 months, duration: 2 years }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// risks:
///   hazards: [{ id: h5, kind: tumorigenicity, controls: [limit of doublings], evidence: [NC-007] }]
/// follow-up:
///   - { hazard: h5, endpoint: imaging, interval: 12 months, duration: 15 years }
/// ```
enum FollowupPlan: Rule {
    static let id = "followup-plan"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        let hazards = subject.definition.risks?.hazards ?? []
        let plans = subject.definition.followUp
        let followed = Set(plans.compactMap { $0.hazard?.value })
        for hazard in hazards where hazard.kind.value != .procedure {
            if followed.contains(hazard.id.value) { continue }
            findings.report(
                "nothing in the follow-up looks for the hazard '\(hazard.kind.value.rawValue)'",
                at: hazard.kind.position, about: hazard.id.value,
                help: "add under 'follow-up:' an endpoint with 'hazard: \(hazard.id.value)'")
        }
        for plan in plans {
            var missing: [String] = []
            if plan.interval == nil { missing.append("interval") }
            if plan.duration == nil { missing.append("duration") }
            guard !missing.isEmpty else { continue }
            findings.report(
                "the follow-up of '\(plan.endpoint.value)' has no \(listed(missing))",
                at: plan.endpoint.position, help: "write 'interval:' and 'duration:'")
        }
        if hazards.isEmpty, plans.isEmpty {
            findings.report(
                "there is no follow-up of patients", at: subject.place,
                help: "list under 'follow-up:' what is observed, how often and for how long")
        }
    }
}
