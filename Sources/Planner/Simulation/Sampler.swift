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
        case .beta(let mean, let sd):
            guard let shape = BetaShape.byMoments(mean: mean, spread: sd) else {
                self.init(.fixed, mean)
                return
            }
            self.init(.beta, shape.a, shape.b, BetaQuantile.logNormaliser(of: shape))
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

    /// Whether it is a function of a normal draw.
    var usesNormal: Bool {
        switch kind {
        case .lognormal, .clampedNormal, .logitNormal: true
        case .fixed, .exponential, .uniform, .triangular, .beta: false
        }
    }

    /// The value at a normal draw, for one that uses it.
    @inline(__always)
    func value(atNormal normal: Double) -> Double {
        switch kind {
        case .clampedNormal: min(high, max(low, a + b * normal))
        case .logitNormal: 1 / (1 + (1 - a) / a * Elementary.exp(-b * normal))
        default: a * Elementary.exp(b * normal)
        }
    }

    /// The value at a uniform draw, for one that uses no normal.
    @inline(never)
    func value(atUniform uniform: Double) -> Double {
        switch kind {
        case .exponential: Distribution.exponential(mean: a).quantile(uniform)
        case .uniform: Distribution.uniform(from: low, to: high).quantile(uniform)
        case .triangular: Distribution.triangular(from: low, mode: a, to: high).quantile(uniform)
        case .beta: BetaQuantile(BetaShape(a: a, b: b), logNormaliser: low).value(uniform)
        case .fixed, .lognormal, .clampedNormal, .logitNormal: a
        }
    }
}
