import ProductDefinition

/// A comparison without margins that were set before.
///
/// ## Why it matters
///
/// Margins chosen after the results fit them. Equivalence means: margins first, then the
/// confidence interval inside them.
///
/// ## Flagged
///
/// ```yaml
/// comparability:
///   - { change: second site, impact: high, outcome: pass, protocol: CP-0003 }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// comparability:
///   - change: second site
///     impact: high
///     outcome: pass
///     protocol: CP-0003
///     margin: ratio of means of viable yield between 0.8 and 1.25
/// ```
enum ComparabilityEquivalence: Rule {
    static let id = "comparability-equivalence"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for exercise in subject.definition.comparability {
            guard exercise.impact?.value != .low else { continue }
            var missing: [String] = []
            if !exercise.margin.isStated { missing.append("equivalence margins") }
            if !exercise.protocolDocument.isStated { missing.append("approved protocol") }
            guard !missing.isEmpty else { continue }
            findings.report(
                "the comparison of '\(exercise.change.value)' has no \(listed(missing))",
                at: exercise.change.position,
                help: "write 'margin:' and 'protocol:', set before testing")
        }
    }
}
