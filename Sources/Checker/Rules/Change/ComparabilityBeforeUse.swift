import ProductDefinition

/// A change without a completed comparability exercise.
///
/// ## Why it matters
///
/// After a change of process, site, bank or critical material nobody knows whether it is still
/// the product of the trial, until it was compared.
///
/// ## Flagged
///
/// ```yaml
/// comparability:
///   - { change: second site, impact: high, outcome: pending, margin: 0.8 to 1.25 }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// comparability:
///   - { change: second site, impact: high, outcome: pass, margin: 0.8 to 1.25 }
/// ```
enum ComparabilityBeforeUse: Rule {
    static let id = "comparability-before-use"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for exercise in subject.definition.comparability {
            switch exercise.impact?.value {
            case .low: continue
            case .medium, .high, nil: break
            }
            guard exercise.outcome?.value != .pass, exercise.outcome?.value != .notRequired else {
                continue
            }
            let standing = exercise.outcome.map { "'\($0.value.rawValue)'" } ?? "not known"
            findings.report(
                "the comparability of '\(exercise.change.value)' is \(standing)",
                at: exercise.outcome?.position ?? exercise.change.position,
                help: "complete the exercise before cells of the changed process are used")
        }
    }
}
