package import Charts
package import Statistics

extension AnalysisReport {
    /// The pictures of the report, in the order of its results.
    package var pictures: [Picture] { figures.map { $0.picture(of: self) } }
}

extension AnalysisFigure {
    /// The picture of one figure; what the report concludes stands in its text alternative.
    func picture(of report: AnalysisReport) -> Picture {
        let statement = report.conclusions.map(\.statement).joined(separator: "; ")
        switch self {
        case .doseResponse(let title, let preparations, let isLogarithmic):
            return DoseResponseChart(
                title: title, dose: "dose", response: "response",
                preparations: preparations.map {
                    DoseResponseChart.Preparation(
                        name: $0.name, responses: $0.responses.plotted,
                        common: $0.common.plotted, separate: $0.separate.plotted)
                }, hasLogarithmicDose: isLogarithmic, statement: statement
            ).picture()
        case .shelfLife(let title, let unit, let lines, let limits, let shelfLife):
            return ShelfLifeChart(
                title: title, quantity: "result", timeUnit: unit,
                batches: lines.map {
                    ShelfLifeChart.Batch(
                        name: $0.name, results: $0.results.plotted, line: $0.line.plotted,
                        bounds: $0.bounds.map(\.plotted))
                }, limits: limits, shelfLife: shelfLife, statement: statement
            ).picture()
        case .shewhart(
            let title, let values, let first, let notes, let centre, let lower, let upper):
            return Charts.ControlChart(
                title: title, quantity: title,
                readings: values.enumerated().map { index, value in
                    .init(
                        label: "\(index + first)", value: value,
                        tone: notes[index] == nil ? .good : .bad, note: notes[index])
                },
                limits: [
                    .init(.centre, at: centre), .init(.action, at: upper),
                    .init(.action, at: lower),
                ]
            ).picture()
        case .statistic(let title, let quantity, let series, let limits, let phases):
            return StatisticChart(
                title: title, quantity: quantity,
                series: series.map {
                    .init(name: $0.name, values: $0.values, signals: $0.signals)
                },
                limits: limits.map { .init(name: $0.name, values: $0.values) }, phases: phases
            ).picture()
        case .capability(let values, let limits, let target, let mean, let overall, let within):
            return CapabilityHistogram(
                title: "Values against their specification", quantity: "value", values: values,
                limits: limits, target: target, mean: mean, overall: overall, within: within
            ).picture()
        case .residuals(let title, let fitted, let residuals, let flagged, let band):
            return ResidualChart(
                title: title, fitted: fitted, residuals: residuals, flagged: flagged, band: band
            ).picture()
        case .growth(let title, let counts, let curves):
            return GrowthFitChart(
                title: title, timeUnit: "", counts: counts.plotted,
                curves: curves.map { .init(name: $0.name, points: $0.points.plotted) },
                statement: statement
            ).picture()
        case .pareto(let title, let quantity, let effects, let margin):
            return ParetoChart(
                title: title, quantity: quantity,
                effects: effects.map { .init(name: $0.name, value: $0.value) }, margin: margin
            ).picture()
        case .designSpace(
            let across, let acrossSettings, let upright, let uprightSettings, let probabilities,
            let required, let setPoint):
            return ProbabilityMap(
                title: "Probability that every specification is kept",
                across: .init(name: across, settings: acrossSettings),
                upright: .init(name: upright, settings: uprightSettings),
                probabilities: probabilities, required: required,
                setPoint: PlotPoint(setPoint.x, setPoint.y)
            ).picture()
        }
    }
}

extension [AnalysisFigure.Place] {
    fileprivate var plotted: [PlotPoint] { map { PlotPoint($0.x, $0.y) } }
}
