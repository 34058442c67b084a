import Foundation

/// W. J. Dixon's test for a single outlier in a small normal sample, by ratios of ranges
/// (Ann. Math. Statist. 21 (1950) 488, doi:10.1214/aoms/1177729747; Biometrics 9 (1953) 74;
/// USP <1010>).
///
/// The probability is integrated, not read from a table: the joint density of the three order
/// statistics in the ratio, as in G. C. McBane, J. Statist. Software 16 (2006) 3,
/// doi:10.18637/jss.v016.i03.
public struct DixonTest: Hashable, Sendable {
    /// The ratios, by what they leave out: r10 = (x_n - x_{n-1}) / (x_n - x_1) for a large value,
    /// mirrored for a small one.
    public enum Ratio: String, Hashable, Sendable, CaseIterable {
        /// The gap over the whole range.
        case r10
        /// The gap over the range without the other extreme.
        case r11
        /// The gap to the value after next over the range without the other extreme.
        case r21
        /// The gap to the value after next over the range without the other two extremes.
        case r22

        /// Values skipped at the suspected end and at the other end.
        var places: (gap: Int, other: Int) {
            switch self {
            case .r10: (1, 1)
            case .r11: (1, 2)
            case .r21: (2, 2)
            case .r22: (2, 3)
            }
        }

        /// The ratio that Dixon recommends for a sample of `count`.
        public static func recommended(for count: Int) -> Ratio {
            switch count {
            case ...7: .r10
            case 8...10: .r11
            case 11...13: .r21
            default: .r22
            }
        }
    }

    /// The ratio used.
    public let ratio: Ratio
    /// Position of the suspected value, from 0.
    public let position: Int
    /// Whether the largest value is suspected.
    public let isHigh: Bool
    /// The ratio found.
    public let statistic: Double
    /// Probability of a ratio this large without an outlier, for the end that was suspected after
    /// seeing the data: twice that of one end.
    public let p: Double
    /// The level.
    public let alpha: Double

    /// Whether the value is an outlier at the level.
    public var isOutlier: Bool { p < alpha }

    /// Smallest and largest sample.
    public static let counts = 3...30

    /// Tests the end of `values` with the larger ratio.
    /// - Parameter ratio: nil for the one recommended for the size of the sample.
    /// - Throws: for fewer than 3 or more than 30 values, or values that do not vary.
    public init(
        _ values: [Double], ratio: Ratio? = nil, alpha: Double = 0.05
    ) throws(AnalysisError) {
        try requireProbability(alpha, "alpha")
        try requireFinite(values, "value")
        let ratio = ratio ?? .recommended(for: values.count)
        let (gap, other) = ratio.places
        let needed = gap + other + 1
        guard values.count >= max(needed, Self.counts.lowerBound) else {
            throw .tooFew(
                what: "values", found: values.count, needed: max(needed, Self.counts.lowerBound))
        }
        guard values.count <= Self.counts.upperBound else {
            throw .tooMany(
                what: "values", found: values.count, limit: Self.counts.upperBound)
        }
        let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        let x = order.map { values[$0] }
        guard let low = x.first, let high = x.last, high > low else {
            throw .constant(what: "the sample")
        }
        let n = x.count
        // Values that agree but for the suspected one leave no range to compare with.
        func share(_ gap: Double, _ range: Double) -> Double { range > 0 ? gap / range : 1 }
        let upper = share(x[n - 1] - x[n - 1 - gap], x[n - 1] - x[other - 1])
        let lower = share(x[gap] - x[0], x[n - other] - x[0])
        isHigh = upper >= lower
        position = isHigh ? order[n - 1] : order[0]
        statistic = max(upper, lower)
        self.ratio = ratio
        self.alpha = alpha
        p = min(1, 2 * DixonTest.upperTail(statistic, ratio, count: n))
    }

    /// Probability that the ratio of one end exceeds `r` in a normal sample.
    ///
    /// With x = x_n, v the range in the ratio and x - u v the inner order statistic, the density
    /// is integrated over x, v and u from `r` to 1; every integrand is smooth.
    static func upperTail(_ r: Double, _ ratio: Ratio, count n: Int) -> Double {
        guard r < 1 else { return 0 }
        guard r > 0 else { return 1 }
        let (gap, other) = ratio.places
        let inner = n - gap - other - 1
        let logConstant =
            lgamma(Double(n + 1)) - lgamma(Double(other)) - lgamma(Double(inner + 1))
            - lgamma(Double(gap))
        let (xs, xWeights) = GaussLegendre.rule(nodes: 40, from: -4.5, to: 7.5)
        let (vs, vWeights) = GaussLegendre.rule(nodes: 48, from: 0, to: 13)
        let (us, uWeights) = GaussLegendre.rule(nodes: 24, from: r, to: 1)
        var sum = 0.0
        for (x, xWeight) in zip(xs, xWeights) {
            let top = Normal.cumulative(x)
            let densityAtTop = Normal.density(x)
            for (v, vWeight) in zip(vs, vWeights) {
                let bottom = x - v
                let below = Normal.cumulative(bottom)
                let outer = power(below, other - 1) * Normal.density(bottom) * densityAtTop
                guard outer > 1e-30 else { continue }
                var inside = 0.0
                for (u, uWeight) in zip(us, uWeights) {
                    let middle = x - u * v
                    let at = Normal.cumulative(middle)
                    inside +=
                        uWeight * power(max(0, at - below), inner)
                        * power(max(0, top - at), gap - 1) * Normal.density(middle)
                }
                sum += xWeight * vWeight * v * outer * inside
            }
        }
        return min(1, max(0, sum * exp(logConstant)))
    }

    private static func power(_ base: Double, _ exponent: Int) -> Double {
        var result = 1.0
        for _ in 0..<exponent { result *= base }
        return result
    }

    /// The ratio that one end exceeds with probability `tail`, to six digits.
    public static func critical(
        _ ratio: Ratio, count: Int, tail: Double
    ) throws(AnalysisError) -> Double {
        try requireProbability(tail, "the probability")
        guard counts.contains(count), count > ratio.places.gap + ratio.places.other else {
            throw .outOfRange(
                what: "the size of the sample", value: Double(count),
                limits:
                    "from \(counts.lowerBound) to \(counts.upperBound), and enough for the ratio")
        }
        var (low, high) = (0.0, 1.0)
        for _ in 0..<22 {
            let middle = (low + high) / 2
            if upperTail(middle, ratio, count: count) > tail { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
