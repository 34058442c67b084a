import ArgumentParser
import Facility
import Operations

/// `seedlot state SITE`: the site as it stands, or as it stood.
struct StateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "state",
        abstract: "Show the state of a site, as it stands or as it stood at an entry or a time.",
        discussion: """
            An entry is meant with everything before it: --as-of 120 shows the site after entry \
            120 was recorded. A time is meant by when entries were recorded, not by when things \
            happened.
            """)

    @OptionGroup var site: SiteArgument

    @Option(
        name: .customLong("as-of"),
        help: "An entry's number, a day such as 2026-03-31, or 2026-03-31T12:00:00Z.")
    var asOf: String?

    @OptionGroup var output: FormatOption

    func run() async throws {
        let folder = try SiteDoor.folder(site.site)
        let state = try await SiteDoor.state(of: folder, before: try await end(folder))
        try output.give(state.summary) { show(state.summary) }
    }

    /// The first entry that is not meant.
    private func end(_ folder: SiteFolder) async throws -> UInt64 {
        guard let asOf else { return .max }
        if let entry = UInt64(asOf) {
            let size = try await SiteDoor.entryCount(of: folder)
            guard entry < size else {
                throw Complaint(
                    "there is no entry \(entry): the ledger has \(size)",
                    wayOut: "entries are numbered from 0")
            }
            return entry + 1
        }
        let time =
            Timestamp(asOf) ?? CalendarDate(asOf).flatMap { Timestamp("\($0)T23:59:59.999Z") }
        guard let time else {
            throw Complaint.misuse(
                "'\(asOf)' is neither an entry nor a time",
                wayOut: "write 120, 2026-03-31 or 2026-03-31T12:00:00Z")
        }
        return try await SiteDoor.entryCount(of: folder, at: time)
    }

    private func show(_ summary: SiteSummary) {
        print("\(summary.site ?? "a site that is not founded"), \(summary.entries) facts")
        let sections: [(String, [SiteSummary.Row])] = [
            ("people", summary.people), ("donors", summary.donors), ("lots", summary.lots),
            ("banks", summary.banks), ("batches", summary.batches), ("doses", summary.doses),
            ("on hold", summary.holds), ("open", summary.events), ("orders", summary.orders),
        ]
        for (title, rows) in sections where !rows.isEmpty {
            print("\n\(title)")
            let width = min(rows.map(\.id.count).max() ?? 0, 32)
            for row in rows {
                let padding = String(repeating: " ", count: max(width - row.id.count, 0))
                print("  \(row.id)\(padding)  \(row.standing)")
            }
        }
        if summary.patients > 0 { print("\n\(summary.patients) patients") }
    }
}
