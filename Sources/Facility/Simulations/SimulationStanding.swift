extension SiteState {
    /// The simulations of a step that were read, in the order they were performed.
    ///
    /// A simulation counts for the process, not for one version of its text: a change that asks
    /// for new runs is a matter of change control.
    package func simulations(of step: String, product: String) -> [Simulation] {
        simulations.values.filter {
            $0.reading != nil && $0.steps.contains(step)
                && masters[$0.definition]?.product.id == product
        }.sorted { $0.performed.entry < $1.performed.entry }
    }

    /// Refuses a step whose aseptic handling is not shown, or not with this operator (EU GMP
    /// Annex 1 9.38-9.39, 9.46; Annex 2A 5.19).
    func requireSimulated(
        _ step: MasterStep, of batch: Batch, by person: PersonID, at moment: Moment
    ) throws(Rejection) {
        guard let master = masters[batch.master], let programme = master.simulation,
            programme.covers.contains(step.id), binds("aps-initial-three", on: master)
        else { return }
        let date = moment.happened.date
        let runs = simulations(of: step.id, product: master.product.id).filter {
            $0.performed.happened <= moment.happened
        }
        let needed = max(programme.initialRuns ?? Self.initialRuns, 1)
        let passes = runs.reversed().prefix { $0.passes == true }
        guard passes.count >= needed, let latest = passes.first else {
            let failed = runs.count > passes.count
            throw Rejection(
                failed ? "simulation.failed" : "simulation.missing",
                "\(passes.count) simulations of '\(step.id)' passed in a row"
                    + (failed ? " since the last failure" : "") + ", \(needed) are needed",
                help: "simulate the process first: simulation.record",
                rule: failed ? "aps-failure-handled" : "aps-initial-three")
        }
        let interval = (programme.intervalMonths ?? Self.intervalMonths) + Self.toleranceMonths
        let due = latest.performed.happened.date.advanced(byMonths: interval)
        guard due >= date else {
            throw Rejection(
                "simulation.over", "'\(step.id)' was last simulated for work until \(due)",
                help: "simulate the process again: simulation.record", rule: "aps-six-monthly")
        }
        if let last = lastWork(step.id, of: master, before: batch) {
            let since = passes.count { $0.performed.happened > last }
            try requireRunsAfterPause(step, master, last, since, at: moment)
        }
        try requireParticipation(
            of: person, in: runs.filter { $0.passes == true }, programme, on: date)
    }

    /// After a pause of more than twelve months the process is shown anew by three runs (EU GMP
    /// Annex 2A 5.19(c)).
    private func requireRunsAfterPause(
        _ step: MasterStep, _ master: MasterRecord, _ last: Timestamp, _ runs: Int,
        at moment: Moment
    ) throws(Rejection) {
        guard last.date.advanced(byMonths: Self.pauseMonths) < moment.happened.date,
            runs < Self.initialRuns, binds("aps-infrequent", on: master)
        else { return }
        throw Rejection(
            "simulation.after-pause",
            "'\(step.id)' was last done on \(last.date); \(runs) simulations passed since, "
                + "\(Self.initialRuns) are needed",
            help: "simulate the process again: simulation.record", rule: "aps-infrequent")
    }

    /// When another batch of the product last began `step`.
    private func lastWork(
        _ step: String, of master: MasterRecord, before batch: Batch
    ) -> Timestamp? {
        batches.values.filter {
            $0.id != batch.id && masters[$0.master]?.product.id == master.product.id
        }.flatMap { $0.executions(of: step).map(\.started.happened) }.max()
    }

    private func requireParticipation(
        of person: PersonID, in runs: [Simulation], _ programme: MasterSimulation,
        on date: CalendarDate
    ) throws(Rejection) {
        let own = runs.filter { $0.operators.contains(person) }
        let needed = programme.isManual ? Self.manualRuns : 1
        let months = programme.operatorMonths
        guard own.count >= needed, let latest = own.last else {
            throw Rejection(
                "simulation.operator-missing",
                "'\(person)' took part in \(own.count) simulations that passed, \(needed) are "
                    + "needed",
                help: "take part in a simulation first", rule: "aps-operator")
        }
        let due = latest.performed.happened.date.advanced(byMonths: months)
        guard due >= date else {
            throw Rejection(
                "simulation.operator-over",
                "'\(person)' last took part in a simulation for work until \(due)",
                help: "take part in a simulation again", rule: "aps-operator")
        }
    }

    /// Consecutive passes before the first use, and after a failure (Annex 1 9.38, 9.46).
    package static let initialRuns = 3
    /// Months between runs (Annex 1 9.38).
    package static let intervalMonths = 6
    /// Months without production after which a process is shown anew.
    package static let pauseMonths = 12
    /// How much later than "about every six months" a run may be.
    package static let toleranceMonths = 1
    /// Runs in which an operator of a manual process takes part at the start (Annex 1 9.39).
    package static let manualRuns = 3
}

extension MasterSimulation {
    /// Months within which an operator takes part again: six by hand, else twelve.
    package var operatorMonths: Int { operatorIntervalMonths ?? (isManual ? 6 : 12) }
}
