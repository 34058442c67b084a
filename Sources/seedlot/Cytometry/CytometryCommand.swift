import ArgumentParser
import Cytometry
import Foundation
import Ledger

/// `seedlot cytometry`: from the cytometer's file to the certificate's number.
struct CytometryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cytometry",
        abstract: "Read FCS files, apply gates, report an identity panel.",
        subcommands: [
            CytometryInfoCommand.self, CytometryEventsCommand.self, CytometryStatsCommand.self,
            CytometryGateCommand.self, CytometryCompensateCommand.self, CytometryPlotCommand.self,
            CytometryConvertCommand.self, CytometryReportCommand.self,
            CytometryRegisterCommand.self, CytometryRecordCommand.self,
        ])
}

/// How the cytometry commands print tables.
enum TableFormat: String, ExpressibleByArgument, CaseIterable {
    case text, csv, json
}

/// What to do with damaged files, for every command that reads FCS.
struct FCSOptions: ParsableArguments {
    @Flag(help: "Read the whole events of a file that ends early, with a warning.")
    var salvage = false

    @Option(help: "Which data set of a file with several, counted from 1.")
    var dataSet = 1

    /// All data sets of the file at `path`.
    func openAll(_ path: String) throws -> [FCSDataSet] {
        try CytometryFiles.dataSets(path, damage: salvage ? .salvage : .refuse)
    }

    /// The chosen data set, with its departures from the standard on standard error.
    func open(_ path: String, quietly: Bool = false) throws -> FCSDataSet {
        let sets = try openAll(path)
        guard sets.indices.contains(dataSet - 1) else {
            throw Complaint.misuse(
                "'\(path)' has \(sets.count) data sets, not \(dataSet)",
                wayOut: "choose one with --data-set")
        }
        let chosen = sets[dataSet - 1]
        if !quietly {
            for warning in chosen.warnings { Terminal.error("warning: '\(path)': \(warning)") }
            if sets.count > 1, dataSet == 1 {
                Terminal.error("note: '\(path)' has \(sets.count) data sets, this is the first")
            }
        }
        return chosen
    }
}

/// Reading and hashing files at the edge of the program.
enum CytometryFiles {
    /// All data sets of a file; at least one.
    static func dataSets(
        _ path: String, named name: String? = nil, damage: FCSFile.Damage = .refuse
    ) throws -> [FCSDataSet] {
        do {
            return try FCSFile.open(path: path, damage: damage)
        } catch {
            let way =
                error.code == .truncated || error.code == .data
                ? "use --salvage to read what is whole" : error.remedy
            throw Complaint("'\(name ?? path)': \(placed(error))", wayOut: way)
        }
    }

    /// A refusal with its byte offset, without its remedy.
    static func placed(_ error: FCSReadError) -> String {
        error.offset.map { "\(error.message) (byte \($0))" } ?? error.message
    }

    /// Whether a file begins as a document of gates does, whatever its name ends in.
    static func isDocument(_ path: String) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        let start = (try? file.read(upToCount: 256)) ?? Data()
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        return start.drop { mark.contains($0) || $0 <= 0x20 }.first == UInt8(ascii: "<")
    }

    /// The bytes of a small file.
    static func bytes(_ path: String) throws -> [UInt8] {
        do {
            return try [UInt8](Data(contentsOf: URL(filePath: path)))
        } catch {
            throw Complaint("cannot read '\(path)'")
        }
    }

    /// Writes a file whole or not at all.
    static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try Data(bytes).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw Complaint("cannot write '\(path)'")
        }
    }

    /// Name and SHA-256 of a file.
    static func source(_ path: String) throws -> PhenotypeReport.Source {
        let mapped: FileBytes
        do {
            mapped = try FileBytes.mapping(path: path)
        } catch {
            throw Complaint(error.message)
        }
        var digest = IncrementalDigest()
        mapped.withBytes { digest.update(buffer: $0) }
        return PhenotypeReport.Source(
            name: URL(filePath: path).lastPathComponent, sha256: digest.finalize().hex)
    }

    /// The gates of a Gating-ML document, or of the sample of a FlowJo workspace that has the
    /// name of the file.
    static func strategy(_ path: String, for file: String? = nil) throws -> GatingStrategy {
        try strategy(try bytes(path), named: path, for: file)
    }

    /// The same from bytes that go by the name of a file.
    static func strategy(
        _ content: [UInt8], named path: String, for file: String? = nil
    ) throws -> GatingStrategy {
        do throws(GatingError) {
            return try GatingDocument(content).strategy(
                for: file.map { URL(filePath: $0).lastPathComponent })
        } catch {
            let place = error.line.map { "line \($0): " } ?? ""
            throw Complaint("'\(path)': \(place)\(error.message)", wayOut: error.remedy)
        }
    }

    /// Runs `body`, turning what the room refuses into a complaint.
    static func complaining<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as GatingError {
            throw Complaint("'\(path)': \(error.message)", wayOut: error.remedy)
        } catch let error as CompensationError {
            throw Complaint("'\(path)': \(error.message)")
        } catch let error as PhenotypeError {
            throw Complaint("'\(path)': \(error.message)")
        }
    }

    /// Applies gates, with a line of progress for large files.
    static func run(
        _ strategy: GatingStrategy, on set: FCSDataSet, threads: Int = threads,
        membership: Bool = true
    ) throws(GatingError) -> GatingResult {
        let plan = try GatingPlan(strategy, on: set)
        let result = plan.run(
            threads: threads, membership: membership, progress: progress(of: set.eventCount))
        Terminal.endProgress()
        return result
    }

    /// What shows how many of `events` are done; nil when there are too few to wait for.
    static func progress(of events: Int) -> (@Sendable (Int) -> Void)? {
        guard events > 2_000_000 else { return nil }
        return { Terminal.progress("\(100 * $0 / events) % of \(events) events") }
    }

    /// Runs `body` for each channel, showing which one it is at when there are many events.
    static func eachChannel<Value>(
        of set: FCSDataSet, _ body: (Int) throws -> Value
    ) rethrows -> [Value] {
        defer { Terminal.endProgress() }
        return try set.parameters.indices.map { index in
            if set.eventCount > 200_000 {
                Terminal.progress(
                    "channel \(index + 1) of \(set.parameters.count), "
                        + "\(set.eventCount) events")
            }
            return try body(index)
        }
    }

    /// Threads to use when none are asked for.
    static var threads: Int { min(max(ProcessInfo.processInfo.activeProcessorCount, 1), 8) }
}

/// A table that prints as text, CSV or JSON.
struct Table {
    var columns: [String]
    var rows: [[Cell]] = []

    /// A field: text, a number or nothing.
    enum Cell: Encodable {
        case text(String)
        case number(Double)
        case integer(UInt64)
        case empty

        init(_ text: String?) { self = text.map(Self.text) ?? .empty }
        init(_ number: Double?) {
            self = number.flatMap { $0.isFinite ? Self.number($0) : nil } ?? .empty
        }
        init(_ number: Int) { self = .number(Double(number)) }

        var plain: String {
            switch self {
            case .text(let text): text
            case .integer(let value): "\(value)"
            case .number(let value):
                value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
            case .empty: ""
            }
        }

        var short: String {
            guard case .number(let value) = self, value != value.rounded() else { return plain }
            return String(format: abs(value) >= 1000 ? "%.0f" : "%.4g", value)
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .integer(let value): try container.encode(value)
            case .number(let value):
                if value == value.rounded(), abs(value) < 1e15 {
                    try container.encode(Int(value))
                } else {
                    try container.encode(value)
                }
            case .empty: try container.encodeNil()
            }
        }
    }

    /// Prints the table.
    func print(as format: TableFormat) throws {
        switch format {
        case .text: printText()
        case .csv:
            Swift.print(columns.map(Self.quoted).joined(separator: ","))
            for row in rows {
                Swift.print(row.map { Self.quoted($0.plain) }.joined(separator: ","))
            }
        case .json:
            let objects = rows.map { row in
                Dictionary(uniqueKeysWithValues: zip(columns, row))
            }
            Swift.print(try objects.printedJSON())
        }
    }

    private func printText() {
        let texts = rows.map { $0.map(\.short) }
        let widths = columns.indices.map { column in
            max(columns[column].count, texts.map { $0[column].count }.max() ?? 0)
        }
        func line(_ cells: [String], _ isNumber: (Int) -> Bool) -> String {
            var text = cells.indices.map { index in
                let pad = String(repeating: " ", count: widths[index] - cells[index].count)
                return isNumber(index) ? pad + cells[index] : cells[index] + pad
            }.joined(separator: "  ")
            while text.hasSuffix(" ") { text.removeLast() }
            return text
        }
        let isNumeric = columns.indices.map { column in
            rows.contains {
                switch $0[column] {
                case .number, .integer: true
                case .text, .empty: false
                }
            }
        }
        Swift.print(line(columns) { isNumeric[$0] })
        for row in texts { Swift.print(line(row) { isNumeric[$0] }) }
    }

    /// RFC 4180.
    static func quoted(_ text: String) -> String {
        text.contains(where: { ",\"\n\r".contains($0) })
            ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
}
