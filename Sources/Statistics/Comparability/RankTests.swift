import Foundation

/// Wilcoxon's rank tests of equivalence: two one-sided tests of a shift, without a normal
/// distribution (S. Wellek, "Testing Statistical Hypotheses of Equivalence and Noninferiority",
/// 2nd ed. 2010; M. Hollander & D. A. Wolfe, "Nonparametric Statistical Methods", 2nd ed. 1999).
///
/// Signed ranks for pairs, rank sums for independent groups. The estimate is that of Hodges and
/// Lehmann; its interval holds the shifts that neither one-sided test rejects.
public struct RankEquivalence: Hashable, Sendable {
    /// How the probability is found; programs differ.
    public enum Distribution: String, Hashable, Sendable, CaseIterable {
        /// Exact without ties and up to 49 values a group, else the normal approximation: R.
        case automatic
        /// Exact; refused with ties or zero differences.
        case exact
        /// The normal approximation with correction for ties and continuity.
        case normal
        /// The normal approximation with correction for ties, without that for continuity.
        case normalUncorrected = "normal-uncorrected"
    }

    /// The shift of test against reference: median of pair means, or of differences between the
    /// groups.
    public let shift: Double
    /// 1 - 2 alpha confidence interval of the shift; nil ends where so few values give none.
    public let interval: Interval
    /// P of the test against the lower margin.
    public let pLower: Double
    /// P of the test against the upper margin.
    public let pUpper: Double
    /// The margins on the scale of the analysis.
    public let margins: Interval
    /// Level of each test.
    public let alpha: Double
    /// The distribution used; never `automatic`.
    public let distribution: Distribution
    /// The scale.
    public let scale: EquivalenceTest.Scale

    /// The larger of both p: that of the test as a whole.
    public var p: Double { max(pLower, pUpper) }

    /// Equivalent when both tests reject, different when the interval lies outside the margins.
    public var outcome: EquivalenceOutcome {
        if p <= alpha { return .equivalent }
        return interval.isApart(from: margins) ? .different : .undecided
    }

    /// Largest group or number of pairs.
    public static let countLimit = 2_000

    /// Compares pairs.
    public static func paired(
        test: [Double], reference: [Double], margins: Interval, alpha: Double = 0.05,
        scale: EquivalenceTest.Scale = .linear, distribution: Distribution = .automatic
    ) throws(AnalysisError) -> RankEquivalence {
        guard test.count == reference.count else {
            throw .unequalLengths("test", test.count, "reference", reference.count)
        }
        let differences = zip(
            try EquivalenceTest.scaled(test, scale, "test value"),
            try EquivalenceTest.scaled(reference, scale, "reference value")
        ).map { $0 - $1 }
        let limits = try EquivalenceTest.scaled(margins, scale)
        return try RankEquivalence(
            limits, alpha, scale, distribution, smallest: differences.count
        ) { margin, chosen throws(AnalysisError) in
            try SignedRank(differences.map { $0 - margin }, chosen)
        } walsh: {
            var means: [Double] = []
            for i in differences.indices {
                for j in i..<differences.count {
                    means.append(0.5 * (differences[i] + differences[j]))
                }
            }
            return means
        }
    }

    /// Compares independent groups.
    public static func independent(
        test: [Double], reference: [Double], margins: Interval, alpha: Double = 0.05,
        scale: EquivalenceTest.Scale = .linear, distribution: Distribution = .automatic
    ) throws(AnalysisError) -> RankEquivalence {
        let x = try EquivalenceTest.scaled(test, scale, "test value")
        let y = try EquivalenceTest.scaled(reference, scale, "reference value")
        let limits = try EquivalenceTest.scaled(margins, scale)
        return try RankEquivalence(
            limits, alpha, scale, distribution, smallest: min(x.count, y.count),
            largest: max(x.count, y.count)
        ) { margin, chosen throws(AnalysisError) in
            try RankSum(x.map { $0 - margin }, y, chosen)
        } walsh: {
            x.flatMap { value in y.map { value - $0 } }
        }
    }

    private init(
        _ margins: Interval, _ alpha: Double, _ scale: EquivalenceTest.Scale,
        _ distribution: Distribution, smallest: Int, largest: Int? = nil,
        test: (Double, Distribution) throws(AnalysisError) -> any RankStatistic,
        walsh: () -> [Double]
    ) throws(AnalysisError) {
        guard alpha > 0, alpha < 0.5 else {
            throw .outOfRange(what: "alpha", value: alpha, limits: "between 0 and 0.5")
        }
        guard let low = margins.lower, let high = margins.upper, low < high else {
            throw .outOfRange(
                what: "the upper margin", value: margins.upper ?? .nan,
                limits: "above the lower margin")
        }
        guard smallest >= 3 else {
            throw .tooFew(what: "values per group", found: smallest, needed: 3)
        }
        guard max(smallest, largest ?? 0) <= Self.countLimit else {
            throw .tooMany(
                what: "values per group", found: max(smallest, largest ?? 0), limit: Self.countLimit
            )
        }
        let lower = try test(low, distribution)
        let upper = try test(high, distribution)
        pLower = lower.upperTail
        pUpper = upper.lowerTail
        self.margins = margins
        self.alpha = alpha
        self.scale = scale
        self.distribution = lower.distribution == .exact ? upper.distribution : lower.distribution
        let sorted = walsh().sorted()
        shift = Summary.quantile(sorted: sorted, 0.5)
        // The interval runs between the order statistics of the pair means that the critical
        // value of the statistic cuts off.
        if let cut = lower.quantile(alpha), cut > 0, cut <= sorted.count / 2 {
            interval = Interval(sorted[cut - 1], sorted[sorted.count - cut])
        } else {
            interval = Interval(nil, nil)
        }
    }
}

/// A rank statistic with its tails.
protocol RankStatistic {
    /// The distribution used.
    var distribution: RankEquivalence.Distribution { get }
    /// P(S >= s).
    var upperTail: Double { get }
    /// P(S <= s).
    var lowerTail: Double { get }
    /// The place, from 1, of the order statistic that ends the 1 - 2 `alpha` interval; nil where
    /// so few values have none.
    func quantile(_ alpha: Double) -> Int?
}

/// Wilcoxon's signed-rank statistic: the sum of the ranks of the positive differences.
public struct SignedRank: Hashable, Sendable, RankStatistic {
    /// The sum V; with ties in half ranks.
    public let statistic: Double
    /// Differences that are not 0.
    public let count: Int
    /// The distribution used; never `automatic`.
    public let distribution: RankEquivalence.Distribution
    /// P(V >= v).
    public let upperTail: Double
    /// P(V <= v).
    public let lowerTail: Double

    /// P of a departure to either side.
    public var twoSided: Double { min(1, 2 * min(upperTail, lowerTail)) }

    /// Tests whether `differences` lie around 0.
    public init(
        _ differences: [Double], _ chosen: RankEquivalence.Distribution = .automatic
    ) throws(AnalysisError) {
        try requireFinite(differences, "difference")
        let kept = differences.filter { $0 != 0 }
        guard !kept.isEmpty else { throw .constant(what: "the differences") }
        let (ranks, ties) = midranks(kept.map { abs($0) })
        let sum = zip(kept, ranks).reduce(0.0) { $0 + ($1.0 > 0 ? $1.1 : 0) }
        let isClean = ties == 0 && kept.count == differences.count
        let n = Double(kept.count)
        count = kept.count
        statistic = sum
        distribution = try resolved(chosen, isClean: isClean, isSmall: kept.count < 50)
        if distribution == .exact {
            let weights = SignedRank.counts(kept.count)
            lowerTail = tail(weights, through: Int(sum))
            upperTail = tail(weights.reversed(), through: weights.count - 1 - Int(sum))
            return
        }
        let mean = n * (n + 1) / 4
        let variance = n * (n + 1) * (2 * n + 1) / 24 - ties / 48
        (lowerTail, upperTail) = normalTails(
            sum - mean, variance, isCorrected: distribution == .normal)
    }

    func quantile(_ alpha: Double) -> Int? {
        guard distribution == .exact else {
            let n = Double(count)
            return normalPlace(
                alpha, mean: n * (n + 1) / 4, variance: n * (n + 1) * (2 * n + 1) / 24)
        }
        return exactPlace(SignedRank.counts(count), alpha)
    }

    /// Probabilities of each sum for `n` untied differences.
    static func counts(_ n: Int) -> [Double] {
        var weights = [Double](repeating: 0, count: n * (n + 1) / 2 + 1)
        weights[0] = 1
        var reach = 0
        for rank in 1...max(1, n) {
            reach += rank
            for sum in stride(from: reach, through: 0, by: -1) {
                weights[sum] = 0.5 * (weights[sum] + (sum >= rank ? weights[sum - rank] : 0))
            }
        }
        return weights
    }
}

/// Wilcoxon's rank-sum statistic in the form of Mann and Whitney: the number of pairs in which
/// the first group exceeds the second, ties counting one half.
public struct RankSum: Hashable, Sendable, RankStatistic {
    /// The number W.
    public let statistic: Double
    /// Sizes of the groups.
    public let counts: [Int]
    /// The distribution used; never `automatic`.
    public let distribution: RankEquivalence.Distribution
    /// P(W >= w).
    public let upperTail: Double
    /// P(W <= w).
    public let lowerTail: Double

    /// P of a departure to either side.
    public var twoSided: Double { min(1, 2 * min(upperTail, lowerTail)) }

    /// Tests whether the first group is shifted against the second.
    public init(
        _ x: [Double], _ y: [Double], _ chosen: RankEquivalence.Distribution = .automatic
    ) throws(AnalysisError) {
        try requireFinite(x, "value of the first group")
        try requireFinite(y, "value of the second group")
        guard let first = x.first, !y.isEmpty else {
            throw .tooFew(what: "values per group", found: 0, needed: 1)
        }
        guard x.contains(where: { $0 != first }) || y.contains(where: { $0 != first }) else {
            throw .constant(what: "both groups")
        }
        let (ranks, ties) = midranks(x + y)
        let (m, n) = (Double(x.count), Double(y.count))
        let sum = ranks.prefix(x.count).reduce(0, +) - m * (m + 1) / 2
        statistic = sum
        counts = [x.count, y.count]
        distribution = try resolved(
            chosen, isClean: ties == 0, isSmall: x.count < 50 && y.count < 50)
        if distribution == .exact {
            let weights = RankSum.probabilities(x.count, y.count)
            lowerTail = tail(weights, through: Int(sum))
            upperTail = tail(weights.reversed(), through: weights.count - 1 - Int(sum))
            return
        }
        let total = m + n
        let variance = m * n / 12 * (total + 1 - ties / (total * (total - 1)))
        (lowerTail, upperTail) = normalTails(
            sum - m * n / 2, variance, isCorrected: distribution == .normal)
    }

    func quantile(_ alpha: Double) -> Int? {
        let (m, n) = (Double(counts[0]), Double(counts[1]))
        guard distribution == .exact else {
            return normalPlace(alpha, mean: m * n / 2, variance: m * n * (m + n + 1) / 12)
        }
        return exactPlace(RankSum.probabilities(counts[0], counts[1]), alpha)
    }

    /// Probabilities of each W for untied groups of sizes `m` and `n`: the coefficients of the
    /// Gaussian binomial, built one factor at a time.
    static func probabilities(_ m: Int, _ n: Int) -> [Double] {
        var weights = [Double](repeating: 0, count: m * n + 1)
        weights[0] = 1
        for factor in 1...max(1, m) {
            // Times (1 - q^(n + factor)) / (1 - q^factor), scaled by factor / (n + factor).
            for place in stride(from: weights.count - 1, through: n + factor, by: -1) {
                weights[place] -= weights[place - n - factor]
            }
            for place in factor..<max(factor, weights.count) {
                weights[place] += weights[place - factor]
            }
            let scale = Double(factor) / Double(n + factor)
            for place in weights.indices { weights[place] *= scale }
        }
        return weights
    }
}

/// Ranks from 1 with ties at their mean, and the sum of t^3 - t over the ties.
private func midranks(_ values: [Double]) -> (ranks: [Double], ties: Double) {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var ties = 0.0
    var place = 0
    while place < order.count {
        var end = place
        while end + 1 < order.count, values[order[end + 1]] == values[order[place]] { end += 1 }
        for index in place...end { ranks[order[index]] = Double(place + end) / 2 + 1 }
        let size = Double(end - place + 1)
        ties += size * size * size - size
        place = end + 1
    }
    return (ranks, ties)
}

private func resolved(
    _ chosen: RankEquivalence.Distribution, isClean: Bool, isSmall: Bool
) throws(AnalysisError) -> RankEquivalence.Distribution {
    switch chosen {
    case .automatic: return isClean && isSmall ? .exact : .normal
    case .exact:
        guard isClean else {
            throw .singular(
                what: "an exact probability with ties or differences of 0",
                remedy: "use the distribution 'normal', or record more decimals")
        }
        return .exact
    case .normal, .normalUncorrected: return chosen
    }
}

private func tail(_ weights: some Collection<Double>, through place: Int) -> Double {
    min(1, weights.prefix(max(0, place + 1)).reduce(0, +))
}

private func normalTails(
    _ deviation: Double, _ variance: Double, isCorrected: Bool
) -> (lower: Double, upper: Double) {
    let correction = isCorrected ? 0.5 : 0
    let sigma = variance.squareRoot()
    return (
        Normal.cumulative((deviation + correction) / sigma),
        Normal.upperTail((deviation - correction) / sigma)
    )
}

private func exactPlace(_ weights: [Double], _ alpha: Double) -> Int? {
    var sum = 0.0
    for (place, weight) in weights.enumerated() {
        sum += weight
        if sum >= alpha * (1 - 1e-12) { return place == 0 ? nil : place }
    }
    return nil
}

private func normalPlace(_ alpha: Double, mean: Double, variance: Double) -> Int? {
    guard let z = try? Normal.quantile(1 - alpha) else { return nil }
    let place = Int((mean - z * variance.squareRoot()).rounded(.down))
    return place >= 1 ? place : nil
}
