/// A room of the site.
package struct Room: Sendable, Codable {
    package var id: RoomID
    package var name: String
    /// The room's id in definitions; several rooms may serve as the same one.
    package var servesAs: String
    package var grade: AreaGrade
    /// The report that shows how products of two batches are kept apart in the room, if any.
    package var segregation: String?
    package var registered: Stamp
    package var condition = RoomCondition.closed
    /// Why it is in its condition, and since when.
    package var changed: Stamp?
    package var cleaned: Stamp?
    /// Pressure differences to the rooms beside it, oldest first.
    package var pressures: [PressureReading] = []
    /// The latest.
    package var pressure: PressureReading? { pressures.last }
    /// Qualifications, oldest first.
    package var qualifications: [RoomQualification] = []
    /// The steps done in it, in the order they were started.
    package var occupations: [Occupation] = []
    /// The ways that lead out of it, one for each room and flow.
    package var ways: [RoomWay] = []
    /// What left it and was recorded, oldest first.
    package var passages: [RoomPassage] = []

    /// Months between qualifications: six for A and B, twelve for C and D (Annex 1 4.32).
    package var requalificationMonths: Int { grade >= .b ? 6 : 12 }

    /// The last day the qualification holds; `nil` when the latest one failed or there is none.
    package var qualifiedUntil: CalendarDate? {
        guard let latest = qualifications.last, latest.passes(for: grade) else { return nil }
        return latest.stamp.happened.date.advanced(byMonths: requalificationMonths)
    }
}

/// Whether a room may be worked in.
package enum RoomCondition: String, Choice, Sendable, Hashable {
    case ready
    case maintenance
    case closed
}

/// One step done in a room or with a piece of equipment.
package struct Occupation: Sendable, Hashable, Codable {
    package var batch: BatchID
    package var step: String
}

/// Registers a room.
package struct RegisterRoom: Command {
    package static let name = "room.register"
    package static let summary = "Register a room with its grade; it opens once it is qualified."
    package static let permission = Permission.managePremises
    package static let help = [
        "room": "the number on the door", "name": "what the room is for",
        "servesAs": "the room's id in the definition", "grade": "its grade in operation",
        "segregation": "the report on working on two batches at once, if there is one",
    ]

    package var room: RoomID
    package var name: String
    package var servesAs: String
    package var grade: AreaGrade
    package var segregation: String?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(room)
        try requireText(name, "name")
        try requireText(servesAs, "servesAs")
        return [
            RoomRegistered(
                room: room, name: name, servesAs: servesAs, grade: grade, segregation: segregation)
        ]
    }
}

/// A room was registered.
package struct RoomRegistered: Fact {
    package static let kind = "room.registered/1"
    package var room: RoomID
    package var name: String
    package var servesAs: String
    package var grade: AreaGrade
    package var segregation: String?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[room.text] = .room
        site.rooms[room] = Room(
            id: room, name: name, servesAs: servesAs, grade: grade, segregation: segregation,
            registered: stamp)
    }
}
