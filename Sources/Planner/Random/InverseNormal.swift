/// The inverse of the standard normal distribution function: algorithm AS 241, PPND16
/// (M. J. Wichura, "The percentage points of the normal distribution", Applied Statistics 37,
/// 477-484, 1988), good to about one part in 10^16.
///
/// It is monotone and takes exactly one uniform draw, so common random numbers and designed
/// samples keep their meaning, which no rejection method allows.
public enum InverseNormal {
    /// The value below which a share `probability` of a standard normal lies.
    ///
    /// - Parameter probability: between 0 and 1, both excluded. The ends give infinities, anything
    ///   beyond them NaN.
    @inlinable @inline(__always)
    public static func quantile(_ probability: Double) -> Double {
        let q = probability - 0.5
        return isCentral(q) ? central(q) : tail(probability, q)
    }

    /// Whether a distance from one half belongs to the inner 85 %.
    @usableFromInline @inline(__always)
    static func isCentral(_ q: Double) -> Bool { abs(q) <= 0.425 }

    /// The quantile at one half and `q`; beyond the inner part a number without meaning.
    @usableFromInline @inline(__always)
    static func central(_ q: Double) -> Double {
        let r = 0.180625 - q * q
        return q * centralNumerator(r) / centralDenominator(r)
    }

    /// The outer 15 %.
    @usableFromInline
    static func tail(_ probability: Double, _ q: Double) -> Double {
        let p = q < 0 ? probability : 1 - probability
        guard p > 0 else { return p == 0 ? (q < 0 ? -.infinity : .infinity) : .nan }
        var r = (-Elementary.log(p)).squareRoot()
        let value: Double
        if r <= 5 {
            r -= 1.6
            value = middleNumerator(r) / middleDenominator(r)
        } else {
            r -= 5
            value = farNumerator(r) / farDenominator(r)
        }
        return q < 0 ? -value : value
    }

    @usableFromInline @inline(__always)
    static func centralNumerator(_ r: Double) -> Double {
        polynomial(
            r, 3.3871328727963666080e0, 1.3314166789178437745e+2,
            1.9715909503065514427e+3, 1.3731693765509461125e+4,
            4.5921953931549871457e+4, 6.7265770927008700853e+4,
            3.3430575583588128105e+4, 2.5090809287301226727e+3)
    }

    @usableFromInline @inline(__always)
    static func centralDenominator(_ r: Double) -> Double {
        polynomial(
            r, 1, 4.2313330701600911252e+1,
            6.8718700749205790830e+2, 5.3941960214247511077e+3,
            2.1213794301586595867e+4, 3.9307895800092710610e+4,
            2.8729085735721942674e+4, 5.2264952788528545610e+3)
    }

    private static func middleNumerator(_ r: Double) -> Double {
        polynomial(
            r, 1.42343711074968357734e0, 4.63033784615654529590e0,
            5.76949722146069140550e0, 3.64784832476320460504e0,
            1.27045825245236838258e0, 2.41780725177450611770e-1,
            2.27238449892691845833e-2, 7.74545014278341407640e-4)
    }

    private static func middleDenominator(_ r: Double) -> Double {
        polynomial(
            r, 1, 2.05319162663775882187e0,
            1.67638483018380384940e0, 6.89767334985100004550e-1,
            1.48103976427480074590e-1, 1.51986665636164571966e-2,
            5.47593808499534494600e-4, 1.05075007164441684324e-9)
    }

    private static func farNumerator(_ r: Double) -> Double {
        polynomial(
            r, 6.65790464350110377720e0, 5.46378491116411436990e0,
            1.78482653991729133580e0, 2.96560571828504891230e-1,
            2.65321895265761230930e-2, 1.24266094738807843860e-3,
            2.71155556874348757815e-5, 2.01033439929228813265e-7)
    }

    private static func farDenominator(_ r: Double) -> Double {
        polynomial(
            r, 1, 5.99832206555887937690e-1,
            1.36929880922735805310e-1, 1.48753612908506148525e-2,
            7.86869131145613259100e-4, 1.84631831751005468180e-5,
            1.42151175831644588870e-7, 2.04426310338993978564e-15)
    }

    /// A polynomial of degree 7, lowest coefficient first, in the order of Estrin: in pairs, so that
    /// no step waits for all before it. All coefficients and `r` are positive; nothing cancels.
    @usableFromInline @inline(__always)
    static func polynomial(
        _ r: Double, _ c0: Double, _ c1: Double, _ c2: Double, _ c3: Double, _ c4: Double,
        _ c5: Double, _ c6: Double, _ c7: Double
    ) -> Double {
        let r2 = r * r
        let low = (c0 + c1 * r) + (c2 + c3 * r) * r2
        let high = (c4 + c5 * r) + (c6 + c7 * r) * r2
        return low + high * (r2 * r2)
    }
}
