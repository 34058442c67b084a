import Foundation

/// What `control-chart` is asked for.
public struct ControlChartRequest: Hashable, Sendable {
    /// The charts.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Individual values and moving ranges.
        case individuals
        /// Sample means and ranges.
        case meanRange = "xbar-r"
        /// Sample means and standard deviations.
        case meanDeviation = "xbar-s"
        /// Exponentially weighted moving average.
        case ewma
        /// Cumulative sums.
        case cusum
        /// Group means with their own moving range, and the spread within groups.
        case group = "i-mr-r"
        /// Hotelling's T squared of several attributes.
        case hotelling = "t-squared"
    }

    /// The scales of a chart.
    public enum Scale: String, Hashable, Sendable, CaseIterable {
        /// As measured.
        case linear
        /// Natural logarithms, for relative potencies: a control sample of a bioassay varies by
        /// ratios.
        case logarithmic
    }

    /// The chart.
    public var kind = Kind.individuals
    /// The rules.
    public var rules = RunRuleSet.nelson
    /// How many points from the start set the limits; nil for all.
    public var baseline: Int?
    /// Limits set before.
    public var frozen: ControlLimits?
    /// The constants.
    public var constants = ChartConstants.Convention.exact
    /// Target of EWMA and CUSUM; nil for the mean of the baseline.
    public var target: Double?
    /// Sigma of EWMA and CUSUM; nil for the mean moving range of the baseline over d2.
    public var sigma: Double?
    /// Weight of the newest value in an EWMA.
    public var lambda = 0.2
    /// Width of the limits of an EWMA, in sigmas.
    public var l = 3.0
    /// Allowance of a CUSUM, in sigmas.
    public var k = 0.5
    /// Decision interval of a CUSUM, in sigmas.
    public var h = 5.0
    /// The scale values are charted on; limits are given on the scale of the values.
    public var scale = Scale.linear
    /// The columns of a T squared chart; empty for all but those that name lots.
    public var attributes: [String] = []
    /// Probability of a false signal of one lot on a T squared chart.
    public var alpha = 0.0027

    /// A request with the defaults.
    public init() {}
}

extension AnalysisReport {
    /// A control chart of a table with the column value, in order of time, and sample for charts
    /// of samples.
    public static func controlChart(
        _ table: MeasurementTable, _ request: ControlChartRequest
    ) throws(AnalysisError) -> AnalysisReport {
        var report = AnalysisReport("control chart (\(request.kind.rawValue))")
        if request.kind == .hotelling {
            try report.hotelling(table, request)
            if report.conclusions.isEmpty {
                report.conclude("no signal: the process is in control")
            }
            return report
        }
        let values = try scaled(try table.numbers("value", "result", "y", "potency"), request)
        if request.scale == .logarithmic {
            report.convention("scale", "natural logarithm; results and limits as ratios")
        }
        switch request.kind {
        case .individuals:
            let chart = try IndividualsChart(
                values, baseline: request.baseline, frozen: request.frozen, rules: request.rules,
                constants: request.constants)
            report.rules(request)
            report.chart(chart.individuals, request.scale)
            report.chart(chart.movingRanges, firstPoint: 2)
            if request.scale == .logarithmic {
                report.result("geometric CV % within", 100 * expm1(chart.sigmaWithin))
            }
            report.result("sigma within (moving range / d2)", chart.sigmaWithin)
            report.provisional(chart.isProvisional)
        case .meanRange, .meanDeviation:
            let labels = try table.texts("sample", "subgroup", "batch", "lot")
            let samples = orderedNames(labels).map { name in
                labels.indices.filter { labels[$0] == name }.map { values[$0] }
            }
            let chart = try MeanChart(
                samples, spread: request.kind == .meanRange ? .range : .standardDeviation,
                baseline: request.baseline, frozen: request.frozen, rules: request.rules,
                constants: request.constants)
            report.rules(request)
            report.chart(chart.means, request.scale)
            report.chart(chart.spread)
            report.result("sigma within samples", chart.sigmaWithin)
            report.provisional(chart.isProvisional)
        case .group:
            let labels = try table.texts("sample", "subgroup", "batch", "lot", "donor")
            let groups = orderedNames(labels).map { name in
                labels.indices.filter { labels[$0] == name }.map { values[$0] }
            }
            let chart = try GroupChart(
                groups, baseline: request.baseline, rules: request.rules,
                constants: request.constants)
            report.rules(request)
            report.chart(chart.means, request.scale)
            report.chart(chart.movingRanges, firstPoint: 2)
            report.chart(chart.spread)
            report.result("sigma within groups", chart.sigmaWithin)
            report.result("sigma between groups", chart.sigmaBetween)
            report.result("sigma of a single value", chart.sigmaTotal)
            if chart.betweenWasNegative {
                report.remark("the variance between groups was estimated below 0 and set to 0")
            }
            report.provisional(chart.isProvisional)
        case .ewma, .cusum:
            try report.memoryChart(values, request)
        case .hotelling: break
        }
        if report.conclusions.isEmpty { report.conclude("no signal: the process is in control") }
        return report
    }

    private static func scaled(
        _ values: [Double], _ request: ControlChartRequest
    ) throws(AnalysisError) -> [Double] {
        guard request.scale == .logarithmic else { return values }
        for (index, value) in values.enumerated() where !(value > 0) {
            throw .outOfRange(
                what: "value \(index + 1)", value: value,
                limits: "more than 0 to take its logarithm")
        }
        return values.map { log($0) }
    }

    private mutating func hotelling(
        _ table: MeasurementTable, _ request: ControlChartRequest
    ) throws(AnalysisError) {
        let labels = ["lot", "batch", "sample", "date", "time"]
        let names =
            request.attributes.isEmpty
            ? table.columns.filter { !labels.contains($0.lowercased()) } : request.attributes
        var columns: [[Double]] = []
        for name in names { columns.append(try table.numbers(named: name)) }
        let rows = table.rows.indices.map { row in columns.map { $0[row] } }
        let chart = try HotellingChart(
            rows, attributes: names, baseline: request.baseline, alpha: request.alpha)
        convention("attributes", names.joined(separator: ", "))
        convention("probability of a false signal", "\(request.alpha)")
        convention("phase I", "the first \(chart.baseline) lots, beta distribution")
        convention("phase II", "later lots, F distribution of a new lot")
        for (name, mean) in zip(names, chart.mean) { result("mean of \(name)", mean) }
        result("limit in the baseline", chart.limitInBaseline)
        if chart.baseline < rows.count { result("limit of later lots", chart.limitAfter) }
        figure(
            .statistic(
                title: "T squared of each lot", quantity: "T squared",
                series: [
                    .init(
                        name: "T squared", values: chart.values,
                        signals: chart.signals.map(\.position))
                ],
                limits: [.init(name: "limit", values: chart.limits)],
                phases: chart.baseline < rows.count ? [chart.baseline] : []))
        if chart.isProvisional {
            remark(
                "fewer than \(provisionalLimitCount) lots for each attribute set the limits: they"
                    + " are provisional")
        }
        guard !chart.signals.isEmpty else { return }
        self.table(
            "signals, with what each attribute adds", ["lot", "T squared"] + names,
            chart.signals.map { signal in
                [Value(signal.position + 1), Value(chart.values[signal.position])]
                    + signal.contributions.map { Value($0) }
            })
        signal(chart.signals.map(\.position))
    }

    private mutating func rules(_ request: ControlChartRequest) {
        convention("rule set", "\(request.rules.name) version \(request.rules.version)")
        for named in request.rules.rules { convention(named.name, named.rule.statement) }
        convention("control chart constants", request.constants.rawValue)
        if let origin = request.frozen?.origin {
            convention(
                "limits", "set by \(origin.signedBy) on \(origin.date): \(origin.reason)")
        } else {
            convention(
                "limits",
                request.baseline.map { "from the first \($0) points" } ?? "from all points")
        }
    }

    private mutating func chart(
        _ chart: ControlChart, _ scale: ControlChartRequest.Scale = .linear, firstPoint: Int = 1
    ) {
        func shown(_ value: Double) -> Double { scale == .logarithmic ? exp(value) : value }
        result("centre of the \(chart.statistic)", shown(chart.limits.centre))
        result("lower limit of the \(chart.statistic)", shown(chart.limits.lower))
        result("upper limit of the \(chart.statistic)", shown(chart.limits.upper))
        var notes: [Int: String] = [:]
        for signal in chart.signals where notes[signal.position] == nil {
            notes[signal.position] = signal.rule
        }
        figure(
            .shewhart(
                title: chart.statistic, values: chart.values.map(shown), firstPoint: firstPoint,
                notes: notes, centre: shown(chart.limits.centre),
                lower: shown(chart.limits.lower), upper: shown(chart.limits.upper)))
        guard !chart.signals.isEmpty else { return }
        table(
            "signals of the \(chart.statistic)", ["point", "value", "rule"],
            chart.signals.map {
                [
                    Value($0.position + firstPoint), Value(shown(chart.values[$0.position])),
                    .text($0.rule),
                ]
            })
        let points = Set(chart.signals.map(\.position)).count
        conclude(
            "\(points) point\(points == 1 ? "" : "s") of the \(chart.statistic) signal"
                + " a special cause", finding: "out-of-control")
    }

    private mutating func provisional(_ isProvisional: Bool) {
        if isProvisional {
            remark(
                "fewer than \(provisionalLimitCount) points set the limits: they are provisional")
        }
    }

    private mutating func memoryChart(
        _ values: [Double], _ request: ControlChartRequest
    ) throws(AnalysisError) {
        let base = Array(values.prefix(request.baseline ?? values.count))
        var target = request.target
        var sigma = request.sigma
        if target == nil || sigma == nil {
            let chart = try IndividualsChart(base, constants: request.constants)
            target = target ?? chart.individuals.limits.centre
            sigma = sigma ?? chart.sigmaWithin
            provisional(chart.isProvisional)
        }
        let (centre, spread) = (target ?? 0, sigma ?? 1)
        convention("target", "\(centre)\(request.target == nil ? " (mean of the baseline)" : "")")
        convention(
            "sigma", "\(spread)\(request.sigma == nil ? " (mean moving range / d2)" : "")")
        if request.kind == .ewma {
            convention("lambda", "\(request.lambda)")
            convention("L", "\(request.l)")
            convention("limits", EWMAChart.LimitKind.exact.rawValue)
            let chart = try EWMAChart(
                values, target: centre, sigma: spread, lambda: request.lambda, l: request.l)
            table(
                "averages", ["point", "value", "average", "lower", "upper"],
                values.indices.map {
                    [
                        Value($0 + 1), Value(values[$0]), Value(chart.values[$0]),
                        Value(chart.lower[$0]), Value(chart.upper[$0]),
                    ]
                })
            signal(chart.signals)
            figure(
                .statistic(
                    title: "Exponentially weighted moving average", quantity: "average",
                    series: [
                        .init(name: "average", values: chart.values, signals: chart.signals)
                    ],
                    limits: [
                        .init(name: "centre", values: [centre]),
                        .init(name: "upper", values: chart.upper),
                        .init(name: "lower", values: chart.lower),
                    ], phases: []))
        } else {
            convention("k", "\(request.k)")
            convention("h", "\(request.h)")
            let chart = try CUSUMChart(
                values, target: centre, sigma: spread, k: request.k, h: request.h)
            let length = try CUSUMChart.averageRunLength(k: request.k, h: request.h, shift: 0)
            result("average run length in control", length.twoSided)
            table(
                "sums", ["point", "value", "high", "low"],
                values.indices.map {
                    [
                        Value($0 + 1), Value(values[$0]), Value(chart.high[$0]),
                        Value(chart.low[$0]),
                    ]
                })
            signal(Set(chart.highSignals + chart.lowSignals).sorted())
            figure(
                .statistic(
                    title: "Cumulative sums", quantity: "sum, in sigmas",
                    series: [
                        .init(name: "high", values: chart.high, signals: chart.highSignals),
                        .init(name: "low", values: chart.low, signals: chart.lowSignals),
                    ], limits: [.init(name: "h", values: [request.h])], phases: []))
        }
    }

    private mutating func signal(_ positions: [Int]) {
        guard let first = positions.first else { return }
        conclude(
            "\(positions.count) point\(positions.count == 1 ? "" : "s") signal, the first is"
                + " \(first + 1)", finding: "out-of-control")
    }
}
