import Guidance
package import Ledger
package import Quantities

/// Records the pressure difference between two rooms: read off once, or the lowest of a recorder's
/// series (EU GMP Annex 1 4.14; 4.16: differences that matter are monitored and recorded all the
/// time).
package struct RecordPressure: Command {
    package static let name = "environment.record-pressure"
    package static let summary =
        "Record the pressure difference of two rooms; one too small opens an event."
    package static let permission = Permission.monitor
    package static let help = [
        "room": "the room of the higher pressure", "beside": "the room next to it",
        "difference": "how much higher, such as 15 Pa; of a series, the lowest",
        "from": "when the series begins; none for a single reading",
        "to": "when it ends", "readings": "how many readings it holds",
        "file": "SHA-256 of the file with the series",
    ]

    package var room: RoomID
    package var beside: RoomID
    package var difference: Quantity
    package var from: Timestamp?
    package var to: Timestamp?
    package var readings: Int?
    package var file: Digest?

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
        let period = try period(on: room, at: moment)
        let recorded = PressureRecorded(
            room: room.id, beside: beside.id, difference: difference, from: from, to: to,
            readings: readings, file: file)
        let minimum = CleanroomLimits.pressureStepPascalsMin
        // Air flows from the cleaner room to the other: the reverse is no step at all.
        let step = room.grade < beside.grade ? -pascals : pascals
        guard room.grade != beside.grade, step < minimum else { return [recorded] }
        let batches = site.batches(among: room.occupations, during: period)
        return [recorded]
            + site.event(
                .environment,
                "\(difference) between '\(room.id)' and '\(beside.id)', at least "
                    + "\(Int(minimum)) Pa are needed between grades (rule pressure-cascade)",
                about: [room.id.naming(Thing.self), beside.id.naming(Thing.self)],
                affecting: batches, rule: "pressure-cascade")
    }
}

extension RecordPressure {
    /// The time it was measured over; refuses a series of which a part is missing or that was
    /// imported before.
    private func period(
        on room: Room, at moment: Moment
    ) throws(Rejection) -> ClosedRange<Timestamp> {
        guard from != nil || to != nil || readings != nil || file != nil else {
            return moment.happened...moment.happened
        }
        guard let from, let to, let readings, let file, readings > 0 else {
            throw Rejection(
                "environment.series-empty", "a series has a beginning, an end, readings and a file",
                help: "enter 'from', 'to', 'readings' and 'file', or none of them")
        }
        try requireSeries(
            from, to, file, by: moment,
            among: room.pressures.lazy.filter { $0.beside == beside }.map(\.file))
        return from...to
    }
}

/// A pressure difference was recorded.
package struct PressureRecorded: Fact {
    package static let kind = "environment.pressure-recorded/1"
    package var room: RoomID
    package var beside: RoomID
    package var difference: Quantity
    /// The series, in place of a single reading.
    package var from: Timestamp?
    package var to: Timestamp?
    package var readings: Int?
    package var file: Digest?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.rooms[room]?.pressures.append(
            PressureReading(
                beside: beside, difference: difference,
                period: (from ?? stamp.happened)...(to ?? stamp.happened), readings: readings ?? 1,
                file: file, stamp: stamp))
    }
}

/// A pressure difference of a room: one reading, or the lowest of a series.
package struct PressureReading: Sendable, Hashable, Codable {
    package var beside: RoomID
    package var difference: Quantity
    package var period: ClosedRange<Timestamp>
    package var readings: Int
    /// The file of a series.
    package var file: Digest?
    package var stamp: Stamp
}
