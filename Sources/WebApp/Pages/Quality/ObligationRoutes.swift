import Charts
import Facility
import Hummingbird

/// `/obligations` and `/obligations/{obligation}`: what authorisations ask for by a day.
struct ObligationRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("obligations") { request, context in try list(request, context) }
        group.get("obligations/{obligation}") { request, context in try page(request, context) }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let (state, today) = (viewer.state, viewer.now.date)
        let listing = Listing(
            at: .obligations, of: "obligations", state.obligations.inOrder,
            columns: [
                .link(
                    "obligation", "Obligation", { $0.id.text }, to: { .obligation($0.id.text) }),
                .status("status", "Status", { $0.standing(on: today) }),
                Column("kind", "Kind", { $0.kind.words }),
                Column("task", "Task", { $0.task }).roomy,
                Column("authorisation", "Asked by", { $0.authorisation }),
                Column("deadline", "To be done by", { $0.deadline.description }),
                Column("evidence", "Evidence", { $0.fulfilled?.evidence ?? "" }),
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Obligations", in: .obligations, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Obligations",
                    under: "What authorisations ask for, and what was promised, by a day.",
                    actions: viewer.actions([RecordObligation.self], [:], returnTo: .obligations)))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
        }
    }

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let obligation = try viewer.found(
            "obligation", context.parameters.require("obligation"), ObligationID.init
        ) { id throws(Rejection) in try state.obligation(id) }
        let id = obligation.id.text
        let (words, tone) = obligation.standing(on: viewer.now.date)
        return reception.page(
            id, in: .obligations, trail: [("Obligations", .obligations)], for: viewer
        ) { html in
            html.add(
                PageHead(
                    id, kind: obligation.kind.words, status: Badge(words, tone),
                    under: obligation.task))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            var facts = Facts()
            switch obligation.kind {
            case .commitment: facts.add("Promised to", obligation.authorisation)
            case .partnerCommitment: facts.add("Promised by", obligation.authorisation)
            default: facts.add("Authorisation", obligation.authorisation)
            }
            if let meeting = obligation.meeting {
                facts.add("Meeting", meeting.text, to: .meeting(meeting.text))
            }
            facts.add("To be done by", obligation.deadline.description)
            if obligation.deadline != obligation.due {
                facts.add("Authorised until", obligation.due.description)
            }
            facts.add("Recorded", state.signed(obligation.recorded))
            facts.add("Evidence", obligation.fulfilled?.evidence)
            facts.add("Fulfilled", (obligation.fulfilled?.stamp).map(state.signed))
            html(.section, .class("panel")) { $0.add(facts) }
            if obligation.fulfilled == nil, viewer.may(FulfilObligation.self) {
                html.panel("Fulfilment") { html in
                    var form = CommandForm(type: FulfilObligation.self, viewer: viewer)
                    form.fixed = ["obligation": id]
                    form.returnTo = Address(.obligation(id))
                    form.button = "Sign that it was met"
                    html.add(form)
                }
            }
        }
    }
}

extension ObligationKind {
    /// The kind as people say it.
    var words: String { rawValue.replacing("-", with: " ") }
}

extension Obligation {
    /// How it stands on the day `today`.
    func standing(on today: CalendarDate) -> (words: String, tone: Tone) {
        if fulfilled != nil { return ("met", .good) }
        if deadline < today { return ("overdue", .bad) }
        return deadline < today.advanced(byDays: DueSoon.days)
            ? ("due soon", .attention) : ("open", .underway)
    }
}
