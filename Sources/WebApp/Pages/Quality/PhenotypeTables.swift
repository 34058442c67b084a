import Charts
import Cytometry

/// The figures of a cytometry report: why it stands as it does, its markers against their limits, the
/// gates, and the checks of the run.
struct PhenotypeTables: Component {
    let report: PhenotypeReport

    func write(into html: inout HTML) {
        for reason in report.reasons { html(.p, .class("help"), text: reason) }
        html(.h3, text: "Markers in \(report.population)")
        html.add(Self.markers(report))
        html(.h3, text: "Gates")
        html.add(Self.populations(report))
        html(.h3, text: "Run")
        html.add(Self.checks(report))
    }

    private static func share(_ share: ProportionInterval?) -> String {
        share.map {
            "\(Figures.plain($0.percent, places: 2)) % (\(Figures.plain($0.lower, places: 2)) to "
                + "\(Figures.plain($0.upper, places: 2)))"
        } ?? "not measured"
    }

    private static func markers(
        _ report: PhenotypeReport
    ) -> RowsTable<PhenotypeReport.MarkerResult> {
        RowsTable(
            of: "markers", report.markers + report.joint,
            columns: [
                Column("marker", "Marker", { $0.marker }),
                Column("share", "Positive (\(Figures.plain(report.confidence * 100, places: 1)) %)")
                { share($0.share) },
                Column("limit", "Limit") { result in
                    [
                        result.limit?.min.map { "at least \($0) %" },
                        result.limit?.max.map { "at most \($0) %" },
                    ].compactMap { $0 }.joined(separator: ", ")
                },
                .status("verdict", "Verdict", { ($0.verdict.rawValue, $0.verdict.tone) }),
                Column("rule", "Positive when", { $0.rule }),
            ], tone: { $0.verdict == .fail ? .bad : nil })
    }

    private static func populations(
        _ report: PhenotypeReport
    ) -> RowsTable<PhenotypeReport.Population> {
        RowsTable(
            of: "populations", report.populations,
            columns: [
                Column("gate", "Gate", { $0.id }),
                Column("parent", "In") { $0.parent ?? "all events" },
                .figure("events", "Events", { Double($0.count) }, { "\($0.count)" }),
                Column("share", "Share") { share($0.share) },
            ])
    }

    private static func checks(_ report: PhenotypeReport) -> RowsTable<RunCheck> {
        RowsTable(
            of: "checks of the run", report.run,
            columns: [
                Column("check", "Check") { $0.id.replacing("-", with: " ") },
                .status("verdict", "Verdict", { ($0.verdict.rawValue, $0.verdict.tone) }),
                Column("detail", "Found", { $0.detail }).roomy,
            ])
    }
}
