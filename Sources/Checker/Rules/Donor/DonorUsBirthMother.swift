import ProductDefinition

/// A scheme for newborn donors that does not test the birth mother.
///
/// ## Why it matters
///
/// For a donor of one month or less, 21 CFR 1271.80(a) asks for a specimen of the birth mother.
/// Blood of the newborn carries the mother's antibodies, and too little of it can be drawn.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   cell-source: umbilical cord
/// donors:
///   sample: { from: donor, timing: 0..7 d }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   cell-source: umbilical cord
/// donors:
///   sample: { from: birth mother, timing: 0..7 d }
/// ```
enum DonorUsBirthMother: Rule {
    static let id = "donor-us-birth-mother"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let donors = subject.definition.donors, subject.startsFromBirthTissue,
            donors.sample?.person?.value != .birthMother
        else { return }
        findings.report(
            "the donor is a newborn, and it is not the birth mother who is tested",
            at: donors.sample?.person?.position ?? donors.position,
            help: "write 'from: birth mother' under 'sample:'")
    }
}
