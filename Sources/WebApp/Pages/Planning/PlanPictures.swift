package import Charts
package import Planner

/// The pictures of a plan, for a page of the site and for `seedlot plan --format html`.
package struct PlanPictures {
    private let plan: Plan
    private let planned: PlanningCase
    private let answers: PlanAnswers

    /// The pictures of `plan`, which was made of `planned`.
    package init(_ plan: Plan, _ planned: PlanningCase, _ answers: PlanAnswers) {
        self.plan = plan
        self.planned = planned
        self.answers = answers
    }

    /// All of them, each with the name it has on the page.
    package var all: [(name: String, picture: Picture)] {
        var pictures: [(String, Picture)] = [
            ("batch", batchCalendar), ("campaign", campaignCalendar), ("capacity", capacity),
            ("supply", supply),
        ]
        if let tornado = try? CostTornado.of(planned, plan.options) {
            pictures.append(("tornado", chart(tornado)))
        }
        if let drawn = try? YieldUncertainty.of(plan, planned, campaigns: 2000, seed: 1) {
            pictures.append(
                (
                    "costs",
                    OutcomeHistogram(
                        title: "Cost of an administration that can be given, 2000 campaigns",
                        quantity: "\(plan.currency) an administration", values: drawn.costs
                    ).picture()
                ))
        }
        if !answers.banks.isEmpty { pictures.append(("banks", banks)) }
        return pictures
    }

    private func activity(_ kind: PlannedOperation.Kind) -> CampaignCalendar.Activity {
        switch kind {
        case .culture: .culture
        case .test: .testing
        case .release: .release
        default: .work
        }
    }

    private var batchCalendar: Picture {
        let steps = plan.stages.last?.schedule ?? []
        return CampaignCalendar(
            title: "One batch, from thaw to release",
            rows: steps.map { step in
                .init(
                    name: step.operation,
                    stretches: [.init(from: step.start, to: step.end, activity(step.kind))])
            }
        ).picture()
    }

    private var campaignCalendar: Picture {
        let steps = plan.stages.last?.schedule ?? []
        let making = steps.filter { $0.kind != .test && $0.kind != .release }.map(\.end).max() ?? 0
        let tested = steps.filter { $0.kind == .test }.map(\.end).max() ?? making
        let released = steps.map(\.end).max() ?? tested
        let rows = (0..<min(plan.batches.toStart, CampaignCalendar.rowsMax)).map { batch in
            let start = Double(batch) * plan.batches.intervalDays
            return CampaignCalendar.Row(
                name: "batch \(batch + 1)",
                stretches: [
                    .init(from: start, to: start + making, .culture),
                    .init(from: start + making, to: start + tested, .testing),
                    .init(from: start + tested, to: start + released, .release),
                ])
        }
        return CampaignCalendar(title: "The campaign", rows: rows).picture()
    }

    private var capacity: Picture {
        ShareBars(
            title: "How much of each resource the plan uses",
            bars: plan.limits.map {
                .init(
                    name: $0.resource, share: $0.utilisation,
                    note: "allows \(PlanNumber.text($0.batchesPerYear))/y")
            }
        ).picture()
    }

    /// What is released, on average, against what is needed.
    private var supply: Picture {
        let days = plan.options.years * 365
        let each = plan.batch.administrations * plan.batch.success
        var supply: [(x: Double, y: Double)] = [(0, 0)]
        for batch in 0..<min(plan.batches.toStart, 1000) {
            let day = Double(batch) * plan.batches.intervalDays + plan.batch.days
            supply.append((day, Double(batch + 1) * each))
        }
        let perDay = plan.doses.administrations / days
        return LevelChart(
            title: "Supply against demand, from an empty stock", across: "days",
            quantity: "administrations",
            series: [
                .init(name: "released, on average", points: supply, isStepped: true),
                .init(name: "needed", points: [(0, 0), (days, perDay * days)]),
            ]
        ).picture()
    }

    private func chart(_ tornado: CostTornado) -> Picture {
        TornadoChart(
            title: "What one number does to the cost of a patient",
            quantity: "\(plan.currency) a patient", middle: tornado.planned,
            bars: tornado.bars.compactMap { bar in
                guard let low = bar.costAtLow, let high = bar.costAtHigh else { return nil }
                return .init(name: bar.parameter, atLow: low, atHigh: high)
            }
        ).picture()
    }

    private var banks: Picture {
        let shown = answers.banks.prefix(LevelChart.seriesMax)
        // A bank that lasts a month and one that lasts decades share the axis of the longest that
        // is still worth planning.
        let years = min(max(shown.compactMap(\.years).max() ?? 1, 1), 20)
        return LevelChart(
            title: "Vials left in the banks, no new one being made", across: "years",
            quantity: "vials",
            series: shown.map { bank in
                let full = bank.vialsLeft.first ?? 0
                let end = bank.years ?? years
                return .init(
                    name: bank.bank,
                    points: end < years
                        ? [(0, full), (end, 0), (years, 0)]
                        : [(0, full), (years, full * (1 - years / max(end, years)))])
            }
        ).picture()
    }
}
