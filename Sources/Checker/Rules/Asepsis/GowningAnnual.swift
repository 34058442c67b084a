import ProductDefinition

/// Gowning that is not assessed every year.
///
/// ## Why it matters
///
/// People are the main source of contamination. Gowning is assessed visually and by
/// microbiological samples, at the start and at least every year.
///
/// ## Flagged
///
/// ```yaml
/// facility:
///   rooms: [{ id: fill, name: filling, grade: B }]
///   gowning: { requalification: 24 months }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// facility:
///   rooms: [{ id: fill, name: filling, grade: B }]
///   gowning: { requalification: 12 months }
/// ```
enum GowningAnnual: Rule {
    static let id = "gowning-annual"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let premises = subject.definition.premises,
            premises.rooms.contains(where: { $0.grade.value >= .b })
                || premises.equipment.contains(where: { $0.grade?.value == .a })
        else { return }
        guard let interval = premises.gowning?.requalification else {
            findings.report(
                "nothing says how often gowning is assessed",
                at: premises.gowning?.position ?? premises.position,
                help: "write 'gowning:' with 'requalification: 12 months' and the points sampled")
            return
        }
        guard let months = interval.value.amount("months"), months > 12.2 else { return }
        findings.report(
            "gowning is assessed every \(interval.value), at least every 12 months is needed",
            at: interval.position, help: "write 'requalification: 12 months'")
    }
}
