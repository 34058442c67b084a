import Guidance
import ProductDefinition

/// A release specification without tests for identity, purity, potency and safety.
///
/// ## Why it matters
///
/// The four classes answer four questions: is it the right cell, what else is in it, does it do
/// what it should, can it harm. A product without one of them is released on trust.
///
/// ## What counts
///
/// Tests of the specifications of product and substance that have a limit in the phase. A result
/// that is only reported decides nothing and does not count; except that potency may be reported
/// until confirmatory trials, since its limit needs the data of the first ones.
///
/// ## Flagged
///
/// ```yaml
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests:
///       - { name: CD105, class: identity, limit: ">= 95 %" }
///       - { name: CD45, class: purity, limit: "<= 2 %" }
///       - { name: inhibition of T cells, class: potency, limit: report }
///       - { name: sterility, class: safety, limit: no growth }
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
///       - { name: CD105, class: identity, limit: ">= 95 %" }
///       - { name: CD45, class: purity, limit: "<= 2 %" }
///       - { name: inhibition of T cells, class: potency, limit: ">= 20 %" }
///       - { name: sterility, class: safety, limit: no growth }
/// ```
enum SpecFourClasses: Rule {
    static let id = "spec-four-classes"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        let specifications = subject.releaseSpecifications
        guard let specification = specifications.first else {
            findings.report(
                "the product has no release specification", at: subject.place,
                help: "write under 'specifications:' one with 'applies-to: drug product'")
            return
        }
        let needed: [Definition.TestClass] = [.identity, .purity, .potency, .safety]
        for testClass in needed {
            let tests = specifications.flatMap(\.tests).filter {
                $0.testClass.value == testClass
            }
            let isDecided = tests.contains {
                !$0.isCharacterisation.isYes && subject.decidingLimit(of: $0) != nil
            }
            if isDecided { continue }
            // In exploratory trials potency has to be measured, and its limit comes with data.
            if testClass == .potency, subject.phase <= .phase1,
                tests.contains(where: { !$0.isCharacterisation.isYes })
            {
                continue
            }
            let name = testClass.rawValue
            if let reported = tests.first {
                findings.report(
                    "\(name) is measured by '\(reported.name.value)' without a limit in "
                        + "\(subject.phase.title)",
                    at: reported.limit.position, about: reported.id?.value,
                    help: "set a limit on own data")
            } else {
                findings.report(
                    "the release specification '\(specification.name.value)' has no test of "
                        + "\(name)",
                    at: specification.name.position, about: specification.id.value,
                    help: "add a test with 'class: \(name)' and a limit")
            }
        }
    }
}
