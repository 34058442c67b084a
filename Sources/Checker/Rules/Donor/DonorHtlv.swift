import Guidance
import ProductDefinition

/// A donor scheme that does not decide on HTLV-I.
///
/// ## Why it matters
///
/// Antibody to HTLV-I is tested when donor, partner or parents come from an area where the virus
/// is frequent. The scheme has to test every donor or say how those donors are found.
///
/// ## Flagged
///
/// ```yaml
/// donors:
///   tests: ["anti-HIV-1,2", HBsAg, anti-HBc, anti-HCV, syphilis]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// donors:
///   tests: ["anti-HIV-1,2", HBsAg, anti-HBc, anti-HCV, syphilis]
///   high-prevalence-question: yes
/// ```
enum DonorHtlv: Rule {
    static let id = "donor-htlv"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let donors = subject.definition.donors, !donors.asksForHighPrevalence.isYes else {
            return
        }
        let needed = DonorTest.all.filter { $0.jurisdiction == .eu && $0.need == .highPrevalence }
        guard !DonorTestNames.missing(needed, from: donors).isEmpty else { return }
        findings.report(
            "the donors are neither tested for HTLV-I nor asked about areas where it is frequent",
            at: donors.asksForHighPrevalence?.position ?? donors.position,
            help: "add 'anti-HTLV-I' to the tests, or write 'high-prevalence-question: yes'")
    }
}
