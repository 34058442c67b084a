import ProductDefinition

/// A place of procurement without a valid authorisation.
///
/// ## Why it matters
///
/// Maternity and tissue establishment are authorised by the Member State for what they do, on the
/// day they do it.
///
/// ## Flagged
///
/// ```yaml
/// donors:
///   procurement:
///     - { site: Maternity North, authorisation: TE-0117, valid-until: 2025-12-31 }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// donors:
///   procurement:
///     - { site: Maternity North, authorisation: TE-0117, valid-until: 2029-12-31 }
/// ```
enum ProcurementSiteAuthorised: Rule {
    static let id = "procurement-site-authorised"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for site in subject.definition.donors?.procurement ?? [] {
            guard site.authorisation.isStated else {
                findings.report(
                    "the procurement site '\(site.site.value)' has no authorisation",
                    at: site.site.position, about: site.site.value,
                    help: "write 'authorisation:' and 'valid-until:'")
                continue
            }
            if let end = site.validUntil, end.value < subject.asOf {
                findings.report(
                    "the authorisation of '\(site.site.value)' ended on \(end.value)",
                    at: end.position,
                    about: site.site.value, help: "renew it before the next donation")
            }
        }
    }
}
