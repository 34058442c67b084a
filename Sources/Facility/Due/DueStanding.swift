/// A thing that is due, as it stands on a day: for programs.
package struct DueStanding: Encodable, Sendable {
    package var kind: DueKind
    package var subject: String
    package var task: String
    package var due: CalendarDate?
    /// Whether it should have been done before the day.
    package var overdue: Bool
    package var rule: String?
}

extension DueItem {
    /// How it stands on `day`.
    package func standing(on day: CalendarDate) -> DueStanding {
        DueStanding(
            kind: kind, subject: subject, task: task, due: due, overdue: isOverdue(on: day),
            rule: rule)
    }
}
