/// An instant in Coordinated Universal Time, to the second or the millisecond.
///
/// Read and written as RFC 3339 text that ends in `Z`, by arithmetic alone: neither the machine's
/// time zone nor its locale has any say. The text is fixed when it is written, so the same instant
/// always has the same bytes in the ledger.
package struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
    package let milliseconds: Int64

    /// The first and last instants that have a four-digit year.
    private static let allowed: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999

    /// The instant `milliseconds` after 1970-01-01T00:00:00Z, clamped to the years 1 to 9999.
    package init(milliseconds: Int64) {
        let (lower, upper) = (Self.allowed.lowerBound, Self.allowed.upperBound)
        self.milliseconds = min(max(milliseconds, lower), upper)
    }

    /// The last instant there is.
    package static let latest = Timestamp(milliseconds: .max)

    /// Reads `2026-01-05T08:00:00Z` or `2026-01-05T08:00:00.250Z`; `nil` for anything else.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20 || bytes.count == 24, bytes.last == UInt8(ascii: "Z"),
            bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"),
            let day = CalendarDate(utf8: bytes[0..<10]),
            let hour = decimal(bytes[11..<13]), hour < 24,
            let minute = decimal(bytes[14..<16]), minute < 60,
            let second = decimal(bytes[17..<19]), second < 60
        else { return nil }
        var fraction = 0
        if bytes.count == 24 {
            guard bytes[19] == UInt8(ascii: "."), let read = decimal(bytes[20..<23]) else {
                return nil
            }
            fraction = read
        }
        let seconds = Int64(day.daysSinceEpoch) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        milliseconds = seconds * 1000 + Int64(fraction)
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The calendar day this instant falls on, in UTC.
    package var date: CalendarDate {
        CalendarDate(daysSinceEpoch: Int(milliseconds.flooredQuotient(by: 86_400_000)))
    }

    /// The instant `seconds` later; earlier when negative.
    package func advanced(bySeconds seconds: Int64) -> Timestamp {
        let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        let (sum, overflowed) = self.milliseconds.addingReportingOverflow(milliseconds)
        guard !overflow, !overflowed else {
            return Timestamp(milliseconds: seconds < 0 ? .min : .max)
        }
        return Timestamp(milliseconds: sum)
    }
}

extension Timestamp: CustomStringConvertible {
    package var description: String {
        let days = milliseconds.flooredQuotient(by: 86_400_000)
        let rest = Int(milliseconds - days * 86_400_000)
        let (seconds, fraction) = (rest / 1000, rest % 1000)
        let day = CalendarDate(daysSinceEpoch: Int(days)).description
        let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, to: 2) }
        let tail = fraction == 0 ? "Z" : "." + padded(fraction, to: 3) + "Z"
        return day + "T" + time.joined(separator: ":") + tail
    }
}

extension Int64 {
    /// The quotient rounded towards minus infinity, for a positive divisor.
    fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}

/// The number that `digits` spell, or `nil` when one of them is no digit.
func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
        guard digit >= 48, digit <= 57 else { return nil }
        value = value * 10 + Int(digit - 48)
    }
    return value
}

/// `number` with leading zeros up to `width` digits.
func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
