import Guidance
import ProductDefinition

/// A donor scheme without all the tests that the EU asks for.
///
/// ## Why it matters
///
/// Every donor of tissue and cells is tested for HIV 1 and 2, hepatitis B (surface antigen and
/// core antibody), hepatitis C and syphilis. A cord that was processed before a test was found
/// missing is lost, and so is everything made from it.
///
/// ## Flagged
///
/// ```yaml
/// donors:
///   tests: ["anti-HIV-1,2", HBsAg, anti-HCV, syphilis]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// donors:
///   tests: ["anti-HIV-1,2", HBsAg, anti-HBc, anti-HCV, syphilis]
/// ```
enum DonorEuPanelComplete: Rule {
    static let id = "donor-eu-panel-complete"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let donors = subject.definition.donors else {
            guard subject.startsFromTissue else { return }
            findings.report(
                "the product begins with donated tissue and has no donor scheme", at: subject.place,
                help: "write 'donors:' with the tests of each donor")
            return
        }
        let missing = DonorTestNames.missing(DonorTest.required(in: .eu), from: donors)
        guard !missing.isEmpty else { return }
        findings.report(
            "the donors are not tested for \(listed(missing.map(\.id)))",
            at: donors.tests.first?.position ?? donors.position,
            help: "add under 'tests:' what Directive 2006/17/EC asks of every donor")
    }
}
