import ArgumentParser
import Facility
import Operations

/// `seedlot inspections SITE`: how the site inspected itself, and until when that holds.
struct InspectionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspections",
        abstract: "List the inspections of the site by itself, the latest first.",
        discussion: "The exit code is 1 when the next one is overdue.")

    @OptionGroup var site: SiteArgument

    @OptionGroup var day: DayOption

    @OptionGroup var output: FormatOption

    func run() async throws {
        let today = try day.date()
        let standings = try await site.state().inspectionStandings(on: today)
        try output.give(standings) { show(standings) }
        if standings.contains(where: \.overdue) { throw ExitCode.failure }
    }

    private func show(_ standings: [InspectionStanding]) {
        if standings.isEmpty { print("no inspection of the site by itself is recorded") }
        for standing in standings {
            print(
                "\(standing.overdue ? "!" : " ") \(standing.inspectedOn)  \(standing.report), "
                    + "\(standing.scope)")
            print("      \(standing.findings ?? "nothing to be put right")")
            if standing.isLatest { print("      the next is due on \(standing.until)") }
        }
    }
}
