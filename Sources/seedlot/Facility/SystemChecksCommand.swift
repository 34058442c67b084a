import ArgumentParser
import Facility
import Ledger
import Operations
import Quantities

/// `seedlot system-checks SITE`: backups that were restored as a trial, and evaluations of the system.
struct SystemChecksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "system-checks",
        abstract: "List trial restores of backups and evaluations of the system, the latest first.",
        discussion: "The exit code is 1 when the next one is overdue.")

    @OptionGroup var site: SiteArgument

    @OptionGroup var day: DayOption

    @OptionGroup var output: FormatOption

    func run() async throws {
        let today = try day.date()
        let standings = try await site.state().systemCheckStandings(on: today)
        try output.give(standings) { show(standings) }
        if standings.contains(where: \.overdue) { throw ExitCode.failure }
    }

    private func show(_ standings: [SystemCheckStanding]) {
        if standings.isEmpty { print("no check of the system is recorded") }
        for check in standings {
            print(
                "\(check.overdue ? "!" : " ") \(check.performedOn)  \(check.report), "
                    + "\(check.kind.title) by \(check.performedBy): "
                    + (check.passes ? "passed" : "failed"))
            print("      \(check.findings)")
            if let entries = check.entries, let root = check.root, let took = check.took {
                print("      \(entries) entries in \(took), root \(root.hex)")
            }
            if check.isLatest {
                print("      the next is due \(check.until.map { "on \($0)" } ?? "at once")")
            }
        }
    }
}
