/// Opens a room for work, or takes it out of use.
package struct ChangeRoomCondition: Command {
    package static let name = "room.change-condition"
    package static let summary = "Open a cleaned and qualified room, or take a room out of use."
    package static let permission = Permission.managePremises
    package static let help = [
        "room": "which room", "condition": "the condition from now on", "reason": "why",
    ]

    package var room: RoomID
    package var condition: RoomCondition
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let room = try site.room(room)
        try requireText(reason, "reason")
        guard room.condition != condition else {
            throw Rejection("room.condition-unchanged", "'\(room.id)' is \(condition.rawValue)")
        }
        if condition == .ready {
            try room.requireQualified(on: moment.happened.date)
            let since = room.changed ?? room.registered
            guard let cleaned = room.cleaned, cleaned.entry > since.entry else {
                throw Rejection(
                    "room.not-cleaned",
                    "'\(room.id)' was not cleaned since it is \(room.condition.rawValue)",
                    help: "clean it first: room.record-cleaning")
            }
        }
        return [RoomConditionChanged(room: room.id, condition: condition, reason: reason)]
    }
}

/// A room was opened or taken out of use.
package struct RoomConditionChanged: Fact {
    package static let kind = "room.condition-changed/1"
    package var room: RoomID
    package var condition: RoomCondition
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.rooms[room]?.condition = condition
        site.rooms[room]?.changed = stamp
    }
}

/// Records the cleaning of a room.
package struct RecordCleaning: Command {
    package static let name = "room.record-cleaning"
    package static let summary = "Record the cleaning and disinfection of a room."
    package static let permission = Permission.maintain
    package static let help = [
        "room": "which room", "agent": "what it was disinfected with, with its lot",
        "procedure": "the procedure that was followed",
    ]

    package var room: RoomID
    package var agent: String
    package var procedure: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let room = try site.room(room)
        try requireText(agent, "agent")
        try requireText(procedure, "procedure")
        return [RoomCleaned(room: room.id, agent: agent, procedure: procedure)]
    }
}

/// A room was cleaned.
package struct RoomCleaned: Fact {
    package static let kind = "room.cleaned/1"
    package var room: RoomID
    package var agent: String
    package var procedure: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.rooms[room]?.cleaned = stamp
    }
}

extension Room {
    /// Refuses a room whose qualification is over or failed.
    func requireQualified(on date: CalendarDate) throws(Rejection) {
        guard grade.cleanroom != nil else { return }
        guard let until = qualifiedUntil else {
            throw Rejection(
                "room.not-qualified", "room '\(id)' is not qualified",
                help: "qualify it first: room.qualify", rule: "room-requalification")
        }
        guard until >= date else {
            throw Rejection(
                "room.qualification-over",
                "the qualification of '\(id)' ended on \(until)",
                help: "qualify it again: room.qualify", rule: "room-requalification")
        }
    }
}
