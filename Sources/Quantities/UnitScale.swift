/// How many base units a unit is, as an exact fraction times a power of ten.
///
/// `numerator` and `denominator` have no common factor and neither is a multiple of ten, so that
/// equal scales are equal values: a minute is 6/1 × 10^1 seconds.
struct UnitScale: Hashable, Sendable {
    let numerator: Int64
    let denominator: Int64
    let exponent: Int

    static let one = UnitScale(1)

    /// The scale of a unit that is `numerator`/`denominator` × 10^`exponent` base units.
    init(_ numerator: Int64, over denominator: Int64 = 1, exponent: Int = 0) {
        var (n, d, e) = (numerator, denominator, exponent)
        while n % 10 == 0 {
            n /= 10
            e += 1
        }
        while d % 10 == 0 {
            d /= 10
            e -= 1
        }
        let divisor = greatestCommonDivisor(n, d)
        self.init(reduced: n / divisor, d / divisor, e)
    }

    private init(reduced numerator: Int64, _ denominator: Int64, _ exponent: Int) {
        self.numerator = numerator
        self.denominator = denominator
        self.exponent = exponent
    }

    /// The scale of a product; nil where it does not fit, as for a unit to an absurd power.
    func multiplied(by other: UnitScale) -> UnitScale? {
        // Dividing crosswise first keeps the products as small as the result allows.
        let a = greatestCommonDivisor(numerator, other.denominator)
        let b = greatestCommonDivisor(other.numerator, denominator)
        let (n, overflowed) = (numerator / a)
            .multipliedReportingOverflow(by: other.numerator / b)
        let (d, overflowedToo) = (denominator / b)
            .multipliedReportingOverflow(by: other.denominator / a)
        guard !overflowed, !overflowedToo, abs(exponent + other.exponent) <= 200 else { return nil }
        return UnitScale(n, over: d, exponent: exponent + other.exponent)
    }

    var inverse: UnitScale {
        UnitScale(reduced: denominator, numerator, -exponent)
    }
}

private func greatestCommonDivisor(_ a: Int64, _ b: Int64) -> Int64 {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return max(a, 1)
}
