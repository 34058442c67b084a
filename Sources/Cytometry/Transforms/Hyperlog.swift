import Foundation

/// The hyperlog scale: x = a·e^(b·y) + c·y − f, reflected for negative values.
///
/// C. B. Bagwell, "Hyperlog: a flexible log-like transform for negative, zero, and positive
/// valued data", Cytometry A 64A:34–42 (2005), doi:10.1002/cyto.a.20114; Gating-ML 2.0,
/// hyperlog. As in the reference implementation y(−x) = 2·y(0) − y(x).
public struct Hyperlog: Hashable, Sendable {
    /// Top of scale: the value that is shown at 1.
    public let t: Double
    /// Decades of the linear part.
    public let w: Double
    /// Decades of the scale.
    public let m: Double
    /// Further decades below zero.
    public let a: Double

    private let factorA, factorB, factorC, shift, zero: Double

    /// - Throws: when not T > 0, M > 0, 0 < W ≤ M/2 and −W ≤ A ≤ M − 2W.
    public init(t: Double, w: Double, m: Double, a: Double) throws(TransformError) {
        guard t > 0, t.isFinite, m > 0, m.isFinite else {
            throw TransformError("hyperlog needs T > 0 and M > 0, T is \(t) and M \(m)")
        }
        guard w > 0, w <= m / 2 else {
            throw TransformError("hyperlog needs 0 < W ≤ M/2 = \(m / 2), W is \(w)")
        }
        guard a >= -w, a <= m - 2 * w else {
            throw TransformError("hyperlog needs −W ≤ A ≤ M − 2W = \(m - 2 * w), A is \(a)")
        }
        guard m + a > 0, m + a <= 300 else {
            throw TransformError("hyperlog needs 0 < M + A ≤ 300, it is \(m + a)")
        }
        (self.t, self.w, self.m, self.a) = (t, w, m, a)
        let width = w / (m + a)
        let x2 = a / (m + a)
        let x1 = x2 + width
        let x0 = x2 + 2 * width
        let b = (m + a) * M_LN10
        let ratioC = exp(b * x0) / width
        let ratioF = exp(b * x1) + ratioC * x1
        let first = t / (exp(b) + ratioC - ratioF)
        factorA = first
        factorB = b
        factorC = ratioC * first
        shift = ratioF * first
        zero = x1
        guard factorA > 0, factorA.isFinite, factorC.isFinite, shift.isFinite else {
            throw TransformError("hyperlog cannot represent T \(t), W \(w), M \(m), A \(a)")
        }
    }

    /// The scale value of a data value. NaN stays NaN.
    public func callAsFunction(_ x: Double) -> Double {
        guard x.isFinite else { return x }
        let isNegative = x < 0
        let value = abs(x)
        let slope = factorB * factorA * exp(factorB * zero) + factorC
        var y = zero + value / slope
        let logarithm = log((value + shift) / factorA) / factorB
        if value + shift > 0, logarithm < y { y = max(logarithm, zero) }
        for _ in 0..<60 {
            let rising = factorA * exp(factorB * y)
            let residue = (rising - shift - value) + factorC * y
            let first = factorB * rising + factorC
            let second = factorB * factorB * rising
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
        let value = factorA * exp(factorB * place) - shift + factorC * place
        return isNegative ? -value : value
    }
}
