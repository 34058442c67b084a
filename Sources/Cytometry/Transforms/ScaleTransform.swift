import Foundation

/// A transformation from scale values to the values on which a gate is drawn.
///
/// All are strictly increasing, so a limit on the transformed axis is a limit on the scale value
/// as well: `dataLimits` moves it there, and whole files are gated without transforming a value.
public struct ScaleTransform: Hashable, Sendable {
    /// The transformations of Gating-ML 2.0, clause 6.
    public enum Kind: Hashable, Sendable {
        /// (x + A) / (T + A).
        case linear(t: Double, a: Double)
        /// log10(x / T) / M + 1; minus infinity for x ≤ 0.
        case logarithmic(t: Double, m: Double)
        /// (asinh(x · sinh(M·ln 10) / T) + A·ln 10) / ((M + A)·ln 10).
        case inverseHyperbolicSine(t: Double, m: Double, a: Double)
        /// The logicle scale.
        case logicle(Logicle)
        /// The hyperlog scale.
        case hyperlog(Hyperlog)
        /// FlowJo's biexponential scale, given by its table.
        case tabulated(TabulatedScale)
    }

    /// Which transformation this is.
    public let kind: Kind
    /// Results below are raised to this.
    public let boundMin: Double?
    /// Results above are lowered to this.
    public let boundMax: Double?

    /// - Throws: when the parameters break the rule of their transformation.
    public init(
        _ kind: Kind, boundMin: Double? = nil, boundMax: Double? = nil
    ) throws(TransformError) {
        switch kind {
        case .linear(let t, let a):
            guard t > 0, t.isFinite, a >= 0, a <= t else {
                throw TransformError("flin needs T > 0 and 0 ≤ A ≤ T, T is \(t) and A \(a)")
            }
        case .logarithmic(let t, let m):
            guard t > 0, t.isFinite, m > 0, m.isFinite else {
                throw TransformError("flog needs T > 0 and M > 0, T is \(t) and M \(m)")
            }
        case .inverseHyperbolicSine(let t, let m, let a):
            guard t > 0, t.isFinite, m > 0, m <= 300, a >= 0, a <= m else {
                throw TransformError(
                    "fasinh needs T > 0, 0 < M ≤ 300 and 0 ≤ A ≤ M, T is \(t), M \(m) and A \(a)")
            }
        case .logicle, .hyperlog, .tabulated: break
        }
        if let boundMin, let boundMax, !(boundMin <= boundMax) {
            throw TransformError("boundMin \(boundMin) exceeds boundMax \(boundMax)")
        }
        self.kind = kind
        self.boundMin = boundMin
        self.boundMax = boundMax
    }

    /// The logicle scale with Gating-ML parameters.
    public static func logicle(
        t: Double, w: Double, m: Double, a: Double
    ) throws(TransformError) -> ScaleTransform {
        try ScaleTransform(.logicle(Logicle(t: t, w: w, m: m, a: a)))
    }

    /// The transformed value.
    public func callAsFunction(_ x: Double) -> Double {
        var y: Double
        switch kind {
        case .linear(let t, let a): y = (x + a) / (t + a)
        case .logarithmic(let t, let m):
            y = x > 0 ? log10(x / t) / m + 1 : (x.isNaN ? x : -.infinity)
        case .inverseHyperbolicSine(let t, let m, let a):
            y = (asinh(x * sinh(m * M_LN10) / t) + a * M_LN10) / ((m + a) * M_LN10)
        case .logicle(let scale): y = scale(x)
        case .hyperlog(let scale): y = scale(x)
        case .tabulated(let scale): y = scale(x)
        }
        if let boundMin, y < boundMin { y = boundMin }
        if let boundMax, y > boundMax { y = boundMax }
        return y
    }

    /// True when results are clamped.
    var isBounded: Bool { boundMin != nil || boundMax != nil }

    /// The scale value that is transformed to `y`, bounds aside.
    public func inverse(_ y: Double) -> Double {
        switch kind {
        case .linear(let t, let a): y * (t + a) - a
        case .logarithmic(let t, let m): t * pow(10, (y - 1) * m)
        case .inverseHyperbolicSine(let t, let m, let a):
            t * sinh(y * (m + a) * M_LN10 - a * M_LN10) / sinh(m * M_LN10)
        case .logicle(let scale): scale.inverse(y)
        case .hyperlog(let scale): scale.inverse(y)
        case .tabulated(let scale): scale.inverse(y)
        }
    }

    /// The limits on scale values that say the same as `min <= y < max` on transformed ones.
    /// An empty result stands for limits that no value can meet.
    func dataLimits(min: Double?, max: Double?) -> (min: Double, max: Double)? {
        var low = -Double.greatestFiniteMagnitude
        var high = Double.infinity
        if let min {
            if let boundMax, min > boundMax { return nil }
            if boundMin.map({ min > $0 }) ?? true { low = inverse(min) }
        }
        if let max {
            if let boundMin, max <= boundMin { return nil }
            if boundMax.map({ max <= $0 }) ?? true { high = inverse(max) }
        }
        return (low, high)
    }
}
