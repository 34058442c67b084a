import Facility
import Hummingbird
import Operations

/// What a reader asks of the audit trail: the fields above it.
struct AuditQuestion {
    /// Words that the entry holds somewhere, all of them, in small letters.
    var words: [Substring]
    /// Identifier that the entry names.
    var subject: String
    /// Who recorded it or signed for it.
    var person: String
    /// What the name of its kind begins with.
    var kind: String
    /// First and last day (UTC) on which it happened.
    var days: (first: CalendarDate?, last: CalendarDate?)
    /// Only entries before this one.
    var before: UInt64

    /// The question of an address about a ledger of `size` entries; a day that is none is left out.
    init(_ request: Request, size: UInt64) {
        func field(_ name: String) -> String {
            String((request.query(name) ?? "").trimmingSpaces.prefix(ListQuery.wordsMax))
        }
        words = field("q").lowercased().split(whereSeparator: \.isWhitespace)
        subject = field("subject")
        person = field("person")
        kind = field("kind")
        days = (CalendarDate(field("from")), CalendarDate(field("to")))
        before = min(request.query("before").flatMap { UInt64($0) } ?? size, size)
    }

    /// The fields as they stand in an address.
    var fields: [(name: String, value: String)] {
        [
            ("q", words.joined(separator: " ")), ("subject", subject), ("person", person),
            ("kind", kind), ("from", days.first?.description ?? ""),
            ("to", days.last?.description ?? ""),
        ]
    }

    /// The question again, to stand in an address.
    var items: [Address.QueryItem] {
        fields.filter { !$0.value.isEmpty }.map { .init(name: $0.name, value: $0.value) }
    }

    /// What the index answers of it.
    var indexed: TrailIndex.Question {
        var question = TrailIndex.Question()
        if !subject.isEmpty { question.subject = subject }
        if !person.isEmpty { question.person = person }
        if !kind.isEmpty { question.kind = kind }
        question.from = days.first?.start
        question.to = days.last?.advanced(byDays: 1).start
        return question
    }
}

extension CalendarDate {
    /// The first instant of the day, in UTC.
    fileprivate var start: Timestamp {
        Timestamp(milliseconds: Int64(daysSinceEpoch) * 86_400_000)
    }
}
