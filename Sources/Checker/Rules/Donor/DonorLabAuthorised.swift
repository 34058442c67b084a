import ProductDefinition

/// Donor tests in a laboratory that is not named.
///
/// ## Why it matters
///
/// The tests of donors are done by an authorised laboratory with suitable kits. A result from
/// elsewhere does not count.
///
/// ## Flagged
///
/// ```yaml
/// donors:
///   tests: [HBsAg]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// donors:
///   tests: [HBsAg]
///   laboratory: blood service, authorised for donor testing
/// ```
enum DonorLabAuthorised: Rule {
    static let id = "donor-lab-authorised"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let donors = subject.definition.donors, !donors.laboratory.isStated else { return }
        findings.report(
            "the donor scheme names no authorised laboratory", at: donors.position,
            help: "write 'laboratory:' with its name and authorisation")
    }
}
