package import Ledger

/// A way on which people, material or waste pass from one room to another (EU GMP Annex 1 4.12-4.13;
/// PIC/S PE 009-17 Part I 3.7).
package struct RoomWay: Sendable, Hashable, Codable {
    package var to: RoomID
    package var flow: RoomFlow
    /// The airlock or pass-through hatch; `nil` between rooms of one grade.
    package var airlock: String?
    /// What is done there: gowning, wiping down, bagging.
    package var procedure: String
    /// How waste and clean material are kept apart where both use one airlock.
    package var separation: String?
    package var stamp: Stamp
}

/// What passes between rooms.
package enum RoomFlow: String, Choice, Sendable, Hashable {
    case personnel, material, product, waste
}

/// Something that passed from one room to another.
package struct RoomPassage: Sendable, Hashable, Codable {
    package var to: RoomID
    package var flow: RoomFlow
    /// Who or what passed: a person, a lot, a number of bags.
    package var what: String
    package var stamp: Stamp
}

/// Lays down a way between two rooms.
package struct SetRoomWay: Command {
    package static let name = "room.set-way"
    package static let summary =
        "Lay down how people, material, product or waste pass from one room to another."
    package static let permission = Permission.qualify
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "from": "the room that is left", "to": "the room that is entered",
        "flow": "what passes this way",
        "airlock": "the airlock or hatch; needed between rooms of different grade",
        "procedure": "what is done there: gowning, wiping down, bagging",
        "separation":
            "how waste and clean material are kept apart, where both use this airlock",
    ]

    package var from: RoomID
    package var to: RoomID
    package var flow: RoomFlow
    package var airlock: String?
    package var procedure: String
    package var separation: String?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let start = try site.room(from)
        let end = try site.room(to)
        try requireText(procedure, "procedure")
        guard start.id != end.id else {
            throw Rejection("room.way-to-itself", "the way leads from '\(from)' to itself")
        }
        let lock = airlock.flatMap { $0.isEmpty ? nil : $0 }
        guard lock != nil || start.grade == end.grade else {
            throw Rejection(
                "room.airlock-missing",
                "'\(from)' is of grade \(start.grade.rawValue), '\(to)' of \(end.grade.rawValue), "
                    + "and no airlock is named",
                help: "name the airlock between the grades")
        }
        if let lock, separation?.isEmpty ?? true,
            let other = site.crossing(lock, flow), other != flow
        {
            throw Rejection(
                "room.flows-cross",
                "'\(lock)' is used for \(other.rawValue) and would be used for \(flow.rawValue)",
                help: "say in 'separation' how they are kept apart, or name another airlock")
        }
        return [
            RoomWaySet(
                from: from, to: to, flow: flow, airlock: lock, procedure: procedure,
                separation: separation)
        ]
    }
}

extension SiteState {
    /// What already passes through `airlock` and must not meet `flow`: waste, and all that is clean.
    fileprivate func crossing(_ airlock: String, _ flow: RoomFlow) -> RoomFlow? {
        let flows = Set(
            rooms.values.flatMap(\.ways).filter { $0.airlock == airlock }.map(\.flow))
        return flow == .waste
            ? [.material, .product].first(where: flows.contains)
            : flow == .personnel ? nil : flows.contains(.waste) ? .waste : nil
    }
}

/// A way was laid down.
package struct RoomWaySet: Fact {
    package static let kind = "room.way-set/1"
    package var from: RoomID
    package var to: RoomID
    package var flow: RoomFlow
    package var airlock: String?
    package var procedure: String
    package var separation: String?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        let way = RoomWay(
            to: self.to, flow: flow, airlock: airlock, procedure: procedure,
            separation: separation, stamp: stamp)
        site.rooms[from]?.ways.removeAll { $0.to == way.to && $0.flow == way.flow }
        site.rooms[from]?.ways.append(way)
    }
}

/// Records that someone or something passed from one room to another.
package struct RecordPassage: Command {
    package static let name = "room.record-passage"
    package static let summary =
        "Record what passed between two rooms; a way that is not laid down opens an event."
    package static let permission = Permission.maintain
    package static let help = [
        "from": "the room that was left", "to": "the room that was entered",
        "flow": "what passed", "what": "who or what: a person, a lot, a number of bags",
    ]

    package var from: RoomID
    package var to: RoomID
    package var flow: RoomFlow
    package var what: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let start = try site.room(from)
        let end = try site.room(to)
        try requireText(what, "what")
        let passed = RoomPassed(from: from, to: to, flow: flow, what: what)
        guard !start.ways.contains(where: { $0.to == end.id && $0.flow == flow }) else {
            return [passed]
        }
        return [
            passed,
            DeviationOpened(
                deviation: site.nextDeviation(), batch: nil, step: nil, cause: .environment,
                description: "\(flow.rawValue) passed from \(from) to \(to), which is no way laid "
                    + "down for it: \(what)"),
        ]
    }
}

/// Something passed from one room to another.
package struct RoomPassed: Fact {
    package static let kind = "room.passed/1"
    package var from: RoomID
    package var to: RoomID
    package var flow: RoomFlow
    package var what: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.rooms[from]?.passages.append(
            RoomPassage(to: self.to, flow: flow, what: what, stamp: stamp))
    }
}
