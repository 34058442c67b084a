import Foundation

/// Factors k of normal tolerance intervals, mean ± k s, and sizes for distribution-free ones.
///
/// ISO 16269-6; K. Krishnamoorthy & T. Mathew, "Statistical Tolerance Regions", 2009,
/// doi:10.1002/9780470473900. The content is the share of the population the interval is to
/// hold; the confidence is that of holding at least that share.
public enum ToleranceFactor {
    /// The ways a two-sided factor is found.
    public enum Method: String, Hashable, Sendable, CaseIterable {
        /// Exact, by quadrature.
        case exact
        /// W. G. Howe's approximation (1969, doi:10.1080/01621459.1969.10500999).
        case howe
    }

    /// The exact one-sided factor, from the noncentral t distribution.
    public static func oneSided(
        count: Int, content: Double, confidence: Double
    ) throws(AnalysisError) -> Double {
        try check(count, content, confidence)
        let root = Double(count).squareRoot()
        let noncentrality = try Normal.quantile(content) * root
        return try NoncentralT(
            degreesOfFreedom: Double(count - 1), noncentrality: noncentrality
        ).quantile(confidence) / root
    }

    /// M. G. Natrella's approximation to the one-sided factor (NIST e-Handbook 7.2.6.3).
    public static func oneSidedNatrella(
        count: Int, content: Double, confidence: Double
    ) throws(AnalysisError) -> Double {
        try check(count, content, confidence)
        let n = Double(count)
        let p = try Normal.quantile(content)
        let g = try Normal.quantile(confidence)
        let a = 1 - g * g / (2 * (n - 1))
        let b = p * p - g * g / n
        guard a > 0, p * p >= a * b else {
            throw .outOfRange(
                what: "the count", value: n, limits: "large enough for the approximation")
        }
        return (p + (p * p - a * b).squareRoot()) / a
    }

    /// The two-sided factor for an interval centred on the mean.
    public static func twoSided(
        count: Int, content: Double, confidence: Double, method: Method = .exact
    ) throws(AnalysisError) -> Double {
        try check(count, content, confidence)
        let n = Double(count)
        let z = try Normal.quantile((1 + content) / 2)
        let chi = ChiSquared(degreesOfFreedom: n - 1)
        let howe =
            z * ((n - 1) * (1 + 1 / n) / (try chi.quantile(1 - confidence))).squareRoot()
        guard method == .exact else { return howe }
        let nodes = quadrature(n, content)
        // The confidence rises with k; Howe's factor is within a percent or so of the root.
        func excess(_ k: Double) throws(AnalysisError) -> Double {
            var sum = 0.0
            for node in nodes {
                sum +=
                    node.weight * (try chi.upperTail((n - 1) * node.radius * node.radius / (k * k)))
            }
            return sum - confidence
        }
        var low = howe * 0.98
        var high = howe * 1.02
        var lowValue = try excess(low)
        var highValue = try excess(high)
        while lowValue > 0 {
            low *= 0.9
            lowValue = try excess(low)
        }
        while highValue < 0 {
            high *= 1.1
            highValue = try excess(high)
        }
        var side = 0
        for _ in 0..<60 {
            let k = (low * highValue - high * lowValue) / (highValue - lowValue)
            let value = try excess(k)
            if abs(value) < 1e-15 || high - low < 1e-14 * k { return k }
            if value < 0 {
                low = k
                lowValue = value
                if side == -1 { highValue /= 2 }
                side = -1
            } else {
                high = k
                highValue = value
                if side == 1 { lowValue /= 2 }
                side = 1
            }
        }
        return (low * highValue - high * lowValue) / (highValue - lowValue)
    }

    /// Nodes over the deviation of the sample mean, u = z sqrt(n), with the half-width that
    /// holds the content around it. The integrand is even, smooth and falls like exp(-u^2/2),
    /// for which the trapezoidal rule converges faster than any power of the step.
    private static func quadrature(
        _ n: Double, _ content: Double
    ) -> [(weight: Double, radius: Double)] {
        let step = 0.15
        var nodes: [(weight: Double, radius: Double)] = []
        var radius = 1.0
        for index in 0..<58 {
            let u = Double(index) * step
            let z = u / n.squareRoot()
            // Newton from the last radius; Phi(z + r) - Phi(z - r) is concave beyond its bend.
            if index == 0 { radius = 0.5 }
            for _ in 0..<60 {
                let inside = Normal.cumulative(z + radius) - Normal.cumulative(z - radius)
                let slope = Normal.density(z + radius) + Normal.density(z - radius)
                var change = (inside - content) / slope
                if !change.isFinite || abs(change) > 0.5 { change = change < 0 ? -0.5 : 0.5 }
                radius = max(radius - change, 1e-8)
                if abs(change) < 1e-15 * radius { break }
            }
            nodes.append(((index == 0 ? 1 : 2) * step * Normal.density(u), radius))
        }
        return nodes
    }

    /// The fewest observations for which the extreme values make a distribution-free tolerance
    /// limit (one side) or interval (S. S. Wilks 1941, doi:10.1214/aoms/1177731788).
    public static func smallestCount(
        content: Double, confidence: Double, twoSided: Bool
    ) throws(AnalysisError) -> Int {
        try requireProbability(content, "the content")
        try requireProbability(confidence, "the confidence")
        var (low, high) = (1, 2)
        while distributionFreeConfidence(count: high, content: content, twoSided: twoSided)
            < confidence
        {
            guard high < 1 << 40 else {
                throw .outOfRange(
                    what: "the content", value: content, limits: "less close to 1")
            }
            (low, high) = (high, high * 2)
        }
        while high - low > 1 {
            let middle = (low + high) / 2
            if distributionFreeConfidence(count: middle, content: content, twoSided: twoSided)
                < confidence
            {
                low = middle
            } else {
                high = middle
            }
        }
        return high
    }

    /// The confidence that the extremes of `count` observations hold `content`.
    public static func distributionFreeConfidence(
        count: Int, content: Double, twoSided: Bool
    ) -> Double {
        let n = Double(count)
        let all = pow(content, n)
        return twoSided ? 1 - n * pow(content, n - 1) + (n - 1) * all : 1 - all
    }

    private static func check(
        _ count: Int, _ content: Double, _ confidence: Double
    ) throws(AnalysisError) {
        guard count >= 2 else { throw .tooFew(what: "observations", found: count, needed: 2) }
        try requireProbability(content, "the content")
        try requireProbability(confidence, "the confidence")
    }
}
