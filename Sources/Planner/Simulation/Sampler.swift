/// A distribution in the form the engine samples: the common ones at once, the rest by their
/// quantile.
struct Sampler: Sendable {
    private enum Kind: UInt8 {
        case fixed, lognormal, exponential, clampedNormal, uniform, triangular, logitNormal, beta
    }

    private let kind: Kind
    private let a: Double
    private let b: Double
    private let low: Double
    private let high: Double

    init(_ distribution: Distribution) {
        switch distribution {
        case .fixed(let value): self.init(.fixed, value)
        case .lognormal(let median, 0): self.init(.fixed, median)
        case .lognormal(let median, let sd): self.init(.lognormal, median, sd)
        case .exponential(let mean): self.init(.exponential, mean)
        case .uniform(let low, let high): self.init(.uniform, 0, 0, low, high)
        case .triangular(let low, let mode, let high): self.init(.triangular, mode, 0, low, high)
        case .clampedNormal(let mean, let sd, let low, let high):
            self.init(.clampedNormal, mean, sd, low, high)
        case .logitNormal(let median, let sd): self.init(.logitNormal, median, sd)
        case .beta(let mean, let sd): self.init(.beta, mean, sd)
        }
    }

    private init(
        _ kind: Kind, _ a: Double, _ b: Double = 0, _ low: Double = 0, _ high: Double = 0
    ) {
        self.kind = kind
        self.a = a
        self.b = b
        self.low = low
        self.high = high
    }

    /// Whether it is a median times e to the power of a spread times a normal.
    @inline(__always) var isLognormal: Bool { kind == .lognormal }

    /// The standard deviation of the logarithm, for a lognormal one.
    @inline(__always) var spread: Double { b }

    /// Whether it needs no draw.
    @inline(__always) var isFixed: Bool { kind == .fixed }

    /// The value without a draw, for a fixed one; the median of a lognormal one.
    @inline(__always) var value: Double { a }

    /// The value at a uniform draw.
    @inline(__always)
    func sample(_ uniform: Double) -> Double {
        switch kind {
        case .lognormal: return a * Elementary.exp(b * InverseNormal.quantile(uniform))
        case .clampedNormal:
            return min(high, max(low, a + b * InverseNormal.quantile(uniform)))
        case .fixed: return a
        default: return slow(uniform)
        }
    }

    @inline(never)
    private func slow(_ uniform: Double) -> Double { distribution.quantile(uniform) }

    private var distribution: Distribution {
        switch kind {
        case .fixed: .fixed(a)
        case .lognormal: .lognormal(median: a, sdLog: b)
        case .exponential: .exponential(mean: a)
        case .uniform: .uniform(from: low, to: high)
        case .triangular: .triangular(from: low, mode: a, to: high)
        case .clampedNormal: .clampedNormal(mean: a, sd: b, from: low, to: high)
        case .logitNormal: .logitNormal(median: a, sdLogit: b)
        case .beta: .beta(mean: a, sd: b)
        }
    }
}
