import Charts
import Facility
import Hummingbird
import Quantities

/// `/simulations` and `/simulations/{simulation}`: aseptic process simulations and their reading.
struct SimulationRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("simulations") { request, context in try list(request, context) }
        group.get("simulations/{simulation}") { request, context in try page(request, context) }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let listing = Listing(
            at: .simulations, of: "simulations",
            state.simulations.newestFirst(\.performed.entry),
            columns: [
                .link("simulation", "Simulation", { $0.id.text }, to: { .simulation($0.id.text) }),
                .status("status", "Result", { $0.standing }),
                .link(
                    "definition", "Definition", { $0.definition.text },
                    to: { .definition($0.definition.text) }),
                .figure("filled", "Filled", { Double($0.filled) }, { "\($0.filled)" }),
                .figure(
                    "contaminated", "Contaminated", { $0.reading.map { Double($0.contaminated) } },
                    { $0.reading.map { "\($0.contaminated)" } ?? "" }),
                Column("operators", "Operators") { simulation in
                    simulation.operators.map(state.name(of:)).joined(separator: ", ")
                },
                Column("shift", "Shift", { $0.shift }),
                .instant("performed", "Performed") { $0.performed.happened.description },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Simulations", in: .simulations, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Process simulations",
                    under: "Aseptic work done with medium in place of cells.",
                    actions: viewer.actions(
                        [RecordSimulation.self], [:], returnTo: .simulations)))
        }
    }

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let simulation = try viewer.found(
            "simulation", context.parameters.require("simulation"), SimulationID.init
        ) { id throws(Rejection) in try state.simulation(id) }
        let id = simulation.id.text
        let (words, tone) = simulation.standing
        return reception.page(
            id, in: .simulations, trail: [("Simulations", .simulations)], for: viewer
        ) { html in
            html.add(
                PageHead(
                    id, kind: "Process simulation", status: Badge(words, tone),
                    actions: simulation.reading == nil
                        ? viewer.actions(
                            [ReadSimulation.self], ["simulation": id], returnTo: .simulation(id))
                        : []))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            var facts = Facts()
            facts.add(
                "Definition", simulation.definition.text,
                to: .definition(simulation.definition.text))
            facts.add("Performed", state.signed(simulation.performed))
            facts.add("Shift", simulation.shift)
            facts.add("Duration", simulation.duration.description)
            facts.add("Units filled", "\(simulation.filled)")
            facts.add("Units incubated", "\(simulation.incubated)")
            facts.add("Justification", simulation.justification)
            facts.add("Contaminated", simulation.reading.map { "\($0.contaminated)" })
            facts.add("Report", simulation.reading?.report)
            facts.add("Read", (simulation.reading?.stamp).map(state.signed))
            html(.section, .class("panel")) { $0.add(facts) }
            html(.div, .class("columns")) { html in
                for (title, lines) in [
                    ("Steps", simulation.steps), ("Interventions", simulation.interventions),
                    ("Operators", simulation.operators.map(state.name(of:))),
                ] {
                    html.panel(title) { html in
                        html(.ul, .class("plain")) { html in
                            for line in lines { html(.li, text: line) }
                        }
                    }
                }
            }
        }
    }
}

extension Simulation {
    var standing: (words: String, tone: Tone) {
        switch passes {
        case nil: ("incubating", .underway)
        case true?: ("passed", .good)
        case false?: ("failed", .bad)
        }
    }
}
