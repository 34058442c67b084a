import Facility
import Hummingbird
import Planner

/// `/planning` and `/planning/{definition}`: what a registered definition would need, give and
/// cost for a number of patients, before anything is made.
struct PlanningRoutes {
    let reception: Reception
    let shelf: DefinitionShelf

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("planning") { request, context in try list(request, context) }
        group.get("planning/{definition}") { request, context in try page(request, context) }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let listing = Listing(
            at: .planning, of: "definitions",
            state.masters.values.sorted { $0.registered.entry > $1.registered.entry },
            columns: [
                .link("definition", "Definition", { $0.id.text }, to: { .plan($0.id.text) }),
                Column("product", "Product", { $0.product.name }),
                Column("version", "Version", { $0.product.version }),
                Column("simulated", "Simulated", { _ in "a year" }) { master, html in
                    html(.a, .href(.simulatedYear(master.id.text)), text: "a year")
                },
                Column("learned", "Learned", { _ in "from records" }) { master, html in
                    html(.a, .href(.learning(master.id.text)), text: "from records")
                },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Planning", in: .planning, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Planning",
                    under: "What each definition would need, give and cost, before it is made."))
        }
    }

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let product = try PlannedDefinition(context, viewer, shelf)
        let made = product.plan(request.queryPairs)
        if let file = product.file(of: made, asked: request) { return file }
        let id = product.id
        return reception.page(
            "Plan of \(id)", in: .planning, trail: [("Planning", .planning)], for: viewer
        ) { html in
            html.add(
                PageHead(
                    product.master.product.name, kind: "Plan of \(id)",
                    under: "Without chance and waiting: the numbers of the definition, worked out.",
                    actions: [
                        ("Simulate a year", Address(.simulatedYear(id))),
                        ("Learn from records", Address(.learning(id))),
                        ("Definition", Address(.definition(id))),
                    ]))
            product.warnings(&html)
            html.panel("What is asked") { html in
                made.query.write(to: .plan(id), button: "Plan", shown: made.shown, into: &html)
            }
            switch made.outcome {
            case .asked: break
            case .refused(let refused): product.write(refused, &html)
            case .made(let plan, let planned):
                PlanView(plan: plan, planned: planned, definition: id, query: made.query)
                    .write(into: &html)
            }
        }
    }
}
