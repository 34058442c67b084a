@testable import Charts

/// One picture of each kind of analysis.
enum AnalysisPictureSamples {
    static var all: [(name: String, picture: Picture)] {
        [
            ("dose-response", doseResponse.picture()),
            ("shelf-life", shelfLife.picture()),
            ("statistic-ewma", ewma.picture()),
            ("statistic-cusum", cusum.picture()),
            ("capability", capability.picture()),
            ("residuals", residuals.picture()),
            ("growth-fit", growthFit.picture()),
            ("pareto", pareto.picture()),
            ("design-space", designSpace.picture()),
        ]
    }

    static let doses: [Double] = [0.1, 0.3, 1, 3, 10, 30, 100]

    static func curve(_ ec50: Double) -> (Double) -> Double {
        { dose in 0.1 + 1.9 * dose / (dose + ec50) }
    }

    static var doseResponse: DoseResponseChart {
        func preparation(_ name: String, _ ec50: Double, _ shift: Double)
            -> DoseResponseChart
            .Preparation
        {
            let own = curve(ec50)
            return .init(
                name: name,
                responses: doses.enumerated().map {
                    PlotPoint($1, own($1) + ($0 % 2 == 0 ? 0.04 : -0.04))
                },
                common: doses.map { PlotPoint($0, own($0)) },
                separate: doses.map { PlotPoint($0, own($0) + shift) })
        }
        return DoseResponseChart(
            title: "Potency", dose: "dose, ng/ml", response: "absorbance",
            preparations: [preparation("RS-3", 2, 0.02), preparation("B-2026-014", 2.6, -0.03)],
            statement: "The potency of B-2026-014 is 0.77.")
    }

    static var shelfLife: ShelfLifeChart {
        let months: [Double] = [0, 3, 6, 9, 12]
        return ShelfLifeChart(
            title: "Viability at -150 °C", quantity: "viability, %", timeUnit: "months",
            batches: [
                .init(
                    name: "B-1", results: months.map { PlotPoint($0, 92 - 0.4 * $0) },
                    line: [PlotPoint(0, 92), PlotPoint(24, 82.4)],
                    bounds: [[PlotPoint(0, 91), PlotPoint(12, 86), PlotPoint(24, 79)]]),
                .init(
                    name: "B-2", results: months.map { PlotPoint($0, 91 - 0.45 * $0) },
                    line: [PlotPoint(0, 91), PlotPoint(24, 80.2)],
                    bounds: [[PlotPoint(0, 90), PlotPoint(12, 84), PlotPoint(24, 76)]]),
            ], limits: [80], shelfLife: 17, statement: "The shelf life is 17 months.")
    }

    static let readings: [Double] = [9.8, 10.1, 10, 10.3, 9.9, 10.6, 10.8, 11.2, 11.4, 11.3]

    static var ewma: StatisticChart {
        var averages: [Double] = []
        var last = 10.0
        for value in readings {
            last += 0.2 * (value - last)
            averages.append(last)
        }
        let widths = [0.3, 0.38, 0.43, 0.46, 0.47, 0.48, 0.49, 0.49, 0.5, 0.5]
        return StatisticChart(
            title: "Potency of the control", quantity: "weighted average",
            series: [.init(name: "average", values: averages, signals: [8, 9])],
            limits: [
                .init(name: "centre", values: [10]),
                .init(name: "upper", values: widths.map { 10 + $0 }),
                .init(name: "lower", values: widths.map { 10 - $0 }),
            ], phases: [5])
    }

    static var cusum: StatisticChart {
        StatisticChart(
            title: "Potency of the control", quantity: "cumulative sum, sigmas",
            series: [
                .init(name: "high", values: [0, 0.2, 0, 0.4, 0, 1, 2.2, 3.9, 5.6], signals: [8]),
                .init(name: "low", values: [0.3, 0, 0, 0, 0, 0, 0, 0, 0]),
            ], limits: [.init(name: "h", values: [5])])
    }

    static var capability: CapabilityHistogram {
        let values = (0..<60).map { place -> Double in
            let wave = Double((place * 37) % 21 - 10)
            return 85 + wave / 4 + Double(place % 3) / 3
        }
        return CapabilityHistogram(
            title: "Viability at harvest", quantity: "viability, %", values: values,
            limits: [80, 95], target: 88, mean: 85.3, overall: 1.6, within: 1.4)
    }

    static var residuals: ResidualChart {
        ResidualChart(
            title: "Residuals", fitted: [1, 2, 3, 4, 5, 6],
            residuals: [0.2, -0.7, 1.1, -0.4, 3.6, -0.2], flagged: [4], band: 3)
    }

    static var growthFit: GrowthFitChart {
        let days = (0...8).map(Double.init)
        return GrowthFitChart(
            title: "Expansion", timeUnit: "days",
            counts: days.map { PlotPoint($0, 1e6 * (1 + $0 * $0 * 3)) },
            curves: [
                .init(name: "logistic", points: days.map { PlotPoint($0, 1.1e6 * (1 + $0 * 20)) }),
                .init(name: "baranyi", points: days.map { PlotPoint($0, 1e6 * (1 + $0 * 24)) }),
            ], statement: "The population doubles in 1.3 days.")
    }

    static var pareto: ParetoChart {
        ParetoChart(
            title: "Effects on yield", quantity: "size of the effect",
            effects: [
                .init(name: "A", value: 21.6), .init(name: "AC", value: -18.1),
                .init(name: "D", value: 14.6), .init(name: "B", value: 3.1),
                .init(name: "BD", value: -0.4),
            ], margin: 6.7)
    }

    static var designSpace: ProbabilityMap {
        let settings = (-3...3).map(Double.init)
        return ProbabilityMap(
            title: "Design space", across: .init(name: "temperature, °C", settings: settings),
            upright: .init(name: "seeding density", settings: settings),
            probabilities: settings.map { row in
                settings.map { column in max(0, 1 - (row * row + column * column) / 12) }
            }, required: 0.7, setPoint: PlotPoint(0, 0))
    }
}
