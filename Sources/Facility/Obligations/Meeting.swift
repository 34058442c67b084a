package typealias MeetingID = Identifier<Meeting>

/// A meeting with an authority, a vendor or a partner: what was asked, answered and promised.
///
/// Regulators and vendors are to be engaged as early as possible (Zhang & Stacey 2022, section 7,
/// doi:10.1111/cpr.13203). What they said is relied on for years: it stands here in their words, and
/// each promise is an obligation with a day.
package struct Meeting: Sendable, Codable {
    package var id: MeetingID
    package var kind: MeetingKind
    /// The authority, or the vendor or partner by its number at the site or its name.
    package var with: String
    package var subject: String
    package var held: CalendarDate
    /// Who took part, of both sides.
    package var participants: String
    /// The number of the minutes; `nil` while there are none.
    package var minutes: String?
    /// What was asked, in the order of asking.
    package var questions: [MeetingQuestion]
    package var recorded: Stamp

    /// Days after which an answer that was not given in the meeting is asked for: a setting of the
    /// house, about as long as an authority takes to send its minutes; no clause sets a number.
    package static let answerDays = 30

    /// The day by which what was left open is to be answered.
    package var answersDue: CalendarDate { held.advanced(byDays: Self.answerDays) }
}

/// With whom a meeting was held.
package enum MeetingKind: String, Choice, Sendable, Hashable {
    case authority, vendor, partner
}

/// A question that was asked in a meeting, and the answer.
package struct MeetingQuestion: Sendable, Hashable, Codable {
    package var question: String
    /// What was said; `nil` while it is open.
    package var answer: String?
    /// When and by whom the answer was entered.
    package var answered: Stamp?
}

/// A question of a meeting as it is entered.
package struct AskedQuestion: Field, Sendable, Hashable {
    package var question: String
    package var answer: String?

    package static var fieldSchema: FieldSchema { SchemaRecorder.schema(of: Self.self) }
    package static var sample: AskedQuestion { AskedQuestion(question: "") }
}

/// Something that was promised in a meeting by a day.
package struct MeetingCommitment: Field, Sendable, Hashable {
    package var task: String
    package var due: CalendarDate
    /// True when the other side promised it to the site.
    package var isTheirs: Bool?

    package static var fieldSchema: FieldSchema { SchemaRecorder.schema(of: Self.self) }
    package static var sample: MeetingCommitment { MeetingCommitment(task: "", due: .sample) }
}
