/// The product's own limits for a run; a check without a limit is reported and decides nothing.
public struct RunLimits: Hashable, Sendable, Codable {
    /// Least number of events in the population on which markers are read.
    public var eventsMin: Int?
    /// Least viability in percent.
    public var viabilityMin: Double?
    /// Most doublets in percent of cells.
    public var doubletsMax: Double?
    /// Most events on the edge of any channel in percent.
    public var marginsMax: Double?
    /// Most seconds without events.
    public var idleMax: Double?
    /// Most events in slow stretches or surges, in percent.
    public var anomalousMax: Double?

    /// Limits; what is nil is not limited.
    public init(
        eventsMin: Int? = nil, viabilityMin: Double? = nil, doubletsMax: Double? = nil,
        marginsMax: Double? = nil, idleMax: Double? = nil, anomalousMax: Double? = nil
    ) {
        self.eventsMin = eventsMin
        self.viabilityMin = viabilityMin
        self.doubletsMax = doubletsMax
        self.marginsMax = marginsMax
        self.idleMax = idleMax
        self.anomalousMax = anomalousMax
    }
}

/// What a check or a marker came to.
public enum Verdict: String, Hashable, Sendable, Codable {
    /// Within the limit.
    case pass
    /// Outside the limit.
    case fail
    /// Measured, and not limited.
    case informative
    /// Could not be measured; where a limit stands this counts as a failure.
    case notMeasured = "not measured"
}

/// One thing that was looked at in a run.
public struct RunCheck: Hashable, Sendable, Codable {
    /// Stable name of the check.
    public let id: String
    /// The number found, in `unit`.
    public let value: Double?
    /// Unit of value and limit.
    public let unit: String
    /// The product's limit.
    public let limit: Double?
    /// What it came to.
    public let verdict: Verdict
    /// What was found, in words.
    public let detail: String
}

/// How a run went: a handful of numbers that say whether its percentages can be believed.
public enum RunQuality {
    /// The checks of a run whose gates have been applied.
    ///
    /// - Parameters:
    ///   - population: the population on which markers are read.
    ///   - viability: live cells and the population among which they are counted.
    public static func inspect(
        _ dataSet: FCSDataSet, result: GatingResult, population: String,
        viability: (live: String, among: String?)?, limits: RunLimits, confidence: Double = 0.95
    ) -> [RunCheck] {
        var checks = [events(result, population, limits)]
        if let viability {
            checks.append(viabilityCheck(result, viability, limits, confidence))
        }
        checks += rate(dataSet, limits)
        checks.append(stability(dataSet))
        checks.append(margins(dataSet, limits))
        if let check = doublets(dataSet, limits, confidence) { checks.append(check) }
        checks.append(nonFinite(dataSet))
        return checks
    }

    private static func verdict(_ value: Double?, min: Double?, max: Double?) -> Verdict {
        guard min != nil || max != nil else { return value == nil ? .notMeasured : .informative }
        guard let value else { return .notMeasured }
        return value >= (min ?? -.infinity) && value <= (max ?? .infinity) ? .pass : .fail
    }

    private static func events(
        _ result: GatingResult, _ population: String, _ limits: RunLimits
    ) -> RunCheck {
        let count = result.population(population)?.count
        let limit = limits.eventsMin.map(Double.init)
        return RunCheck(
            id: "events", value: count.map(Double.init), unit: "events", limit: limit,
            verdict: verdict(count.map(Double.init), min: limit, max: nil),
            detail: count.map { "\($0) events in '\(population)'" }
                ?? "there is no population '\(population)'")
    }

    private static func viabilityCheck(
        _ result: GatingResult, _ viability: (live: String, among: String?), _ limits: RunLimits,
        _ confidence: Double
    ) -> RunCheck {
        let live = result.population(viability.live)
        let total =
            viability.among.flatMap { result.population($0)?.count } ?? live?.parentCount ?? 0
        let share = live.flatMap {
            ProportionInterval(count: $0.count, total: total, confidence: confidence)
        }
        return RunCheck(
            id: "viability", value: share?.percent, unit: "%", limit: limits.viabilityMin,
            verdict: verdict(share?.percent, min: limits.viabilityMin, max: nil),
            detail: share.map {
                "\($0.count) of \($0.total) events are '\(viability.live)', "
                    + "\(Int(confidence * 100)) % interval \(rounded($0.lower)) to "
                    + "\(rounded($0.upper)) %"
            } ?? "no events to count")
    }

    private static func rate(_ dataSet: FCSDataSet, _ limits: RunLimits) -> [RunCheck] {
        guard let times = dataSet.timesInSeconds(),
            let rate = AcquisitionRate(times: times.values)
        else {
            let detail = "the file has no usable time channel"
            return [
                RunCheck(
                    id: "acquisition-idle", value: nil, unit: "s", limit: limits.idleMax,
                    verdict: .notMeasured, detail: detail),
                RunCheck(
                    id: "acquisition-rate", value: nil, unit: "%", limit: limits.anomalousMax,
                    verdict: .notMeasured, detail: detail),
            ]
        }
        let found = rate.anomalies.prefix(8).map {
            "\($0.anomaly.rawValue) from \(rounded($0.start)) to \(rounded($0.end)) s"
        }
        let steps =
            rate.backwardSteps == 0 ? "" : ", time steps back \(rate.backwardSteps) times"
        let detail =
            "\(rounded(rate.duration)) s, median \(rounded(rate.medianRate)) events/s"
            + (times.isEstimated ? " (from the clock, $TIMESTEP is missing)" : "")
            + (found.isEmpty ? ", even" : "; " + found.joined(separator: ", ")) + steps
        let affected = rate.percentOfEventsAffected
        return [
            RunCheck(
                id: "acquisition-idle", value: rate.idle, unit: "s", limit: limits.idleMax,
                verdict: verdict(rate.idle, min: nil, max: limits.idleMax), detail: detail),
            RunCheck(
                id: "acquisition-rate", value: affected, unit: "%", limit: limits.anomalousMax,
                verdict: verdict(affected, min: nil, max: limits.anomalousMax),
                detail: "\(rounded(affected)) % of the events lie in slow stretches or surges"),
        ]
    }

    private static func stability(_ dataSet: FCSDataSet) -> RunCheck {
        var unsteady: [String] = []
        var examined = 0
        for (index, parameter) in dataSet.parameters.enumerated() where !parameter.isTime {
            let scale = max(abs(parameter.range), 1) / 1000
            guard
                let stability = SignalStability(
                    dataSet.scaleValues(of: index), scale: { asinhOf($0 / scale) })
            else { continue }
            examined += 1
            if !stability.deviating.isEmpty {
                unsteady.append(
                    "\(parameter.name) (\(stability.deviating.count) of "
                        + "\(stability.medians.count) stretches)")
            }
        }
        return RunCheck(
            id: "signal-stability", value: examined == 0 ? nil : Double(unsteady.count),
            unit: "channels", limit: nil, verdict: examined == 0 ? .notMeasured : .informative,
            detail: unsteady.isEmpty
                ? "\(examined) channels examined, all steady"
                : "unsteady: " + unsteady.prefix(8).joined(separator: ", "))
    }

    private static func margins(_ dataSet: FCSDataSet, _ limits: RunLimits) -> RunCheck {
        let worst = MarginEvents.inspect(dataSet).max { ($0.percent ?? 0) < ($1.percent ?? 0) }
        return RunCheck(
            id: "margins", value: worst?.percent, unit: "%", limit: limits.marginsMax,
            verdict: verdict(worst?.percent, min: nil, max: limits.marginsMax),
            detail: worst.map {
                "\($0.upper + $0.lower) of \($0.eventCount) events on the edge of '\($0.channel)', "
                    + "the most of any channel"
            } ?? "no channel has a range")
    }

    private static func doublets(
        _ dataSet: FCSDataSet, _ limits: RunLimits, _ confidence: Double
    ) -> RunCheck? {
        guard let area = dataSet.parameterIndex(named: "FSC-A"),
            let height = dataSet.parameterIndex(named: "FSC-H")
        else {
            guard limits.doubletsMax != nil else { return nil }
            return RunCheck(
                id: "doublets", value: nil, unit: "%", limit: limits.doubletsMax,
                verdict: .notMeasured, detail: "the file lacks FSC-A or FSC-H")
        }
        let share = Doublets(
            areaChannel: "FSC-A", heightChannel: "FSC-H", areas: dataSet.scaleValues(of: area),
            heights: dataSet.scaleValues(of: height), confidence: confidence
        ).share
        return RunCheck(
            id: "doublets", value: share?.percent, unit: "%", limit: limits.doubletsMax,
            verdict: verdict(share?.percent, min: nil, max: limits.doubletsMax),
            detail: share.map { "\($0.count) of \($0.total) events have more area than height" }
                ?? "no events to compare")
    }

    private static func nonFinite(_ dataSet: FCSDataSet) -> RunCheck {
        var count = 0
        for index in dataSet.parameters.indices where dataSet.parameters[index].type != .integer {
            count += dataSet.storedValues(of: index).count { !$0.isFinite }
        }
        return RunCheck(
            id: "non-finite", value: Double(count), unit: "values", limit: nil,
            verdict: .informative,
            detail: count == 0 ? "every value is a number" : "\(count) values are no numbers")
    }
}

/// A number with three significant digits, or whole above a hundred.
func rounded(_ value: Double) -> String {
    guard value.isFinite else { return "\(value)" }
    let size = abs(value)
    let decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3
    return fixed(value, decimals)
}

/// A number with a fixed number of decimals.
func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
    var factor = 1.0
    for _ in 0..<decimals { factor *= 10 }
    let scaled = (abs(value) * factor).rounded()
    let whole = Int(scaled / factor)
    let rest = Int(scaled - Double(whole) * factor)
    let sign = value < 0 && (whole > 0 || rest > 0) ? "-" : ""
    guard decimals > 0 else { return "\(sign)\(whole)" }
    let digits = "\(rest)"
    return
        "\(sign)\(whole).\(String(repeating: "0", count: max(0, decimals - digits.count)))\(digits)"
}
