import ArgumentParser
import Facility

/// `seedlot balance SITE`: where all material is.
struct BalanceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "balance",
        abstract: "Reconcile every lot and every filling: what came in is somewhere.",
        discussion: """
            The exit code is 1 when something does not close.

            Example: seedlot balance SITE --format json
            """)

    @OptionGroup var site: SiteArgument

    @OptionGroup var output: FormatOption

    func run() async throws {
        let balance = try await site.state().balance()
        try output.give(balance) { show(balance) }
        if !balance.closes { throw ExitCode.failure }
    }

    private func show(_ balance: Balance) {
        for lot in balance.lots {
            print(
                "\(lot.closes ? "ok    " : "FAILED") \(lot.lot), \(lot.material): received \(lot.received)"
            )
            let accounts = [
                ("quarantine", lot.quarantine), ("released", lot.released),
                ("rejected", lot.rejected), ("consumed", lot.consumed), ("sampled", lot.sampled),
                ("destroyed", lot.destroyed), ("returned", lot.returned),
                ("unaccounted", lot.unaccounted),
            ].filter { $0.1.first != "0" || $0.1.contains { "123456789".contains($0) } }
            print("         " + accounts.map { "\($0.0) \($0.1)" }.joined(separator: ", "))
        }
        for line in balance.fillings {
            print("\(line.closes ? "ok    " : "FAILED") \(line.origin): \(line.filled) containers")
            let places = [
                ("in stock", line.stored), ("used", line.consumed), ("sampled", line.sampled),
                ("destroyed", line.destroyed), ("on their way", line.shipped),
                ("at hospitals", line.received), ("returned", line.returned),
                ("given", line.administered),
            ].filter { $0.1 > 0 }
            print("         " + places.map { "\($0.1) \($0.0)" }.joined(separator: ", "))
        }
        print(
            balance.closes ? "\neverything is accounted for" : "\nNOT everything is accounted for")
    }
}
