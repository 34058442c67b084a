import ProductDefinition

/// A donor scheme whose consent does not cover the use.
///
/// ## Why it matters
///
/// Consent for a donation does not by itself cover a commercial allogeneic medicine, genomic
/// tests or storage for years. A consent that is too narrow makes the bank unusable, and cannot
/// be repaired after the fact.
///
/// ## Flagged
///
/// ```yaml
/// donors:
///   consent:
///     scopes: [allogeneic use, medicinal use]
///     before-procurement: yes
/// ```
///
/// ## Accepted
///
/// ```yaml
/// donors:
///   consent:
///     scopes: [allogeneic use, medicinal use, commercial use, genomic testing]
///     before-procurement: yes
/// ```
enum DonorConsent: Rule {
    static let id = "donor-consent"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard
            let consent = subject.definition.donors?.consent ?? subject.definition.cellLine?.consent
        else {
            guard
                let place = subject.definition.donors?.position
                    ?? subject.definition.cellLine?.position
            else { return }
            findings.report(
                "the donors' consent is not recorded", at: place,
                help: "write 'consent:' with its scopes")
            return
        }
        var needed: [Definition.ConsentScope] = [.medicinalUse, .commercialUse, .genomicTesting]
        if subject.product.origin?.value != .autologous { needed.insert(.allogeneicUse, at: 0) }
        let given = Set(consent.scopes.map(\.value))
        let missing = needed.filter { !given.contains($0) }
        if !missing.isEmpty {
            findings.report(
                "the consent does not cover \(listed(missing.map { "'\($0.rawValue)'" }))",
                at: consent.scopes.first?.position ?? consent.position,
                help: "extend the consent form before the first donation")
        }
        if !consent.isBeforeProcurement.isYes {
            findings.report(
                "the consent is not said to come before procurement",
                at: consent.isBeforeProcurement?.position ?? consent.position,
                help: "write 'before-procurement: yes'")
        }
    }
}
