import Charts
import Planner

/// A simulated year as its page shows it.
struct SimulatedYearView {
    let year: PlanningDesk.Year
    let definition: String
    let query: PlanningQuery

    private var result: CampaignResult { year.result }

    func write(into html: inout HTML) {
        let figures = result.figures
        standing(&html)
        guard result.replications > 0 else { return }
        readings(&html)
        html(.p) { html in
            for (format, title) in [("csv", "Figures as CSV"), ("json", "Everything as JSON")] {
                let address = Address(
                    .simulatedYear(definition),
                    query: query.items + [.init(name: "format", value: format)])
                html(.a, .class("download"), .href(address), .download, text: title)
            }
        }
        for section in CampaignResult.figureSections
        where figures.contains(where: { $0.section == section }) {
            html.panel(section) { html in
                pictures(of: section, &html)
                PlanFigures.write(figures, section, into: &html)
            }
        }
    }

    private func standing(_ html: inout HTML) {
        let done = "\(PlanNumber.whole(Double(result.replications))) replications"
        if result.isPartial {
            html.add(
                Notice(
                    .attention,
                    "Partial: \(done) of \(PlanNumber.whole(Double(result.replicationsAsked))).",
                    detail: "The simulation was ended before the others. Ranges are those of the "
                        + "replications that were done."))
        } else {
            html.add(
                Notice(
                    .good, "\(done), seed \(result.seed).",
                    detail: "± is the standard error of a mean: four times as many replications "
                        + "halve it."))
        }
    }

    private func readings(_ html: inout HTML) {
        var readings: [Readings.Reading] = [
            .init(
                name: "batches released", figure: PlanNumber.text(result.batchesReleased.mean)),
            .init(
                name: "\(result.currency) a dose released",
                figure: PlanNumber.whole(result.costPerDose.p50)),
        ]
        if let supply = result.supply {
            readings.append(
                .init(
                    name: "served in time",
                    figure: "\(PlanNumber.text(supply.serviceLevel.mean * 100)) %"))
        }
        if let id = result.bottleneck,
            let resource = result.resources.first(where: { $0.id == id })
        {
            readings.append(.init(name: "bottleneck", figure: resource.name))
        }
        html.add(Readings(readings: readings))
    }

    private func pictures(of section: String, _ html: inout HTML) {
        switch section {
        case "Supply":
            if let supply = result.supply {
                html.figure(
                    Self.chart(of: supply), named: "year-supply", fits: true,
                    caption: "Means over the replications; demand begins when the patients' year "
                        + "does.")
            }
        case "Time":
            html.figure(
                CampaignCalendar(
                    title: "One of the years, batch by batch", rows: year.calendar
                ).picture(), named: "year-calendar", fits: true,
                caption: "The first replication. Gaps are waiting.")
        case "Cost":
            let histogram = result.costPerDoseHistogram
            html.figure(
                OutcomeHistogram(
                    title: "Cost of a dose released",
                    quantity: "\(result.currency) a dose", from: histogram.from,
                    to: histogram.to, counts: histogram.counts,
                    marks: [
                        ("P5", result.costPerDose.p5), ("P50", result.costPerDose.p50),
                        ("P95", result.costPerDose.p95),
                    ]
                ).picture(), named: "year-cost", fits: true)
        case "What batches share":
            html.figure(
                UseOverTime(
                    title: "Use of resources, week by week",
                    strips: year.courses.map {
                        .init(
                            name: "\($0.units) \($0.name)", weeks: $0.weeks,
                            note: $0.isKept ? "of all hours" : "of working hours")
                    }
                ).picture(), named: "year-use", fits: true,
                caption: "Means over \(min(PlanningDesk.coursesFrom, result.replications)) "
                    + "replications. The bottleneck is what batches wait for longest, or where "
                    + "none waits what is used most; a plan without chance names what allows the "
                    + "fewest batches, which can be another.")
        default: break
        }
    }

    /// Units released and asked for since the start, and units in stock.
    private static func chart(of supply: CampaignResult.SupplyResult) -> Picture {
        func sums(_ value: (CampaignResult.Period) -> Double) -> [(x: Double, y: Double)] {
            var sum = 0.0
            return [(0, 0)]
                + supply.periods.map { period in
                    sum += value(period)
                    return (period.until / 24, sum)
                }
        }
        return LevelChart(
            title: "Supply against demand", across: "days", quantity: supply.unit,
            series: [
                .init(name: "released", points: sums(\.released)),
                .init(name: "asked for", points: sums(\.asked)),
                .init(
                    name: "in stock",
                    points: supply.periods.map { ($0.until / 24, $0.stock) }),
            ]
        ).picture()
    }
}
