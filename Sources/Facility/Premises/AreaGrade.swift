package import Guidance
import ProductDefinition

/// The grade of a room or of the air inside equipment (EU GMP Annex 1 4.4).
package enum AreaGrade: String, Choice, Sendable, Hashable, Comparable {
    case a = "A"
    case b = "B"
    case c = "C"
    case d = "D"
    /// Controlled, not classified.
    case unclassified = "CNC"

    /// The grade as the limits know it; `nil` when there are none.
    package var cleanroom: CleanroomGrade? { CleanroomGrade(rawValue: rawValue) }

    /// The grade a definition names.
    init(_ grade: Definition.RoomGrade) {
        switch grade {
        case .a: self = .a
        case .b: self = .b
        case .c: self = .c
        case .d: self = .d
        case .cnc: self = .unclassified
        }
    }

    /// A cleaner grade is the greater one: `.unclassified < .d < .a`.
    package static func < (left: Self, right: Self) -> Bool {
        (left.cleanroom.map { $0.rawValue } ?? "E") > (right.cleanroom.map { $0.rawValue } ?? "E")
    }
}
