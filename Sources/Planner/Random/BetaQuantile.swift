/// Quantiles of a beta distribution that is given by its mean and standard deviation.
struct BetaQuantile {
    private let mean: Double
    private let a: Double
    private let b: Double
    private let logNormaliser: Double

    init(mean: Double, sd: Double) {
        let sum = sd > 0 ? mean * (1 - mean) / (sd * sd) - 1 : .infinity
        self.mean = mean
        a = mean * sum
        b = (1 - mean) * sum
        logNormaliser = Self.logGamma(a + b) - Self.logGamma(a) - Self.logGamma(b)
    }

    /// What is wrong with a mean and a standard deviation.
    ///
    /// A shape below 1 piles the distribution up at an end; in practice that means that a standard
    /// error was taken for a standard deviation or the reverse, and a planner must not guess.
    static func flaw(_ mean: Double, _ sd: Double) -> String? {
        guard mean > 0, mean < 1 else { return "mean \(mean) is not a share between 0 and 1" }
        guard sd > 0 else { return nil }
        let sum = mean * (1 - mean) / (sd * sd) - 1
        let least = min(mean, 1 - mean) * sum
        guard least >= 1 else {
            return "mean \(mean) with deviation \(sd) gives a beta distribution with a shape of "
                + "\(least), below 1"
        }
        guard sum <= 1e8 else { return "deviation \(sd) is too small for a beta distribution" }
        return nil
    }

    /// The value below which a share `probability` lies; by bisection, to the last bit but one.
    func value(_ probability: Double) -> Double {
        guard a.isFinite else { return mean }
        var low = 0.0
        var high = 1.0
        for _ in 0..<60 {
            let middle = 0.5 * (low + high)
            if cumulative(middle) < probability { low = middle } else { high = middle }
        }
        return 0.5 * (low + high)
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
