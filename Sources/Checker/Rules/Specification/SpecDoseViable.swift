import Guidance
import ProductDefinition
import Quantities

/// A release specification that does not bound the number of viable cells.
///
/// ## Why it matters
///
/// A container with too few cells does not work, one with too many can harm. The number of viable
/// cells per container has a low and a high limit.
///
/// ## Flagged
///
/// ```yaml
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests:
///       - { name: viable cells in a vial, class: quantity, limit: ">= 45e6 cells" }
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
///       - { name: viable cells in a vial, class: quantity, limit: 45e6..60e6 cells }
/// ```
enum SpecDoseViable: Rule {
    static let id = "spec-dose-viable"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let specification = subject.releaseSpecifications.first else { return }
        let counts = subject.releaseTests.filter {
            subject.measurand(of: $0) == .cellCount || $0.testClass.value == .quantity
        }
        guard !counts.isEmpty else {
            findings.report(
                "the release specification '\(specification.name.value)' does not bound the "
                    + "number of viable cells",
                at: specification.name.position, about: specification.id.value,
                help: "add a test with 'class: quantity' and a range, such as 45e6..60e6 cells")
            return
        }
        for test in counts {
            guard let limit = subject.decidingLimit(of: test) else {
                findings.report(
                    "'\(test.name.value)' is measured without a limit in \(subject.phase.title)",
                    at: test.limit.position, about: test.id?.value,
                    help: "set a low and a high limit")
                continue
            }
            guard let range = limit.value.range, range.lower != nil, range.upper != nil else {
                findings.report(
                    "the number of cells has the limit '\(limit.value)', without a "
                        + "\(limit.value.range?.lower == nil ? "low" : "high") end",
                    at: limit.position, about: test.id?.value, help: "set a low and a high limit")
                continue
            }
        }
    }
}
