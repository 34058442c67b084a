import Guidance
package import Quantities

/// Records the pressure difference between two rooms (EU GMP Annex 1 4.14).
package struct RecordPressure: Command {
    package static let name = "environment.record-pressure"
    package static let summary =
        "Record the pressure difference of two rooms; one too small opens an event."
    package static let permission = Permission.monitor
    package static let help = [
        "room": "the room of the higher pressure", "beside": "the room next to it",
        "difference": "how much higher, such as 15 Pa",
    ]

    package var room: RoomID
    package var beside: RoomID
    package var difference: Quantity

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let room = try site.room(room)
        let beside = try site.room(beside)
        guard room.id != beside.id else {
            throw Rejection("environment.same-room", "'\(room.id)' is not beside itself")
        }
        let pascals: Double
        do throws(QuantityError) {
            pascals = try difference.converted(to: try Unit("Pa")).value.doubleValue
        } catch {
            throw Rejection(
                "environment.wrong-unit", "\(difference) is no pressure: \(error)",
                help: "enter it in Pa")
        }
        let recorded = PressureRecorded(
            room: room.id, beside: beside.id, difference: difference)
        let minimum = CleanroomLimits.pressureStepPascalsMin
        guard room.grade != beside.grade, pascals < minimum else { return [recorded] }
        let now = moment.happened...moment.happened
        let batches = site.batches(among: room.occupations, during: now)
        return [recorded]
            + site.event(
                .environment,
                "\(difference) between '\(room.id)' and '\(beside.id)', at least "
                    + "\(Int(minimum)) Pa are needed between grades (rule pressure-cascade)",
                about: [room.id.naming(Thing.self), beside.id.naming(Thing.self)],
                affecting: batches, rule: "pressure-cascade")
    }
}

/// A pressure difference was recorded.
package struct PressureRecorded: Fact {
    package static let kind = "environment.pressure-recorded/1"
    package var room: RoomID
    package var beside: RoomID
    package var difference: Quantity

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.rooms[room]?.pressure = PressureReading(
            beside: beside, difference: difference, stamp: stamp)
    }
}

/// The latest pressure difference of a room.
package struct PressureReading: Sendable, Hashable, Codable {
    package var beside: RoomID
    package var difference: Quantity
    package var stamp: Stamp
}
