import Charts
import Facility
import Hummingbird
import Quantities

/// `/patients` and `/patients/{patient}`: the doses that were given, and what became of those who
/// received them.
struct PatientRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("patients") { request, context in try list(request, context) }
        group.get("patients/{patient}") { request, context in try page(request, context) }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let (state, today) = (viewer.state, viewer.now.date)
        let listing = Listing(
            at: .patients, of: "patients",
            state.patients.values.sorted { $0.registered.entry > $1.registered.entry },
            columns: [
                .link("patient", "Patient", { $0.id.text }, to: { .patient($0.id.text) }),
                .status("follow-up", "Follow-up", { $0.followUpStanding(on: today) }),
                .figure(
                    "given", "Doses given", { Double($0.given.count) }, { "\($0.given.count)" }),
                .figure(
                    "events", "Adverse events", { Double($0.events.count) },
                    { "\($0.events.count)" }),
                Column("registered", "Registered") { state.signed($0.registered) },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Patients", in: .patients, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Patients", under: "Under the hospital's pseudonyms.",
                    actions: viewer.actions([RegisterPatient.self], [:])))
        }
    }

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let patient = try viewer.found(
            "patient", context.parameters.require("patient"), PatientID.init
        ) { id throws(Rejection) in try state.patient(id) }
        let id = patient.id.text
        let doses = Listing(
            at: .patient(id), of: "doses", patient.given, columns: Self.doses(state),
            query: ListQuery(request.queryPairs))
        if let file = doses.file(asked: request) { return file }
        let (words, tone) = patient.followUpStanding(on: viewer.now.date)
        return reception.page(
            id, in: .patients, trail: [("Patients", .patients)], for: viewer
        ) { html in
            html.add(
                PageHead(
                    id, kind: "Patient", status: Badge(words, tone),
                    under: "registered \(state.signed(patient.registered))",
                    actions: [("Genealogy", Address(.genealogy(node: id)))]
                        + viewer.actions(
                            [
                                PlanFollowUp.self, RecordFollowUp.self, RecordAdverseEvent.self,
                                RecordOutcome.self,
                            ], ["patient": id], returnTo: .patient(id))))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            html.panel("Doses given") { $0.add(doses) }
            html.panel("Orders") { Self.orders(of: patient, state, &$0) }
            html.panel("Follow-up") { Self.followUp(patient, viewer, &$0) }
            html.panel("Adverse events") { Self.events(patient, state, &$0) }
            html.panel("Outcomes") { Self.outcomes(patient, state, &$0) }
        }
    }

    private static func doses(_ state: SiteState) -> [Column<Administration>] {
        [
            .link(
                "container", "Dose", { $0.container.text }, to: { .container($0.container.text) }),
            Column("batch", "Batch", { state.batch(filling: $0.container)?.text ?? "" }) {
                dose, html in
                if let batch = state.batch(filling: dose.container) {
                    html(.a, .href(.batch(batch.text)), text: batch.text)
                }
            },
            .instant("instant", "Given") { $0.stamp.happened.description },
            Column("person", "By") { state.name(of: $0.stamp.person) },
        ]
    }

    private static func orders(of patient: Patient, _ state: SiteState, _ html: inout HTML) {
        html.add(
            RowsTable(
                of: "orders", state.orders.inOrder.filter { $0.patient == patient.id },
                columns: [
                    .link("order", "Order", { $0.id.text }, to: { .order($0.id.text) }),
                    Column("hospital", "Hospital", { $0.hospital }),
                    Column("shipments", "Shipments", { _ in "" }) { order, html in
                        for shipment in order.shipments {
                            html(.a, .href(.shipment(shipment.text)), text: shipment.text)
                            html.text(" ")
                        }
                    },
                    Column("placed", "Placed") { state.signed($0.placed) },
                ]))
    }

    private static func followUp(_ patient: Patient, _ viewer: Viewer, _ html: inout HTML) {
        let (state, today) = (viewer.state, viewer.now.date)
        html.add(
            RowsTable(
                of: "visits",
                patient.followUp.sorted { left, right in
                    let days = (patient.day(of: left), patient.day(of: right))
                    return days.0 == days.1
                        ? (left.month ?? 0, left.hazard) < (right.month ?? 0, right.hazard)
                        : days.0.map { first in days.1.map { first < $0 } ?? false } ?? true
                },
                columns: [
                    Column("visit", "Visit") { $0.time },
                    Column("day", "Due") { patient.day(of: $0)?.description ?? "after the dose" },
                    .status("status", "Status") { patient.standing(of: $0, on: today) },
                    Column("hazard", "Watched for", { $0.hazard }),
                    Column("finding", "Finding") { $0.finding ?? "" },
                    Column("when", "When and who") { $0.recorded.map(state.signed) ?? "" },
                ], nothing: "No visit is planned."))
    }

    private static func events(_ patient: Patient, _ state: SiteState, _ html: inout HTML) {
        html.add(
            RowsTable(
                of: "adverse events", patient.events,
                columns: [
                    Column("what", "What", { $0.description }).roomy,
                    Column("grade", "Grade") { "\($0.grade)" },
                    Column("relation", "Related") {
                        $0.relation.rawValue.replacing("-", with: " ")
                    },
                    Column("onset", "Onset") { $0.onset.description },
                    Column("when", "When and who") { state.signed($0.stamp) },
                ], nothing: "None is recorded."))
    }

    private static func outcomes(_ patient: Patient, _ state: SiteState, _ html: inout HTML) {
        html.add(
            RowsTable(
                of: "outcomes", patient.outcomes,
                columns: [
                    Column("endpoint", "Endpoint", { $0.endpoint }),
                    Column("observation", "Observed") { $0.observation.description },
                    Column("when", "When and who") { state.signed($0.stamp) },
                ], nothing: "None is recorded."))
    }
}

extension Patient {
    /// How one visit stands on `date`.
    func standing(of visit: FollowUpVisit, on date: CalendarDate) -> (words: String, tone: Tone) {
        if visit.recorded != nil { return ("done", .good) }
        guard let day = day(of: visit) else { return ("planned", .inactive) }
        return day < date ? ("overdue", .bad) : ("planned", .underway)
    }

    /// How the follow-up stands on `date`.
    func followUpStanding(on date: CalendarDate) -> (words: String, tone: Tone) {
        let late = followUp.count { standing(of: $0, on: date).tone == .bad }
        if late > 0 { return (late == 1 ? "a visit overdue" : "\(late) visits overdue", .bad) }
        let left = followUp.count { $0.recorded == nil }
        if left > 0 { return (left == 1 ? "a visit to come" : "\(left) visits to come", .underway) }
        return followUp.isEmpty ? ("none planned", .inactive) : ("complete", .good)
    }
}
