/// Quantiles of a beta distribution.
///
/// Newton's method on the distribution function, kept between bounds that close in; nothing but the
/// four operations of IEEE 754, so the bits are the same everywhere.
struct BetaQuantile {
    private let a: Double
    private let b: Double
    private let logNormaliser: Double

    /// Quantiles for `shape`, both of whose parameters are at least 1.
    init(_ shape: BetaShape) {
        self.init(shape, logNormaliser: Self.logNormaliser(of: shape))
    }

    /// The same where the logarithm of 1 / B(a, b) is known.
    init(_ shape: BetaShape, logNormaliser: Double) {
        a = shape.a
        b = shape.b
        self.logNormaliser = logNormaliser
    }

    /// The logarithm of 1 / B(a, b).
    static func logNormaliser(of shape: BetaShape) -> Double {
        logGamma(shape.a + shape.b) - logGamma(shape.a) - logGamma(shape.b)
    }

    /// The value below which a share `probability` lies, to some units in the last place.
    func value(_ probability: Double) -> Double {
        guard probability > 0 else { return 0 }
        guard probability < 1 else { return 1 }
        var (low, high) = (0.0, 1.0)
        var x = start(probability)
        for _ in 0..<100 {
            let excess = cumulative(x) - probability
            if excess < 0 { low = x } else { high = x }
            // Far out in a tail the density underflows and the step is no number: halve instead.
            var next = x - excess / density(x)
            if !(next > low && next < high) { next = 0.5 * (low + high) }
            let step = abs(next - x)
            x = next
            if step <= 2e-16 * x || high - low <= 2e-16 * high { break }
        }
        return x
    }

    /// Where to begin: the normal approximation of Abramowitz and Stegun, 26.5.22, which is good to
    /// a few per cent for shapes of at least 1.
    private func start(_ probability: Double) -> Double {
        let y = -InverseNormal.quantile(probability)
        let (p, q) = (1 / (2 * a - 1), 1 / (2 * b - 1))
        let h = 2 / (p + q)
        let l = (y * y - 3) / 6
        let w =
            y * max(h + l, 0).squareRoot() / h - (q - p) * (l + 5.0 / 6 - 2 / (3 * h))
        let x = a / (a + b * Elementary.exp(2 * w))
        return min(max(x.isFinite ? x : 0.5, 1e-300), 1 - 0x1p-53)
    }

    private func density(_ x: Double) -> Double {
        Elementary.exp(
            logNormaliser + (a - 1) * Elementary.log(x) + (b - 1) * Elementary.log(1 - x))
    }

    /// The regularised incomplete beta function by its continued fraction (Lentz's method;
    /// NIST DLMF 8.17.22), taken on the side where it converges fast.
    func cumulative(_ x: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        let front = Elementary.exp(
            logNormaliser + a * Elementary.log(x) + b * Elementary.log(1 - x))
        return x < (a + 1) / (a + b + 2)
            ? front * Self.fraction(x, a, b) / a : 1 - front * Self.fraction(1 - x, b, a) / b
    }

    private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        func kept(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
        var c = 1.0
        var d = 1 / kept(1 - (a + b) * x / (a + 1))
        var h = d
        for step in 1...10_000 {
            let m = Double(step)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / kept(1 + even * d)
            c = kept(1 + even / c)
            h *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / kept(1 + odd * d)
            c = kept(1 + odd / c)
            h *= d * c
            if abs(d * c - 1) < 1e-15 { break }
        }
        return h
    }

    /// The logarithm of the gamma function by Stirling's series (NIST DLMF 5.11.1), after the
    /// recurrence has carried a small argument above 12.
    private static func logGamma(_ x: Double) -> Double {
        guard x.isFinite else { return 0 }
        var x = x
        var product = 1.0
        while x < 12 {
            product *= x
            x += 1
        }
        let z = 1 / (x * x)
        let series =
            (1.0 / 12 - z * (1.0 / 360 - z * (1.0 / 1260 - z * (1.0 / 1680 - z / 1188)))) / x
        return (x - 0.5) * Elementary.log(x) - x + 0.9189385332046727 + series
            - Elementary.log(product)
    }
}
