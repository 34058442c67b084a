import Foundation

/// The limits a product must keep; at least one.
public struct SpecificationLimits: Hashable, Sendable, Codable {
    /// Lower limit, nil for none.
    public let lower: Double?
    /// Upper limit, nil for none.
    public let upper: Double?

    /// Limits; lower below upper.
    public init(lower: Double?, upper: Double?) throws(AnalysisError) {
        guard lower != nil || upper != nil else {
            throw .tooFew(what: "specification limits", found: 0, needed: 1)
        }
        if let lower, let upper, !(lower < upper) {
            throw .outOfRange(
                what: "the upper specification limit", value: upper, limits: "above \(lower)")
        }
        self.lower = lower
        self.upper = upper
    }

    /// Whether `value` keeps the limits.
    public func contains(_ value: Double) -> Bool {
        if let lower, value < lower { return false }
        if let upper, value > upper { return false }
        return true
    }
}

/// A capability index with its confidence interval.
public struct CapabilityIndex: Hashable, Sendable {
    /// The index.
    public let value: Double
    /// Two-sided confidence interval.
    public let interval: Interval
    /// One-sided lower confidence bound, for the claim "at least".
    public let lowerBound: Double
}

/// Capability indices of a process (ISO 22514-2) for one estimate of sigma.
///
/// With sigma from within subgroups or moving ranges they are Cp and Cpk, with the overall
/// standard deviation Pp and Ppk. The interval of Cp is that of chi squared; that of Cpk is
/// A. F. Bissell's (Appl. Statist. 39 (1990) 331, doi:10.2307/2347383).
public struct Capability: Hashable, Sendable {
    /// The degrees of freedom behind the interval of Cpm, with d = (mean - target) / sigma.
    public enum CpmConvention: String, Hashable, Sendable, CaseIterable {
        /// n (1 + d^2)^2 / (1 + 2 d^2): R. A. Boyles, J. Quality Technology 23 (1991) 17.
        case boyles
        /// n (1 + d^2) / (1 + 2 d^2), as qcc.
        case qcc
    }

    /// Mean.
    public let mean: Double
    /// The estimate of sigma.
    public let sigma: Double
    /// (U - L) / 6 sigma; nil for limits on one side.
    public let cp: CapabilityIndex?
    /// (mean - L) / 3 sigma; nil without a lower limit. Its interval has the one-sided level on
    /// each side.
    public let cpLower: CapabilityIndex?
    /// (U - mean) / 3 sigma; nil without an upper limit.
    public let cpUpper: CapabilityIndex?
    /// The smaller of the two.
    public let cpk: CapabilityIndex
    /// (U - L) / 6 sqrt(sigma^2 + (mean - target)^2); nil without both limits and a target.
    public let cpm: CapabilityIndex?
    /// Exact one-sided lower bound of the index on the nearer side, from the noncentral t.
    public let exactLowerBound: Double
    /// Expected share outside the limits for a normal process.
    public let expectedShareOutside: Double

    /// Indices from a mean and a sigma with `count` observations behind them.
    public init(
        mean: Double, sigma: Double, count: Int, limits: SpecificationLimits,
        target: Double? = nil, confidence: Double = 0.95,
        cpmConvention: CpmConvention = .boyles
    ) throws(AnalysisError) {
        guard count >= 2 else { throw .tooFew(what: "values", found: count, needed: 2) }
        guard sigma > 0 else { throw .constant(what: "the process") }
        try requireProbability(confidence, "the confidence")
        self.mean = mean
        self.sigma = sigma
        let n = Double(count)
        let two = try Normal.quantile(0.5 + confidence / 2)
        let one = try Normal.quantile(confidence)
        let chi = ChiSquared(degreesOfFreedom: n - 1)
        let low = (try chi.quantile(0.5 - confidence / 2) / (n - 1)).squareRoot()
        let high = (try chi.quantile(0.5 + confidence / 2) / (n - 1)).squareRoot()
        let oneLow = (try chi.quantile(1 - confidence) / (n - 1)).squareRoot()
        if let lower = limits.lower, let upper = limits.upper {
            let value = (upper - lower) / (6 * sigma)
            cp = CapabilityIndex(
                value: value, interval: Interval(value * low, value * high),
                lowerBound: value * oneLow)
        } else {
            cp = nil
        }
        func bissell(_ value: Double, _ quantile: Double) -> CapabilityIndex {
            let error = (1 / (9 * n) + value * value / (2 * (n - 1))).squareRoot()
            return CapabilityIndex(
                value: value,
                interval: Interval(value - quantile * error, value + quantile * error),
                lowerBound: value - one * error)
        }
        cpLower = limits.lower.map { bissell((mean - $0) / (3 * sigma), one) }
        cpUpper = limits.upper.map { bissell(($0 - mean) / (3 * sigma), one) }
        let nearer = min(cpLower?.value ?? .infinity, cpUpper?.value ?? .infinity)
        cpk = bissell(nearer, two)
        if let target, let cp {
            let offset = (mean - target) / sigma
            let factor = 1 + offset * offset
            let value = cp.value / factor.squareRoot()
            let power = cpmConvention == .boyles ? factor * factor : factor
            let df = n * power / (1 + 2 * offset * offset)
            let boyles = ChiSquared(degreesOfFreedom: df)
            cpm = CapabilityIndex(
                value: value,
                interval: Interval(
                    value * (try boyles.quantile(0.5 - confidence / 2) / df).squareRoot(),
                    value * (try boyles.quantile(0.5 + confidence / 2) / df).squareRoot()),
                lowerBound: value * (try boyles.quantile(1 - confidence) / df).squareRoot())
        } else {
            cpm = nil
        }
        exactLowerBound = try Capability.exactBound(nearer, count, confidence)
        expectedShareOutside =
            (limits.lower.map { Normal.cumulative(($0 - mean) / sigma) } ?? 0)
            + (limits.upper.map { Normal.upperTail(($0 - mean) / sigma) } ?? 0)
    }

    /// The index c for which 3 sqrt(n) times the estimate is the confidence quantile of the
    /// noncentral t with noncentrality 3 sqrt(n) c.
    private static func exactBound(
        _ value: Double, _ count: Int, _ confidence: Double
    ) throws(AnalysisError) -> Double {
        let root = 3 * Double(count).squareRoot()
        let df = Double(count - 1)
        func excess(_ c: Double) throws(AnalysisError) -> Double {
            try NoncentralT(degreesOfFreedom: df, noncentrality: root * c)
                .cumulative(root * value) - confidence
        }
        // The probability falls as c grows, from above the confidence to below it.
        var low = value - 1
        var high = value
        var tries = 0
        while try excess(low) < 0, tries < 60 {
            low -= 1 + abs(low)
            tries += 1
        }
        tries = 0
        while try excess(high) > 0, tries < 60 {
            high += 1
            tries += 1
        }
        for _ in 0..<80 where high - low > 1e-13 * (1 + abs(high)) {
            let middle = 0.5 * (low + high)
            if try excess(middle) > 0 { low = middle } else { high = middle }
        }
        return 0.5 * (low + high)
    }

    /// Overall capability (Pp, Ppk) of `values`, with the sample standard deviation.
    public static func overall(
        _ values: [Double], limits: SpecificationLimits, target: Double? = nil,
        confidence: Double = 0.95
    ) throws(AnalysisError) -> Capability {
        let summary = try Summary(values)
        return try Capability(
            mean: summary.mean, sigma: try summary.requiredStandardDeviation("values"),
            count: values.count, limits: limits, target: target, confidence: confidence)
    }

    /// Capability within (Cp, Cpk) of individual values in order of time: sigma is the mean
    /// moving range over d2.
    public static func within(
        _ values: [Double], limits: SpecificationLimits, target: Double? = nil,
        confidence: Double = 0.95
    ) throws(AnalysisError) -> Capability {
        let chart = try IndividualsChart(values)
        return try Capability(
            mean: chart.individuals.limits.centre, sigma: chart.sigmaWithin, count: values.count,
            limits: limits, target: target, confidence: confidence)
    }

    /// Whether the process is shown to reach `required`: not by the point estimate, but by the
    /// exact lower bound.
    public func isShown(toReach required: Double) -> Result<Double, Inconclusive> {
        guard exactLowerBound < required else { return .success(exactLowerBound) }
        return .failure(
            Inconclusive(
                .tooLittleData,
                "the index is \(shortened(cpk.value)) with lower confidence bound"
                    + " \(shortened(exactLowerBound)): not shown to reach \(required)"))
    }
}
