import Guidance
import ProductDefinition
import Quantities

/// A donor scheme for the United States without all the tests that are asked there.
///
/// ## Why it matters
///
/// The list of 21 CFR 1271.85 is longer than that of the EU: it asks for amplification tests for
/// HIV-1 and HCV, and for HTLV and CMV when the tissue is rich in viable leukocytes. Whether cord
/// tissue is, is a decision the sponsor has to record.
///
/// ## Flagged
///
/// ```yaml
/// donors:
///   tests: ["anti-HIV-1,2", HBsAg, anti-HBc, anti-HCV, syphilis]
///   leukocyte-rich: no
/// ```
///
/// ## Accepted
///
/// ```yaml
/// donors:
///   tests: ["anti-HIV-1,2", HBsAg, anti-HBc, anti-HCV, syphilis, HIV NAT, HCV NAT]
///   leukocyte-rich: no
/// ```
enum DonorUsPanel: Rule {
    static let id = "donor-us-panel"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let donors = subject.definition.donors else { return }
        let needed = DonorTest.required(
            in: .unitedStates, leukocyteRich: donors.isLeukocyteRich.isYes)
        let missing = DonorTestNames.missing(needed, from: donors)
        if !missing.isEmpty {
            findings.report(
                "the donors are not tested for \(listed(missing.map(\.id)))",
                at: donors.tests.first?.position ?? donors.position,
                help: "add under 'tests:' what 21 CFR 1271.85 asks for")
        }
        if donors.isLeukocyteRich == nil {
            findings.report(
                "it is not decided whether the tissue is rich in viable leukocytes",
                at: donors.position,
                help: "write 'leukocyte-rich: yes' or 'no', as the sponsor has recorded it")
        }
    }
}
