import ArgumentParser
import Foundation
import Ledger
import Statistics

/// The file an analysis reads, and how its report is written.
struct AnalysisFile: ParsableArguments {
    @Argument(help: "A CSV file with the names of its columns in the first line.")
    var file: String

    @OptionGroup var output: ReportOutput

    /// Reads the table, makes the report, prints it, and ends with exit code 1 when something
    /// was found or could not be concluded.
    func report(
        _ analyse: (MeasurementTable) throws(AnalysisError) -> AnalysisReport
    ) throws {
        let bytes = try read()
        var report: AnalysisReport
        do {
            let table = try MeasurementTable(bytes)
            report = try analyse(table)
            report.input = AnalysisReport.Input(
                file: URL(filePath: file).lastPathComponent,
                sha256: Digest.sha256(of: bytes).hex, table: table)
        } catch {
            throw Complaint("\(file): \(error)", wayOut: error.remedy)
        }
        report.version = SeedlotVersion.current
        try output.give(report)
        if !report.isClean { throw ExitCode.failure }
    }

    private func read() throws -> [UInt8] {
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
