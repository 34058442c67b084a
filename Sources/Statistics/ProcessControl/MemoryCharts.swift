import Foundation

/// An exponentially weighted moving average chart (ISO 7870-6).
public struct EWMAChart: Hashable, Sendable {
    /// The width of the limits over time.
    public enum LimitKind: String, Hashable, Sendable, CaseIterable {
        /// L sigma sqrt(lambda / (2 - lambda) (1 - (1 - lambda)^2t)), narrower at the start.
        case exact
        /// The limit of that for long times.
        case asymptotic
    }

    /// z_t = lambda x_t + (1 - lambda) z_{t-1}, from the target.
    public let values: [Double]
    /// Lower limit at each time.
    public let lower: [Double]
    /// Upper limit at each time.
    public let upper: [Double]
    /// Positions, from 0, outside the limits.
    public let signals: [Int]

    /// Charts `x` in order of time.
    /// - Throws: for a sigma or L that is not positive, or a lambda outside (0, 1].
    public init(
        _ x: [Double], target: Double, sigma: Double, lambda: Double, l: Double,
        limits: LimitKind = .exact
    ) throws(AnalysisError) {
        try requireFinite(x, "value")
        guard lambda > 0, lambda <= 1 else {
            throw .outOfRange(what: "lambda", value: lambda, limits: "more than 0 and at most 1")
        }
        guard sigma > 0 else { throw .outOfRange(what: "sigma", value: sigma, limits: "positive") }
        guard l > 0 else { throw .outOfRange(what: "L", value: l, limits: "positive") }
        var values: [Double] = []
        var (lower, upper): ([Double], [Double]) = ([], [])
        var z = target
        var decay = 1.0
        for value in x {
            z = lambda * value + (1 - lambda) * z
            decay *= (1 - lambda) * (1 - lambda)
            let share = limits == .exact ? 1 - decay : 1
            let half = l * sigma * (lambda / (2 - lambda) * share).squareRoot()
            values.append(z)
            lower.append(target - half)
            upper.append(target + half)
        }
        self.values = values
        self.lower = lower
        self.upper = upper
        signals = values.indices.filter { values[$0] < lower[$0] || values[$0] > upper[$0] }
    }
}

/// A tabular cumulative sum chart (ISO 7870-4), in sigmas.
public struct CUSUMChart: Hashable, Sendable {
    /// Sums of excesses above target + k.
    public let high: [Double]
    /// Sums of shortfalls below target - k, as positive numbers.
    public let low: [Double]
    /// Positions, from 0, where the high sum exceeds h.
    public let highSignals: [Int]
    /// Positions, from 0, where the low sum exceeds h.
    public let lowSignals: [Int]

    /// Charts `x` in order of time.
    /// - Parameters:
    ///   - k: allowance, in sigmas.
    ///   - h: decision interval, in sigmas.
    ///   - headStart: where both sums begin, in sigmas; h/2 for the fast initial response.
    public init(
        _ x: [Double], target: Double, sigma: Double, k: Double = 0.5, h: Double = 5,
        headStart: Double = 0
    ) throws(AnalysisError) {
        try requireFinite(x, "value")
        guard sigma > 0 else { throw .outOfRange(what: "sigma", value: sigma, limits: "positive") }
        guard h > 0 else { throw .outOfRange(what: "h", value: h, limits: "positive") }
        guard k >= 0 else { throw .outOfRange(what: "k", value: k, limits: "at least 0") }
        var (high, low): ([Double], [Double]) = ([], [])
        var (up, down) = (headStart, headStart)
        for value in x {
            let z = (value - target) / sigma
            up = max(0, z - k + up)
            down = max(0, -z - k + down)
            high.append(up)
            low.append(down)
        }
        self.high = high
        self.low = low
        highSignals = high.indices.filter { high[$0] > h }
        lowSignals = low.indices.filter { low[$0] > h }
    }

    /// Average run lengths of a CUSUM for normal data.
    public struct RunLength: Hashable, Sendable {
        /// Of the sum on the side of the shift.
        public let oneSided: Double
        /// Of both sums together.
        public let twoSided: Double
        /// Of both sums together, each with a head start of h/2.
        public let twoSidedHeadStart: Double
    }

    /// Average run lengths from the start, for a shift of the mean in sigmas.
    ///
    /// The integral equation of E. S. Page, L(z) = 1 + L(0) Phi(k - z) + int_0^h L(x)
    /// phi(x + k - z) dx, is solved at Gauss-Legendre nodes (Nyström); the two sides combine by
    /// J. M. Lucas & R. B. Crosier, Technometrics 24 (1982) 199.
    public static func averageRunLength(
        k: Double, h: Double, shift: Double
    ) throws(AnalysisError) -> RunLength {
        let up = try runLength(k: k, h: h, mean: shift)
        let down = try runLength(k: k, h: h, mean: -shift)
        let both = 1 / (1 / up.zero + 1 / down.zero)
        let headStart =
            (up.half * down.zero + down.half * up.zero - up.zero * down.zero)
            / (up.zero + down.zero)
        return RunLength(oneSided: up.zero, twoSided: both, twoSidedHeadStart: headStart)
    }

    private static func runLength(
        k: Double, h: Double, mean: Double
    ) throws(AnalysisError) -> (zero: Double, half: Double) {
        guard h > 0, h <= 50 else {
            throw .outOfRange(what: "h", value: h, limits: "more than 0 and at most 50")
        }
        let (nodes, weights) = GaussLegendre.rule(nodes: 40, from: 0, to: h)
        let size = nodes.count + 1
        // The unknowns are L(0) and L at the nodes.
        let places = [0] + nodes
        var system = Matrix(rows: size, columns: size)
        for (row, z) in places.enumerated() {
            system[row, row] += 1
            system[row, 0] -= Normal.cumulative(k - z - mean)
            for (column, x) in nodes.enumerated() {
                system[row, column + 1] -= weights[column] * Normal.density(x + k - z - mean)
            }
        }
        let ones = [Double](repeating: 1, count: size)
        let solution = try LinearFit(design: system, response: ones).coefficients
        var half = 1 + solution[0] * Normal.cumulative(k - h / 2 - mean)
        for (column, x) in nodes.enumerated() {
            half += solution[column + 1] * weights[column] * Normal.density(x + k - h / 2 - mean)
        }
        return (solution[0], half)
    }
}

/// Gauss-Legendre quadrature.
enum GaussLegendre {
    /// Nodes and weights on an interval, by Newton's iteration on the Legendre polynomial.
    static func rule(
        nodes count: Int, from lower: Double, to upper: Double
    ) -> (nodes: [Double], weights: [Double]) {
        var nodes = [Double](repeating: 0, count: count)
        var weights = nodes
        let middle = 0.5 * (upper + lower)
        let half = 0.5 * (upper - lower)
        for index in 0..<((count + 1) / 2) {
            var x = cos(Double.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
            var derivative = 1.0
            for _ in 0..<100 {
                var (previous, current) = (1.0, x)
                for degree in 2...max(2, count) where count > 1 {
                    let n = Double(degree)
                    (previous, current) = (
                        current, ((2 * n - 1) * x * current - (n - 1) * previous) / n
                    )
                }
                derivative = Double(count) * (x * current - previous) / (x * x - 1)
                let change = current / derivative
                x -= change
                if abs(change) < 1e-15 { break }
            }
            nodes[index] = middle - half * x
            nodes[count - 1 - index] = middle + half * x
            let weight = 2 * half / ((1 - x * x) * derivative * derivative)
            weights[index] = weight
            weights[count - 1 - index] = weight
        }
        return (nodes, weights)
    }
}
