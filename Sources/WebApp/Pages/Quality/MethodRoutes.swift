import Charts
import Documents
import Facility
import Foundation
import Hummingbird

/// `/methods`, `/methods/{method}` and `/methods/{method}/controls/{control}`: how the site tests,
/// who may, how many runs count, and the control charts of its controls.
struct MethodRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("methods") { request, context in try list(request, context) }
        group.get("methods/{method}") { request, context in try page(request, context) }
        group.get("methods/{method}/controls/{control}") { request, context in
            try control(request, context)
        }
    }

    /// A method with what it gave: one row of the list.
    private struct Line {
        let method: MethodStanding
        let controls: [ControlTrend]

        /// The control that asks most for a look.
        var standing: (words: String, tone: Tone) {
            controls.map { (control: $0.control, standing: $0.standing) }
                .first { $0.standing.tone == .attention }
                .map { ("\($0.control): \($0.standing.words)", .attention) }
                ?? (controls.isEmpty ? ("no control", .inactive) : ("in control", .good))
        }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let trends = reception.controlTrends(of: viewer.state)
        let lines = viewer.state.methodStandings(
            on: viewer.now.date, with: reception.methodRuns(of: viewer.state)
        ).map { method in
            Line(method: method, controls: trends.filter { $0.method == method.method })
        }
        let listing = Listing(
            at: .methods, of: "methods", lines,
            columns: [
                .link(
                    "method", "Method", { $0.method.method }, to: { .method($0.method.method) }),
                Column("version", "Version", { $0.method.version }),
                Column("document", "Procedure", { $0.method.document }),
                .figure("runs", "Runs", { Double($0.method.runs) }, { "\($0.method.runs)" }),
                .figure(
                    "invalid-runs", "Do not count", { Double($0.method.invalidRuns) },
                    { "\($0.method.invalidRuns)" }),
                .status("controls", "Controls", { $0.standing }),
                Column("analysts", "Analysts") {
                    $0.method.analysts.map(\.person.text).joined(separator: ", ")
                },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Methods", in: .methods, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Methods", under: "How the site tests, and how its controls stand.",
                    actions: viewer.actions([RegisterMethod.self], [:], returnTo: .methods)))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
        }
    }

    // MARK: One method

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let (state, method) = (viewer.state, try viewer.method(context))
        let id = method.id
        let all = reception.methodRuns(of: state)
        guard
            let standing = state.methodStandings(on: viewer.now.date, with: all)
                .first(where: { $0.method == id })
        else { throw WebFault.notFound("method '\(id)'") }
        let runs = all[id] ?? []
        let trends = ControlTrend.all(of: method, in: runs)
        return reception.page(
            id, in: .methods, trail: [("Methods", .methods)], for: viewer
        ) { html in
            html.add(
                PageHead(
                    id, kind: "Test method", under: standing.document,
                    actions: viewer.actions(
                        [RecordInvalidRun.self, QualifyAnalyst.self, RegisterMethod.self],
                        ["method": id, "version": standing.version], returnTo: .method(id))))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            html.add(ControlNotices(trends: trends))
            var facts = Facts()
            facts.add("Version", standing.version)
            let needs = standing.instruments + standing.reagents
            facts.add("Done with", needs.joined(separator: ", "))
            facts.add("A run counts with", standing.suitability.joined(separator: ", "))
            facts.add(
                "Runs that do not count", ExactShare(standing.invalidRuns, of: standing.runs).words)
            facts.add(
                "Analysts",
                standing.analysts.map { analyst in
                    analyst.person.text + (analyst.until.map { " until \($0)" } ?? "")
                }.joined(separator: ", "))
            html(.section, .class("panel")) { $0.add(facts) }
            if !trends.isEmpty { html.panel("Controls") { Self.controls(trends, &$0) } }
            html.panel("Runs that do not count") { html in
                html.add(
                    RowsTable(
                        of: "runs", runs.filter { !$0.counts }.reversed(),
                        columns: Self.runs(state), nothing: "Every run counts."))
            }
        }
    }

    private static func controls(_ trends: [ControlTrend], _ html: inout HTML) {
        html.add(
            RowsTable(
                of: "controls", trends,
                columns: [
                    .link("control", "Control", { $0.control }, to: { $0.link }),
                    Column("criterion", "Criterion") { $0.criterion?.description ?? "" },
                    .figure(
                        "readings", "Readings", { Double($0.points.count) },
                        { "\($0.points.count)" }),
                    Column("latest", "Latest") { $0.points.last?.observation.description ?? "" },
                    .status("status", "Status", { $0.standing }),
                ], tone: { $0.standing.tone == .attention ? .attention : nil }))
        html(.div, .class("columns")) { html in
            for (place, trend) in trends.enumerated() where trend.varies {
                html.figure(trend.chart, named: "control-\(place)", fits: true)
            }
        }
        if let shown = trends.first(where: \.varies) {
            html(.p, .class("help"), text: shown.chartCaption)
        }
    }

    private static func runs(_ state: SiteState) -> [Column<MethodRun>] {
        [
            Column("reference", "Reference", { $0.reference }),
            .things("subjects", "Of", { $0.subjects.map(\.text) }, in: state),
            Column("reason", "Why") { $0.invalid ?? "" }.roomy,
            Column("controls", "Controls") { $0.readings.words },
            Column("when", "When and who") { state.signed($0.stamp) },
        ]
    }

    // MARK: One control

    private func control(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let (state, method) = (viewer.state, try viewer.method(context))
        let name = try context.segment("control")
        let trends = ControlTrend.all(
            of: method, in: reception.methodRuns(of: state)[method.id] ?? [])
        guard let trend = trends.first(where: { $0.control == name }) else {
            throw WebFault.notFound("control '\(name.prefix(80))' of method '\(method.id)'")
        }
        let summary = trend.summary
        let listing = Listing(
            at: trend.link, of: "readings", Array(zip(trend.points, summary.readings)).reversed(),
            columns: [
                Column("run", "Run") { $0.0.run.reference },
                Column("reading", "Reading") { $0.0.observation.description },
                .status("verdict", "Verdict") { ($0.0.verdict.rawValue, $0.0.verdict.tone) },
                Column("rule", "Rule broken") { $0.1.signal ?? "" },
                Column("invalid", "Does not count") { $0.0.run.invalid ?? "" },
                .things("subjects", "Of", { $0.0.run.subjects.map(\.text) }, in: state),
                .instant("done", "Done") { $0.0.run.stamp.happened.description },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "\(name), control of \(method.id)", in: .methods,
            trail: [("Methods", .methods), (method.id, .method(method.id))], request: request,
            for: viewer
        ) { html in
            html.add(
                PageHead(
                    name, kind: "Control of \(method.id)",
                    status: Badge(trend.standing.words, trend.standing.tone),
                    under: trend.criterion.map { "a run counts with \($0)" }))
            guard trend.values.count > 1 else {
                html(
                    .p, .class("nothing"),
                    text: "A chart needs two runs with a measured reading; there "
                        + (trend.values.count == 1 ? "is one." : "is none."))
                return
            }
            html.panel("By run") { html in
                html.figure(trend.chart, named: "chart", fits: true, caption: trend.chartCaption)
            }
        }
    }
}

/// What an analyst looks at before the next run: a line for each control whose last reading breaks
/// a rule or whose last run does not count.
struct ControlNotices: Component {
    let trends: [ControlTrend]

    func write(into html: inout HTML) {
        for trend in trends {
            guard let last = trend.points.last else { continue }
            if !last.run.counts {
                html.add(
                    Notice(
                        .attention,
                        "Run \(last.run.reference) of \(trend.method) does not count.",
                        detail: last.run.invalid))
            } else if let rule = trend.summary.readings.last?.signal {
                html.add(
                    Notice(
                        .attention,
                        "\(trend.control) of \(trend.method) breaks a rule: \(rule).",
                        detail: "\(last.observation) in run \(last.run.reference): look at the "
                            + "method before the next run."))
            }
        }
    }
}

extension ControlTrend {
    /// The way to its page.
    var link: Link { .controlTrend(method: method, control: control) }
}

extension SignedInContext {
    /// A part of the address as it was before it was encoded: names of controls have spaces.
    fileprivate func segment(_ name: String) throws -> String {
        let text = try parameters.require(name)
        return text.removingPercentEncoding ?? text
    }
}

extension Viewer {
    /// The method that the address names.
    fileprivate func method(_ context: SignedInContext) throws -> TestMethod {
        let id = try context.segment("method")
        guard let method = state.methods[id] else {
            throw WebFault.notFound("method '\(id.prefix(80))'")
        }
        return method
    }
}

extension Reception {
    /// The charts of all controls, worked out once for a state of the site.
    func controlTrends(of state: SiteState) -> [ControlTrend] {
        workedOut.value([ControlTrend].self, of: state) {
            state.controlTrends(in: methodRuns(of: state))
        }
    }

    /// The runs of all methods, worked out once for a state of the site.
    fileprivate func methodRuns(of state: SiteState) -> [String: [MethodRun]] {
        workedOut.value([String: [MethodRun]].self, of: state) { state.methodRuns() }
    }
}
