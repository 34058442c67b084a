import Guidance
import ProductDefinition

/// Rooms that are requalified too seldom.
///
/// ## Why it matters
///
/// Grade A and B are requalified within six months, C and D within twelve.
///
/// ## Flagged
///
/// ```yaml
/// facility:
///   rooms: [{ id: fill, name: filling, grade: B, requalification: 12 months }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// facility:
///   rooms: [{ id: fill, name: filling, grade: B, requalification: 6 months }]
/// ```
enum RoomRequalification: Rule {
    static let id = "room-requalification"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for room in subject.definition.premises?.rooms ?? [] {
            guard let grade = room.grade.value.cleanroom else { continue }
            let months = CleanroomLimits.requalificationMonthsMax(grade: grade)
            guard let interval = room.requalification else {
                findings.report(
                    "the room '\(room.id.value)' has no interval of requalification",
                    at: room.id.position, about: room.id.value,
                    help: "write 'requalification: \(months) months'")
                continue
            }
            // A month of the calendar may be given in days, so that a few days are no departure.
            guard let given = interval.value.amount("months"), given > Double(months) + 0.2 else {
                continue
            }
            findings.report(
                "the room '\(room.id.value)' is requalified every \(interval.value), grade "
                    + "\(grade.rawValue) asks for \(months) months",
                at: interval.position, about: room.id.value, help: "requalify it more often")
        }
    }
}
