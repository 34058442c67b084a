/// A whole number of any length, only as much as comparing across units needs.
///
/// Whether `7 d` is more than `10080 min` must not depend on a rounded quotient: both sides are
/// multiplied out instead.
struct LongProduct {
    /// Base 2^32, least significant first, no leading zero.
    private var limbs: [UInt32]

    private init(_ magnitude: UInt128) {
        limbs = []
        var rest = magnitude
        while rest != 0 {
            limbs.append(UInt32(truncatingIfNeeded: rest))
            rest >>= 32
        }
    }

    private mutating func multiply(by factor: UInt32) {
        var carry: UInt64 = 0
        for index in limbs.indices {
            let product = UInt64(limbs[index]) * UInt64(factor) + carry
            limbs[index] = UInt32(truncatingIfNeeded: product)
            carry = product >> 32
        }
        if carry != 0 { limbs.append(UInt32(carry)) }
    }

    private mutating func multiply(by factor: UInt64) {
        var high = self
        multiply(by: UInt32(truncatingIfNeeded: factor))
        guard factor >> 32 != 0 else { return }
        high.multiply(by: UInt32(factor >> 32))
        high.limbs.insert(0, at: 0)
        add(high)
    }

    private mutating func add(_ other: LongProduct) {
        var carry: UInt64 = 0
        for index in 0..<max(limbs.count, other.limbs.count) {
            if index == limbs.count { limbs.append(0) }
            let addend = index < other.limbs.count ? UInt64(other.limbs[index]) : 0
            let sum = UInt64(limbs[index]) + addend + carry
            limbs[index] = UInt32(truncatingIfNeeded: sum)
            carry = sum >> 32
        }
        if carry != 0 { limbs.append(UInt32(carry)) }
    }

    /// Compares `value` × `scale` of two sides: negative, zero or positive.
    static func order(
        _ left: (value: ExactDecimal, scale: UnitScale),
        _ right: (value: ExactDecimal, scale: UnitScale)
    ) -> Int {
        let signs = (left.value.significand.signum(), right.value.significand.signum())
        guard signs.0 == signs.1 else { return signs.0 < signs.1 ? -1 : 1 }
        guard signs.0 != 0 else { return 0 }
        var (a, b) = (
            LongProduct(left.value.significand.magnitude),
            LongProduct(right.value.significand.magnitude)
        )
        a.multiply(by: UInt64(left.scale.numerator))
        a.multiply(by: UInt64(right.scale.denominator))
        b.multiply(by: UInt64(right.scale.numerator))
        b.multiply(by: UInt64(left.scale.denominator))
        let shift =
            left.value.exponent + left.scale.exponent
            - right.value.exponent - right.scale.exponent
        // At most 128 + 400 steps: exponents of numbers and of scales are bounded.
        for _ in 0..<max(shift, 0) { a.multiply(by: UInt32(10)) }
        for _ in 0..<max(-shift, 0) { b.multiply(by: UInt32(10)) }
        return Int(signs.0) * order(a.limbs, b.limbs)
    }

    private static func order(_ a: [UInt32], _ b: [UInt32]) -> Int {
        guard a.count == b.count else { return a.count < b.count ? -1 : 1 }
        for (x, y) in zip(a, b).reversed() where x != y { return x < y ? -1 : 1 }
        return 0
    }
}
