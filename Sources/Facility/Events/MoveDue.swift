package import Ledger

/// Another day by which an action or a change is to be done, with the reason.
package struct DueMove: Sendable, Hashable, Codable {
    /// The day that stood before; `nil` where a change had none.
    package var from: CalendarDate?
    package var due: CalendarDate
    package var reason: String
    package var stamp: Stamp
}

/// Moves the day by which a corrective action or a change is to be done: quality decides, with the
/// reason, and the day that stood before is kept.
package struct MoveDue: Command {
    package static let name = "event.move-due"
    package static let summary =
        "Move the day by which a corrective action or a change is to be done, with the reason."
    package static let permission = Permission.closeDeviation
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "event": "the corrective action or the change", "due": "the new day",
        "reason": "why the day before is not kept, and what that means meanwhile",
    ]

    package var event: ThingID
    package var due: CalendarDate
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try requireText(reason, "reason")
        let (before, isOpen) = try standing(on: site)
        guard isOpen else {
            throw Rejection(
                "event.due-closed", "'\(event)' is closed", help: "its day stays as it was")
        }
        guard due >= moment.now.date else {
            throw Rejection("event.due-in-past", "due on \(due), today is \(moment.now.date)")
        }
        guard due != before else {
            throw Rejection("event.due-unchanged", "'\(event)' is due on \(due) already")
        }
        return [DueMoved(event: event, due: due, reason: reason)]
    }

    /// The day of the event, and whether it is open.
    private func standing(
        on site: SiteState
    ) throws(Rejection) -> (due: CalendarDate?, isOpen: Bool) {
        switch try site.kind(of: event.text) {
        case .capa:
            let action = try site.correctiveAction(event.naming(CorrectiveAction.self))
            return (action.due, action.isOpen)
        case .change:
            let change = try site.change(event.naming(ChangeControl.self))
            return (change.due, change.isOpen)
        case let other:
            throw Rejection(
                "event.no-due", "'\(event)' is a \(other.rawValue), whose day nobody sets",
                help: "name a corrective action or a change")
        }
    }
}

/// The day of an action or a change was moved.
package struct DueMoved: Fact {
    package static let kind = "event.due-moved/1"
    package var event: ThingID
    package var due: CalendarDate
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.correctiveActions[event.naming(CorrectiveAction.self)]?.move(to: self, at: stamp)
        site.changes[event.naming(ChangeControl.self)]?.move(to: self, at: stamp)
    }
}

extension CorrectiveAction {
    fileprivate mutating func move(to moved: DueMoved, at stamp: Stamp) {
        dueMoves.append(.init(from: due, due: moved.due, reason: moved.reason, stamp: stamp))
        due = moved.due
    }
}

extension ChangeControl {
    fileprivate mutating func move(to moved: DueMoved, at stamp: Stamp) {
        dueMoves.append(.init(from: due, due: moved.due, reason: moved.reason, stamp: stamp))
        due = moved.due
    }
}
