import ArgumentParser
import Facility
import Operations

/// `seedlot obligations SITE`: what authorisations ask for, and what was met.
struct ObligationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "obligations",
        abstract: "List what authorisations ask for: obligations, measures, reports, renewals.",
        discussion: "The exit code is 1 when one is overdue.")

    @OptionGroup var site: SiteArgument

    @OptionGroup var day: DayOption

    @OptionGroup var output: FormatOption

    func run() async throws {
        let today = try day.date()
        let standings = try await site.state().obligationStandings(on: today)
        try output.give(standings) { show(standings) }
        if standings.contains(where: \.overdue) { throw ExitCode.failure }
    }

    private func show(_ standings: [ObligationStanding]) {
        if standings.isEmpty { print("no obligation is recorded") }
        for standing in standings {
            let mark = standing.overdue ? "!" : standing.evidence == nil ? " " : "x"
            print(
                "\(mark) \(standing.deadline)  \(standing.obligation), \(standing.authorisation): "
                    + standing.task)
            if let evidence = standing.evidence, let when = standing.fulfilledOn {
                print("      met on \(when): \(evidence)")
            }
        }
    }
}
