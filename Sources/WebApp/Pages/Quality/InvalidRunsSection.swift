import Facility

/// The runs of tests of a batch, a bank, a lot or a study that do not count, on its page: nothing
/// when there is none.
struct InvalidRunsSection: Component {
    let subject: String
    let state: SiteState

    func write(into html: inout HTML) {
        let runs = state.invalidRuns(of: subject)
        guard !runs.isEmpty else { return }
        html.panel("Runs that do not count") { html in
            html.add(
                RowsTable(
                    of: "runs", runs.reversed(),
                    columns: [
                        .link("method", "Method", { $0.method }, to: { .method($0.method) })
                    ] + Self.columns(state)))
        }
    }

    /// What a list of such runs shows of each, besides its method.
    static func columns(_ state: SiteState) -> [Column<(method: String, run: InvalidRun)>] {
        [
            Column("reference", "Reference", { $0.run.reference }),
            Column("reason", "Why", { $0.run.reason }).roomy,
            Column("controls", "Controls") { $0.run.readings.words },
            Column("when", "When and who") { state.signed($0.run.stamp) },
        ]
    }
}
