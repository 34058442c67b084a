import ProductDefinition

/// No limit for the share of doses from one donor.
///
/// ## Why it matters
///
/// A cord can give thousands of doses. What is wrong with its donor is then wrong with all of
/// them; a limit for the share of one donor bounds the harm.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   origin: allogeneic
/// donors:
///   pooled: no
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   origin: allogeneic
/// donors:
///   pooled: no
///   maximum-share: 20 %
/// ```
enum DonorShareAlert: Rule {
    static let id = "donor-share-alert"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let donors = subject.definition.donors, subject.product.origin?.value == .allogeneic,
            donors.maximumShare == nil
        else { return }
        findings.report(
            "nothing limits the share of doses that come from one donor", at: donors.position,
            help: "write 'maximum-share:', such as 20 %")
    }
}
