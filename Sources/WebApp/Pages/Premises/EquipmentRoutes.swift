import Charts
import Facility
import Hummingbird
import Quantities

/// `/equipment` and `/equipment/{equipment}`: what is used, whether it may be, and until when.
struct EquipmentRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("equipment") { request, context in try list(request, context) }
        group.get("equipment/{equipment}") { request, context in try page(request, context) }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let listing = Listing(
            at: .equipment, of: "equipment", viewer.state.equipment.inOrder,
            columns: EquipmentColumns.all(on: viewer.now.date),
            query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Equipment", in: .equipment, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Equipment", under: "Qualification and calibration, with the day each ends.",
                    actions: viewer.actions([RegisterEquipment.self], [:])))
        }
    }

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let piece = try viewer.found(
            "equipment", context.parameters.require("equipment"), EquipmentID.init
        ) { id throws(Rejection) in try state.equipment(id) }
        let id = piece.id.text
        let (words, tone) = piece.standing(on: viewer.now.date)
        return reception.page(
            id, in: .equipment, trail: [("Equipment", .equipment)], for: viewer
        ) { html in
            var types: [any Command.Type] = [QualifyEquipment.self, ChangeService.self]
            if piece.needsCalibration { types.append(RecordCalibration.self) }
            if piece.hasGloves { types.append(TestGloves.self) }
            let store = StoreSections(piece: piece, viewer: viewer)
            html.add(
                PageHead(
                    id, kind: "Equipment", status: Badge(words, tone), under: piece.name,
                    actions: store.actions
                        + viewer.actions(
                            types, ["equipment": id], returnTo: .equipmentPiece(id)),
                    more: store.more + viewer.eventActions(about: id, returnTo: .equipmentPiece(id))
                ))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            var facts = Facts()
            facts.add("Serves in definitions as", piece.servesAs)
            if let room = piece.room { facts.add("Room", room.text, to: .room(room.text)) }
            facts.add("Grade of the air inside", piece.grade?.rawValue)
            facts.add("Qualified until", piece.qualifiedUntil?.description)
            facts.add(
                "Calibrated until",
                piece.needsCalibration
                    ? piece.calibratedUntil?.description ?? "never" : "not calibrated")
            facts.add("Registered", state.signed(piece.registered))
            html(.section, .class("panel")) { $0.add(facts) }
            if piece.grade != nil {
                PlaceSections(place: piece.id.naming(Facility.Place.self), viewer: viewer)
                    .write(into: &html)
            }
            records(of: piece, state, &html)
            store.write(into: &html)
            html.panel("Work done with it") {
                Occupations(occupations: piece.occupations, state: state).write(into: &$0)
            }
            if !piece.tests.isEmpty {
                html.panel("Tests done with it") { html in
                    html.add(
                        RowsTable(
                            of: "tests", piece.tests.reversed(), columns: TestUse.columns(state)))
                }
            }
        }
    }

    private func records(of piece: Equipment, _ state: SiteState, _ html: inout HTML) {
        if piece.needsCalibration {
            html.panel("Calibrations") { html in
                html.add(
                    RowsTable(
                        of: "calibrations", piece.calibrations.reversed(),
                        columns: [
                            Column("certificate", "Certificate", { $0.certificate }),
                            .status("as-found", "As found") {
                                $0.asFound == .inTolerance
                                    ? ("in tolerance", .good) : ("out of tolerance", .bad)
                            },
                            Column("due", "Holds until") { $0.due.description },
                            Column("when", "When and who") { state.signed($0.stamp) },
                        ]))
            }
        }
        html.panel("Qualifications") { html in
            html.add(
                RowsTable(
                    of: "qualifications", piece.qualifications.reversed(),
                    columns: [
                        Column("report", "Report", { $0.report }),
                        Column("until", "Holds until") { $0.until.description },
                        Column("when", "When and who") { state.signed($0.stamp) },
                    ]))
        }
        if piece.hasGloves {
            html.panel("Glove tests") { html in
                html.add(
                    RowsTable(
                        of: "glove tests", piece.gloveTests.reversed(),
                        columns: [
                            Column("point", "At the", { $0.point.rawValue }),
                            .status("intact", "Result") {
                                $0.isIntact ? ("intact", .good) : ("leak", .bad)
                            },
                            Column("when", "When and who") { state.signed($0.stamp) },
                        ]))
            }
        }
    }
}

/// The columns of a list of equipment.
enum EquipmentColumns {
    /// The columns, judged on `date`.
    static func all(on date: CalendarDate) -> [Column<Equipment>] {
        [
            .link("equipment", "Equipment", { $0.id.text }, to: { .equipmentPiece($0.id.text) }),
            Column("name", "Name", { $0.name }),
            .status("status", "Status") { $0.standing(on: date) },
            Column("room", "Room", { $0.room?.text ?? "" }) { piece, html in
                if let room = piece.room { html(.a, .href(.room(room.text)), text: room.text) }
            },
            Column("qualified-until", "Qualified until") { $0.qualifiedUntil?.description ?? "" },
            Column("calibrated-until", "Calibrated until") {
                $0.needsCalibration ? $0.calibratedUntil?.description ?? "never" : ""
            },
            Column("serves-as", "In definitions", { $0.servesAs }),
        ]
    }
}

extension Equipment {
    /// How it stands on `date`, in a few words.
    func standing(on date: CalendarDate) -> (words: String, tone: Tone) {
        guard isInService else { return ("out of service", .inactive) }
        guard let qualified = qualifiedUntil else { return ("not qualified", .bad) }
        if qualified < date { return ("qualification over since \(qualified)", .bad) }
        if needsCalibration {
            guard let calibrated = calibratedUntil else { return ("not calibrated", .bad) }
            if calibrations.last?.asFound == .outOfTolerance, calibrated < date {
                return ("out of tolerance", .bad)
            }
            if calibrated < date { return ("calibration over since \(calibrated)", .bad) }
            if calibrated < date.advanced(byDays: DueSoon.days) {
                return ("calibrate by \(calibrated)", .attention)
            }
        }
        if qualified < date.advanced(byDays: DueSoon.days) {
            return ("qualify by \(qualified)", .attention)
        }
        return ("fit for use", .good)
    }
}
