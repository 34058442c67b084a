import CNumerics
import Foundation

/// Student's t distribution.
public struct StudentT: Hashable, Sendable {
    /// Degrees of freedom, more than 0.
    public let degreesOfFreedom: Double

    /// The distribution with `degreesOfFreedom`, which must be more than 0.
    public init(degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

    /// P(T <= `x`).
    public func cumulative(_ x: Double) throws(AnalysisError) -> Double {
        try computed("t probability", numerics_t_cdf, degreesOfFreedom, x, upper: false)
    }

    /// P(T > `x`).
    public func upperTail(_ x: Double) throws(AnalysisError) -> Double {
        try computed("t probability", numerics_t_cdf, degreesOfFreedom, x, upper: true)
    }

    /// P(|T| > |`x`|).
    public func twoSided(_ x: Double) throws(AnalysisError) -> Double {
        try min(1, 2 * upperTail(abs(x)))
    }

    /// The value below which T lies with probability `p`.
    public func quantile(_ p: Double) throws(AnalysisError) -> Double {
        try computed("t quantile") { numerics_t_quantile(degreesOfFreedom, p, $0) }
    }

    /// The density at `x`.
    public func density(_ x: Double) throws(AnalysisError) -> Double {
        try computed("t density") { numerics_t_pdf(degreesOfFreedom, x, $0) }
    }
}

/// The chi-squared distribution.
public struct ChiSquared: Hashable, Sendable {
    /// Degrees of freedom, more than 0.
    public let degreesOfFreedom: Double

    /// The distribution with `degreesOfFreedom`, which must be more than 0.
    public init(degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

    /// P(X <= `x`).
    public func cumulative(_ x: Double) throws(AnalysisError) -> Double {
        try computed(
            "chi-squared probability", numerics_chi2_cdf, degreesOfFreedom, x, upper: false)
    }

    /// P(X > `x`).
    public func upperTail(_ x: Double) throws(AnalysisError) -> Double {
        try computed("chi-squared probability", numerics_chi2_cdf, degreesOfFreedom, x, upper: true)
    }

    /// The value below which X lies with probability `p`.
    public func quantile(_ p: Double) throws(AnalysisError) -> Double {
        try computed("chi-squared quantile") { numerics_chi2_quantile(degreesOfFreedom, p, $0) }
    }
}

/// The F distribution.
public struct FDistribution: Hashable, Sendable {
    /// Degrees of freedom of the numerator, more than 0.
    public let numerator: Double
    /// Degrees of freedom of the denominator, more than 0.
    public let denominator: Double

    /// The distribution with the given degrees of freedom, which must be more than 0.
    public init(_ numerator: Double, _ denominator: Double) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// P(F > `x`); 0 at infinity.
    public func upperTail(_ x: Double) throws(AnalysisError) -> Double {
        guard x < .infinity else { return 0 }
        return try computed("F probability") {
            numerics_f_cdf(numerator, denominator, x, 1, $0)
        }
    }

    /// P(F <= `x`).
    public func cumulative(_ x: Double) throws(AnalysisError) -> Double {
        try computed("F probability") { numerics_f_cdf(numerator, denominator, x, 0, $0) }
    }

    /// The value below which F lies with probability `p`.
    public func quantile(_ p: Double) throws(AnalysisError) -> Double {
        try computed("F quantile") { numerics_f_quantile(numerator, denominator, p, $0) }
    }
}

/// The standard normal distribution.
public enum Normal {
    /// P(Z <= `z`).
    public static func cumulative(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

    /// P(Z > `z`).
    public static func upperTail(_ z: Double) -> Double { 0.5 * erfc(z / 2.0.squareRoot()) }

    /// The density at `z`.
    public static func density(_ z: Double) -> Double {
        exp(-0.5 * z * z) / (2 * Double.pi).squareRoot()
    }

    /// The value below which Z lies with probability `p`.
    public static func quantile(_ p: Double) throws(AnalysisError) -> Double {
        try computed("normal quantile") { numerics_normal_quantile(p, $0) }
    }
}

/// The beta distribution.
public struct BetaDistribution: Hashable, Sendable {
    /// First shape, more than 0.
    public let a: Double
    /// Second shape, more than 0.
    public let b: Double

    /// The distribution with shapes `a` and `b`, which must be more than 0.
    public init(_ a: Double, _ b: Double) {
        self.a = a
        self.b = b
    }

    /// P(X <= `x`).
    public func cumulative(_ x: Double) throws(AnalysisError) -> Double {
        try computed("beta probability") { numerics_beta_cdf(a, b, x, 0, $0) }
    }

    /// The value below which X lies with probability `p`.
    public func quantile(_ p: Double) throws(AnalysisError) -> Double {
        try computed("beta quantile") { numerics_beta_quantile(a, b, p, $0) }
    }
}

/// The noncentral t distribution.
public struct NoncentralT: Hashable, Sendable {
    /// Degrees of freedom, more than 0.
    public let degreesOfFreedom: Double
    /// Noncentrality.
    public let noncentrality: Double

    /// The distribution with the given degrees of freedom and noncentrality.
    public init(degreesOfFreedom: Double, noncentrality: Double) {
        self.degreesOfFreedom = degreesOfFreedom
        self.noncentrality = noncentrality
    }

    /// P(T <= `x`).
    public func cumulative(_ x: Double) throws(AnalysisError) -> Double {
        try computed("noncentral t probability") {
            numerics_nct_cdf(degreesOfFreedom, noncentrality, x, 0, $0)
        }
    }

    /// The value below which T lies with probability `p`.
    public func quantile(_ p: Double) throws(AnalysisError) -> Double {
        try computed("noncentral t quantile") {
            numerics_nct_quantile(degreesOfFreedom, noncentrality, p, $0)
        }
    }
}

/// The noncentral F distribution.
public struct NoncentralF: Hashable, Sendable {
    /// Degrees of freedom of the numerator, more than 0.
    public let numerator: Double
    /// Degrees of freedom of the denominator, more than 0.
    public let denominator: Double
    /// Noncentrality, at least 0.
    public let noncentrality: Double

    /// The distribution with the given degrees of freedom and noncentrality.
    public init(_ numerator: Double, _ denominator: Double, noncentrality: Double) {
        self.numerator = numerator
        self.denominator = denominator
        self.noncentrality = noncentrality
    }

    /// P(F <= `x`).
    public func cumulative(_ x: Double) throws(AnalysisError) -> Double {
        try computed("noncentral F probability") {
            numerics_ncf_cdf(numerator, denominator, noncentrality, x, 0, $0)
        }
    }

    /// The value below which F lies with probability `p`.
    public func quantile(_ p: Double) throws(AnalysisError) -> Double {
        try computed("noncentral F quantile") {
            numerics_ncf_quantile(numerator, denominator, noncentrality, p, $0)
        }
    }
}

/// The noncentral chi-squared distribution.
public struct NoncentralChiSquared: Hashable, Sendable {
    /// Degrees of freedom, more than 0.
    public let degreesOfFreedom: Double
    /// Noncentrality, at least 0.
    public let noncentrality: Double

    /// The distribution with the given degrees of freedom and noncentrality.
    public init(degreesOfFreedom: Double, noncentrality: Double) {
        self.degreesOfFreedom = degreesOfFreedom
        self.noncentrality = noncentrality
    }

    /// P(X <= `x`).
    public func cumulative(_ x: Double) throws(AnalysisError) -> Double {
        try computed("noncentral chi-squared probability") {
            numerics_ncchi2_cdf(degreesOfFreedom, noncentrality, x, 0, $0)
        }
    }

    /// The value below which X lies with probability `p`.
    public func quantile(_ p: Double) throws(AnalysisError) -> Double {
        try computed("noncentral chi-squared quantile") {
            numerics_ncchi2_quantile(degreesOfFreedom, noncentrality, p, $0)
        }
    }
}

private func computed(
    _ what: String,
    _ function: (Double, Double, Int32, UnsafeMutablePointer<Double>?) -> numerics_status,
    _ degreesOfFreedom: Double, _ x: Double, upper: Bool
) throws(AnalysisError) -> Double {
    var result = Double.nan
    let status = function(degreesOfFreedom, x, upper ? 1 : 0, &result)
    return try checked(what, status, result)
}

private func computed(
    _ what: String, _ function: (UnsafeMutablePointer<Double>?) -> numerics_status
) throws(AnalysisError) -> Double {
    var result = Double.nan
    let status = function(&result)
    return try checked(what, status, result)
}

private func checked(
    _ what: String, _ status: numerics_status, _ result: Double
) throws(AnalysisError) -> Double {
    guard status == numerics_ok else { throw .notConverged(what: "the \(what)") }
    return result
}
