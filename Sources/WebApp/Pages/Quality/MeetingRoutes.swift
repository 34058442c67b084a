import Charts
import Facility
import Hummingbird

/// `/meetings` and `/meetings/{meeting}`: what authorities, vendors and partners were asked, answered
/// and were promised.
struct MeetingRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("meetings") { request, context in try list(request, context) }
        group.get("meetings/{meeting}") { request, context in try page(request, context) }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let listing = Listing(
            at: .meetings, of: "meetings",
            viewer.state.meetingStandings(on: viewer.now.date),
            columns: [
                .link(
                    "meeting", "Meeting", { $0.meeting.text }, to: { .meeting($0.meeting.text) }),
                .status("status", "Status", { $0.words }),
                Column("kind", "Kind", { $0.kind.rawValue }),
                Column("with", "With", { $0.with }),
                Column("subject", "Subject", { $0.subject }).roomy,
                Column("held", "Held", { $0.held.description }),
                .figure(
                    "questions", "Questions", { Double($0.questions.count) },
                    { "\($0.questions.count)" }),
                .figure(
                    "commitments", "Commitments", { Double($0.commitments.count) },
                    { "\($0.commitments.count)" }),
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Meetings", in: .meetings, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Meetings",
                    under:
                        "What authorities, vendors and partners answered, and what was promised.",
                    actions: viewer.actions([RecordMeeting.self], [:], returnTo: .meetings)))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
        }
    }

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let (state, today) = (viewer.state, viewer.now.date)
        let meeting = try viewer.found(
            "meeting", context.parameters.require("meeting"), MeetingID.init
        ) { id throws(Rejection) in try state.meeting(id) }
        let id = meeting.id.text
        let standing = state.meetingStandings(on: today).first { $0.meeting == meeting.id }
        return reception.page(
            id, in: .meetings, trail: [("Meetings", .meetings)], for: viewer
        ) { html in
            let (words, tone) = standing?.words ?? ("", .inactive)
            html.add(
                PageHead(
                    id, kind: "Meeting with \(meeting.with)", status: Badge(words, tone),
                    under: meeting.subject,
                    actions: viewer.actions(
                        [RecordObligation.self],
                        ["meeting": id, "kind": "commitment", "authorisation": meeting.with],
                        returnTo: .meeting(id))))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            var facts = Facts()
            facts.add("Held", meeting.held.description)
            facts.add("Took part", meeting.participants)
            facts.add("Minutes", meeting.minutes)
            facts.add("Recorded", state.signed(meeting.recorded))
            html(.section, .class("panel")) { $0.add(facts) }
            html.panel("Questions") { Self.questions(meeting, viewer, &$0) }
            html.panel("Commitments") { html in
                html.add(
                    RowsTable(
                        of: "commitments",
                        (standing?.commitments ?? []).compactMap {
                            state.obligations[$0.obligation]
                        },
                        columns: [
                            .link(
                                "obligation", "Obligation", { $0.id.text },
                                to: { .obligation($0.id.text) }),
                            .status("status", "Status", { $0.standing(on: today) }),
                            Column("kind", "Promised by") {
                                $0.kind == .partnerCommitment ? meeting.with : "the site"
                            },
                            Column("task", "Task", { $0.task }).roomy,
                            Column("deadline", "To be done by", { $0.deadline.description }),
                            Column("evidence", "Evidence", { $0.fulfilled?.evidence ?? "" }),
                        ], nothing: "Nothing was promised."))
            }
        }
    }

    private static func questions(_ meeting: Meeting, _ viewer: Viewer, _ html: inout HTML) {
        html.add(
            RowsTable(
                of: "questions", Array(meeting.questions.enumerated()),
                columns: [
                    Column("number", "Number", { "\($0.offset + 1)" }),
                    Column("question", "Question", { $0.element.question }).roomy,
                    Column("answer", "Answer", { $0.element.answer ?? "not answered yet" }).roomy,
                    Column("entered", "Entered") {
                        $0.element.answered.map(viewer.state.signed) ?? ""
                    },
                ], nothing: "Nothing was asked."))
        guard let open = meeting.questions.firstIndex(where: { $0.answer == nil }),
            viewer.may(RecordAnswer.self)
        else { return }
        var form = CommandForm(type: RecordAnswer.self, viewer: viewer)
        form.fixed = ["meeting": meeting.id.text, "question": "\(open + 1)"]
        form.returnTo = Address(.meeting(meeting.id.text))
        form.button = "Answer question \(open + 1)"
        html.add(form)
    }
}

extension MeetingStanding {
    /// How it stands, in words.
    fileprivate var words: (words: String, tone: Tone) {
        if overdue { return ("overdue", .bad) }
        let isOpen =
            questions.contains { $0.answer == nil } || commitments.contains { $0.evidence == nil }
        return isOpen ? ("open", .underway) : ("settled", .good)
    }
}
