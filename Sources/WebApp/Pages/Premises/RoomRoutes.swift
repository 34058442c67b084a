import Charts
import Facility
import Hummingbird
import Quantities

/// `/rooms` and `/rooms/{room}`: the rooms, how each stands, and what was done in one.
struct RoomRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("rooms") { request, context in try list(request, context) }
        group.get("rooms/{room}") { request, context in try page(request, context) }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let today = viewer.now.date
        let listing = Listing(
            at: .rooms, of: "rooms", viewer.state.rooms.inOrder,
            columns: [
                .link("room", "Room", { $0.id.text }, to: { .room($0.id.text) }),
                Column("name", "Name", { $0.name }),
                Column("grade", "Grade", { $0.grade.rawValue }),
                .status("status", "Status") { $0.standing(on: today) },
                Column("qualified-until", "Qualified until") {
                    $0.qualifiedUntil?.description ?? ""
                },
                Column("cleaned", "Cleaned") { room in
                    room.cleaned.map { Instant.short($0.happened.description) } ?? ""
                },
                Column("pressure", "Pressure") { $0.pressure?.words ?? "" },
                Column("serves-as", "In definitions", { $0.servesAs }),
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Rooms", in: .rooms, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Rooms", under: "Grade, condition and qualification.",
                    actions: viewer.actions([RegisterRoom.self, SetRoomWay.self], [:])))
            if !viewer.state.rooms.isEmpty {
                html(.section, .class("panel")) { html in
                    html.figure(PremisesPictures.plan(viewer), named: "plan", fits: true)
                }
            }
        } below: { html in
            html.panel("Ways between rooms") { html in
                let ways = viewer.state.rooms.inOrder.flatMap { room in
                    room.ways.map { RoomWays.Line(from: room.id, way: $0) }
                }
                html.add(RoomWays(lines: ways, state: viewer.state))
            }
        }
    }

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let room = try viewer.found(
            "room", context.parameters.require("room"), RoomID.init
        ) { id throws(Rejection) in try state.room(id) }
        let id = room.id.text
        let (words, tone) = room.standing(on: viewer.now.date)
        return reception.page(id, in: .rooms, trail: [("Rooms", .rooms)], for: viewer) { html in
            html.add(
                PageHead(
                    id, kind: "Room, grade \(room.grade.rawValue)", status: Badge(words, tone),
                    under: room.name,
                    actions: viewer.actions(
                        [
                            RecordCleaning.self, ChangeRoomCondition.self, QualifyRoom.self,
                            RecordPressure.self,
                        ], ["room": id], returnTo: .room(id))
                        + viewer.actions(
                            [TakeEnvironmentSample.self, RecordParticles.self], ["place": id],
                            returnTo: .room(id)),
                    more: viewer.actions(
                        [RecordPassage.self, SetRoomWay.self], ["from": id], returnTo: .room(id))
                        + viewer.eventActions(about: id, returnTo: .room(id))))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            var facts = Facts()
            facts.add("Serves in definitions as", room.servesAs)
            facts.add("Condition", room.condition.rawValue)
            facts.add("Since", room.changed.map(state.signed))
            facts.add("Cleaned", room.cleaned.map(state.signed))
            facts.add("Pressure", room.pressure?.words)
            facts.add("Qualified until", room.qualifiedUntil?.description)
            facts.add("Batches kept apart by", room.segregation)
            facts.add("Registered", state.signed(room.registered))
            html(.section, .class("panel")) { $0.add(facts) }
            if !room.pressures.isEmpty {
                html.panel("Pressure") { html in
                    html.add(
                        RowsTable(
                            of: "readings", room.pressures.reversed(),
                            columns: [
                                .link(
                                    "beside", "Beside", { $0.beside.text },
                                    to: { .room($0.beside.text) }),
                                Column("difference", "Lowest difference") {
                                    $0.difference.description
                                },
                                Column("period", "Over") { reading in
                                    reading.file == nil
                                        ? "one reading"
                                        : "\(reading.period.lowerBound) to "
                                            + "\(reading.period.upperBound), \(reading.readings) readings"
                                },
                                Column("who", "When and who") { state.signed($0.stamp) },
                            ]))
                }
            }
            html.panel("Equipment in it") { html in
                html.add(
                    RowsTable(
                        of: "equipment",
                        state.equipment.values.filter { $0.room == room.id }
                            .sorted { $0.id < $1.id },
                        columns: EquipmentColumns.all(on: viewer.now.date)))
            }
            PlaceSections(place: room.id.naming(Facility.Place.self), viewer: viewer)
                .write(into: &html)
            html.panel("Ways out of it and into it") { html in
                let ways = state.rooms.inOrder.flatMap { other in
                    other.ways.filter { other.id == room.id || $0.to == room.id }
                        .map { RoomWays.Line(from: other.id, way: $0) }
                }
                html.add(RoomWays(lines: ways, state: state))
            }
            if !room.passages.isEmpty {
                html.panel("Passages") { html in
                    html.add(
                        RowsTable(
                            of: "passages", room.passages.reversed(),
                            columns: [
                                .link(
                                    "to", "Into", { $0.to.text }, to: { .room($0.to.text) }),
                                Column("flow", "Flow", { $0.flow.rawValue }),
                                Column("what", "Who or what", { $0.what }).roomy,
                                Column("when", "When and who") { state.signed($0.stamp) },
                            ]))
                }
            }
            html.panel("Qualifications") { html in
                html.add(
                    RowsTable(
                        of: "qualifications", room.qualifications.reversed(),
                        columns: [
                            Column("report", "Report", { $0.report }),
                            .status("verdict", "Verdict") {
                                $0.passes(for: room.grade) ? ("passed", .good) : ("failed", .bad)
                            },
                            Column("counts", "Highest counts") { qualification in
                                qualification.counts.map {
                                    "\($0.count) of \($0.size.rawValue), \($0.state.rawValue)"
                                }.joined(separator: "; ")
                            },
                            Column("when", "When and who") { state.signed($0.stamp) },
                        ]))
            }
            html.panel("Work done in it") {
                Occupations(occupations: room.occupations, state: state).write(into: &$0)
            }
        }
    }
}

extension Room {
    /// How it stands on `date`, in a few words.
    func standing(on date: CalendarDate) -> (words: String, tone: Tone) {
        switch condition {
        case .closed: return ("closed", .inactive)
        case .maintenance: return ("maintenance", .attention)
        case .ready: break
        }
        guard grade.cleanroom != nil else { return ("ready", .good) }
        guard let until = qualifiedUntil else { return ("not qualified", .bad) }
        if until < date { return ("qualification over since \(until)", .bad) }
        if until < date.advanced(byDays: DueSoon.days) {
            return ("ready, qualify by \(until)", .attention)
        }
        return ("ready", .good)
    }
}

extension PressureReading {
    /// "15 Pa over ROOM-102, 2026-03-01 08:00".
    var words: String {
        "\(difference) over \(beside), \(Instant.short(stamp.happened.description))"
    }
}

/// How far ahead a page warns of what falls due.
enum DueSoon {
    /// A month: time to order a visit.
    static let days = 30
}

/// The steps that were done in a place, newest first.
struct Occupations: Component {
    let occupations: [Occupation]
    let state: SiteState

    func write(into html: inout HTML) {
        html.add(
            RowsTable(
                of: "steps", occupations.reversed(),
                columns: [
                    .link("batch", "Batch", { $0.batch.text }, to: { .batch($0.batch.text) }),
                    .link(
                        "step", "Step",
                        { occupation in
                            state.batches[occupation.batch].flatMap {
                                try? state.step(occupation.step, of: $0)
                            }?.name ?? occupation.step
                        }, to: { .batchStep(batch: $0.batch.text, step: $0.step) }),
                    Column("started", "Started") {
                        record($0).map { state.signed($0.started) } ?? ""
                    },
                    Column("completed", "Completed") {
                        record($0)?.completed.map(state.signed) ?? "in progress"
                    },
                ]))
    }

    private func record(_ occupation: Occupation) -> StepRecord? {
        state.batches[occupation.batch]?.executions(of: occupation.step).last
    }
}
