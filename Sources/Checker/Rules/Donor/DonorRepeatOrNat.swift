import Guidance
import ProductDefinition

/// Stored allogeneic tissue without protection against the diagnostic window.
///
/// ## Why it matters
///
/// Antibodies appear weeks after infection. Tissue that is stored gives the chance to close that
/// window: by amplification tests for HIV, HBV and HCV on the donation sample, by testing the
/// donor again after 180 days, or by a validated inactivation step.
///
/// ## Limits
///
/// A definition has no place for an inactivation step that would replace both; a scheme that
/// rests on one is reported all the same. The interval of 180 days was not read in the text of
/// the directive.
///
/// ## Flagged
///
/// ```yaml
/// donors:
///   tests: ["anti-HIV-1,2", HBsAg, anti-HBc, anti-HCV, syphilis, HIV NAT]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// donors:
///   tests: ["anti-HIV-1,2", HBsAg, anti-HBc, anti-HCV, syphilis, HIV NAT, HBV NAT, HCV NAT]
/// ```
enum DonorRepeatOrNat: Rule {
    static let id = "donor-repeat-or-nat"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let donors = subject.definition.donors, subject.product.origin?.value != .autologous
        else {
            return
        }
        let tests = DonorTest.all.filter { $0.jurisdiction == .eu && $0.need == .insteadOfRetest }
        let missing = DonorTestNames.missing(tests, from: donors)
        guard !missing.isEmpty else { return }
        let days = Double(DonorTiming.eu.retestDays ?? 0)
        if let interval = donors.repeatTest {
            guard let given = interval.value.amount("d"), given < days else { return }
            findings.report(
                "the donors are tested again after \(interval.value), earlier than 180 d",
                at: interval.position, help: "wait 180 days, or add \(listed(missing.map(\.id)))")
            return
        }
        findings.report(
            "stored tissue is covered neither by \(listed(missing.map(\.id))) nor by a repeat test",
            at: donors.tests.first?.position ?? donors.position,
            help: "add the tests of the donation sample, or 'repeat-test: 180 d'")
    }
}
