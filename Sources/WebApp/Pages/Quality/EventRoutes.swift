import Charts
import Facility
import Hummingbird

/// `/events` and `/events/{event}`: deviations, from their opening to their closure.
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
            at: .events, of: "events",
            state.deviations.values.sorted {
                ($0.isOpen ? 0 : 1, $1.opened.entry) < ($1.isOpen ? 0 : 1, $0.opened.entry)
            },
            columns: [
                .link("event", "Event", { $0.id.text }, to: { .event($0.id.text) }),
                .status("status", "Status", { ($0.status, $0.tone) }),
                Column("description", "What", { $0.description }),
                Column("cause", "Cause") { $0.cause.rawValue.replacing("-", with: " ") },
                Column("batch", "Batch", { $0.batch?.text ?? "" }) { deviation, html in
                    if let batch = deviation.batch {
                        html(.a, .href(.batch(batch.text)), text: batch.text)
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
                    actions: viewer.actions([OpenDeviation.self], [:])))
        }
    }

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let deviation = try viewer.found(
            "event", context.parameters.require("event"), DeviationID.init
        ) { id throws(Rejection) in try state.deviation(id) }
        let id = deviation.id.text
        return reception.page(id, in: .events, trail: [("Events", .events)], for: viewer) { html in
            html.add(
                PageHead(
                    id, kind: "Deviation", status: deviation.badge, under: deviation.description,
                    actions: [("Report", Address(.papers(of: id)))]))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            var facts = Facts()
            facts.add("Cause", deviation.cause.rawValue.replacing("-", with: " "))
            if let batch = deviation.batch {
                facts.add("Batch", batch.text, to: .batch(batch.text))
                if let step = deviation.step {
                    if deviation.cause == .outOfSpecification {
                        facts.add("Test", step)
                    } else {
                        facts.add("Step", step, to: .batchStep(batch: batch.text, step: step))
                    }
                }
            }
            facts.add("Opened", state.signed(deviation.opened))
            facts.add("Root cause", deviation.closure?.rootCause)
            facts.add("Impact", deviation.closure?.impact)
            facts.add("Disposition", deviation.closure?.disposition.rawValue)
            facts.add("Closed", (deviation.closure?.stamp).map(state.signed))
            html(.section, .class("panel")) { $0.add(facts) }
            guard deviation.isOpen else { return }
            html.panel("Closure") { html in
                if deviation.opened.person == viewer.person.id {
                    html(
                        .p, .class("help"),
                        text: "You made the entry that opened it; another person closes it.")
                } else if viewer.may(CloseDeviation.self) {
                    var form = CommandForm(type: CloseDeviation.self, viewer: viewer)
                    form.fixed = ["deviation": id]
                    form.returnTo = Address(.event(id))
                    form.button = "Sign and close"
                    html.add(form)
                } else {
                    let roles = CloseDeviation.permission.roles.map(\.title)
                    html(.p, .class("help"), text: "For: \(roles.joined(separator: ", ")).")
                }
            }
        }
    }
}
