package import Quantities

/// A cell count as it was made: the site works out everything else.
package struct CountEntry: Sendable, Hashable, Codable {
    package var point: CountPoint
    /// Total cells in a volume, one value a replicate.
    package var concentrations: [Quantity]
    package var viability: Quantity
    package var volume: Quantity
    package var stamp: Stamp

    /// Viable cells: mean concentration, times viability, times volume.
    package var viableCells: Double? {
        guard !concentrations.isEmpty,
            let fraction = try? viability.doubleValue(in: .one),
            let millilitre = try? Unit("mL"), let density = try? Unit("cells/mL"),
            let volume = try? volume.doubleValue(in: millilitre)
        else { return nil }
        let values = concentrations.compactMap { try? $0.doubleValue(in: density) }
        guard values.count == concentrations.count else { return nil }
        return values.reduce(0, +) / Double(values.count) * fraction * volume
    }

    /// Refuses what gives no number of cells.
    func requireCells() throws(Rejection) {
        guard let cells = viableCells, cells.isFinite, cells > 0,
            let share = try? viability.doubleValue(in: .one), (0...1).contains(share)
        else {
            throw Rejection(
                "batch.count-units",
                "\(concentrations.first?.description ?? "no count"), \(viability), \(volume) give "
                    + "no number of cells",
                help: "enter cells/mL, a viability from 0 to 100 % and a volume")
        }
    }
}

/// Where in a culture cells were counted.
package enum CountPoint: String, Choice, Sendable, Hashable {
    case thawed, seeded, harvested, formulated
}

/// Records a cell count; viable cells and doublings are worked out by the site, never typed.
package struct RecordCount: Command {
    package static let name = "batch.record-count"
    package static let summary =
        "Record a cell count; the site works out viable cells, doublings and doubling time."
    package static let permission = Permission.execute
    package static let help = [
        "batch": "which batch", "step": "which step", "point": "where in the culture",
        "concentrations": "total cells in a volume, one value a replicate",
        "viability": "viable share of the cells", "volume": "volume of the suspension",
    ]

    package var batch: BatchID
    package var step: String
    package var point: CountPoint
    package var concentrations: [Quantity]
    package var viability: Quantity
    package var volume: Quantity

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let (batch, step, record) = try site.openStep(step, of: batch)
        guard (1...20).contains(concentrations.count) else {
            throw Rejection(
                "batch.count-replicates", "\(concentrations.count) values, 1 to 20 are meant")
        }
        for value in concentrations { try requirePositive(value, "concentrations") }
        try requirePositive(volume, "volume")
        let recorded = CountRecorded(
            batch: batch.id, step: step.id, point: point, concentrations: concentrations,
            viability: viability, volume: volume)
        let stamp = Stamp(of: moment, on: site)
        try recorded.entry(at: stamp).requireCells()
        var next = site
        recorded.apply(to: &next, at: stamp)
        guard let after = next.batches[batch.id] else { return [recorded] }
        let values = next.values(after: recorded.entry(at: stamp), in: after, step)
        var facts = try site.judged(values, in: batch, step, record)
        if point == .harvested {
            facts += try site.overLimit(
                next.growth(of: after).cumulative, in: batch, step, after: facts)
            let isFirst = !after.executions.contains { execution in
                execution.record.counts.contains { $0.point == .seeded }
            }
            if isFirst { facts += site.yieldEvent(of: after, step, in: next, after: facts) }
        }
        facts += next.shareEvent(of: recorded.entry(at: stamp), in: after, step, after: facts)
        return [recorded] + facts
    }
}

/// Cells were counted.
package struct CountRecorded: Fact {
    package static let kind = "batch.count-recorded/1"
    package var batch: BatchID
    package var step: String
    package var point: CountPoint
    package var concentrations: [Quantity]
    package var viability: Quantity
    package var volume: Quantity

    func entry(at stamp: Stamp) -> CountEntry {
        CountEntry(
            point: point, concentrations: concentrations, viability: viability, volume: volume,
            stamp: stamp)
    }

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.batches[batch]?.steps[step]?.counts.append(entry(at: stamp))
    }
}
