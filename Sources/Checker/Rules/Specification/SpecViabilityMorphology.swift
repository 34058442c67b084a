import ProductDefinition
import Quantities

/// A release specification without viability or morphology, or with a low limit for viability.
///
/// ## Why it matters
///
/// Dead cells are an impurity and say that something went wrong. Seventy percent is the common
/// floor; a lower limit is possible with a reason.
///
/// ## Limits
///
/// The floor of 70 % comes from the guidance of 2008 for somatic cell therapy, through tables
/// that repeat it.
///
/// ## Flagged
///
/// ```yaml
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests:
///       - { name: viability, class: quality, measures: viability, limit: ">= 60 %" }
///       - { name: appearance, class: quality, measures: appearance, limit: "off-white, no clumps" }
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
///       - { name: viability, class: quality, measures: viability, limit: ">= 80 %" }
///       - { name: appearance, class: quality, measures: appearance, limit: "off-white, no clumps" }
/// ```
enum SpecViabilityMorphology: Rule {
    static let id = "spec-viability-morphology"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let specification = subject.releaseSpecifications.first else { return }
        let viability = subject.releaseTests(measuring: .viability)
        let limited = viability.compactMap { test in
            subject.decidingLimit(of: test).map { (test: test, limit: $0) }
        }
        if limited.isEmpty {
            findings.report(
                "the release specification '\(specification.name.value)' does not limit viability",
                at: viability.first?.limit.position ?? specification.name.position,
                about: specification.id.value,
                help: "add a test with 'measures: viability', such as >= 80 %")
        }
        for (test, limit) in limited {
            guard let lower = limit.value.range?.lower?.amount("%"), lower < floor,
                test.justification == nil
            else { continue }
            findings.report(
                "viability may be as low as \(limit.value), 70 % is the common floor",
                at: limit.position,
                about: test.id?.value, help: "raise the limit, or justify it with data")
        }
        if subject.releaseTests(measuring: .morphology, .appearance).isEmpty {
            findings.report(
                "the release specification '\(specification.name.value)' does not look at "
                    + "morphology",
                at: specification.name.position, about: specification.id.value,
                help: "add a test with 'measures: morphology' or 'appearance'")
        }
    }

    private static let floor = 70.0
}
