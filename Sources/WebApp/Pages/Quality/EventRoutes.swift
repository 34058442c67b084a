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
            at: .events, of: "events", QualityEvent.all(in: state),
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
        let state = viewer.state
        let text = try context.parameters.require("event")
        let page: (inout HTML) -> Void
        switch state.things[text] {
        case .excursion:
            let excursion = try viewer.found("excursion", text, ExcursionID.init) {
                id throws(Rejection) in try state.excursion(id)
            }
            page = { EventPages.write(excursion, viewer, &$0) }
        case .complaint:
            let complaint = try viewer.found("complaint", text, ComplaintID.init) {
                id throws(Rejection) in try state.complaint(id)
            }
            page = { EventPages.write(complaint, viewer, &$0) }
        case .recall:
            let recall = try viewer.found("recall", text, RecallID.init) {
                id throws(Rejection) in try state.recall(id)
            }
            page = { EventPages.write(recall, viewer, &$0) }
        case .capa:
            let action = try viewer.found("corrective action", text, CorrectiveActionID.init) {
                id throws(Rejection) in try state.correctiveAction(id)
            }
            page = { EventPages.write(action, viewer, &$0) }
        case .change:
            let change = try viewer.found("change", text, ChangeID.init) {
                id throws(Rejection) in try state.change(id)
            }
            page = { EventPages.write(change, viewer, &$0) }
        default:
            let deviation = try viewer.found("event", text, DeviationID.init) {
                id throws(Rejection) in try state.deviation(id)
            }
            page = { DeviationPage(deviation: deviation, viewer: viewer).write(into: &$0) }
        }
        return reception.page(
            text, in: .events, trail: [("Events", .events)], for: viewer
        ) { html in
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            page(&html)
        }
    }
}

/// Something of any kind that was not as planned, as a line of the list.
struct QualityEvent {
    let id: String
    let kind: String
    let status: String
    let tone: Tone
    let isOpen: Bool
    let description: String
    let cause: String
    /// What it is about.
    let subject: String?
    let opened: Stamp

    /// All of the site, open ones first, then the newest.
    static func all(in state: SiteState) -> [QualityEvent] {
        let all =
            state.deviations.values.map { deviation in
                QualityEvent(
                    id: deviation.id.text, kind: "deviation", status: deviation.status,
                    tone: deviation.tone, isOpen: deviation.isOpen,
                    description: deviation.description,
                    cause: deviation.cause.rawValue.replacing("-", with: " "),
                    subject: deviation.batch?.text, opened: deviation.opened)
            }
            + state.excursions.values.map { excursion in
                QualityEvent(
                    id: excursion.id.text, kind: "excursion",
                    status: excursion.assessment.map { "assessed, \($0.disposition.rawValue)" }
                        ?? "open",
                    tone: excursion.assessment == nil ? .bad : .inactive,
                    isOpen: excursion.assessment == nil,
                    description: "\(excursion.unit) at \(excursion.extreme)", cause: "storage",
                    subject: nil, opened: excursion.recorded)
            }
            + state.complaints.values.map { complaint in
                QualityEvent(
                    id: complaint.id.text, kind: "complaint",
                    status: complaint.isOpen ? "open" : "closed",
                    tone: complaint.isOpen ? .attention : .inactive, isOpen: complaint.isOpen,
                    description: complaint.description, cause: "from \(complaint.from)",
                    subject: complaint.subject.text, opened: complaint.received)
            }
            + state.recalls.values.map { recall in
                QualityEvent(
                    id: recall.id.text, kind: recall.isMock ? "recall exercise" : "recall",
                    status: recall.closed == nil ? "under way" : "closed",
                    tone: recall.closed != nil ? .inactive : recall.isMock ? .attention : .bad,
                    isOpen: recall.closed == nil, description: recall.reason, cause: "",
                    subject: recall.thing.text, opened: recall.begun)
            }
            + state.correctiveActions.values.map { action in
                QualityEvent(
                    id: action.id.text, kind: "corrective action",
                    status: action.standing.words, tone: action.standing.tone,
                    isOpen: action.isOpen, description: action.action, cause: "",
                    subject: action.source.text, opened: action.opened)
            }
            + state.changes.values.map { change in
                QualityEvent(
                    id: change.id.text, kind: "change", status: change.standing.words,
                    tone: change.standing.tone, isOpen: change.isOpen, description: change.title,
                    cause: "\(change.impact.rawValue) impact",
                    subject: change.touches.first?.text, opened: change.proposed)
            }
        return all.sorted {
            ($0.isOpen ? 0 : 1, $1.opened.entry) < ($1.isOpen ? 0 : 1, $0.opened.entry)
        }
    }
}

extension CorrectiveAction {
    var standing: (words: String, tone: Tone) {
        if let check = checks.last {
            return check.isEffective ? ("effective", .good) : ("not effective", .bad)
        }
        return completed == nil ? ("open", .attention) : ("effect to be checked", .underway)
    }
}

extension ChangeControl {
    var standing: (words: String, tone: Tone) {
        if closed != nil { return ("closed", .inactive) }
        if implemented != nil { return ("implemented", .underway) }
        return approved != nil ? ("approved", .underway) : ("proposed", .attention)
    }
}
