import ArgumentParser
import Charts
import Documents
import Foundation
import Ledger
import Statistics

/// The file an analysis reads, and how its report is written.
struct AnalysisFile: ParsableArguments {
    @Argument(help: "A CSV file with the names of its columns in the first line.")
    var file: String?

    @OptionGroup var recorded: RecordedResults

    @OptionGroup var output: ReportOutput

    @Option(help: "Write the pictures of the report as SVG files into this folder as well.")
    var pictures: String?

    /// Reads the table, makes the report, prints it, and ends with exit code 1 when something
    /// was found or could not be concluded.
    func report(
        _ analyse: (MeasurementTable) throws(AnalysisError) -> AnalysisReport
    ) async throws {
        try await report(reading: { bytes throws(AnalysisError) in
            try MeasurementTable(bytes)
        }) { table, _ throws(AnalysisError) in try analyse(table) }
    }

    /// The same for a file that `read` turns into a table.
    func report(
        reading read: ([UInt8]) throws(AnalysisError) -> MeasurementTable,
        _ analyse: (MeasurementTable, [UInt8]) throws(AnalysisError) -> AnalysisReport
    ) async throws {
        let (source, bytes, known) = try await input()
        var report: AnalysisReport
        do throws(AnalysisError) {
            let table = if let known { known } else { try read(bytes) }
            report = try analyse(table, bytes)
            report.input = AnalysisReport.Input(
                file: source, sha256: Digest.sha256(of: bytes).hex, table: table)
        } catch {
            throw Complaint("\(file ?? source): \(error)", wayOut: error.remedy)
        }
        report.version = SeedlotVersion.current
        let drawn = report.pictures
        try output.give(report, pictures: drawn)
        try writeAside(drawn)
        if !report.isClean { throw ExitCode.failure }
    }

    /// Writes the pictures to the folder that was asked for.
    private func writeAside(_ drawn: [Picture]) throws {
        guard let pictures else { return }
        let folder = URL(filePath: pictures)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for (index, picture) in drawn.enumerated() {
                try Data(picture.standaloneSVG())
                    .write(to: folder.appending(path: "picture-\(index + 1).svg"))
            }
        } catch {
            throw Complaint("cannot write to '\(pictures)'", wayOut: "choose another folder")
        }
    }

    /// The bytes of the file, or the table of recorded results.
    private func input() async throws -> (String, [UInt8], MeasurementTable?) {
        switch (file, recorded.site) {
        case (let file?, nil):
            return (URL(filePath: file).lastPathComponent, try read(file), nil)
        case (nil, .some):
            let recorded = try await recorded.table()
            return (recorded.source, recorded.bytes, recorded.table)
        case (.some, .some):
            throw Complaint.misuse(
                "a file and a site are both given", wayOut: "give a file, or --site and --test")
        case (nil, nil):
            throw Complaint.misuse(
                "there is nothing to analyse", wayOut: "name a CSV file, or give --site and --test")
        }
    }

    private func read(_ file: String) throws -> [UInt8] {
        let url = URL(filePath: file)
        let values = try? url.resourceValues(forKeys: [.fileSizeKey, .isDirectoryKey])
        if values?.isDirectory == true {
            throw Complaint("'\(file)' is a folder", wayOut: "name a CSV file in it")
        }
        if let size = values?.fileSize, size > MeasurementTable.byteLimit {
            throw Complaint(
                "'\(file)' has \(size) bytes, at most \(MeasurementTable.byteLimit) are read",
                wayOut: "split it")
        }
        guard let data = try? Data(contentsOf: url) else {
            throw Complaint("cannot read '\(file)'", wayOut: "check the name of the file")
        }
        return [UInt8](data)
    }
}

/// A pair of numbers on the command line, `LOW:HIGH`; either may be left out.
struct NumberRange: ExpressibleByArgument {
    let lower: Double?
    let upper: Double?

    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let numbers = parts.map { $0.isEmpty ? nil : Double($0) }
        guard zip(parts, numbers).allSatisfy({ $0.isEmpty || $1?.isFinite == true }) else {
            return nil
        }
        (lower, upper) = (numbers[0], numbers[1])
    }
}

/// Runs a step whose errors are those of how the command was called.
func asMisuse<Result>(_ body: () throws(AnalysisError) -> Result) throws -> Result {
    do {
        return try body()
    } catch {
        throw Complaint.misuse("\(error)", wayOut: error.remedy)
    }
}
