import ArgumentParser
import Charts
import Documents
import Foundation
import Statistics

/// How the report of an analysis is printed.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, html, pdf
}

/// Where the report of an analysis goes, and in which form.
struct ReportOutput: ParsableArguments {
    @Option(help: "How to print: text, json, html or pdf.")
    var format = ReportFormat.text

    @Option(
        name: .shortAndLong, help: "The file to write; needed for pdf.", completion: .file())
    var output: String?

    @Option(help: "Write the report as an HTML page to this file as well.")
    var html: String?

    func validate() throws {
        guard format != .pdf || output != nil else {
            throw ValidationError("--format pdf needs a file; add --output FILE")
        }
    }

    /// Prints `report`, with `pictures` where its form can show some.
    func give(_ report: AnalysisReport, pictures: [Picture] = []) throws {
        let paper = AnalysisPaper(report, pictures: pictures).paper
        func bytes(_ form: PaperForm) throws -> [UInt8] {
            try PaperFile.complaining { () throws(ConversionError) in
                try paper.bytes(as: form, by: Converter())
            }
        }
        let content: [UInt8] =
            switch format {
            case .text: Array((report.text + "\n").utf8)
            case .json: Array((try report.printedJSON() + "\n").utf8)
            case .html: try bytes(.html)
            case .pdf: try bytes(.pdf)
            }
        try PaperFile.give(content, to: output)
        if let html { try PaperFile.give(try bytes(.html), to: html) }
    }
}

extension AnalysisPaper {
    /// The report of an analysis in the words of papers.
    init(_ report: AnalysisReport, pictures: [Picture]) {
        self.init(title: report.analysis, version: report.version)
        conventions = report.conventions.map { ($0.name, $0.value) }
        results = report.results.map { item in
            var value = item.value.printed
            if item.hasInterval {
                let lower = item.lower.map { AnalysisReport.Value($0).printed } ?? "–"
                let upper = item.upper.map { AnalysisReport.Value($0).printed } ?? "–"
                value += " (\(lower) to \(upper))"
            }
            return (item.name, value)
        }
        tables = report.tables.map { table in
            PaperTable(
                caption: table.name, columns: table.columns,
                words: table.rows.map { $0.map(\.printed) })
        }
        conclusions = report.conclusions.map { ($0.statement, $0.code != nil) }
        remarks = report.remarks
        input = report.input.map { ($0.file, $0.sha256) }
        self.pictures = pictures
    }
}
