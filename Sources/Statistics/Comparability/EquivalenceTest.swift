import Foundation

/// Two one-sided tests of equivalence (D. J. Schuirmann 1987, doi:10.1007/BF01068419; ASTM E2935).
///
/// The difference is equivalent at level alpha when the 1 - 2 alpha confidence interval lies
/// inside the margins.
public struct EquivalenceTest: Hashable, Sendable {
    /// How two independent groups are compared.
    public enum Variances: String, Hashable, Sendable, CaseIterable {
        /// Each group has its own variance (Welch, Satterthwaite).
        case welch
        /// One variance for both.
        case pooled
    }

    /// The scale of the comparison.
    public enum Scale: String, Hashable, Sendable, CaseIterable {
        /// Differences; margins in the unit of the attribute.
        case linear
        /// Ratios; the analysis is on logarithms, the margins are ratios.
        case logarithmic
    }

    /// Test minus reference (of logarithms, on the logarithmic scale).
    public let difference: Double
    /// Standard error of the difference.
    public let standardError: Double
    /// Degrees of freedom.
    public let degreesOfFreedom: Double
    /// Test statistic against the lower margin.
    public let tLower: Double
    /// Test statistic against the upper margin.
    public let tUpper: Double
    /// P of the test against the lower margin.
    public let pLower: Double
    /// P of the test against the upper margin.
    public let pUpper: Double
    /// 1 - 2 alpha confidence interval of the difference.
    public let interval: Interval
    /// Margins on the scale of the analysis.
    public let margins: Interval
    /// Level of each test.
    public let alpha: Double
    /// The scale.
    public let scale: Scale

    /// Equivalent, different, or not decided by these data.
    public var outcome: EquivalenceOutcome {
        EquivalenceOutcome(.success(interval), margin: margins)
    }

    /// The larger of both p: that of the test as a whole.
    public var p: Double { max(pLower, pUpper) }

    /// Ratio of test to reference on the logarithmic scale; nil on the linear scale.
    public var ratio: Double? { scale == .logarithmic ? exp(difference) : nil }

    /// Confidence interval of the ratio; nil on the linear scale.
    public var ratioInterval: Interval? { scale == .logarithmic ? interval.exponential : nil }

    /// A test from a difference and its standard error; margins on the scale of the analysis.
    public init(
        difference: Double, standardError: Double, degreesOfFreedom: Double, margins: Interval,
        alpha: Double = 0.05, scale: Scale = .linear
    ) throws(AnalysisError) {
        guard alpha > 0, alpha < 0.5 else {
            throw .outOfRange(what: "alpha", value: alpha, limits: "between 0 and 0.5")
        }
        guard let low = margins.lower, let high = margins.upper, low < high else {
            throw .outOfRange(
                what: "the upper margin", value: margins.upper ?? .nan,
                limits: "above the lower margin")
        }
        guard standardError > 0, standardError.isFinite else {
            throw .constant(what: "the values within the groups")
        }
        self.difference = difference
        self.standardError = standardError
        self.degreesOfFreedom = degreesOfFreedom
        self.margins = margins
        self.alpha = alpha
        self.scale = scale
        let t = StudentT(degreesOfFreedom: degreesOfFreedom)
        tLower = (difference - low) / standardError
        tUpper = (difference - high) / standardError
        pLower = try t.upperTail(tLower)
        pUpper = try t.cumulative(tUpper)
        let half = try t.quantile(1 - alpha) * standardError
        interval = Interval(difference - half, difference + half)
    }

    /// Compares two independent groups.
    /// - Parameter margins: differences, or ratios on the logarithmic scale.
    public static func independent(
        test: [Double], reference: [Double], margins: Interval, alpha: Double = 0.05,
        scale: Scale = .linear, variances: Variances = .welch
    ) throws(AnalysisError) -> EquivalenceTest {
        let x = try Summary(try scaled(test, scale, "test value"))
        let y = try Summary(try scaled(reference, scale, "reference value"))
        guard let vx = x.variance, let vy = y.variance else {
            throw .tooFew(what: "values per group", found: min(x.count, y.count), needed: 2)
        }
        let (nx, ny) = (Double(x.count), Double(y.count))
        let error: Double
        let df: Double
        switch variances {
        case .pooled:
            df = nx + ny - 2
            error = ((x.sumOfSquares + y.sumOfSquares) / df * (1 / nx + 1 / ny)).squareRoot()
        case .welch:
            let (a, b) = (vx / nx, vy / ny)
            error = (a + b).squareRoot()
            df = a + b > 0 ? (a + b) * (a + b) / (a * a / (nx - 1) + b * b / (ny - 1)) : 1
        }
        return try EquivalenceTest(
            difference: x.mean - y.mean, standardError: error, degreesOfFreedom: df,
            margins: try scaled(margins, scale), alpha: alpha, scale: scale)
    }

    /// Compares pairs, as the halves of a split donation.
    public static func paired(
        test: [Double], reference: [Double], margins: Interval, alpha: Double = 0.05,
        scale: Scale = .linear
    ) throws(AnalysisError) -> EquivalenceTest {
        guard test.count == reference.count else {
            throw .unequalLengths("test", test.count, "reference", reference.count)
        }
        let x = try scaled(test, scale, "test value")
        let y = try scaled(reference, scale, "reference value")
        let summary = try Summary(zip(x, y).map { $0 - $1 })
        let deviation = try summary.requiredStandardDeviation("pairs")
        return try EquivalenceTest(
            difference: summary.mean, standardError: deviation / Double(summary.count).squareRoot(),
            degreesOfFreedom: Double(summary.count - 1), margins: try scaled(margins, scale),
            alpha: alpha, scale: scale)
    }

    /// Compares one group with a fixed value.
    public static func oneSample(
        mean: Double, standardDeviation: Double, count: Int, target: Double, margins: Interval,
        alpha: Double = 0.05
    ) throws(AnalysisError) -> EquivalenceTest {
        guard count >= 2 else { throw .tooFew(what: "values", found: count, needed: 2) }
        return try EquivalenceTest(
            difference: mean - target,
            standardError: standardDeviation / Double(count).squareRoot(),
            degreesOfFreedom: Double(count - 1), margins: margins, alpha: alpha)
    }

    static func scaled(
        _ values: [Double], _ scale: Scale, _ what: String
    ) throws(AnalysisError) -> [Double] {
        try requireFinite(values, what)
        guard scale == .logarithmic else { return values }
        for (index, value) in values.enumerated() where !(value > 0) {
            throw .outOfRange(
                what: "\(what) \(index + 1)", value: value,
                limits: "more than 0 to take its logarithm")
        }
        return values.map { log($0) }
    }

    static func scaled(
        _ margins: Interval, _ scale: Scale
    ) throws(AnalysisError) -> Interval {
        guard scale == .logarithmic else { return margins }
        for margin in [margins.lower, margins.upper].compactMap({ $0 }) where !(margin > 0) {
            throw .outOfRange(
                what: "a margin", value: margin, limits: "a ratio, more than 0")
        }
        return Interval(margins.lower.map { log($0) }, margins.upper.map { log($0) })
    }
}

/// The power of two one-sided tests.
public enum EquivalencePower {
    /// The designs whose power is known exactly.
    public enum Design: String, Hashable, Sendable, CaseIterable {
        /// Two independent groups of equal size and variance; the standard deviation is that
        /// within a group.
        case independent
        /// Pairs; the standard deviation is that of the differences.
        case paired

        func error(_ deviation: Double, _ count: Int) -> Double {
            deviation * ((self == .independent ? 2 : 1) / Double(count)).squareRoot()
        }

        func degreesOfFreedom(_ count: Int) -> Double {
            Double(self == .independent ? 2 * count - 2 : count - 1)
        }
    }

    /// The exact power for a true difference and a symmetric margin, by integrating over the
    /// sample standard deviation (D. B. Owen 1965, doi:10.2307/2333696; K. F. Phillips 1990,
    /// doi:10.1007/BF01063556).
    /// - Parameter count: units per group, or pairs.
    public static func power(
        _ design: Design, difference: Double, standardDeviation: Double, count: Int,
        margin: Double, alpha: Double = 0.05
    ) throws(AnalysisError) -> Double {
        guard count >= 2 else { throw .tooFew(what: "units per group", found: count, needed: 2) }
        guard standardDeviation > 0, standardDeviation.isFinite else {
            throw .outOfRange(
                what: "the standard deviation", value: standardDeviation, limits: "more than 0")
        }
        guard margin > 0 else {
            throw .outOfRange(what: "the margin", value: margin, limits: "more than 0")
        }
        guard alpha > 0, alpha < 0.5 else {
            throw .outOfRange(what: "alpha", value: alpha, limits: "between 0 and 0.5")
        }
        let df = design.degreesOfFreedom(count)
        let error = design.error(standardDeviation, count)
        let t = try StudentT(degreesOfFreedom: df).quantile(1 - alpha)
        let widest = margin / (error * t)
        // u = s / sigma; beyond 12 standard deviations of u there is nothing left to integrate.
        let reach = 12 / (2 * df).squareRoot()
        let low = max(0, 1 - reach)
        let high = min(widest, 1 + reach)
        guard high > low else { return 0 }
        let logConstant = log(2.0) + 0.5 * df * log(0.5 * df) - lgamma(0.5 * df)
        var sum = 0.0
        let pieces = 8
        for piece in 0..<pieces {
            let (nodes, weights) = GaussLegendre.rule(
                nodes: 24, from: low + (high - low) * Double(piece) / Double(pieces),
                to: low + (high - low) * Double(piece + 1) / Double(pieces))
            for (u, weight) in zip(nodes, weights) where u > 0 {
                let density = exp(logConstant + (df - 1) * log(u) - 0.5 * df * u * u)
                let inside =
                    Normal.cumulative((margin - difference) / error - t * u)
                    - Normal.cumulative((-margin - difference) / error + t * u)
                sum += weight * density * max(0, inside)
            }
        }
        return min(1, sum)
    }

    /// Largest number of units per group that is searched.
    public static let largestCount = 100_000

    /// The fewest units per group with at least the power asked for, or why there is none.
    public static func smallestCount(
        _ design: Design, difference: Double, standardDeviation: Double, margin: Double,
        power wanted: Double, alpha: Double = 0.05
    ) throws(AnalysisError) -> Result<Int, Inconclusive> {
        try requireProbability(wanted, "the power")
        func reaches(_ count: Int) throws(AnalysisError) -> Bool {
            try power(
                design, difference: difference, standardDeviation: standardDeviation,
                count: count, margin: margin, alpha: alpha) >= wanted
        }
        guard abs(difference) < margin else {
            return .failure(
                Inconclusive(
                    .tooLittleData,
                    "the true difference \(difference) is not inside the margin \(margin): no"
                        + " number of units shows equivalence"))
        }
        var (low, high) = (1, 2)
        while try !reaches(high) {
            guard high < largestCount else {
                return .failure(
                    Inconclusive(.tooLittleData, "more than \(largestCount) units are needed"))
            }
            (low, high) = (high, high * 2)
        }
        while high - low > 1 {
            let middle = (low + high) / 2
            if try reaches(middle) { high = middle } else { low = middle }
        }
        return .success(high)
    }
}

/// The range of reference lots, mean ± k standard deviations, and the lots inside it.
///
/// Descriptive: it controls no error rate, and a wide reference makes it easy to pass.
public struct QualityRange: Hashable, Sendable {
    /// The range.
    public let range: Interval
    /// Factor of the standard deviation.
    public let k: Double
    /// Test lots inside.
    public let inside: Int
    /// Test lots.
    public let count: Int

    /// The share inside; nil without test lots.
    public var share: Double? { count > 0 ? Double(inside) / Double(count) : nil }

    /// The range of `reference` and how many of `test` lie inside.
    public init(reference: [Double], test: [Double], k: Double = 3) throws(AnalysisError) {
        let summary = try Summary(reference)
        let deviation = try summary.requiredStandardDeviation("reference lots")
        guard k > 0 else { throw .outOfRange(what: "k", value: k, limits: "more than 0") }
        try requireFinite(test, "test value")
        let interval = Interval(summary.mean - k * deviation, summary.mean + k * deviation)
        range = interval
        self.k = k
        inside = test.filter { interval.contains($0) }.count
        count = test.count
    }
}
