import Charts
import Facility
import Guidance
import Hummingbird

/// `/studies` and `/studies/{study}`: stability, comparability, validation and transfer, from the protocol to
/// the conclusion.
struct StudyRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("studies") { request, context in try list(request, context) }
        group.get("validation") { request, context in try plan(request, context) }
        group.get("studies/{study}") { request, context in try page(request, context) }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let (state, today) = (viewer.state, viewer.now.date)
        let listing = Listing(
            at: .studies, of: "studies",
            state.studies.newestFirst(\.opened.entry),
            columns: [
                .link("study", "Study", { $0.id.text }, to: { .study($0.id.text) }),
                .status("status", "Status", { $0.standing(on: today) }),
                Column("kind", "Kind") { $0.kind.rawValue.replacing("-", with: " ") },
                .link(
                    "subject", "About", { $0.subject.text },
                    to: { Link(to: $0.subject.text, in: state) }),
                Column("protocol", "Protocol", { $0.protocolNumber }),
                .figure(
                    "pulled", "Pulled", { Double($0.pulls.count) },
                    { "\($0.pulls.count) of \($0.months.count)" }),
                .instant("opened", "Opened") { $0.opened.happened.description },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Studies", in: .studies, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Studies",
                    under: "Stability, comparability, validation and transfer under protocol.",
                    actions: viewer.actions([OpenStudy.self], [:])
                        + [("Validation master plan", Address(.validationPlan))]))
        }
    }

    /// `/validation`: what has to be shown to work, and how each line stands.
    private func plan(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let (state, today) = (viewer.state, viewer.now.date)
        let listing = Listing(
            at: .validationPlan, of: "lines", state.validationPlan(on: today),
            columns: [
                Column("area", "Area") { $0.area.rawValue.replacing("-", with: " ") },
                Column("subject", "Of", { $0.subject }) { line, html in
                    guard state.things[line.subject] != nil else { return html.text(line.subject) }
                    html(.a, .href(Link(to: line.subject, in: state)), text: line.subject)
                },
                Column("what", "What", { $0.what }).roomy,
                .status("status", "Status") { ($0.status.rawValue, $0.status.tone) },
                Column("evidence", "Shown by", { $0.evidence }),
                Column("until", "Until") { $0.until?.description ?? "" },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Validation master plan", in: .studies, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Validation master plan",
                    under: "What has to be shown to work, by what it is shown, and until when.",
                    actions: viewer.actions([OpenStudy.self], [:])))
        }
    }

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let (state, today) = (viewer.state, viewer.now.date)
        let study = try viewer.found(
            "study", context.parameters.require("study"), StudyID.init
        ) { id throws(Rejection) in try state.study(id) }
        let id = study.id.text
        let (words, tone) = study.standing(on: today)
        return reception.page(
            id, in: .studies, trail: [("Studies", .studies)], for: viewer
        ) { html in
            html.add(
                PageHead(
                    id, kind: study.kind.rawValue.replacing("-", with: " ") + " study",
                    status: Badge(words, tone),
                    actions: study.conclusion == nil
                        ? viewer.actions(
                            [
                                study.stage == nil ? PullSample.self : AssignBatch.self,
                                RecordStudyResult.self,
                            ] + (study.stage == nil ? [] : [AnswerItems.self])
                                + [ConcludeStudy.self],
                            ["study": id], returnTo: .study(id))
                            + viewer.verifying(study.results, of: id, returnTo: .study(id)) : []))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            var facts = Facts()
            facts.add("About", study.subject.text, to: Link(to: study.subject.text, in: state))
            facts.add("Stage", study.stage?.title)
            facts.add(
                "Batches", study.batchesPlanned.map { "\(study.batches.count) of \($0)" })
            facts.add("Protocol", study.protocolNumber)
            facts.add("Opened", state.signed(study.opened))
            facts.add("Window", study.months.isEmpty ? nil : "± \(study.windowDays) days")
            facts.add("Conclusion", study.conclusion?.summary)
            facts.add("Concluded", (study.conclusion?.stamp).map(state.signed))
            html(.section, .class("panel")) { $0.add(facts) }
            if !study.months.isEmpty {
                html.panel("Time points") { html in
                    html.add(
                        RowsTable(
                            of: "time points", study.months.sorted(),
                            columns: Self.timePoints(of: study, today)))
                }
            }
            html.panel("Criteria") { html in
                html.add(
                    RowsTable(
                        of: "tests", study.tests,
                        columns: [
                            Column("test", "Test", { $0.test }),
                            Column("criterion", "Criterion") { $0.criterion.description },
                        ] + Self.batches(of: study, state),
                        nothing: "The protocol has them."))
            }
            if study.stage != nil {
                html.panel("Items of the stage") { html in
                    html.add(
                        RowsTable(
                            of: "items", state.items(of: study),
                            columns: Self.items(of: study, viewer)))
                }
            }
            html.panel("Results") { html in
                html.add(
                    RowsTable(
                        of: "results",
                        study.results.sorted {
                            ($0.test, $0.month ?? -1, $0.stamp.entry)
                                < ($1.test, $1.month ?? -1, $1.stamp.entry)
                        },
                        columns: [
                            Column("test", "Test", { $0.test }),
                            Column("month", "Month") { $0.month.map { "\($0)" } ?? "" },
                            Column("result", "Result") { $0.observation.description },
                            Column("reference", "Reference", { $0.reference }),
                            .things(
                                "instruments", "Instruments",
                                { ($0.run?.instruments ?? []).map(\.text) }, in: state),
                            .things(
                                "reagents", "Reagents",
                                { ($0.run?.reagents ?? []).map(\.lot.text) }, in: state),
                            Column("invalidated", "Does not count") {
                                $0.invalidated?.reason ?? ""
                            },
                            Column("when", "When and who") { state.recorded($0) },
                        ]))
            }
            html.add(InvalidRunsSection(subject: id, state: state))
        }
    }

    /// What each batch of a stage of a transfer gave.
    private static func batches(
        of study: Study, _ state: SiteState
    ) -> [Column<StudyTest>] {
        study.batches.map { id in
            Column(id.text, id.text) { test in
                state.batches[id]?.results.inForce(of: test.test)?.observation.description ?? ""
            }
        }
    }

    /// The items of a stage of a transfer; an open one leads to its answer.
    private static func items(of study: Study, _ viewer: Viewer) -> [Column<ItemStanding>] {
        let state = viewer.state
        return [
            Column("item", "Item", { $0.item.id }) { standing, html in
                let action = viewer.actions(
                    [AnswerItems.self], ["study": study.id.text, "items": standing.item.id],
                    returnTo: .study(study.id.text)
                ).first
                guard study.conclusion == nil, let action else {
                    html.text(standing.item.id)
                    return
                }
                html(.a, .href(action.address), text: standing.item.id)
            },
            Column("what", "What", { $0.item.item }).roomy,
            Column("closed-by", "Closed by", { $0.item.evidence }).roomy,
            .status("status", "Status") { standing in
                standing.isOpen
                    ? ("open", .attention)
                    : standing.answer?.notApplicable == nil
                        ? ("shown", .good) : ("not applicable", .inactive)
            },
            Column("answer", "Answer", { $0.words }).roomy,
            Column("due", "Due") {
                [$0.due?.description, $0.owner].compactMap(\.self).joined(separator: ", ")
            },
            Column("who", "When and who") { ($0.answer?.stamp).map(state.signed) ?? "" },
        ]
    }

    private static func timePoints(of study: Study, _ today: CalendarDate) -> [Column<Int>] {
        func pull(_ month: Int) -> Study.Pull? { study.pulls.first { $0.month == month } }
        return [
            Column("month", "Month") { "\($0)" },
            Column("day", "Day") { study.day(ofMonth: $0).description },
            .status("status", "Status") { month in
                if let pull = pull(month) { return ("pulled as \(pull.sample)", .good) }
                let day = study.day(ofMonth: month)
                if day.advanced(byDays: study.windowDays) < today { return ("missed", .bad) }
                return day.advanced(byDays: -study.windowDays) <= today
                    ? ("due", .attention) : ("to come", .inactive)
            },
        ]
    }
}

extension ValidationStanding.Status {
    fileprivate var tone: Tone {
        switch self {
        case .validated: .good
        case .underway: .underway
        case .open: .attention
        case .failed, .overdue: .bad
        }
    }
}

extension Study {
    /// How it stands on `date`, in a few words.
    func standing(on date: CalendarDate) -> (words: String, tone: Tone) {
        if let conclusion { return conclusion.isMet ? ("criteria met", .good) : ("not met", .bad) }
        let late = months.contains { month in
            !pulls.contains { $0.month == month }
                && day(ofMonth: month).advanced(byDays: windowDays) < date
        }
        return late ? ("pull missed", .bad) : ("open", .underway)
    }
}
