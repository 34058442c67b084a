/// Instants as labels of a time axis, in UTC.
enum TimeLabel {
    private static let day: Int64 = 86_400
    /// Years beyond ±285,000 are nobody's batch: held there, no arithmetic on instants overflows.
    private static let farthest: Int64 = 9_000_000_000_000

    /// `instant`, held within the years that labels can name.
    static func clamped(_ instant: Int64) -> Int64 { max(-farthest, min(farthest, instant)) }

    /// Round instants between `start` and `end` (seconds since 1970), about `wanted` of them.
    static func ticks(from start: Int64, to end: Int64, wanted: Int) -> [Int64] {
        let (start, end) = (clamped(start), clamped(end))
        guard start <= end else { return [] }
        let span = end - start
        let rough = span / Int64(max(wanted, 1))
        let steps: [Int64] =
            [900, 3600, 3 * 3600, 6 * 3600, 12 * 3600]
            + [1, 2, 7, 14, 28, 91, 182, 364, 728, 3640].map { $0 * day }
        let step = steps.first { $0 >= rough } ?? max(1, rough / (364 * day)) * 364 * day
        // Weeks begin on a Monday: 1970-01-05 was one.
        let origin = step % (7 * day) == 0 ? 4 * day : 0
        let first = (start - origin).dividedRoundingUp(by: step) * step + origin
        return first > end ? [start] : Array(stride(from: first, through: end, by: Int(step)))
    }

    /// The label of `instant` on an axis whose ticks are `step` seconds apart.
    static func label(_ instant: Int64, step: Int64) -> String {
        let date = CivilDate(secondsSince1970: instant)
        if step < day {
            let time = "\(twoDigits(date.hour)):\(twoDigits(date.minute))"
            return date.hour == 0 && date.minute == 0 ? "\(date.day) \(date.monthName)" : time
        }
        return step < 182 * day
            ? "\(date.day) \(date.monthName)" : "\(date.monthName) \(date.year)"
    }

    /// The date alone: 2026-03-01.
    static func date(_ instant: Int64) -> String {
        let date = CivilDate(secondsSince1970: instant)
        return "\(date.year)-\(twoDigits(date.month))-\(twoDigits(date.day))"
    }

    private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}

/// A day and time of the proleptic Gregorian calendar, in UTC.
///
/// H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (`civil_from_days`), 2021.
struct CivilDate {
    let year: Int
    let month: Int
    let day: Int
    let hour: Int
    let minute: Int

    init(secondsSince1970 seconds: Int64) {
        let seconds = TimeLabel.clamped(seconds)
        let days = seconds.dividedRoundingDown(by: 86_400)
        let inDay = Int(seconds - days * 86_400)
        let shifted = days + 719_468
        let era = shifted.dividedRoundingDown(by: 146_097)
        let ofEra = shifted - era * 146_097
        let yearOfEra =
            (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * ofYear + 2) / 153
        day = Int(ofYear - (153 * shiftedMonth + 2) / 5 + 1)
        month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
        year = Int(yearOfEra + era * 400 + (month <= 2 ? 1 : 0))
        hour = inDay / 3600
        minute = inDay / 60 % 60
    }

    var monthName: String {
        [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ][month - 1]
    }
}

extension Int64 {
    fileprivate func dividedRoundingDown(by divisor: Int64) -> Int64 {
        self / divisor - (self % divisor < 0 ? 1 : 0)
    }

    fileprivate func dividedRoundingUp(by divisor: Int64) -> Int64 {
        self / divisor + (self % divisor > 0 ? 1 : 0)
    }
}
