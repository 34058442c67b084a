import ArgumentParser
import Cytometry
import Documents
import Facility
import Foundation

/// `seedlot cytometry report FILES --panel PANEL --gates GATES`: the identity of a lot.
struct CytometryReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Hold samples against an identity panel and its limits.",
        discussion: """
            The limits are those of the panel; there are no others. Exit code 1 means that a \
            sample fails, or with --verify that a record cannot be reproduced.
            """)

    /// How a report is printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, html, pdf
    }

    @Argument(help: "FCS files of the samples.") var files: [String]
    @Option(help: "The panel (JSON).") var panel: String
    @Option(help: "The gates (Gating-ML 2.0 or a FlowJo 10 workspace).")
    var gates: String
    @Option(help: "A control that the panel names; may be repeated. Looked for beside the sample.")
    var control: [String] = []
    @Option(help: "Population doublings of each file, separated by commas, for the drift.")
    var pdl: String?
    @Option(help: "Largest change of a marker in percentage points, the product's own limit.")
    var driftMax: Double?
    @Option(help: "text, json, html or pdf.") var format = Format.text
    @Option(name: .shortAndLong, help: "File to write; needed for pdf.") var output: String?
    @Option(help: "A recorded report (JSON) that must come out the same.") var verify: String?
    @Option(help: "classic or safe, which colour-blind readers can tell apart.")
    var palette = "classic"
    @Option(help: "Threads to use; the numbers do not depend on it.") var threads: Int?
    @OptionGroup var fcs: FCSOptions

    func run() throws {
        guard let palette = DensityPalette(rawValue: palette) else {
            throw Complaint.misuse("--palette is '\(palette)'", wayOut: "classic or safe")
        }
        guard format != .pdf || output != nil else {
            throw Complaint.misuse("--format pdf needs --output")
        }
        guard verify == nil || files.count == 1 else {
            throw Complaint.misuse("--verify compares one file, there are \(files.count)")
        }
        let levels = try populationDoublings()
        var document = ReportDocument([])
        for (index, file) in files.enumerated() {
            if files.count > 1 { Terminal.progress("\(index + 1) of \(files.count): \(file)") }
            document.parts.append(try part(file, palette))
        }
        if files.count > 1 { Terminal.endProgress() }
        let reports = document.parts.map(\.report)
        if let verify { return try compare(reports[0], with: verify) }
        if let levels {
            document.drift = MarkerDrift.inspect(
                reports, populationDoublings: levels, limit: driftMax)
        }
        try emit(document)
        if reports.contains(where: { $0.verdict != .pass })
            || document.drift.contains(where: \.isAlert)
        {
            throw ExitCode.failure
        }
    }

    // MARK: Making

    private func part(_ file: String, _ palette: DensityPalette) throws -> ReportDocument.Part {
        let panelBytes = try CytometryFiles.bytes(panel)
        let markerPanel: MarkerPanel
        do throws(PanelError) {
            markerPanel = try MarkerPanel(json: panelBytes)
        } catch {
            throw Complaint("'\(panel)': \(error.message)")
        }
        let strategy = try CytometryFiles.strategy(gates, for: file)
        let set = try fcs.open(file, quietly: true)
        let paths = try controlPaths(markerPanel, beside: file)
        let controls = try paths.mapValues { try fcs.open($0, quietly: true) }
        let reporter: PhenotypeReporter
        do throws(PanelError) {
            reporter = try PhenotypeReporter(
                panel: markerPanel, strategy: strategy, controls: controls)
        } catch {
            throw Complaint("'\(panel)': \(error.message)")
        }
        let report = try CytometryFiles.complaining(file) {
            try reporter.report(
                set, sample: CytometryFiles.source(file), gates: CytometryFiles.source(gates),
                panelSource: CytometryFiles.source(panel),
                controlSources: paths.sorted { $0.key < $1.key }.map {
                    try CytometryFiles.source($0.value)
                }, software: "seedlot \(SeedlotVersion.current)",
                threads: threads ?? CytometryFiles.threads,
                progress: CytometryFiles.progress(of: set.eventCount))
        }
        Terminal.endProgress()
        guard format == .html || format == .pdf else { return .init(report) }
        let pictures = try CytometryFiles.complaining(file) {
            try ReportPictures(
                set, strategy: strategy, panel: markerPanel, controls: controls, palette: palette
            ).all()
        }
        return .init(report, pictures: pictures)
    }

    /// Where each control lies that the panel names.
    private func controlPaths(
        _ panel: MarkerPanel, beside file: String
    ) throws -> [String: String] {
        var result: [String: String] = [:]
        for name in Set(panel.markers.compactMap { $0.control?.file }) {
            let given = control.first { URL(filePath: $0).lastPathComponent == name }
            let neighbour = URL(filePath: file).deletingLastPathComponent()
                .appending(path: name).path
            if let given {
                result[name] = given
            } else if FileManager.default.fileExists(atPath: neighbour) {
                result[name] = neighbour
            } else {
                throw Complaint(
                    "the panel needs the control '\(name)'", wayOut: "give it with --control")
            }
        }
        return result
    }

    // MARK: Drift

    private func populationDoublings() throws -> [Double]? {
        guard let pdl else {
            guard driftMax == nil else { throw Complaint.misuse("--drift-max needs --pdl") }
            return nil
        }
        let levels = pdl.split(separator: ",").compactMap {
            Double($0.trimmingCharacters(in: .whitespaces)).flatMap { $0.isFinite ? $0 : nil }
        }
        guard levels.count == files.count, levels.count > 1 else {
            throw Complaint.misuse(
                "--pdl has \(levels.count) numbers for \(files.count) files",
                wayOut: "give one number for each of two or more files")
        }
        return levels
    }

    // MARK: Printing

    private struct Everything: Encodable {
        var reports: [PhenotypeReport]
        var drift: [MarkerDrift]
    }

    private func emit(_ document: ReportDocument) throws {
        let reports = document.parts.map(\.report)
        let content: String
        switch format {
        case .text: content = document.text()
        case .json:
            content =
                reports.count == 1 && document.drift.isEmpty
                ? String(decoding: AnalysisRecord.encode(reports[0]), as: UTF8.self) + "\n"
                : try Everything(reports: reports, drift: document.drift).printedJSON() + "\n"
        case .html, .pdf: content = document.html()
        }
        if format == .pdf, let output { return try printPDF(content, to: output) }
        guard let output else { return print(content, terminator: "") }
        try CytometryFiles.write(Array(content.utf8), to: output)
    }

    /// The same page gives the same file: it carries no date of its own.
    private func printPDF(_ html: String, to output: String) throws {
        let pdf = try PaperFile.complaining { () throws(ConversionError) in
            try Converter().pdf(of: Array(html.utf8), at: Timestamp(milliseconds: 0))
        }
        try CytometryFiles.write(pdf, to: output)
    }

    private func compare(_ report: PhenotypeReport, with path: String) throws {
        guard let recorded = AnalysisRecord.decode(try CytometryFiles.bytes(path)) else {
            throw Complaint("'\(path)' is no recorded report")
        }
        let differences = AnalysisRecord.differences(recorded: recorded, recomputed: report)
        for difference in differences { print(difference) }
        guard differences.isEmpty else {
            throw Complaint("'\(path)' cannot be reproduced: \(differences.count) differences")
        }
        print("'\(path)' is reproduced: every number and every digest is the same")
    }
}
