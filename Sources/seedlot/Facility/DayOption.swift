import ArgumentParser
import Facility
import Operations

/// The day a command looks from.
struct DayOption: ParsableArguments {
    @Option(name: .customLong("as-of"), help: "The day to look from, such as 2026-03-31; today.")
    var day: String?

    /// The day that was named, or today.
    func date() throws -> CalendarDate {
        guard let day else { return SystemClock().now().date }
        guard let date = CalendarDate(day) else {
            throw Complaint.misuse("'\(day)' is no day", wayOut: "write it as 2026-03-31")
        }
        return date
    }
}
