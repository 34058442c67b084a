import Charts
import Facility
import Hummingbird

/// `/events` and `/events/{event}`: whatever was not as planned, and what was done about it:
/// deviations, excursions, complaints, recalls, corrective actions and changes.
struct EventRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("events") { request, context in try list(request, context) }
        group.get("events/{event}") { request, context in try page(request, context) }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let listing = Listing(
            at: .events, of: "events", EventLine.all(in: state),
            columns: [
                .link("event", "Event", { $0.id }, to: { .event($0.id) }),
                Column("kind", "Kind", { $0.kind }),
                .status("status", "Status", { ($0.status, $0.tone) }),
                Column("description", "What", { $0.description }).roomy,
                Column("cause", "Cause", { $0.cause }),
                Column("subject", "About", { $0.subject ?? "" }) { event, html in
                    if let subject = event.subject {
                        html(.a, .href(Link(to: subject, in: state)), text: subject)
                    }
                },
                .instant("opened", "Opened") { $0.opened.happened.description },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Events", in: .events, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Events", under: "What was not as planned, open ones first.",
                    actions: viewer.actions(
                        [
                            OpenDeviation.self, RecordExcursion.self, ReceiveComplaint.self,
                            BeginRecall.self, OpenCorrectiveAction.self, ProposeChange.self,
                        ], [:])))
        }
    }

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let text = try context.parameters.require("event")
        let event = try viewer.event(text)
        return reception.page(
            text, in: .events, trail: [("Events", .events)], for: viewer
        ) { html in
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            event.write(for: viewer, into: &html)
        }
    }
}

/// Something that was not as planned, of any kind: a line of the list, and a page of its own.
protocol ShownEvent {
    /// The event as the list of events shows it.
    var line: EventLine { get }
    /// Writes its page, with the commands that take it on.
    func write(for viewer: Viewer, into html: inout HTML)
}

extension Viewer {
    /// The event called `text`, of whatever kind.
    fileprivate func event(_ text: String) throws -> any ShownEvent {
        let known: (any ShownEvent)? =
            state.deviations[named: text] ?? state.excursions[named: text]
            ?? state.complaints[named: text] ?? state.recalls[named: text]
            ?? state.correctiveActions[named: text] ?? state.changes[named: text]
        // Whoever mistypes a number most likely means a deviation.
        return try known
            ?? found("event", text, DeviationID.init) { id throws(Rejection) in
                try state.deviation(id)
            }
    }
}

/// An identifier that is read from an address.
private protocol ReadIdentifier: Hashable, Sendable {
    init?(_ text: String)
}

extension Identifier: ReadIdentifier {}

extension Table where Key: ReadIdentifier {
    /// The value whose identifier is written `text`.
    fileprivate subscript(named text: String) -> Value? { Key(text).flatMap { self[$0] } }
}
