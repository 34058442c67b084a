/// A day of the Gregorian calendar, such as an expiry date: `2027-03-31`.
///
/// A lot that expires on a day may be used through the end of that day (UTC).
package struct CalendarDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    package let daysSinceEpoch: Int

    init(daysSinceEpoch: Int) { self.daysSinceEpoch = daysSinceEpoch }

    /// Reads `2027-03-31`; `nil` for anything else, such as a day the month does not have.
    package init?(_ text: String) { self.init(utf8: Array(text.utf8)[...]) }

    init?(utf8 bytes: ArraySlice<UInt8>) {
        let start = bytes.startIndex
        guard bytes.count == 10, bytes[start + 4] == UInt8(ascii: "-"),
            bytes[start + 7] == UInt8(ascii: "-"),
            let year = decimal(bytes[start..<(start + 4)]), year >= 1,
            let month = decimal(bytes[(start + 5)..<(start + 7)]), (1...12).contains(month),
            let day = decimal(bytes[(start + 8)..<(start + 10)]),
            (1...Self.length(ofMonth: month, year: year)).contains(day)
        else { return nil }
        daysSinceEpoch = Self.days(year: year, month: month, day: day)
    }

    package static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        left.daysSinceEpoch < right.daysSinceEpoch
    }

    /// The day `days` later; earlier when negative.
    package func advanced(byDays days: Int) -> CalendarDate {
        CalendarDate(daysSinceEpoch: daysSinceEpoch + days)
    }

    /// The same day `months` later, or the last day of that month when it has no such day.
    package func advanced(byMonths months: Int) -> CalendarDate {
        let (year, month, day) = civil
        let count = year * 12 + (month - 1) + months
        // Dates a person can enter have years 1 to 9999; the sum stays inside the same bounds.
        let bounded = min(max(count, 12), 9999 * 12 + 11)
        let (newYear, newMonth) = (bounded / 12, bounded % 12 + 1)
        let last = Self.length(ofMonth: newMonth, year: newYear)
        return CalendarDate(
            daysSinceEpoch: Self.days(year: newYear, month: newMonth, day: min(day, last)))
    }

    private static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from the civil calendar by the era method: E. M. Reingold and N. Dershowitz,
    /// "Calendrical Calculations", Cambridge University Press 2018, chapter 2.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private var civil: (year: Int, month: Int, day: Int) {
        let shifted = daysSinceEpoch + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}

extension CalendarDate: CustomStringConvertible {
    package var description: String {
        let (year, month, day) = civil
        return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
    }
}
