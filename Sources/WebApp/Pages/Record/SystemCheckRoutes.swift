import Charts
import Facility
import Hummingbird
import Ledger
import Operations
import Quantities

/// `/system-checks`: backups that were restored as a trial and evaluations of the computerised system
/// (EU GMP Annex 11 7.2 and clause 11).
struct SystemCheckRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("system-checks") { request, context in try list(request, context) }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let (state, today) = (viewer.state, viewer.now.date)
        let listing = Listing(
            at: .systemChecks, of: "system checks", state.systemCheckStandings(on: today),
            columns: [
                Column("report", "Report", { $0.report }),
                Column("kind", "Kind", { $0.kind.title }),
                .status("status", "Status") { check in
                    check.passes ? ("passed", .good) : ("failed", .bad)
                },
                Column("findings", "What was found", { $0.findings }).roomy,
                Column("performed", "Performed") {
                    "\($0.performedOn), \(state.name(of: $0.performedBy))"
                },
                .figure(
                    "entries", "Entries", { $0.entries.map(Double.init) },
                    { $0.entries.map { "\($0)" } ?? "" }),
                Column("root", "Root of the backup", { $0.root?.hex ?? "" }) { check, html in
                    if let root = check.root { html(.code, text: root.hex) }
                },
                Column("took", "Took", { $0.took?.description ?? "" }),
                .status("next", "Next by") { check in
                    guard check.isLatest else { return ("", .inactive) }
                    let soon = today.advanced(byDays: DueSoon.days)
                    return (
                        check.until?.description ?? "at once",
                        check.overdue
                            ? .bad : check.until.map { $0 < soon } ?? true ? .attention : .good
                    )
                },
                Column("reviewed", "Signed by") { state.name(of: $0.reviewedBy) },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "System checks", in: .systemChecks, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "System checks",
                    under: "Backups that were restored as a trial, and evaluations of the system.",
                    actions: viewer.actions(
                        [RecordSystemCheck.self], [:], returnTo: .systemChecks)))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            html(.p, text: newestBackup(state))
            html(
                .p, .class("help"),
                text:
                    "'seedlot restore COPY FOLDER' verifies a copy entry by entry and prints what a "
                    + "drill is recorded with: entries, root and time. The root is held against this "
                    + "ledger.")
        }
    }

    /// How old the newest copy of the site is, as far as the site knows.
    private func newestBackup(_ state: SiteState) -> String {
        guard let backup = reception.site.folder.lastBackup else {
            return "No backup of this site is known: 'seedlot backup' makes one."
        }
        let since = state.entryCount - min(backup.head.size, state.entryCount)
        return "The newest backup was made on \(Instant.short(backup.made.description)) with "
            + "\(backup.head.size) entries; "
            + (since == 1 ? "1 entry is newer." : "\(since) entries are newer.")
    }
}
