import Foundation

/// A confidence interval; an end that is nil is unbounded.
public struct Interval: Hashable, Sendable {
    /// Lower end, nil when unbounded.
    public let lower: Double?
    /// Upper end, nil when unbounded.
    public let upper: Double?

    /// An interval with the given ends.
    public init(_ lower: Double?, _ upper: Double?) {
        self.lower = lower
        self.upper = upper
    }

    /// Whether both ends are finite.
    public var isBounded: Bool { lower != nil && upper != nil }

    /// The interval of `exp(x)` for `x` in this one.
    public var exponential: Interval { Interval(lower.map { exp($0) }, upper.map { exp($0) }) }

    /// The interval with both ends multiplied by `factor`, which must be more than 0.
    public func scaled(by factor: Double) -> Interval {
        Interval(lower.map { $0 * factor }, upper.map { $0 * factor })
    }

    /// Whether this interval lies wholly inside `other`.
    public func lies(inside other: Interval) -> Bool {
        let lowerHolds =
            other.lower.map { limit in lower.map { $0 >= limit } ?? false } ?? true
        let upperHolds =
            other.upper.map { limit in upper.map { $0 <= limit } ?? false } ?? true
        return lowerHolds && upperHolds
    }

    /// Whether this interval and `other` have no point in common.
    public func isApart(from other: Interval) -> Bool {
        if let lower, let limit = other.upper, lower > limit { return true }
        if let upper, let limit = other.lower, upper < limit { return true }
        return false
    }

    /// Whether `value` lies inside, ends included.
    public func contains(_ value: Double) -> Bool {
        if let lower, value < lower { return false }
        if let upper, value > upper { return false }
        return true
    }
}

/// The confidence set of a ratio by Fieller's theorem.
///
/// E. C. Fieller, "Some problems in interval estimation", J. R. Statist. Soc. B 16 (1954) 175,
/// doi:10.1111/j.2517-6161.1954.tb00159.x. The set holds every ratio r for which numerator -
/// r x denominator does not differ from 0; it is an interval only while the denominator differs
/// from 0 (g < 1).
public enum FiellerSet: Hashable, Sendable {
    /// The usual case.
    case interval(lower: Double, upper: Double)
    /// Two rays: every ratio up to `upTo` and every ratio from `from` on.
    case twoRays(upTo: Double, from: Double)
    /// Every ratio is compatible with the data.
    case everything

    /// Solves (D^2 - q^2 Vdd) r^2 - 2 (N D - q^2 Vnd) r + (N^2 - q^2 Vnn) <= 0 for the ratio
    /// r = N/D, with the critical value q.
    public static func ratio(
        numerator: Double, denominator: Double, numeratorVariance: Double,
        denominatorVariance: Double, covariance: Double, critical: Double
    ) -> FiellerSet {
        let squared = critical * critical
        let a = denominator * denominator - squared * denominatorVariance
        let b = numerator * denominator - squared * covariance
        let c = numerator * numerator - squared * numeratorVariance
        let discriminant = b * b - a * c
        guard a != 0, discriminant >= 0 else { return .everything }
        let root = discriminant.squareRoot()
        // The root of larger size first: the other then suffers no cancellation.
        let far = (b + (b >= 0 ? root : -root)) / a
        let near = far == 0 ? 0 : c / a / far
        let (low, high) = (min(near, far), max(near, far))
        return a > 0 ? .interval(lower: low, upper: high) : .twoRays(upTo: low, from: high)
    }

    /// The interval, or why there is none.
    public func bounded(_ what: String) -> Result<Interval, Inconclusive> {
        switch self {
        case .interval(let lower, let upper): .success(Interval(lower, upper))
        case .twoRays, .everything:
            .failure(
                Inconclusive(
                    .unboundedInterval,
                    "the confidence set of \(what) has no finite ends: the slope does not differ"
                        + " enough from zero"))
        }
    }
}
