package import Ledger

/// Reads a simulation after incubation. One contaminated unit fails it: an event opens with every
/// batch made by its steps since they last passed, and the steps are blocked (EU GMP Annex 1 9.46).
package struct ReadSimulation: Command {
    package static let name = "simulation.read"
    package static let summary =
        "Read a simulation after incubation; growth blocks its steps until three runs pass."
    package static let permission = Permission.test
    package static let signature: SignatureMeaning? = .performed
    package static let help = [
        "simulation": "which simulation", "contaminated": "how many units grew",
        "report": "the report",
    ]

    package var simulation: SimulationID
    package var contaminated: Int
    package var report: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let simulation = try site.simulation(simulation)
        try requireText(report, "report")
        guard simulation.reading == nil else {
            throw Rejection("simulation.read", "'\(simulation.id)' was read before")
        }
        guard contaminated <= simulation.incubated else {
            throw Rejection(
                "simulation.more-than-incubated",
                "\(contaminated) contaminated of \(simulation.incubated) incubated",
                help: "count again", rule: "aps-units")
        }
        guard !simulation.operators.contains(moment.person) else {
            throw Rejection(
                "simulation.own-run", "'\(moment.person)' took part in '\(simulation.id)'",
                help: "another person reads it")
        }
        let read = SimulationRead(
            simulation: simulation.id, contaminated: contaminated, report: report)
        guard contaminated > 0 else { return [read] }
        return [read]
            + site.event(
                .simulationFailed,
                "\(contaminated) of \(simulation.incubated) units of '\(simulation.id)' grew "
                    + "(rule aps-failure-handled)",
                about: [simulation.id.naming(Thing.self)],
                affecting: site.batchesSinceLastPass(of: simulation), rule: "aps-failure-handled")
    }
}

/// A simulation was read.
package struct SimulationRead: Fact {
    package static let kind = "simulation.read/1"
    package var simulation: SimulationID
    package var contaminated: Int
    package var report: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.simulations[simulation]?.reading = .init(
            contaminated: contaminated, report: report, stamp: stamp)
    }
}

extension SiteState {
    /// The batches of the same product that executed a step of `failed` after the last simulation
    /// of that step that passed.
    fileprivate func batchesSinceLastPass(of failed: Simulation) -> [BatchID] {
        guard let product = masters[failed.definition]?.product.id else { return [] }
        let passes = failed.steps.map { step in
            simulations(of: step, product: product)
                .last { $0.passes == true && $0.performed.entry < failed.performed.entry }?
                .performed.happened
        }
        let since = Dictionary(zip(failed.steps, passes), uniquingKeysWith: { first, _ in first })
        return batches.inOrder.filter { batch in
            guard masters[batch.master]?.product.id == product else { return false }
            return since.contains { step, passed in
                batch.executions(of: step).contains { record in
                    passed.map { record.started.happened >= $0 } ?? true
                }
            }
        }.map(\.id)
    }
}
