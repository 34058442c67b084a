import Charts
import Checker
import Facility
import Guidance
import Hummingbird

/// `/rules` and `/rules/{rule}`: what the field expects, rule by rule, with its citation.
struct RuleRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("rules") { request, context in try list(request, context) }
        group.get("rules/{rule}") { _, context in try page(context) }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let severities: [Column<CatalogueRule>] = DevelopmentPhase.allCases.map { phase in
            Column(phase.rawValue, phase.rawValue) { $0.severity(in: phase).name }
        }
        let listing = Listing(
            at: .rules, of: "rules", RuleCatalogue.all,
            columns: [
                .link("rule", "Rule", { $0.id }, to: { .rule($0.id) }),
                Column("area", "Area", { $0.area.rawValue.replacing("-", with: " ") }),
                Column("statement", "Expectation", { $0.statement }).roomy,
            ] + severities + [
                Column("waivable", "Waivable") { $0.isWaivable ? "yes" : "no" },
                Column("judged", "Judged on") { RuleIndex.place(of: $0).rawValue },
                Column("basis", "Basis") { $0.basis.joined(separator: "; ") }.roomy,
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Rules", in: .rules, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Rules",
                    under: "What the field expects, with its weight in each phase and where it is "
                        + "written."))
        }
    }

    private func page(_ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let id = try context.parameters.require("rule")
        guard let page = RulePage(of: id) else {
            throw WebFault.notFound("rule '\(id.prefix(80))'", hint: "the list has all rules")
        }
        return reception.page(
            page.rule.id, in: .rules, trail: [("Rules", .rules)], for: viewer
        ) { html in
            html(.article, .class("panel")) { $0.add(MarkdownText(text: page.markdown)) }
            let cited = viewer.state.deviations.inOrder.filter {
                $0.description.contains("rule \(page.rule.id)")
            }
            if !cited.isEmpty {
                html.panel("Events under this rule") { html in
                    html.add(
                        RowsTable(
                            of: "events", cited,
                            columns: [
                                .link("event", "Event", { $0.id.text }, to: { .event($0.id.text) }),
                                .status("status", "Status", { ($0.status, $0.tone) }),
                                Column("what", "What", { $0.description }).roomy,
                            ]))
                }
            }
        }
    }
}
