import ProductDefinition

/// A missing target profile, or a quality attribute that traces to nothing in it.
///
/// ## Why it matters
///
/// The quality target product profile says what the medicine has to be; a critical quality
/// attribute is critical because it serves one of its items. An attribute without an item is
/// either unneeded or the sign of a missing item.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   qtpp:
///     approved: 2026-01-15
///     items:
///       - { id: strength, item: strength, target: 50e6 viable cells in a vial }
///   quality-attributes:
///     - { id: viability, name: viability, critical: yes }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   qtpp:
///     approved: 2026-01-15
///     items:
///       - { id: strength, item: strength, target: 50e6 viable cells in a vial }
///   quality-attributes:
///     - { id: viability, name: viability, critical: yes, qtpp: [strength] }
/// ```
enum QtppCqaList: Rule {
    static let id = "qtpp-cqa-list"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let profile = subject.product.qtpp else {
            findings.report(
                "the product has no quality target product profile", at: subject.place,
                help: "write 'qtpp:' with its items and the day it was approved")
            return
        }
        if profile.approved == nil {
            findings.report(
                "the quality target product profile is not approved", at: profile.position,
                help: "write 'approved:' with the day")
        }
        let critical = subject.product.qualityAttributes.filter { $0.isCritical.isYes }
        if critical.isEmpty {
            findings.report(
                "no quality attribute is marked critical", at: profile.position,
                help: "mark the critical ones under 'quality-attributes:' with 'critical: yes'")
        }
        for attribute in critical where attribute.qtpp.isEmpty {
            findings.report(
                "the critical attribute '\(attribute.name.value)' serves no item of the target "
                    + "profile",
                at: attribute.name.position, about: attribute.id.value,
                help: "name under 'qtpp:' the items it serves")
        }
    }
}
