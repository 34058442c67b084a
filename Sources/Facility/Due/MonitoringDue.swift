/// Samples that a plan asks for: those of its days, and those of operations that nobody took.
enum MonitoringDue: DueSource {
    static func due(for site: SiteState, on date: CalendarDate) -> [DueItem] {
        site.rooms.values.filter { $0.condition == .ready }.flatMap {
            periodic($0.id.naming(Place.self), site)
        }
            + site.equipment.values.filter(\.isInService).flatMap {
                periodic($0.id.naming(Place.self), site)
            }
            + site.batches.values.filter { !$0.status.isFinal }.flatMap { missing($0, site) }
    }

    private static func periodic(_ place: PlaceID, _ site: SiteState) -> [DueItem] {
        guard let plan = site.monitoringPlans[place]?.last else { return [] }
        return plan.points.compactMap { point in
            guard let days = point.everyDays else { return nil }
            let since = site.lastTaken(point, at: place) ?? plan.stamp.happened.date
            return DueItem(
                .environmentSample, place.text, "take \(point.description)",
                due: since.advanced(byDays: days), rule: rule(of: point))
        }
    }

    /// What an operation lacks stays due until it is entered or quality has decided.
    private static func missing(_ batch: Batch, _ site: SiteState) -> [DueItem] {
        let decided = Set(batch.dispositions.map(\.exception))
        return site.missingSamples(of: batch).filter { !decided.contains($0.id) }.flatMap { step in
            step.points.map { point in
                DueItem(
                    .environmentSample, batch.id.text,
                    "enter or decide: no \(point.description) of \(step.place) for step "
                        + step.step, due: nil, rule: rule(of: point))
            }
        }
    }

    private static func rule(of point: MonitoringPoint) -> String {
        point.method.viable == nil ? "em-particles" : "em-viable"
    }
}
