/// Exponential and logarithm of our own.
///
/// The last bit of `exp` and `log` differs between the C libraries of Linux, musl and Darwin, and
/// a last bit can decide how many whole vials are filled. These give the same bits wherever
/// floating point follows IEEE 754, because they use nothing but its four operations.
public enum Elementary {
    /// e to the power `x`; the error is below 1.2 units in the last place.
    ///
    /// Reduction to |r| ≤ ln 2 / 2 by the two-part constant of Cody and Waite, then the Taylor
    /// polynomial of degree 13, whose truncation is below 10^-17.
    @inlinable @inline(__always)
    public static func exp(_ x: Double) -> Double {
        abs(x) < 708 ? nearExp(x) : farExp(x)
    }

    /// The same where the result is sure to be a normal number.
    @usableFromInline @inline(__always)
    static func nearExp(_ x: Double) -> Double {
        let shifted = x * 1.4426950408889634 + 0x1.8p52
        let count = shifted - 0x1.8p52
        let r = (x - count * 0x1.62e42fee00000p-1) - count * 0x1.a39ef35793c76p-33
        return scaled(expPolynomial(r), by: Int64(bitPattern: shifted.bitPattern))
    }

    /// 2 to the power `x`.
    @inlinable @inline(__always)
    public static func exp2(_ x: Double) -> Double {
        guard abs(x) < 1020 else { return x > 0 ? .infinity : (x < 0 ? 0 : .nan) }
        let shifted = x + 0x1.8p52
        let count = shifted - 0x1.8p52
        let r = (x - count) * 0.6931471805599453
        return scaled(expPolynomial(r), by: Int64(bitPattern: shifted.bitPattern))
    }

    /// e^r for |r| ≤ 0.35, evaluated in pairs so that the additions do not wait for each other.
    @usableFromInline @inline(__always)
    static func expPolynomial(_ r: Double) -> Double {
        let r2 = r * r
        let r4 = r2 * r2
        let r8 = r4 * r4
        let low = (1.0 / 6 + r * (1.0 / 24)) * r2
        let a = 1.0 / 120 + r * (1.0 / 720)
        let b = 1.0 / 5_040 + r * (1.0 / 40_320)
        let c = 1.0 / 362_880 + r * (1.0 / 3_628_800)
        let d = 1.0 / 39_916_800 + r * (1.0 / 479_001_600)
        let high = (a + b * r2) * r4 + (c + (d + r2 * (1.0 / 6_227_020_800)) * r2) * r8
        return 1 + (r + (0.5 * r2 + r * (low + high)))
    }

    /// `value` times two to the power that stands in the low bits of `count`.
    @usableFromInline @inline(__always)
    static func scaled(_ value: Double, by count: Int64) -> Double {
        Double(bitPattern: value.bitPattern &+ UInt64(bitPattern: count) << 52)
    }

    /// The exponential where the result leaves the normal numbers.
    @usableFromInline
    static func farExp(_ x: Double) -> Double {
        if x.isNaN { return x }
        if x >= 710 { return .infinity }
        if x <= -746 { return 0 }
        let half = exp(x / 2)
        return half * half
    }

    /// The natural logarithm of a positive number; the error is below one unit in the last place.
    ///
    /// x = m 2^k with m between 0.707 and 1.414, s = (m − 1)/(m + 1), and the odd series
    /// ln m = 2 (s + s³/3 + s⁵/5 + …), of which |s| ≤ 0.172 needs eleven terms.
    @inlinable
    public static func log(_ x: Double) -> Double {
        guard x > 0, x < .infinity else {
            return x == 0 ? -.infinity : (x == .infinity ? x : .nan)
        }
        // The smallest numbers have no leading one; two powers of two bring it back.
        guard x >= .leastNormalMagnitude else { return log(x * 0x1p54) - 54 * 0.6931471805599453 }
        var bits = x.bitPattern
        // Moves the seam of the mantissa from 1 to √½, so that s is small on both sides.
        bits &-= 0x3FE6_A09E_667F_3BCD
        let count = Double(Int64(bitPattern: bits) >> 52)
        let m = Double(
            bitPattern: (bits & 0x000F_FFFF_FFFF_FFFF) &+ 0x3FE6_A09E_667F_3BCD)
        let f = m - 1
        let s = f / (2 + f)
        let z = s * s
        var sum = 2.0 / 21
        sum = sum * z + 2.0 / 19
        sum = sum * z + 2.0 / 17
        sum = sum * z + 2.0 / 15
        sum = sum * z + 2.0 / 13
        sum = sum * z + 2.0 / 11
        sum = sum * z + 2.0 / 9
        sum = sum * z + 2.0 / 7
        sum = sum * z + 2.0 / 5
        sum = sum * z + 2.0 / 3
        let correction = s * (0.5 * f * f + z * sum)
        // ln(1+f) = f − (f²/2 − s (f²/2 + R)): the leading part is exact.
        let tail = 0.5 * f * f - correction
        return count * 0x1.62e42fee00000p-1 - ((tail - count * 0x1.a39ef35793c76p-33) - f)
    }

    /// The logarithm to the base two.
    public static func log2(_ x: Double) -> Double { log(x) * 1.4426950408889634 }
}
