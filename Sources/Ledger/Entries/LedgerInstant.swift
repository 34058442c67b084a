/// An instant of UTC as RFC 3339 writes it, such as `2026-03-01T09:30:00Z`.
///
/// The text is fixed when it is written and never rendered again, so that no time zone and no
/// locale can change a record. Only the form with `Z` is accepted: one instant, one offset.
public struct LedgerInstant: Hashable, Comparable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z, without leap seconds.
    public let posixSeconds: Int64
    /// Nanoseconds after the second, below 1,000,000,000.
    public let nanoseconds: Int32

    /// Parses `YYYY-MM-DDThh:mm:ssZ` with up to nine decimals of the second; nil for anything else.
    public init?(rfc3339 text: some StringProtocol) {
        var text = String(text)
        guard let instant = text.withUTF8({ LedgerInstant(utf8: $0) }) else { return nil }
        self = instant
    }

    /// The same from the bytes of the text.
    init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count >= 20, bytes.count <= 30,
            bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), bytes[bytes.count - 1] == UInt8(ascii: "Z"),
            let year = Self.digits(bytes, 0, 4), let month = Self.digits(bytes, 5, 7),
            let day = Self.digits(bytes, 8, 10), let hour = Self.digits(bytes, 11, 13),
            let minute = Self.digits(bytes, 14, 16), let second = Self.digits(bytes, 17, 19),
            (1...12).contains(month), hour < 24, minute < 60, second < 60,
            day >= 1, day <= Self.daysInMonth(month, of: year)
        else { return nil }
        var nanoseconds = 0
        if bytes.count > 20 {
            guard bytes[19] == UInt8(ascii: "."), bytes.count > 21,
                let fraction = Self.digits(bytes, 20, bytes.count - 1)
            else { return nil }
            nanoseconds = (bytes.count..<30).reduce(fraction) { value, _ in value * 10 }
        }
        let days = Self.daysSince1970(year: year, month: month, day: day)
        posixSeconds = Int64(((days * 24 + hour) * 60 + minute) * 60 + second)
        self.nanoseconds = Int32(nanoseconds)
    }

    /// Earlier first.
    public static func < (left: LedgerInstant, right: LedgerInstant) -> Bool {
        (left.posixSeconds, left.nanoseconds) < (right.posixSeconds, right.nanoseconds)
    }

    private static func digits(
        _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
    ) -> Int? {
        var value = 0
        for position in start..<end {
            let digit = bytes[position] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
        }
        return value
    }

    private static func daysInMonth(_ month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    /// Days of the proleptic Gregorian calendar, counted from March so that the leap day is last.
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let shifted = year - (month <= 2 ? 1 : 0) + 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear
            - (719_468 + 146_097)
    }
}
