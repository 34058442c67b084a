/// Process simulations by product, and the part operators take in them.
enum SimulationDue: DueSource {
    static func due(for site: SiteState, on date: CalendarDate) -> [DueItem] {
        var programmes: [String: MasterSimulation] = [:]
        for master in site.masters.inOrder where master.approved != nil {
            programmes[master.product.id] = master.simulation ?? programmes[master.product.id]
        }
        return programmes.sorted { $0.key < $1.key }.flatMap { product, programme in
            runs(of: product, programme, site) + operators(of: product, programme, site)
        } + unread(site)
    }

    /// The run that is due next: that of the step simulated least recently.
    private static func runs(
        of product: String, _ programme: MasterSimulation, _ site: SiteState
    ) -> [DueItem] {
        guard !programme.covers.isEmpty else { return [] }
        let months = programme.intervalMonths ?? SiteState.intervalMonths
        let latest = programme.covers.map { step in
            site.simulations(of: step, product: product).last { $0.passes == true }?
                .performed.happened.date
        }
        let oldest = latest.contains(nil) ? nil : latest.compactMap(\.self).min()
        return [
            DueItem(
                .simulation, product, "simulate the aseptic process",
                due: oldest?.advanced(byMonths: months), rule: "aps-six-monthly")
        ]
    }

    /// Operators who took part before: the next time they must.
    private static func operators(
        of product: String, _ programme: MasterSimulation, _ site: SiteState
    ) -> [DueItem] {
        site.people.inOrder.filter { $0.may(.execute) }.compactMap { person in
            let latest = site.simulations.values.filter {
                $0.passes == true && $0.operators.contains(person.id)
                    && site.masters[$0.definition]?.product.id == product
            }.map(\.performed.happened.date).max()
            guard let latest else { return nil }
            return DueItem(
                .simulation, person.id.text, "take part in a simulation of \(product)",
                due: latest.advanced(byMonths: programme.operatorMonths), rule: "aps-operator")
        }
    }

    /// Days of incubation (Annex 1 9.44: at least fourteen).
    private static let incubationDays = 14

    private static func unread(_ site: SiteState) -> [DueItem] {
        site.simulations.inOrder.filter { $0.reading == nil }.map {
            DueItem(
                .simulation, $0.id.text, "read the incubated units",
                due: $0.performed.happened.date.advanced(byDays: incubationDays),
                rule: "aps-zero-growth")
        }
    }
}
