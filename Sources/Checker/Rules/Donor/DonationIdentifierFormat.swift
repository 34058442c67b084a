import ProductDefinition

/// Donations that are not identified by the European sequence.
///
/// ## Why it matters
///
/// The donation identification sequence names country, establishment and donation uniquely. It
/// stays with the tissue and everything made from it.
///
/// ## Flagged
///
/// ```yaml
/// donors:
///   identifier: other
/// ```
///
/// ## Accepted
///
/// ```yaml
/// donors:
///   identifier: donation identification sequence
/// ```
enum DonationIdentifierFormat: Rule {
    static let id = "donation-identifier-format"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let donors = subject.definition.donors else { return }
        switch donors.identifier?.value {
        case .donationIdentificationSequence, .singleEuropeanCode: return
        case .isbt128, .other, nil: break
        }
        findings.report(
            "donations are not identified by the European sequence",
            at: donors.identifier?.position ?? donors.position,
            help: "write 'identifier: donation identification sequence'")
    }
}
