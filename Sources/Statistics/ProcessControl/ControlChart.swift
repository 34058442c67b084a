import Foundation

/// Where the limits of a chart came from; a change of limits is an event with a reason.
public struct LimitsOrigin: Hashable, Sendable, Codable {
    /// Who set them.
    public let signedBy: String
    /// When, as recorded.
    public let date: String
    /// Why.
    public let reason: String

    /// An origin.
    public init(signedBy: String, date: String, reason: String) {
        self.signedBy = signedBy
        self.date = date
        self.reason = reason
    }
}

/// A centre line with the standard error of a point.
public struct ControlLimits: Hashable, Sendable, Codable {
    /// Centre line.
    public let centre: Double
    /// Standard error of a plotted point about the centre.
    public let sigma: Double
    /// Lower limit.
    public let lower: Double
    /// Upper limit.
    public let upper: Double
    /// Signed origin of limits that were set before; nil for limits computed from these data.
    public let origin: LimitsOrigin?

    /// Limits at 3 sigmas around the centre.
    public init(centre: Double, sigma: Double, origin: LimitsOrigin? = nil) {
        self.init(
            centre: centre, sigma: sigma, lower: centre - 3 * sigma, upper: centre + 3 * sigma,
            origin: origin)
    }

    /// Limits with ends of their own, as for ranges.
    public init(
        centre: Double, sigma: Double, lower: Double, upper: Double, origin: LimitsOrigin? = nil
    ) {
        self.centre = centre
        self.sigma = sigma
        self.lower = lower
        self.upper = upper
        self.origin = origin
    }
}

/// A plotted statistic with its limits and signals.
public struct ControlChart: Hashable, Sendable {
    /// What is plotted.
    public let statistic: String
    /// The plotted values.
    public let values: [Double]
    /// The limits.
    public let limits: ControlLimits
    /// Signals of the rule set; on a chart of variation only points outside its limits.
    public let signals: [RunRuleSet.Signal]

    /// A chart of location judged by `rules`.
    init(
        location statistic: String, _ values: [Double], _ limits: ControlLimits, _ rules: RunRuleSet
    ) {
        self.statistic = statistic
        self.values = values
        self.limits = limits
        let z =
            limits.sigma > 0
            ? values.map { ($0 - limits.centre) / limits.sigma } : values.map { _ in 0 }
        signals = rules.signals(z)
    }

    /// A chart of variation: run rules do not hold for its skewed values.
    init(variation statistic: String, _ values: [Double], _ limits: ControlLimits) {
        self.statistic = statistic
        self.values = values
        self.limits = limits
        signals = values.indices.filter {
            values[$0] > limits.upper || values[$0] < limits.lower
        }.map { RunRuleSet.Signal(position: $0, rule: "limit 1") }
    }
}

/// Fewer points than this make limits provisional (ASTM E2587: 20 to 25 subgroups).
public let provisionalLimitCount = 20

/// An individuals chart with its moving-range chart.
public struct IndividualsChart: Hashable, Sendable {
    /// The individual values.
    public let individuals: ControlChart
    /// The moving ranges of two; the first belongs to the second value.
    public let movingRanges: ControlChart
    /// Standard deviation from the mean moving range, MRbar / d2.
    public let sigmaWithin: Double
    /// Whether fewer than 20 values set the limits.
    public let isProvisional: Bool

    /// Charts `values` in order of time.
    /// - Parameters:
    ///   - baseline: how many values from the start set the limits; nil for all.
    ///   - frozen: limits set before, which are used unchanged.
    /// - Throws: for fewer than two values in the baseline, or values that do not vary.
    public init(
        _ values: [Double], baseline: Int? = nil, frozen: ControlLimits? = nil,
        rules: RunRuleSet = .nelson, constants convention: ChartConstants.Convention = .exact
    ) throws(AnalysisError) {
        try requireFinite(values, "value")
        let count = min(baseline ?? values.count, values.count)
        let base = Array(values.prefix(count))
        guard frozen != nil || base.count >= 2 else {
            throw .tooFew(what: "values for the limits", found: base.count, needed: 2)
        }
        let ranges = zip(values.dropFirst(), values).map { abs($0 - $1) }
        let constants = try ChartConstants(count: 2, convention: convention)
        let limits: ControlLimits
        if let frozen {
            limits = frozen
            isProvisional = false
        } else {
            let mean = ranges.prefix(count - 1).reduce(0, +) / Double(count - 1)
            guard mean > 0 else { throw .constant(what: "the baseline") }
            limits = ControlLimits(
                centre: try Summary(base).mean, sigma: mean / constants.d2)
            isProvisional = count < provisionalLimitCount
        }
        sigmaWithin = limits.sigma
        individuals = ControlChart(location: "individual value", values, limits, rules)
        let meanRange = limits.sigma * constants.d2
        movingRanges = ControlChart(
            variation: "moving range", ranges,
            ControlLimits(
                centre: meanRange, sigma: constants.d3 * limits.sigma, lower: 0,
                upper: constants.rangeUpper * meanRange, origin: limits.origin))
    }
}

/// A chart of sample means with its chart of ranges or standard deviations.
public struct MeanChart: Hashable, Sendable {
    /// How sigma is found from the samples.
    public enum Spread: String, Hashable, Sendable, CaseIterable {
        /// Mean range over d2.
        case range
        /// Mean standard deviation over c4.
        case standardDeviation = "standard-deviation"
    }

    /// The sample means.
    public let means: ControlChart
    /// The ranges or standard deviations.
    public let spread: ControlChart
    /// Standard deviation within samples.
    public let sigmaWithin: Double
    /// Whether fewer than 20 samples set the limits.
    public let isProvisional: Bool

    /// Charts equally large samples in order of time.
    /// - Parameter baseline: how many samples from the start set the limits; nil for all.
    public init(
        _ samples: [[Double]], spread kind: Spread, baseline: Int? = nil,
        frozen: ControlLimits? = nil, rules: RunRuleSet = .nelson,
        constants convention: ChartConstants.Convention = .exact
    ) throws(AnalysisError) {
        guard let size = samples.first?.count else {
            throw .tooFew(what: "samples", found: 0, needed: 2)
        }
        var means: [Double] = []
        var spreads: [Double] = []
        for (index, sample) in samples.enumerated() {
            guard sample.count == size else {
                throw .unequalLengths("sample 1", size, "sample \(index + 1)", sample.count)
            }
            let summary = try Summary(sample)
            means.append(summary.mean)
            spreads.append(
                kind == .range
                    ? summary.maximum - summary.minimum : summary.standardDeviation ?? 0)
        }
        let constants = try ChartConstants(count: size, convention: convention)
        let count = min(baseline ?? samples.count, samples.count)
        guard count >= 2 else {
            throw .tooFew(what: "samples for the limits", found: count, needed: 2)
        }
        let meanSpread = spreads.prefix(count).reduce(0, +) / Double(count)
        let root = Double(size).squareRoot()
        let unbiasing = kind == .range ? constants.d2 : constants.c4
        let limits: ControlLimits
        if let frozen {
            limits = frozen
            sigmaWithin = frozen.sigma * root
            isProvisional = false
        } else {
            guard meanSpread > 0 else { throw .constant(what: "every sample") }
            sigmaWithin = meanSpread / unbiasing
            limits = ControlLimits(
                centre: try Summary(Array(means.prefix(count))).mean, sigma: sigmaWithin / root)
            isProvisional = count < provisionalLimitCount
        }
        self.means = ControlChart(location: "sample mean", means, limits, rules)
        let centre = sigmaWithin * unbiasing
        let (low, high) =
            kind == .range
            ? (constants.rangeLower, constants.rangeUpper)
            : (constants.deviationLower, constants.deviationUpper)
        spread = ControlChart(
            variation: kind == .range ? "sample range" : "sample standard deviation", spreads,
            ControlLimits(
                centre: centre, sigma: (high - 1) * centre / 3, lower: low * centre,
                upper: high * centre, origin: limits.origin))
    }
}
