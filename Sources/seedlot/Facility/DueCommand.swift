import ArgumentParser
import Facility

/// `seedlot due SITE`: what is due at a site, and by when.
struct DueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "due",
        abstract: "List what is due: calibrations, qualifications, training, audits and the like.",
        discussion: "The exit code is 1 when something is overdue.")

    @OptionGroup var site: SiteArgument

    @OptionGroup var day: DayOption

    @Option(help: "How many days ahead to look.")
    var within = 30

    @OptionGroup var output: FormatOption

    func validate() throws {
        guard (0...36_525).contains(within) else {
            throw ValidationError("--within is \(within), not 0 to 36525 days")
        }
    }

    func run() async throws {
        let today = try day.date()
        let state = try await site.state()
        let items = state.due(asOf: today, within: within)
        try output.give(items.map { $0.standing(on: today) }) { show(items, today) }
        if items.contains(where: { $0.isOverdue(on: today) }) { throw ExitCode.failure }
    }

    private func show(_ items: [DueItem], _ today: CalendarDate) {
        guard !items.isEmpty else {
            return print("nothing is due by \(today.advanced(byDays: within))")
        }
        let width = items.map(\.subject.count).max() ?? 0
        for item in items {
            let subject =
                item.subject + String(repeating: " ", count: width - item.subject.count)
            let mark = item.isOverdue(on: today) ? "!" : " "
            print("\(mark) \(item.due?.description ?? "now       ")  \(subject)  \(item.task)")
        }
        let overdue = items.count { $0.isOverdue(on: today) }
        print("\n\(items.count) due by \(today.advanced(byDays: within)), \(overdue) overdue (!)")
    }
}
