import Diagnostics
import ProductDefinition
import Quantities

/// A limit that does not say which text it comes from, or comes from a superseded one.
///
/// ## Why it matters
///
/// The limits of Annex 1 changed between 2008 and 2022. A limit without its source cannot be
/// checked, and an old one lets through what the new one would not.
///
/// ## Flagged
///
/// ```yaml
/// facility:
///   rooms: [{ id: fill, name: filling, grade: B, edition: EU GMP Annex 1 (2008) }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// facility:
///   rooms: [{ id: fill, name: filling, grade: B, edition: EU GMP Annex 1 (2022) }]
/// ```
enum LimitSetVersion: Rule {
    static let id = "limit-set-version"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let premises = subject.definition.premises else { return }
        for room in premises.rooms where room.grade.value != .cnc {
            check(room.edition, of: "the room '\(room.id.value)'", at: room.id, into: &findings)
        }
        for point in premises.monitoring where point.action != nil {
            check(
                point.edition, of: "'\(point.what.value.rawValue)'",
                at: point.room ?? point.equipment, else: point.what.position, into: &findings)
        }
    }

    private static func check(
        _ edition: Located<String>?, of thing: String, at name: Located<String>?,
        else place: SourcePosition? = nil, into findings: inout Findings
    ) {
        guard let edition else {
            findings.report(
                "the limits of \(thing) do not say which text they come from",
                at: place ?? name?.position, about: name?.value,
                help: "write 'edition:', such as EU GMP Annex 1 (2022)")
            return
        }
        let words = edition.value.lowercased()
        guard words.contains("2008") || words.contains("2003") else { return }
        findings.report(
            "the limits of \(thing) come from '\(edition.value)', which is superseded",
            at: edition.position, about: name?.value,
            help: "use the limits of EU GMP Annex 1 (2022)")
    }
}
