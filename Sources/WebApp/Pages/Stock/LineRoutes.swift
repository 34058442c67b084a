import Charts
import Facility
import Hummingbird

/// `/lines` and `/lines/{line}`: the cell lines that banks are made of, their life so far, and why
/// one of them was chosen.
struct LineRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("lines") { request, context in try list(request, context) }
        group.get("lines/{line}") { request, context in try page(request, context) }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let listing = Listing(
            at: .lines, of: "cell lines", viewer.state.lineStandings(),
            columns: [
                .link("line", "Line", { $0.line.text }, to: { .line($0.line.text) }),
                Column("name", "Name", { $0.name }),
                .status("status", "Status") { $0.standing },
                .figure("score", "Score", { $0.mean }, { $0.score ?? "" }),
                .figure(
                    "passage", "History to passage", { $0.reachedPassage.map(Double.init) },
                    { $0.reachedPassage.map { "\($0)" } ?? "" }),
                .things("banks", "Banks", { $0.banks.map(\.text) }, in: viewer.state),
                Column("provider", "Provider", { $0.provider }),
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Cell lines", in: .lines, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Cell lines", under: "Continuous lines, the best score first.",
                    actions: viewer.actions([RegisterLine.self], [:])))
        }
    }

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let line = try viewer.found(
            "cell line", context.parameters.require("line"), CellLineID.init
        ) { id throws(Rejection) in try state.line(id) }
        let id = line.id.text
        guard let standing = state.lineStandings().first(where: { $0.line == line.id }) else {
            throw WebFault.notFound("cell line '\(id)'")
        }
        let (words, tone) = standing.standing
        return reception.page(
            id, in: .lines, trail: [("Cell lines", .lines)], for: viewer
        ) { html in
            html.add(
                PageHead(
                    id, kind: line.isInduced ? "Induced line" : "Cell line",
                    status: Badge(words, tone), under: line.name,
                    actions: [("Genealogy", Address(.genealogy(node: id)))]
                        + viewer.actions(
                            [RecordLineStretch.self, ScoreLine.self, SelectLine.self], ["line": id],
                            returnTo: .line(id)),
                    more: viewer.eventActions(about: id, returnTo: .line(id))))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            html(.section, .class("panel")) { $0.add(facts(of: line, standing, state)) }
            history(of: line, state, &html)
            scorecard(of: line, standing, state, &html)
            html.panel("Banks") { html in
                html.add(
                    RowsTable(
                        of: "banks", standing.banks.compactMap { state.banks[$0] },
                        columns: [
                            .link("bank", "Bank", { $0.id.text }, to: { .bank($0.id.text) }),
                            .status("status", "Status") { ($0.status.rawValue, $0.status.tone) },
                            .figure(
                                "in-store", "In store", { Double(state.stock(of: $0).count) },
                                { "\(state.stock(of: $0).count)" }),
                        ], nothing: "No bank was made of it or received with it."))
            }
        }
    }

    private func facts(
        of line: CellLine, _ standing: LineStanding, _ state: SiteState
    ) -> Facts {
        var facts = Facts()
        facts.add("Provider", line.provider)
        if let donor = line.donor { facts.add("Donor", donor.text, to: .donor(donor.text)) }
        facts.add("Consent", line.consent)
        facts.add("Due diligence", line.dueDiligence)
        facts.add("STR profile", line.strProfile)
        facts.add("Score", standing.score)
        facts.add("Chosen because", standing.reason)
        if let others = standing.comparedWith, !others.isEmpty {
            facts.add("Compared with") { html in
                for other in others {
                    html(.a, .href(.line(other.text)), text: other.text)
                    html.text(" ")
                }
            }
        }
        facts.add("Registered", state.signed(line.registered))
        return facts
    }

    private func history(of line: CellLine, _ state: SiteState, _ html: inout HTML) {
        html.panel("History") { html in
            html.add(
                RowsTable(
                    of: "stretches", line.history,
                    columns: [
                        Column("passages", "Passages") { "\($0.fromPassage) to \($0.toPassage)" },
                        Column("event", "What happened", { $0.event }),
                        Column("site", "Where", { $0.site }),
                        Column("began", "From") { $0.began.description },
                        Column("materials", "Grown with", { $0.materials }),
                        Column("when", "Recorded") { state.signed($0.stamp) },
                    ], nothing: "No stretch of its life is recorded."))
        }
    }

    private func scorecard(
        of line: CellLine, _ standing: LineStanding, _ state: SiteState, _ html: inout HTML
    ) {
        html.panel("Scorecard") { html in
            html.add(
                RowsTable(
                    of: "criteria", standing.scores ?? [],
                    columns: [
                        Column("criterion", "Criterion") { $0.criterion.rawValue },
                        .figure("score", "Score", { Double($0.score) }, { "\($0.score) of 10" }),
                        .figure("weight", "Weight", { Double($0.weight) }, { "\($0.weight)" }),
                        Column("evidence", "Evidence", { $0.evidence }),
                    ], nothing: "It was not scored."))
            if let card = line.scorecard {
                html(.p, .class("help"), text: "Scored: \(state.signed(card.stamp)).")
            }
        }
    }
}

extension LineStanding {
    /// How it stands among the lines, in a word.
    fileprivate var standing: (words: String, tone: Tone) {
        if isSelected { return ("chosen", .good) }
        return mean == nil ? ("not scored", .attention) : ("scored", .inactive)
    }

    /// The weighted mean in words.
    fileprivate var score: String? {
        mean.map { "\(($0 * 10).rounded() / 10) of 10" }
    }
}
