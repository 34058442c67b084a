import Charts
import Documents
import Foundation
import Ledger
import Statistics

/// The relative potency that the readings of a plate come to.
struct PlateReading: Sendable {
    let report: AnalysisReport
    /// What was concluded for each preparation beside the standard, in the unit of the standard's
    /// assigned potency.
    let potencies: [(preparation: String, value: Double)]

    /// Bytes of the readings or of a layout at most: dozens of plates.
    static let bytesMax = 4 << 20

    /// Works out the potency.
    ///
    /// - Parameters:
    ///   - layout: what stands in the wells, when `data` is the plate as its reader wrote it.
    ///   - name: the name of the file with the readings.
    /// - Throws: what is wrong with the table, or why the method does not apply to it.
    init(
        _ data: [UInt8], named name: String, layout: [UInt8]?, _ request: PotencyRequest
    ) throws(AnalysisError) {
        var report: AnalysisReport
        let table: MeasurementTable
        if let layout {
            let wells = try PlateLayout(MeasurementTable(layout))
            let plate = try wells.table(of: PlateGrid(data))
            table = plate.table
            report = try .potency(
                table, request, plate: plate.remarks,
                layoutDigest: Digest.sha256(of: layout).hex)
        } else {
            table = try MeasurementTable(data)
            report = try .potency(table, request)
        }
        report.input = .init(file: name, sha256: Digest.sha256(of: data).hex, table: table)
        self.report = report
        // Where several assays are combined, the combination is what counts.
        let combined = Self.potencies(in: report, after: "combined potency of '")
        potencies =
            combined.isEmpty ? Self.potencies(in: report, after: "potency of '") : combined
    }

    private static func potencies(
        in report: AnalysisReport, after words: String
    ) -> [(preparation: String, value: Double)] {
        report.results.compactMap { item in
            guard item.name.hasPrefix(words), case .number(let value) = item.value else {
                return nil
            }
            return (String(item.name.dropFirst(words.count).dropLast()), value)
        }
    }

    /// `value` with four significant digits, as a result is recorded.
    static func printed(_ value: Double) -> String {
        guard value.isFinite, value > 0 else { return "" }
        let places = min(max(3 - Int(log10(value).rounded(.down)), 0), 4)
        return Figures.plain(value, places: places)
    }
}

/// The report of an analysis on a page: what is concluded, the results, pictures and tables.
struct AnalysisSection: Component {
    let report: AnalysisReport

    func write(into html: inout HTML) {
        for conclusion in report.conclusions {
            html.add(Notice(conclusion.code == nil ? .good : .bad, conclusion.statement))
        }
        html.panel("Results") { html in
            html.add(
                RowsTable(
                    of: "results", report.results,
                    columns: [
                        Column("name", "Result", { $0.name }).roomy,
                        .figure("value", "Value", { _ in nil }, { $0.value.printed }),
                        .figure("lower", "From", { _ in nil }) { Self.bound($0, $0.lower) },
                        .figure("upper", "To", { _ in nil }) { Self.bound($0, $0.upper) },
                    ]))
        }
        for (index, picture) in report.pictures.enumerated() {
            html(.section, .class("panel")) {
                $0.figure(picture, named: "analysis-\(index)", fits: true)
            }
        }
        for table in report.tables {
            html.panel(Self.heading(table.name)) { html in
                html.add(
                    RowsTable(
                        of: table.name, table.rows,
                        columns: table.columns.enumerated().map { index, name in
                            Column("column-\(index)", Self.heading(name)) { $0[index].printed }
                        }))
            }
        }
        var facts = Facts()
        for choice in report.conventions { facts.add(Self.heading(choice.name), choice.value) }
        if let input = report.input {
            facts.add("Rows read", "\(input.rows), \(input.encoding), decimal \(input.decimalSign)")
        }
        html.panel("Conventions") { html in
            html.add(facts)
            for remark in report.remarks { html(.p, .class("help"), text: remark) }
        }
    }

    private static func heading(_ name: String) -> String {
        name.prefix(1).uppercased() + name.dropFirst()
    }

    private static func bound(_ item: AnalysisReport.Item, _ bound: Double?) -> String {
        guard item.hasInterval else { return "" }
        return bound.map { AnalysisReport.Value.number($0).printed } ?? "unbounded"
    }
}
