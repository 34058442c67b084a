/// A decimal number that is kept as it was written: `0.10` stays `0.10`, and equals `0.1`.
///
/// The value is `significand` × 10^`exponent`. Equality, order and hashing see the value alone;
/// printing keeps the written digits, in the form of "to-scientific-string" of the General Decimal
/// Arithmetic Specification 1.70 (M. Cowlishaw, IBM, 2009): plain where that is short, otherwise
/// with a power of ten.
public struct ExactDecimal: Sendable {
    /// The digits, as an integer with its sign.
    public let significand: Int128
    /// The power of ten that the digits are multiplied with.
    public let exponent: Int

    /// Significant digits that are kept: those of IEEE 754 decimal128. More is not a measurement.
    public static let maximumDigits = 34
    /// Powers of ten that are read: from far under one molecule to far over every cell on Earth.
    public static let exponents = -64...64

    /// Zero.
    public static let zero = ExactDecimal(0)
    /// One.
    public static let one = ExactDecimal(1)

    /// A whole number.
    public init(_ whole: Int) {
        self.init(unchecked: Int128(whole), exponent: 0)
    }

    /// `significand` × 10^`exponent`; trailing zeros are dropped only where the digits are too many.
    /// - Throws: `tooManyDigits` or `exponentOutOfRange`.
    public init(significand: Int128, exponent: Int) throws(DecimalError) {
        var (digits, power) = (significand, exponent)
        while decimalDigits(of: digits.magnitude) > Self.maximumDigits {
            guard digits % 10 == 0 else { throw .tooManyDigits("\(significand)e\(exponent)") }
            digits /= 10
            power += 1
        }
        guard Self.exponents.contains(power) else {
            throw .exponentOutOfRange("\(significand)e\(exponent)")
        }
        self.init(unchecked: digits, exponent: power)
    }

    init(unchecked significand: Int128, exponent: Int) {
        self.significand = significand
        self.exponent = exponent
    }
}

extension ExactDecimal {
    /// Reads `text`: an optional sign, digits, an optional fraction, an optional power of ten.
    /// - Throws: `notANumber`, `tooManyDigits` or `exponentOutOfRange`.
    public init(_ text: some StringProtocol) throws(DecimalError) {
        guard let read = Self.read(text.utf8[...]), read.rest.isEmpty else {
            throw .notANumber(excerpt(text))
        }
        self = try read.decimal(of: text)
    }

    /// The digits found at the start of a text, before any limit is applied.
    struct Reading<Bytes: Collection> where Bytes.Element == UInt8 {
        var significand: Int128
        var digits: Int
        var exponent: Int
        /// What follows the number.
        var rest: Bytes.SubSequence

        func decimal(of text: some StringProtocol) throws(DecimalError) -> ExactDecimal {
            guard digits <= ExactDecimal.maximumDigits else { throw .tooManyDigits(excerpt(text)) }
            guard ExactDecimal.exponents.contains(exponent) else {
                throw .exponentOutOfRange(excerpt(text))
            }
            return ExactDecimal(unchecked: significand, exponent: exponent)
        }
    }

    /// Reads the longest number at the start of `bytes`; nil when there is none.
    static func read<Bytes: Collection>(_ bytes: Bytes) -> Reading<Bytes>?
    where Bytes.Element == UInt8 {
        var index = bytes.startIndex
        let end = bytes.endIndex
        var isNegative = false
        if index != end, bytes[index] == minus || bytes[index] == plus {
            isNegative = bytes[index] == minus
            bytes.formIndex(after: &index)
        }
        var (magnitude, digits, places) = (Int128(0), 0, 0)
        var sawDigit = false
        var inFraction = false
        while index != end {
            let byte = bytes[index]
            if isDigit(byte) {
                sawDigit = true
                if digits > 0 || byte != zeroDigit { digits += 1 }
                // Digits past the limit are counted, so that the refusal is right, but not kept.
                if digits <= maximumDigits { magnitude = magnitude * 10 + Int128(byte - zeroDigit) }
                if inFraction { places += 1 }
            } else if byte == point, !inFraction, sawDigit {
                let next = bytes.index(after: index)
                guard next != end, isDigit(bytes[next]) else { break }
                inFraction = true
            } else {
                break
            }
            bytes.formIndex(after: &index)
        }
        guard sawDigit else { return nil }
        var exponent = -places
        if let power = readPower(bytes[index...]) {
            exponent += power.value
            index = power.rest
        }
        return Reading(
            significand: isNegative ? -magnitude : magnitude, digits: digits, exponent: exponent,
            rest: bytes[index...])
    }

    /// Reads `e6` or `E-3`. Without a digit it is no power: `5 e` leaves the `e` to the unit.
    private static func readPower<Bytes: Collection>(
        _ bytes: Bytes
    ) -> (value: Int, rest: Bytes.Index)? where Bytes.Element == UInt8 {
        var index = bytes.startIndex
        let end = bytes.endIndex
        guard index != end, bytes[index] == 0x65 || bytes[index] == 0x45 else { return nil }
        bytes.formIndex(after: &index)
        var isNegative = false
        if index != end, bytes[index] == minus || bytes[index] == plus {
            isNegative = bytes[index] == minus
            bytes.formIndex(after: &index)
        }
        guard index != end, isDigit(bytes[index]) else { return nil }
        var value = 0
        while index != end, isDigit(bytes[index]) {
            // Far past every limit the size no longer matters, and must not overflow.
            value = min(value * 10 + Int(bytes[index] - zeroDigit), 1_000_000)
            bytes.formIndex(after: &index)
        }
        return (isNegative ? -value : value, index)
    }
}

extension ExactDecimal: CustomStringConvertible, LosslessStringConvertible {
    /// The number as it reads in a text.
    public var description: String {
        let sign = significand < 0 ? "-" : ""
        let digits = String(significand.magnitude)
        let adjusted = exponent + digits.utf8.count - 1
        if exponent == 0 { return sign + digits }
        if exponent < 0, adjusted >= -6 {
            if adjusted >= 0 {
                return "\(sign)\(digits.dropLast(-exponent)).\(digits.suffix(-exponent))"
            }
            return "\(sign)0.\(String(repeating: "0", count: -adjusted - 1))\(digits)"
        }
        let fraction = digits.dropFirst()
        return "\(sign)\(digits.prefix(1))\(fraction.isEmpty ? "" : ".")\(fraction)e\(adjusted)"
    }

    /// Reads what `description` prints; nil where it is no decimal.
    public init?(_ description: String) {
        guard let value = try? ExactDecimal(description[...]) else { return nil }
        self = value
    }
}

extension ExactDecimal: Codable {
    /// Reads the value from its one text.
    public init(from decoder: any Decoder) throws {
        self = try ExactDecimal(decoder.singleValueContainer().decode(String.self)[...])
    }

    /// Writes the value as its one text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// How many decimal digits `magnitude` has; zero has one.
func decimalDigits(of magnitude: UInt128) -> Int {
    if let small = UInt64(exactly: magnitude) {
        var (count, rest) = (1, small)
        while rest >= 10 {
            rest /= 10
            count += 1
        }
        return count
    }
    return 19 + decimalDigits(of: magnitude / 10_000_000_000_000_000_000)
}

/// The start of a text, short enough for a message.
func excerpt(_ text: some StringProtocol) -> String {
    let limit = 40
    let head = text.prefix(limit)
    return head.endIndex == text.endIndex ? String(head) : head + "…"
}

private let minus = UInt8(ascii: "-")
private let plus = UInt8(ascii: "+")
private let point = UInt8(ascii: ".")
private let zeroDigit = UInt8(ascii: "0")

private func isDigit(_ byte: UInt8) -> Bool { byte &- zeroDigit < 10 }
