import ProductDefinition

/// A limit that rests on nothing but a society or a paper.
///
/// ## Why it matters
///
/// The ISCT criteria are recommendations for research. A specification is developed for one
/// product, by one developer, on batches of that product. A justification names the data and the
/// number of batches.
///
/// ## What counts
///
/// Own or clinical data, with the report and the number of batches. For safety tests the limit of
/// a pharmacopoeia or a calculation stands by itself. Tests that are only reported have no limit
/// to justify.
///
/// ## Flagged
///
/// ```yaml
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests:
///       - name: CD105
///         class: identity
///         limit: ">= 95 %"
///         justification: { basis: [society criterion] }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests:
///       - name: CD105
///         class: identity
///         limit: ">= 95 %"
///         justification: { basis: [own data, society criterion], data: DEV-0031, batches: 12 }
/// ```
enum SpecLimitJustified: Rule {
    static let id = "spec-limit-justified"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for test in subject.releaseTests {
            guard let limit = subject.decidingLimit(of: test) else { continue }
            let name = test.name.value
            guard let justification = test.justification else {
                findings.report(
                    "the limit '\(limit.value)' of '\(name)' has no justification",
                    at: limit.position,
                    about: test.id?.value,
                    help: "write 'justification:' with basis, data and batches")
                continue
            }
            let basis = Set(justification.basis.map(\.value))
            if test.testClass.value == .safety,
                !basis.isDisjoint(with: [.pharmacopoeia, .safetyCalculation])
            {
                continue
            }
            if !basis.isEmpty, basis.isSubset(of: [.societyCriterion, .literature]) {
                findings.report(
                    "the limit '\(limit.value)' of '\(name)' rests on "
                        + "\(listed(justification.basis.map { "'\($0.value.rawValue)'" })) alone",
                    at: justification.basis[0].position, about: test.id?.value,
                    help: "add own batches: 'basis: [own data]', 'data:' and 'batches:'")
                continue
            }
            var missing: [String] = []
            if !justification.data.isStated { missing.append("report with the data") }
            if (justification.batches?.value ?? 0) < 1 { missing.append("number of batches") }
            guard !missing.isEmpty else { continue }
            findings.report(
                "the justification of '\(name)' has no \(listed(missing))",
                at: justification.position,
                about: test.id?.value, help: "write 'data:' and 'batches:'")
        }
    }
}
