import Diagnostics
import ProductDefinition

/// An isolator or RABS in a background below its own.
///
/// ## Why it matters
///
/// An open isolator stands in grade C or better, a closed one in D or better, a RABS in B.
///
/// ## Flagged
///
/// ```yaml
/// facility:
///   rooms: [{ id: lab, name: laboratory, grade: D }]
///   equipment: [{ id: iso, kind: open isolator, grade: A, room: lab }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// facility:
///   rooms: [{ id: lab, name: laboratory, grade: D }]
///   equipment: [{ id: iso, kind: closed isolator, grade: A, room: lab }]
/// ```
enum IsolatorBackground: Rule {
    static let id = "isolator-background"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for equipment in subject.definition.premises?.equipment ?? [] {
            guard let least = equipment.leastBackground else { continue }
            guard let room = subject.definition.room(equipment.room) else {
                findings.report(
                    "the \(equipment.kind.value.rawValue) '\(equipment.id.value)' does not say "
                        + "in which room it stands",
                    at: equipment.id.position, about: equipment.id.value, help: "write 'room:'")
                continue
            }
            guard room.grade.value < least else { continue }
            findings.report(
                "the \(equipment.kind.value.rawValue) '\(equipment.id.value)' stands in "
                    + "\(room.grade.value.phrase), grade \(least.rawValue) is needed",
                at: equipment.room?.position, about: equipment.id.value,
                help: "place it in grade \(least.rawValue) or better",
                notes: [
                    .init(
                        "'\(room.id.value)' is \(room.grade.value.phrase)", at: room.grade.position)
                ])
        }
    }
}
