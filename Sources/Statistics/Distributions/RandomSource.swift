import Foundation

/// A seeded source of random numbers: xoshiro256++ (D. Blackman & S. Vigna 2021,
/// doi:10.1145/3460772), started by SplitMix64.
public struct RandomSource: RandomNumberGenerator, Sendable {
    private var a, b, c, d: UInt64

    /// A source that gives the same numbers for the same seed.
    public init(seed: UInt64) {
        var state = seed
        func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
        a = next()
        b = next()
        c = next()
        d = next()
    }

    /// The next 64 random bits.
    @inline(__always)
    public mutating func next() -> UInt64 {
        let sum = a &+ d
        let result = ((sum << 23) | (sum >> 41)) &+ a
        let shifted = b << 17
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= shifted
        d = (d << 45) | (d >> 19)
        return result
    }

    /// A number in (0, 1).
    @inline(__always)
    public mutating func uniform() -> Double {
        (Double(next() >> 11) + 0.5) * 0x1p-53
    }

    /// A number from 0 to below `limit`.
    mutating func integer(below limit: Int) -> Int {
        Int(UInt64(limit).multipliedFullWidth(by: next()).high)
    }

    /// A standard normal number, by the ziggurat of G. Marsaglia & W. W. Tsang in the form of
    /// J. A. Doornik (2005), "An improved ziggurat method to generate normal random samples".
    @inline(__always)
    public mutating func normal() -> Double {
        let tables = Ziggurat.tables
        while true {
            let bits = next()
            let layer = Int(bits & 127)
            let u = 2 * ((Double(bits >> 11) + 0.5) * 0x1p-53) - 1
            if abs(u) < tables[129 + layer] { return u * tables[layer] }
            if let value = edge(layer, u) { return value }
        }
    }

    /// The rare part of a layer that is not wholly under the curve, or the tail.
    @inline(never)
    private mutating func edge(_ layer: Int, _ u: Double) -> Double? {
        if layer == 0 {
            while true {
                let x = log(uniform()) / Ziggurat.tailStart
                let y = log(uniform())
                if -2 * y >= x * x {
                    return u < 0 ? x - Ziggurat.tailStart : Ziggurat.tailStart - x
                }
            }
        }
        let x = u * Ziggurat.tables[layer]
        let upper = Ziggurat.tables[layer]
        let lower = Ziggurat.tables[layer + 1]
        let f0 = exp(-0.5 * (upper * upper - x * x))
        let f1 = exp(-0.5 * (lower * lower - x * x))
        return f1 + uniform() * (f0 - f1) < 1 ? x : nil
    }

    /// A chi-squared number with `df` degrees of freedom (G. Marsaglia & W. W. Tsang 2000,
    /// doi:10.1145/358407.358414), df at least 2.
    @inline(__always)
    mutating func chiSquared(_ df: Double) -> Double {
        let d = 0.5 * df - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
            guard v > 0 else { continue }
            let u = uniform()
            let square = x * x
            if u < 1 - 0.0331 * square * square { return 2 * d * v }
            if log(u) < 0.5 * square + d * (1 - v + log(v)) { return 2 * d * v }
        }
    }
}

/// 128 layers of equal area under the normal density: their widths, then the share of each
/// width that lies under the next layer.
private enum Ziggurat {
    static let tailStart = 3.442619855899

    /// Written once, before the first use, and never after.
    nonisolated(unsafe) static let tables: UnsafePointer<Double> = {
        let area = 9.91256303526217e-3
        let tables = UnsafeMutablePointer<Double>.allocate(capacity: 129 + 128)
        var density = exp(-0.5 * tailStart * tailStart)
        tables[0] = area / density
        tables[1] = tailStart
        for layer in 2..<128 {
            tables[layer] = (-2 * log(area / tables[layer - 1] + density)).squareRoot()
            density = exp(-0.5 * tables[layer] * tables[layer])
        }
        tables[128] = 0
        for layer in 0..<128 { tables[129 + layer] = tables[layer + 1] / tables[layer] }
        return UnsafePointer(tables)
    }()
}
