import Charts
import Facility
import Quantities

/// How the cells of a batch grew: its counts as curves, and each passage worked out.
struct BatchGrowth {
    let view: BatchView
    let state: SiteState

    /// One count with the step it was made in.
    private struct Count {
        let step: String
        let entry: CountEntry
    }

    private var counts: [Count] {
        view.steps.flatMap { step in
            (step.record?.counts ?? []).map { Count(step: step.definition.name, entry: $0) }
        }.sorted { $0.entry.stamp.entry < $1.entry.stamp.entry }
    }

    func write(into html: inout HTML) {
        let counts = counts
        guard !counts.isEmpty || !view.batch.partings.isEmpty else { return }
        let growth = state.growth(of: view.batch)
        html.panel("Growth") { html in
            if counts.count > 1 {
                html.figure(picture(of: counts), named: "growth", fits: true)
            }
            var facts = Facts()
            for parting in view.batch.partings {
                facts.add(
                    parting.isNewPart
                        ? "Split from \(parting.other)" : "\(parting.other) split off",
                    state.words(parting, of: view.batch))
            }
            facts.add("Doublings the cells came with", growth.inherited.description)
            facts.add("Cumulative doublings", growth.cumulative.description)
            html.add(facts)
            html.add(
                RowsTable(
                    of: "passages", Array(growth.passages.enumerated()),
                    columns: [
                        .figure(
                            "seeded", "Seeded", { $0.element.seeded },
                            { Figures.cells($0.element.seeded) }),
                        .figure(
                            "harvested", "Harvested", { $0.element.harvested },
                            { Figures.cells($0.element.harvested) }),
                        .figure(
                            "hours", "Hours", { $0.element.hours },
                            { Figures.plain($0.element.hours, places: 1) }),
                        Column("doublings", "Doublings") { passage in
                            "log₂(\(Figures.cells(passage.element.harvested)) ÷ "
                                + "\(Figures.cells(passage.element.seeded))) = "
                                + (passage.element.isBound ? "at least " : "")
                                + Figures.plain(passage.element.doublings, places: 2)
                        },
                        .figure(
                            "doubling-time", "Doubling time, h", { $0.element.doublingTime },
                            {
                                $0.element.doublingTime.map { Figures.plain($0, places: 1) }
                                    ?? "none"
                            }),
                    ], nothing: "No passage has both counts yet."))
        }
    }

    /// Each passage as a line from its seeding to its harvest, in days since the batch was opened.
    private func picture(of counts: [Count]) -> Picture {
        var cultures: [GrowthChart.Culture] = []
        var current: [GrowthChart.Count] = []
        let start = view.batch.opened.happened.milliseconds
        func close() {
            guard !current.isEmpty else { return }
            cultures.append(.init(name: "passage \(cultures.count + 1)", counts: current))
            current = []
        }
        for count in counts {
            guard let cells = count.entry.viableCells else { continue }
            let elapsed = count.entry.stamp.happened.milliseconds - start
            let point = GrowthChart.Count(day: Double(elapsed) / 86_400_000, cells: cells)
            switch count.entry.point {
            case .seeded, .thawed:
                close()
                current = [point]
            case .harvested, .formulated: current.append(point)
            }
        }
        close()
        return GrowthChart(title: "Viable cells of \(view.batch.id)", cultures: cultures).picture()
    }
}

extension CountEntry {
    /// The calculation with its numbers: what the operator typed, and what follows.
    var calculation: String {
        let mean = concentrations.map(\.description).joined(separator: ", ")
        let cells = viableCells.map(Figures.cells) ?? "not to be worked out"
        return "mean(\(mean)) × \(viability) × \(volume) = \(cells) viable cells"
    }
}

/// Numbers as pages write them.
enum Figures {
    /// Cells with three digits: 4.04e7.
    static func cells(_ value: Double) -> String {
        guard value.isFinite, value >= 10_000 else { return plain(value, places: 0) }
        var (mantissa, exponent) = (value, 0)
        while mantissa >= 9.995 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
        return "\(plain(mantissa, places: 2))e\(exponent)"
    }

    /// `value` with at most `places` decimals.
    static func plain(_ value: Double, places: Int) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "–" }
        let factor = [1.0, 10, 100, 1000, 10_000][min(max(places, 0), 4)]
        let rounded = (value * factor).rounded() / factor
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }
}
