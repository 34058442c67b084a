import ArgumentParser
import Facility

/// A period of whole days, both included.
struct PeriodOptions: ParsableArguments {
    @Option(help: "The first day of the period, such as 2026-01-01.")
    var from: String

    @Option(help: "The last day of the period, such as 2026-12-31.")
    var to: String

    /// Its first and its last day, as they were given.
    func days() throws -> (first: CalendarDate, last: CalendarDate) {
        (try day(from, "--from"), try day(to, "--to"))
    }

    private func day(_ text: String, _ option: String) throws -> CalendarDate {
        guard let day = CalendarDate(text) else {
            throw Complaint.misuse(
                "\(option) is '\(text)', which is no day", wayOut: "write it as 2026-03-31")
        }
        return day
    }
}
