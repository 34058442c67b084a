import Diagnostics
import Guidance
import ProductDefinition

/// Rooms of different grade with too small a pressure step.
///
/// ## Why it matters
///
/// Ten pascal between adjacent rooms of different grade keep the air flowing from clean to less
/// clean. It is a guidance value; another one is justified.
///
/// ## Flagged
///
/// ```yaml
/// facility:
///   rooms:
///     - { id: fill, name: filling, grade: B, pressure: 30 Pa, next-to: [lock] }
///     - { id: lock, name: air lock, grade: C, pressure: 24 Pa }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// facility:
///   rooms:
///     - { id: fill, name: filling, grade: B, pressure: 30 Pa, next-to: [lock] }
///     - { id: lock, name: air lock, grade: C, pressure: 15 Pa }
/// ```
enum PressureCascade: Rule {
    static let id = "pressure-cascade"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for room in subject.definition.premises?.rooms ?? [] {
            for door in room.nextTo {
                guard let other = subject.definition.room(door) else { continue }
                if other.grade.value < room.grade.value {
                    check(room, beside: other, at: door.position, into: &findings)
                } else if other.grade.value > room.grade.value,
                    !other.nextTo.contains(where: { $0.value == room.id.value })
                {
                    // A door that both rooms name is judged from the cleaner side.
                    check(other, beside: room, at: door.position, into: &findings)
                }
            }
        }
    }

    private static func check(
        _ clean: Definition.Room, beside other: Definition.Room, at door: SourcePosition,
        into findings: inout Findings
    ) {
        let rooms =
            "'\(clean.id.value)' (\(clean.grade.value.phrase)) and '\(other.id.value)' "
            + "(\(other.grade.value.phrase))"
        let step = CleanroomLimits.pressureStepPascalsMin
        guard let higher = clean.pressure?.value.amount("Pa"),
            let lower = other.pressure?.value.amount("Pa")
        else {
            findings.report(
                "the pressure step between \(rooms) is not given", at: door, about: clean.id.value,
                help: "write 'pressure:' of both rooms, 10 Pa apart or more")
            return
        }
        guard higher - lower < step else { return }
        findings.report(
            "the pressure step between \(rooms) is \(trimmed(higher - lower)) Pa, 10 Pa are "
                + "expected",
            at: door, about: clean.id.value, help: "raise the step, or justify another value")
    }

    private static func trimmed(_ pascals: Double) -> String {
        pascals == pascals.rounded() && abs(pascals) < 1e9 ? "\(Int(pascals))" : "\(pascals)"
    }
}
