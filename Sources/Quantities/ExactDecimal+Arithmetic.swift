extension ExactDecimal: Hashable, Comparable {
    /// Whether the two are equal.
    public static func == (left: ExactDecimal, right: ExactDecimal) -> Bool {
        if left.exponent == right.exponent { return left.significand == right.significand }
        return left.order(with: right) == 0
    }

    /// Whether `left` comes before `right`.
    public static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
        if left.exponent == right.exponent { return left.significand < right.significand }
        return left.order(with: right) < 0
    }

    /// Feeds what equality compares into `hasher`.
    public func hash(into hasher: inout Hasher) {
        let lowest = withoutTrailingZeros
        hasher.combine(lowest.significand)
        hasher.combine(lowest.exponent)
    }

    /// Negative, zero or positive as this value is less than, equal to or greater than `other`.
    private func order(with other: ExactDecimal) -> Int {
        let signs = (significand.signum(), other.significand.signum())
        guard signs.0 == signs.1 else { return signs.0 < signs.1 ? -1 : 1 }
        guard signs.0 != 0 else { return 0 }
        let sign = Int(signs.0)
        let places = (leadingPlace, other.leadingPlace)
        guard places.0 == places.1 else { return places.0 < places.1 ? -sign : sign }
        // With the same leading place the longer significand bounds the shorter one after
        // alignment, so 34 digits are never exceeded here.
        let shift = exponent - other.exponent
        let left = shift > 0 ? significand * powerOfTen(shift) : significand
        let right = shift < 0 ? other.significand * powerOfTen(-shift) : other.significand
        return left == right ? 0 : (left < right ? -1 : 1)
    }

    /// The power of ten just above the first digit.
    private var leadingPlace: Int { decimalDigits(of: significand.magnitude) + exponent }

    /// The same value with the fewest digits.
    public var withoutTrailingZeros: ExactDecimal {
        guard significand != 0 else { return .zero }
        var (digits, power) = (significand, exponent)
        while digits % 10 == 0 {
            digits /= 10
            power += 1
        }
        return ExactDecimal(unchecked: digits, exponent: power)
    }

    /// The same value without a power of ten, where that takes at most six digits.
    var plainWhereShort: ExactDecimal {
        guard exponent > 0, leadingPlace <= 6 else { return self }
        return ExactDecimal(unchecked: significand * powerOfTen(exponent), exponent: 0)
    }
}

extension ExactDecimal {
    /// Whether the value is below zero.
    public var isNegative: Bool { significand < 0 }
    /// Whether the value is zero.
    public var isZero: Bool { significand == 0 }

    /// The value with the other sign.
    public static prefix func - (value: ExactDecimal) -> ExactDecimal {
        ExactDecimal(unchecked: -value.significand, exponent: value.exponent)
    }

    /// The exact sum.
    /// - Throws: `tooManyDigits` where the exact sum has more digits than are kept.
    public static func + (
        left: ExactDecimal, right: ExactDecimal
    ) throws(DecimalError) -> ExactDecimal {
        if left.isZero, left.exponent >= right.exponent { return right }
        if right.isZero, right.exponent >= left.exponent { return left }
        let exponent = min(left.exponent, right.exponent)
        guard let leftDigits = left.significand(at: exponent),
            let rightDigits = right.significand(at: exponent)
        else { throw .tooManyDigits("\(left) + \(right)") }
        let (sum, overflow) = leftDigits.addingReportingOverflow(rightDigits)
        guard !overflow else { throw .tooManyDigits("\(left) + \(right)") }
        return try ExactDecimal(significand: sum, exponent: exponent)
    }

    /// The exact difference.
    /// - Throws: `tooManyDigits` where the exact difference has more digits than are kept.
    public static func - (
        left: ExactDecimal, right: ExactDecimal
    ) throws(DecimalError) -> ExactDecimal {
        try left + -right
    }

    /// The exact product.
    /// - Throws: `tooManyDigits` or `exponentOutOfRange` where the exact product does not fit.
    public static func * (
        left: ExactDecimal, right: ExactDecimal
    ) throws(DecimalError) -> ExactDecimal {
        let quick = left.significand.multipliedReportingOverflow(by: right.significand)
        if !quick.overflow {
            return try ExactDecimal(
                significand: quick.partialValue, exponent: left.exponent + right.exponent)
        }
        let (a, b) = (left.withoutTrailingZeros, right.withoutTrailingZeros)
        let (digits, overflow) = a.significand.multipliedReportingOverflow(by: b.significand)
        guard !overflow else { throw .tooManyDigits("\(left) × \(right)") }
        return try ExactDecimal(significand: digits, exponent: a.exponent + b.exponent)
    }

    /// The quotient: exact where it ends within `significantDigits`, otherwise rounded to them,
    /// half to even.
    /// - Throws: `divisionByZero`, or `exponentOutOfRange`.
    public func divided(
        by divisor: ExactDecimal, significantDigits: Int = 20
    ) throws(DecimalError) -> ExactDecimal {
        guard !divisor.isZero else { throw .divisionByZero }
        guard !isZero else { return .zero }
        let wanted = min(max(significantDigits, 1), Self.maximumDigits)
        let below = divisor.significand.magnitude
        var (quotient, remainder) = significand.magnitude.quotientAndRemainder(dividingBy: below)
        var power = exponent - divisor.exponent
        while remainder != 0, quotient == 0 || decimalDigits(of: quotient) < wanted {
            remainder *= 10
            quotient = quotient * 10 + remainder / below
            remainder %= below
            power -= 1
        }
        let twice = remainder * 2
        if twice > below || (twice == below && quotient % 2 == 1) { quotient += 1 }
        let isNegative = significand.signum() != divisor.significand.signum()
        return try ExactDecimal(
            significand: isNegative ? -Int128(quotient) : Int128(quotient), exponent: power)
    }

    /// The nearest `Double`.
    public var doubleValue: Double {
        // Both factors are exact here, so that the one division or product is rounded once.
        if significand.magnitude < 1 << 53, exponent >= -22, exponent <= 22 {
            let scale = Double(powerOfTen(abs(exponent)))
            return exponent < 0 ? Double(significand) / scale : Double(significand) * scale
        }
        return Double("\(significand)e\(exponent)") ?? .nan
    }

    /// `value` rounded to `significantDigits`, for a computed result that becomes a record.
    /// - Throws: `notANumber` when it is not finite, `exponentOutOfRange` when it is too large.
    public init(rounding value: Double, significantDigits: Int = 15) throws(DecimalError) {
        guard value.isFinite else { throw .notANumber("\(value)") }
        // The shortest text that reads back as the same number has at most 17 digits.
        let exact = try ExactDecimal("\(value)"[...])
        self = try exact.divided(by: .one, significantDigits: significantDigits)
            .rounded(toSignificantDigits: significantDigits)
    }

    /// The value rounded to `count` significant digits, half to even.
    public func rounded(toSignificantDigits count: Int) -> ExactDecimal {
        let surplus = decimalDigits(of: significand.magnitude) - max(count, 1)
        guard surplus > 0 else { return self }
        let unit = powerOfTen(surplus)
        var (quotient, remainder) = significand.quotientAndRemainder(dividingBy: unit)
        let twice = remainder.magnitude * 2
        if twice > unit.magnitude || (twice == unit.magnitude && quotient % 2 != 0) {
            quotient += significand.signum()
        }
        return ExactDecimal(unchecked: quotient, exponent: exponent + surplus)
    }

    /// The digits when written with `power`, at most this value's own; nil when they do not fit.
    private func significand(at power: Int) -> Int128? {
        let shift = exponent - power
        guard shift <= 38 else { return nil }
        let (digits, overflow) = significand.multipliedReportingOverflow(by: powerOfTen(shift))
        return overflow ? nil : digits
    }
}

/// 10^`exponent` for 0...38, the largest that fits.
func powerOfTen(_ exponent: Int) -> Int128 { powersOfTen[exponent] }

private let powersOfTen: [Int128] = {
    var powers: [Int128] = [1]
    for _ in 1...38 { powers.append(powers[powers.count - 1] * 10) }
    return powers
}()
