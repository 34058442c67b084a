/// Samples that a plan asks for: those of its days, and those of operations that nobody took; and the
/// nitrogen of storage vessels, to be read and to be filled.
enum MonitoringDue: DueSource {
    static func due(for site: SiteState, on date: CalendarDate) -> [DueItem] {
        let rooms = site.rooms.values.filter { $0.condition == .ready }
            .map { $0.id.naming(Place.self) }
        let equipment = site.equipment.values.filter(\.isInService)
            .map { $0.id.naming(Place.self) }
        let samples = LastSamples(of: site)
        return (rooms + equipment).flatMap { periodic($0, site, samples) }
            + site.batches.values.filter { !$0.status.isFinal }.flatMap { missing($0, site) }
            + site.equipment.values.filter(\.isInService).flatMap(nitrogen)
    }

    private static func nitrogen(_ piece: Equipment) -> [DueItem] {
        guard let limit = piece.levelLimits.last, let next = piece.nextLevelReading else {
            return []
        }
        var items = [
            DueItem(
                .storageReading, piece.id.text, "read the nitrogen level of \(piece.name)",
                due: next.date, rule: LevelRecorded.rule)
        ]
        if let last = piece.levels.last, limit.verdict(on: last.lowest) != .within {
            items.append(
                DueItem(
                    .storageReading, piece.id.text,
                    "fill \(piece.name): \(last.lowest), alert at \(limit.alert)",
                    due: last.to.date, rule: LevelRecorded.rule))
        }
        return items
    }

    private static func periodic(
        _ place: PlaceID, _ site: SiteState, _ samples: LastSamples
    ) -> [DueItem] {
        guard let plan = site.monitoringPlans[place]?.last else { return [] }
        return plan.points.compactMap { point in
            plan.due(point, lastTaken: samples.day(of: point, at: place)).map { due in
                DueItem(
                    .environmentSample, place.text, "take \(point.description)", due: due,
                    rule: point.method.rule)
            }
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
                        + step.step, due: nil, rule: point.method.rule)
            }
        }
    }
}
