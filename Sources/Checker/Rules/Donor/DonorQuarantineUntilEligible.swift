import ProductDefinition

/// Tissue that is used before the donor is found eligible.
///
/// ## Why it matters
///
/// Test results come after the tissue. Until the donor is found eligible the tissue waits in
/// quarantine, and what is shipped says so on its label.
///
/// ## Flagged
///
/// ```yaml
/// donors:
///   quarantine-until-eligible: no
/// ```
///
/// ## Accepted
///
/// ```yaml
/// donors:
///   quarantine-until-eligible: yes
/// ```
enum DonorQuarantineUntilEligible: Rule {
    static let id = "donor-quarantine-until-eligible"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let donors = subject.definition.donors, !donors.isQuarantinedUntilEligible.isYes
        else { return }
        findings.report(
            "tissue does not wait in quarantine until the donor is found eligible",
            at: donors.isQuarantinedUntilEligible?.position ?? donors.position,
            help: "write 'quarantine-until-eligible: yes'")
    }
}
