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
        let values = try table.numbers("value", "result", "y")
        switch request.kind {
        case .individuals:
            let chart = try IndividualsChart(
                values, baseline: request.baseline, frozen: request.frozen, rules: request.rules,
                constants: request.constants)
            report.rules(request)
            report.chart(chart.individuals)
            report.chart(chart.movingRanges, firstPoint: 2)
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
            report.chart(chart.means)
            report.chart(chart.spread)
            report.result("sigma within samples", chart.sigmaWithin)
            report.provisional(chart.isProvisional)
        case .ewma, .cusum:
            try report.memoryChart(values, request)
        }
        if report.conclusions.isEmpty { report.conclude("no signal: the process is in control") }
        return report
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

    private mutating func chart(_ chart: ControlChart, firstPoint: Int = 1) {
        result("centre of the \(chart.statistic)", chart.limits.centre)
        result("lower limit of the \(chart.statistic)", chart.limits.lower)
        result("upper limit of the \(chart.statistic)", chart.limits.upper)
        guard !chart.signals.isEmpty else { return }
        table(
            "signals of the \(chart.statistic)", ["point", "value", "rule"],
            chart.signals.map {
                [
                    Value($0.position + firstPoint), Value(chart.values[$0.position]),
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
        }
    }

    private mutating func signal(_ positions: [Int]) {
        guard let first = positions.first else { return }
        conclude(
            "\(positions.count) point\(positions.count == 1 ? "" : "s") signal, the first is"
                + " \(first + 1)", finding: "out-of-control")
    }

    /// Capability of a table with the column value, in order of time.
    /// - Parameter required: the index the process must be shown to reach.
    public static func capability(
        _ table: MeasurementTable, limits: SpecificationLimits, target: Double?, required: Double,
        confidence: Double
    ) throws(AnalysisError) -> AnalysisReport {
        var report = AnalysisReport("process capability")
        let values = try table.numbers("value", "result", "y")
        let overall = try Capability.overall(
            values, limits: limits, target: target, confidence: confidence)
        report.convention("confidence", "\(confidence)")
        report.convention("interval of Cp and Pp", "chi squared")
        report.convention("interval of Cpk and Ppk", "Bissell")
        report.convention("lower bound of the index", "exact, noncentral t")
        report.convention("sigma within", "mean moving range / d2")
        report.convention("sigma overall", "standard deviation, divisor n - 1")
        report.result("mean", overall.mean)
        report.result("sigma overall", overall.sigma)
        let named: [(String, Capability)]
        do {
            let within = try Capability.within(
                values, limits: limits, target: target, confidence: confidence)
            report.result("sigma within", within.sigma)
            named = [("C", within), ("P", overall)]
        } catch {
            report.remark("no capability within: \(error)")
            named = [("P", overall)]
        }
        for (letter, capability) in named {
            if let index = capability.cp {
                report.result("\(letter)p", index.value, index.interval)
            }
            report.result("\(letter)pk", capability.cpk.value, capability.cpk.interval)
            if let index = capability.cpm {
                report.result("\(letter)pm", index.value, index.interval)
            }
        }
        report.result("lower bound of Ppk", overall.exactLowerBound)
        report.result("expected share outside", overall.expectedShareOutside)
        let outside = values.filter { !limits.contains($0) }.count
        report.result("values outside", outside)
        switch overall.isShown(toReach: required) {
        case .success(let bound):
            report.conclude(
                "Ppk is shown to reach \(required): its lower bound is \(shortened(bound))")
        case .failure(let reason): report.conclude(reason, about: "capability")
        }
        if values.count < 25 {
            report.remark("\(values.count) values: the interval of an index is wide below 25")
        }
        return report
    }

    /// A tolerance interval of a table with the column value.
    public static func tolerance(
        _ table: MeasurementTable, content: Double, confidence: Double,
        model: ToleranceInterval.Model, sides: ToleranceInterval.Sides,
        method: ToleranceFactor.Method
    ) throws(AnalysisError) -> AnalysisReport {
        var report = AnalysisReport("tolerance interval")
        let values = try table.numbers("value", "result", "y")
        report.convention("content", "\(content)")
        report.convention("confidence", "\(confidence)")
        report.convention("model", model.rawValue)
        report.convention("sides", sides.rawValue)
        if model != .distributionFree { report.convention("factor", method.rawValue) }
        let summary = try Summary(values)
        report.result("values", values.count)
        report.result("mean", summary.mean)
        report.result("standard deviation", summary.standardDeviation)
        switch try ToleranceInterval.of(
            values, content: content, confidence: confidence, model: model, sides: sides,
            method: method)
        {
        case .failure(let reason): report.conclude(reason, about: "tolerance interval")
        case .success(let interval):
            report.result("factor k", interval.factor)
            report.result("lower end", interval.interval.lower)
            report.result("upper end", interval.interval.upper)
            report.conclude(
                "at least \(shortened(100 * content)) % of the population lies"
                    + " \(described(interval.interval)), with confidence"
                    + " \(shortened(interval.confidence))")
        }
        return report
    }

    private static func described(_ interval: Interval) -> String {
        switch (interval.lower, interval.upper) {
        case (let low?, let high?): "between \(shortened(low)) and \(shortened(high))"
        case (let low?, nil): "above \(shortened(low))"
        case (nil, let high?): "below \(shortened(high))"
        case (nil, nil): "anywhere"
        }
    }

    /// Adds the rates of wrong decisions with proposed acceptance limits, for the mean and
    /// standard deviation of the values in the table.
    public mutating func addRisk(
        _ table: MeasurementTable, specification: SpecificationLimits,
        acceptance: SpecificationLimits, measurementDeviation: Double, replicates: Int
    ) throws(AnalysisError) {
        let summary = try Summary(try table.numbers("value", "result", "y"))
        let observed = try summary.requiredStandardDeviation("values")
        let error = measurementDeviation / Double(max(1, replicates)).squareRoot()
        // What was observed is the process plus the measurement.
        let process = (max(0, observed * observed - error * error)).squareRoot()
        guard process > 0 else {
            throw .outOfRange(
                what: "the measurement standard deviation", value: measurementDeviation,
                limits: "less than the observed standard deviation \(shortened(observed))")
        }
        let risk = try AcceptanceRisk(
            processMean: summary.mean, processDeviation: process,
            measurementDeviation: measurementDeviation, replicates: replicates,
            specification: specification, acceptance: acceptance)
        convention("measurement standard deviation", "\(measurementDeviation)")
        convention("replicates averaged", "\(replicates)")
        result("good lots", risk.good)
        result("good lots that are rejected", risk.falseReject)
        result("bad lots that are accepted", risk.falseAccept)
        result("share of the good lots rejected", risk.rejectedAmongGood)
        result("share of the bad lots accepted", risk.acceptedAmongBad)
        conclude(
            "with the proposed limits \(shortened(100 * risk.falseReject)) % of all lots are"
                + " wrongly rejected and \(shortened(100 * risk.falseAccept)) % wrongly accepted")
    }
}
