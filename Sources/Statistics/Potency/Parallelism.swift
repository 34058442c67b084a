import Foundation

/// A measure by which the curve of a sample is compared with that of the standard.
public struct ParallelismMeasure: Hashable, Sendable {
    /// What is compared.
    public enum Quantity: String, Hashable, Sendable, CaseIterable {
        /// Slopes.
        case slope
        /// Zero-dose asymptotes.
        case zeroDose = "zero-dose asymptote"
        /// Infinite-dose asymptotes.
        case infiniteDose = "infinite-dose asymptote"
        /// Infinite-dose minus zero-dose asymptotes.
        case range
        /// Asymmetry exponents.
        case asymmetry
    }

    /// How it is compared.
    public enum Comparison: String, Hashable, Sendable, CaseIterable {
        /// Sample over standard; interval by the delta method on the logarithm.
        case ratio
        /// Sample over standard; interval by Fieller's theorem.
        case fiellerRatio = "fieller-ratio"
        /// Sample minus standard, for asymptotes near 0.
        case difference
    }

    /// What is compared.
    public let quantity: Quantity
    /// How it is compared.
    public let comparison: Comparison
    /// The ratio or difference.
    public let value: Double
    /// Its confidence interval, or why there is none.
    public let interval: Result<Interval, Inconclusive>
}

/// The limits within which a measure counts as equivalent, fixed before use.
public struct ParallelismMargin: Hashable, Sendable {
    /// What is compared.
    public let quantity: ParallelismMeasure.Quantity
    /// How it is compared.
    public let comparison: ParallelismMeasure.Comparison
    /// The limits.
    public let limits: Interval

    /// A margin.
    public init(
        _ quantity: ParallelismMeasure.Quantity, _ comparison: ParallelismMeasure.Comparison,
        _ limits: Interval
    ) {
        self.quantity = quantity
        self.comparison = comparison
        self.limits = limits
    }

    /// A margin from the standard assayed against itself: the normal tolerance interval of the
    /// measure (of its logarithm, for ratios).
    /// - Parameters:
    ///   - history: values of the measure from independent assays of the standard against itself.
    ///   - content: share of such assays the margin is to hold.
    ///   - confidence: confidence that it does.
    /// - Throws: for fewer than 3 assays, or ratios that are not positive.
    public init(
        _ quantity: ParallelismMeasure.Quantity, _ comparison: ParallelismMeasure.Comparison,
        history: [Double], content: Double = 0.99, confidence: Double = 0.95
    ) throws(AnalysisError) {
        guard history.count >= 3 else {
            throw .tooFew(
                what: "assays of the standard against itself", found: history.count, needed: 3)
        }
        var values = history
        if comparison != .difference {
            for (index, value) in history.enumerated() where !(value > 0) {
                throw .outOfRange(
                    what: "ratio \(index + 1) of the history", value: value, limits: "more than 0")
            }
            values = history.map { log($0) }
        }
        let summary = try Summary(values)
        let factor = try ToleranceFactor.twoSided(
            count: values.count, content: content, confidence: confidence)
        let half = factor * (try summary.requiredStandardDeviation("assays"))
        let interval = Interval(summary.mean - half, summary.mean + half)
        self.init(quantity, comparison, comparison == .difference ? interval : interval.exponential)
    }
}

/// How the parallelism of a sample was judged.
public enum ParallelismCriterion: Hashable, Sendable {
    /// Report the tests and judge none of them.
    case notJudged
    /// The F test of separate against common curves must not be significant.
    case differenceTest(alpha: Double)
    /// The 90 % confidence interval of every measure must lie inside its margin.
    case equivalence([ParallelismMargin])
}

/// The outcome of a test of equivalence.
public enum EquivalenceOutcome: String, Hashable, Sendable {
    /// The interval lies inside the margin.
    case equivalent
    /// The interval lies outside the margin.
    case different
    /// The interval crosses the margin: the data do not decide.
    case undecided

    /// The outcome for an interval and a margin.
    public init(_ interval: Result<Interval, Inconclusive>, margin: Interval) {
        guard case .success(let interval) = interval else {
            self = .undecided
            return
        }
        self =
            interval.lies(inside: margin)
            ? .equivalent : interval.isApart(from: margin) ? .different : .undecided
    }
}

extension ParallelismMeasure {
    /// Compares two separately fitted curves whose residual variances are pooled.
    static func compare(
        _ quantity: Quantity, _ comparison: Comparison, sample: CurveAssay.Separate,
        standard: CurveAssay.Separate, variance: Double, critical: Double
    ) -> ParallelismMeasure {
        let (t, vt) = sample.quantity(quantity, variance)
        let (s, vs) = standard.quantity(quantity, variance)
        let interval: Result<Interval, Inconclusive>
        let value: Double
        switch comparison {
        case .difference:
            value = t - s
            let half = critical * (vt + vs).squareRoot()
            interval = .success(Interval(value - half, value + half))
        case .fiellerRatio:
            value = t / s
            interval = FiellerSet.ratio(
                numerator: t, denominator: s, numeratorVariance: vt, denominatorVariance: vs,
                covariance: 0, critical: critical
            ).bounded("the ratio of the \(quantity.rawValue)")
        case .ratio:
            value = t / s
            if value > 0 {
                let half = critical * (vt / (t * t) + vs / (s * s)).squareRoot()
                interval = .success(Interval(value * exp(-half), value * exp(half)))
            } else {
                interval = .failure(
                    Inconclusive(
                        .notIdentifiable,
                        "the \(quantity.rawValue) has different signs: compare it by difference"))
            }
        }
        return ParallelismMeasure(
            quantity: quantity, comparison: comparison, value: value, interval: interval)
    }
}
