import Foundation

/// The combination of independent assays of one sample.
///
/// European Pharmacopoeia 5.3, chapter 6. Assays are combined on the logarithm of the potency;
/// the weight of an assay is the inverse of the squared standard error that its interval implies.
public struct PotencyCombination: Hashable, Sendable {
    /// One assay.
    public struct Assay: Hashable, Sendable {
        /// ln of the potency.
        public let lnPotency: Double
        /// Standard error of `lnPotency`.
        public let standardError: Double
        /// Degrees of freedom of the residual of the assay.
        public let degreesOfFreedom: Double

        /// An assay by its logarithm and standard error.
        public init(lnPotency: Double, standardError: Double, degreesOfFreedom: Double) {
            self.lnPotency = lnPotency
            self.standardError = standardError
            self.degreesOfFreedom = degreesOfFreedom
        }

        /// An assay by its estimate and confidence interval: the standard error is the width of
        /// the interval of the logarithm over twice the t quantile.
        public init(
            estimate: Double, interval: Interval, degreesOfFreedom: Double,
            confidence: Double = 0.95
        ) throws(AnalysisError) {
            guard let lower = interval.lower, let upper = interval.upper, estimate > 0, lower > 0,
                upper > lower
            else {
                throw .outOfRange(
                    what: "the interval of an assay", value: interval.lower ?? .nan,
                    limits: "positive, bounded and not empty")
            }
            let t = try StudentT(degreesOfFreedom: degreesOfFreedom).quantile(0.5 + confidence / 2)
            self.init(
                lnPotency: log(estimate), standardError: log(upper / lower) / (2 * t),
                degreesOfFreedom: degreesOfFreedom)
        }
    }

    /// How assays are weighted.
    public enum Method: String, Hashable, Sendable, CaseIterable {
        /// By the inverse variance within each assay; for homogeneous assays.
        case weighted
        /// By the inverse of the variance within plus that between assays.
        case semiWeighted = "semi-weighted"
        /// Each assay once; the scatter between assays gives the interval.
        case unweighted
        /// Weighted when the homogeneity test does not reject at 0.10, else semi-weighted.
        case automatic
    }

    /// The method used; never `automatic`.
    public let method: Method
    /// ln of the combined potency.
    public let lnPotency: Double
    /// Its standard error.
    public let standardError: Double
    /// Degrees of freedom of the interval.
    public let degreesOfFreedom: Double
    /// Confidence interval of `lnPotency`.
    public let lnInterval: Interval
    /// Chi squared of homogeneity between the assays.
    public let homogeneity: Double
    /// Its probability.
    public let homogeneityP: Double
    /// Variance between assays, 0 when the estimate is negative.
    public let betweenVariance: Double

    /// The combined potency.
    public var potency: Double { exp(lnPotency) }
    /// Its confidence interval.
    public var interval: Interval { lnInterval.exponential }

    /// Combines `assays`.
    /// - Throws: for fewer than two assays, or a standard error that is not positive.
    public init(
        _ assays: [Assay], method: Method = .automatic, confidence: Double = 0.95,
        homogeneityAlpha: Double = 0.1
    ) throws(AnalysisError) {
        guard assays.count > 1 else {
            throw .tooFew(what: "assays", found: assays.count, needed: 2)
        }
        try requireFinite(assays.map(\.lnPotency), "ln potency")
        for (index, assay) in assays.enumerated() {
            guard assay.standardError > 0, assay.standardError.isFinite else {
                throw .outOfRange(
                    what: "the standard error of assay \(index + 1)", value: assay.standardError,
                    limits: "more than 0")
            }
        }
        let count = Double(assays.count)
        let weights = assays.map { 1 / ($0.standardError * $0.standardError) }
        let mean = PotencyCombination.mean(assays, weights)
        var chi = 0.0
        for (assay, weight) in zip(assays, weights) {
            chi += weight * (assay.lnPotency - mean) * (assay.lnPotency - mean)
        }
        homogeneity = chi
        homogeneityP = try ChiSquared(degreesOfFreedom: count - 1).upperTail(chi)
        let scatter = try Summary(assays.map(\.lnPotency))
        let variance = scatter.variance ?? 0
        let within = assays.reduce(0) { $0 + $1.standardError * $1.standardError } / count
        betweenVariance = max(0, variance - within)
        let chosen =
            method == .automatic
            ? (homogeneityP >= homogeneityAlpha ? .weighted : .semiWeighted) : method
        self.method = chosen
        switch chosen {
        case .weighted, .automatic:
            lnPotency = mean
            standardError = (1 / weights.reduce(0, +)).squareRoot()
            degreesOfFreedom = assays.reduce(0) { $0 + $1.degreesOfFreedom }
        case .semiWeighted:
            let between = betweenVariance
            let semi = assays.map { 1 / ($0.standardError * $0.standardError + between) }
            lnPotency = PotencyCombination.mean(assays, semi)
            standardError = (1 / semi.reduce(0, +)).squareRoot()
            degreesOfFreedom = assays.reduce(0) { $0 + $1.degreesOfFreedom }
        case .unweighted:
            lnPotency = scatter.mean
            standardError = (variance / count).squareRoot()
            degreesOfFreedom = count - 1
        }
        let t = try StudentT(degreesOfFreedom: degreesOfFreedom).quantile(0.5 + confidence / 2)
        lnInterval = Interval(lnPotency - t * standardError, lnPotency + t * standardError)
    }

    private static func mean(_ assays: [Assay], _ weights: [Double]) -> Double {
        zip(assays, weights).reduce(0) { $0 + $1.0.lnPotency * $1.1 } / weights.reduce(0, +)
    }
}

/// Repeated relative potencies summarised on the logarithmic scale (USP <1033>, <1034>).
public struct GeometricSummary: Hashable, Sendable {
    /// Geometric mean.
    public let geometricMean: Double
    /// Its confidence interval.
    public let interval: Interval
    /// 100 (exp(s) - 1), with s the standard deviation of the logarithms.
    public let geometricCVPercent: Double
    /// exp(s).
    public let geometricStandardDeviation: Double
    /// Number of values.
    public let count: Int

    /// Summarises positive `values`, of which there must be at least two.
    public init(_ values: [Double], confidence: Double = 0.95) throws(AnalysisError) {
        for (index, value) in values.enumerated() where !(value > 0 && value.isFinite) {
            throw .outOfRange(
                what: "value \(index + 1)", value: value, limits: "more than 0 and finite")
        }
        let summary = try Summary(values.map { log($0) })
        let deviation = try summary.requiredStandardDeviation("values")
        let t = try StudentT(degreesOfFreedom: Double(summary.count - 1))
            .quantile(0.5 + confidence / 2)
        let half = t * deviation / Double(summary.count).squareRoot()
        geometricMean = exp(summary.mean)
        interval = Interval(summary.mean - half, summary.mean + half).exponential
        geometricStandardDeviation = exp(deviation)
        geometricCVPercent = 100 * expm1(deviation)
        count = summary.count
    }
}
