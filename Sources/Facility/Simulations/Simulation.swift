package import Quantities

/// An aseptic process simulation: medium in place of the product (EU GMP Annex 1 9.33-9.47).
package struct Simulation: Sendable, Codable {
    package var id: SimulationID
    package var definition: MasterRecordID
    /// The steps that were simulated.
    package var steps: [String]
    package var shift: String
    package var operators: [PersonID]
    package var interventions: [String]
    package var duration: Quantity
    package var filled: Int
    package var incubated: Int
    /// Why units were not incubated.
    package var justification: String?
    package var performed: Stamp
    package var reading: Reading?

    /// What grew.
    package struct Reading: Sendable, Hashable, Codable {
        package var contaminated: Int
        package var report: String
        package var stamp: Stamp
    }

    /// Whether it passed: not one unit grew (Annex 1 9.46). `nil` until it is read.
    package var passes: Bool? { reading.map { $0.contaminated == 0 } }
}

/// Records the performance of a simulation. Whether it passed is read after incubation.
package struct RecordSimulation: Command {
    package static let name = "simulation.record"
    package static let summary = "Record an aseptic process simulation, before its incubation."
    package static let permission = Permission.simulate
    package static let help = [
        "simulation": "the number of the simulation", "definition": "whose process was simulated",
        "steps": "the steps that were simulated", "shift": "the shift",
        "operators": "everyone who took part", "interventions": "the interventions that were made",
        "duration": "how long it took", "filled": "units filled",
        "incubated": "units incubated",
        "justification": "why units were not incubated, if any",
    ]

    package var simulation: SimulationID
    package var definition: MasterRecordID
    package var steps: [String]
    package var shift: String
    package var operators: [PersonID]
    package var interventions: [String]
    package var duration: Quantity
    package var filled: Int
    package var incubated: Int
    package var justification: String?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(simulation)
        let master = try site.master(definition)
        try requireText(shift, "shift")
        guard !steps.isEmpty, !operators.isEmpty else {
            throw Rejection(
                "simulation.empty", "a simulation has steps and operators",
                help: "enter who did what", rule: "aps-coverage")
        }
        let known = master.stages.flatMap(\.steps).map(\.id)
        for step in steps where !known.contains(step) {
            throw Rejection(
                "simulation.unknown-step", "'\(master.id)' has no step '\(step)'",
                help: didYouMean(step, among: known))
        }
        for person in operators { _ = try site.person(person) }
        guard filled > 0, incubated <= filled else {
            throw Rejection(
                "simulation.units", "\(incubated) of \(filled) units incubated",
                help: "enter what was filled and what was incubated", rule: "aps-units")
        }
        if incubated < filled {
            guard let justification, justification.contains(where: { !$0.isWhitespace }) else {
                throw Rejection(
                    "simulation.not-reconciled",
                    "\(filled - incubated) of \(filled) units were not incubated",
                    help: "say why each was left out", rule: "aps-units")
            }
        }
        try requireProgramme(of: master)
        return [
            SimulationRecorded(
                simulation: simulation, definition: master.id, steps: steps, shift: shift,
                operators: operators, interventions: interventions, duration: duration,
                filled: filled, incubated: incubated, justification: justification)
        ]
    }

    /// Refuses a run smaller, shorter or with fewer interventions than the definition asks for.
    private func requireProgramme(of master: MasterRecord) throws(Rejection) {
        guard let programme = master.simulation else { return }
        if let units = programme.units, filled < units {
            throw Rejection(
                "simulation.too-few-units", "\(filled) units filled, at least \(units) are needed",
                help: "fill at least as many as a small batch", rule: "aps-units")
        }
        let missing = programme.interventions.filter { !interventions.contains($0) }
        guard missing.isEmpty else {
            throw Rejection(
                "simulation.interventions-missing",
                "not made: \(missing.joined(separator: ", "))",
                help: "a run includes every intervention of the programme", rule: "aps-coverage")
        }
        guard let longest = programme.duration else { return }
        let hours = try? Unit("h")
        let taken = try? hours.map { try duration.converted(to: $0).value }
        let asked = try? hours.map { try longest.converted(to: $0).value }
        guard let taken, let asked, taken >= asked else {
            throw Rejection(
                "simulation.too-short", "\(duration), the process takes up to \(longest)",
                help: "simulate the longest process", rule: "aps-coverage")
        }
    }
}

/// A simulation was performed.
package struct SimulationRecorded: Fact {
    package static let kind = "simulation.recorded/1"
    package var simulation: SimulationID
    package var definition: MasterRecordID
    package var steps: [String]
    package var shift: String
    package var operators: [PersonID]
    package var interventions: [String]
    package var duration: Quantity
    package var filled: Int
    package var incubated: Int
    package var justification: String?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[simulation.text] = .simulation
        site.simulations[simulation] = Simulation(
            id: simulation, definition: definition, steps: steps, shift: shift,
            operators: operators, interventions: interventions, duration: duration,
            filled: filled, incubated: incubated, justification: justification,
            performed: stamp)
    }
}
