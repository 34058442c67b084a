import Foundation

/// The logicle scale: linear around zero, logarithmic far from it.
///
/// x = a·e^(b·y) − c·e^(−d·y) − f, with the constants chosen so that y(T) = 1, the second
/// derivative vanishes at y(0) and the scale reaches A further decades below zero. For x < 0 the
/// scale is the reflection y(−x) = 2·y(0) − y(x).
///
/// W. A. Moore, D. R. Parks, "Update for the logicle data scale including operational code
/// implementations", Cytometry A 81A:273–277 (2012), doi:10.1002/cyto.a.22030; Gating-ML 2.0,
/// logicle. The symbols are those of the paper.
public struct Logicle: Hashable, Sendable {
    /// Top of scale: the value that is shown at 1.
    public let t: Double
    /// Decades of the linear part.
    public let w: Double
    /// Decades of the scale.
    public let m: Double
    /// Further decades below zero.
    public let a: Double

    // Constants of the equation above; `zero` is y(0).
    private let factorA, factorB, factorC, factorD, shift, zero: Double

    /// - Throws: when not T > 0, M > 0, 0 ≤ W ≤ M/2 and −W ≤ A ≤ M − 2W.
    public init(t: Double, w: Double, m: Double, a: Double) throws(TransformError) {
        guard t > 0, t.isFinite, m > 0, m.isFinite else {
            throw TransformError("logicle needs T > 0 and M > 0, T is \(t) and M \(m)")
        }
        guard w >= 0, w <= m / 2 else {
            throw TransformError("logicle needs 0 ≤ W ≤ M/2 = \(m / 2), W is \(w)")
        }
        guard a >= -w, a <= m - 2 * w else {
            throw TransformError("logicle needs −W ≤ A ≤ M − 2W = \(m - 2 * w), A is \(a)")
        }
        guard m + a > 0, m + a <= 300 else {
            throw TransformError("logicle needs 0 < M + A ≤ 300, it is \(m + a)")
        }
        (self.t, self.w, self.m, self.a) = (t, w, m, a)
        let width = w / (m + a)
        let x2 = a / (m + a)
        let x1 = x2 + width
        let x0 = x2 + 2 * width
        let b = (m + a) * M_LN10
        let d = Self.solveD(b: b, w: width)
        let ratioC = exp(x0 * (b + d))
        let ratioF = exp(b * x1) - ratioC / exp(d * x1)
        let first = t / (exp(b) - ratioF - ratioC / exp(d))
        factorA = first
        factorB = b
        factorC = ratioC * first
        factorD = d
        shift = ratioF * first
        zero = x1
        guard factorA > 0, factorA.isFinite, factorC.isFinite, shift.isFinite else {
            throw TransformError("logicle cannot represent T \(t), W \(w), M \(m), A \(a)")
        }
    }

    /// The root of 2·(ln d − ln b) + w·(d + b) = 0 in (0, b].
    private static func solveD(b: Double, w: Double) -> Double {
        if w == 0 { return b }
        var low = 0.0
        var high = b
        var d = b / 2
        for _ in 0..<200 {
            let value = 2 * (log(d) - log(b)) + w * (d + b)
            if value > 0 { high = d } else { low = d }
            // Newton, unless it leaves the bracket.
            let next = d - value / (2 / d + w)
            let candidate = next > low && next < high ? next : (low + high) / 2
            if abs(candidate - d) <= abs(d) * 1e-16 { return candidate }
            d = candidate
        }
        return d
    }

    /// The scale value of a data value: 0…1 for what the scale shows. NaN stays NaN.
    public func callAsFunction(_ x: Double) -> Double {
        guard x.isFinite else { return x }
        let isNegative = x < 0
        let value = abs(x)
        // Start from the linear part near zero and from the logarithm far from it.
        let slope =
            factorB * factorA * exp(factorB * zero) + factorD * factorC
            * exp(-factorD * zero)
        var y = zero + value / slope
        let logarithm = log((value + shift) / factorA) / factorB
        if value + shift > 0, logarithm < y { y = max(logarithm, zero) }
        // Halley's method: third order, a handful of steps everywhere.
        for _ in 0..<40 {
            let rising = factorA * exp(factorB * y)
            let falling = factorC * exp(-factorD * y)
            let residue = (rising - shift - value) - falling
            let first = factorB * rising + factorD * falling
            let second = factorB * factorB * rising - factorD * factorD * falling
            let step = residue / (first * (1 - residue * second / (2 * first * first)))
            y -= step
            if abs(step) <= 2e-16 * max(abs(y), 1) || !step.isFinite { break }
        }
        return isNegative ? 2 * zero - y : y
    }

    /// The data value that is shown at `y`.
    public func inverse(_ y: Double) -> Double {
        let isNegative = y < zero
        let place = isNegative ? 2 * zero - y : y
        let value = factorA * exp(factorB * place) - shift - factorC * exp(-factorD * place)
        return isNegative ? -value : value
    }

    /// Width W that puts the negative values of `values` just into the linear part:
    /// W = (M − log10(T / |r|)) / 2 with r the fifth percentile of the negative values.
    ///
    /// D. R. Parks, M. Roederer, W. A. Moore, Cytometry A 69A:541–551 (2006),
    /// doi:10.1002/cyto.a.20258.
    public static func estimatedWidth(of values: [Double], t: Double, m: Double) -> Double {
        let negative = values.filter { $0 < 0 && $0.isFinite }.sorted()
        guard let lowest = Quantiles.quantile(ofSorted: negative, 0.05), lowest < 0 else {
            return 0
        }
        return min(max((m - log10(t / abs(lowest))) / 2, 0), m / 2)
    }
}
