import Documents
import Facility
import Foundation
import Ledger
import LedgerTestSupport
import Testing
import TestSupport

/// The demonstration site as a ledger somewhere holds it: its entries with their signatures, under
/// a site key that was thrown away. Papers made from it are the same on every machine.
struct SampleLedger {
    let storage = InMemoryLedgerStorage()
    let origin = "localhost/site/ledger"
    let verifier: NoteVerifier
    private(set) var state = SiteState()
    private let writer: LedgerWriter
    private var lastRecorded = ""

    init() async throws {
        let signer = try NoteSigner(
            skey: "PRIVATE+KEY+localhost/site/ledger+0476c589+"
                + "Aa9eUTbdataUa8IsD7k8Zokm6Jfi6MOOpoO2Y+REISX+")
        verifier = signer.verifier
        writer = try await LedgerWriter(storage: storage, signer: signer, origin: origin)
        let lines = try Data(contentsOf: fixtures().appending(path: "sample-ledger.jsonl"))
        let drafts = try lines.split(separator: UInt8(ascii: "\n")).enumerated().map {
            try LedgerEntry(index: UInt64($0), bytes: Array($1)).draft
        }
        try await append(drafts)
    }

    /// Lets `person` give a command, unsigned, a minute after the newest entry.
    mutating func perform(_ name: String, _ body: JSONValue, as person: String) async throws {
        let last = try #require(Timestamp(lastRecorded))
        let now = Timestamp(milliseconds: last.milliseconds + 60_000)
        let moment = Moment(person: try #require(PersonID(person)), now: now)
        let command = try CommandCatalogue.decode(name, from: body)
        try await append(
            try state.decide(command, at: moment).map { fact in
                EntryDraft(
                    kind: type(of: fact).kind, body: try JSONValue(encoding: fact),
                    at: now.description, recorded: now.description, by: person,
                    command: "\(name) \(now)")
            })
    }

    private mutating func append(_ drafts: [EntryDraft]) async throws {
        let first = state.entryCount
        _ = try await writer.submit(drafts).receipt
        for entry in try await LedgerReader(storage: storage).entries(from: first) {
            let (fact, stamp) = try entry.fact()
            state.apply(fact, at: stamp)
            lastRecorded = entry.draft.recorded
        }
    }

    func paper(_ paper: SitePaper, of id: String) async throws -> Paper {
        try await paper.make(
            of: id, state: state, origin: origin, publicKey: verifier.vkey, storage: storage,
            by: Converter())
    }

    func batch(_ id: String) throws -> Batch { try state.batch(try #require(BatchID(id))) }

    /// One sample for all tests that only read.
    static func shared() async throws -> SampleLedger { try await sharedTask.value }

    /// One sample with labels for all tests that only read.
    static func sharedWithLabels() async throws -> SampleLedger {
        try await sharedWithLabelsTask.value
    }

    private static let sharedTask = Task { try await SampleLedger() }
    private static let sharedWithLabelsTask = Task { try await withLabels() }

    /// The sample with labels issued, and three of them printed again.
    static func withLabels() async throws -> SampleLedger {
        var sample = try await SampleLedger()
        try await sample.perform(
            "label.issue", ["batch": "B-26-004", "count": 45, "fillOn": "2026-07-12"],
            as: "supervisor")
        try await sample.perform(
            "label.reprint",
            [
                "batch": "B-26-004",
                "containers": ["B-26-004-003", "B-26-004-004", "B-26-004-017"],
                "reason": "ribbon creased in the printer",
            ], as: "supervisor")
        return sample
    }
}

/// Programs of other people that read what we wrote.
enum Reader {
    /// Runs `program` with `input` in a file, whose path stands in `arguments` as `FILE`, and gives
    /// what it prints.
    static func run(
        _ program: String, _ arguments: [String], on input: [UInt8], named name: String
    ) throws -> String {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "seedlot-reader-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: name)
        try Data(input).write(to: file)
        return try run(program, arguments, in: folder)
    }

    /// Runs `program` in `folder` and gives what it prints.
    static func run(_ program: String, _ arguments: [String], in folder: URL) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/\(program)")
        process.arguments = arguments
        process.currentDirectoryURL = folder
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: output, as: UTF8.self)
    }

    /// The words of a PDF, as poppler reads them.
    static func text(ofPDF bytes: [UInt8]) throws -> String {
        try run("pdftotext", ["-layout", "paper.pdf", "-"], on: bytes, named: "paper.pdf")
    }

    /// What `reader` reads off the pages of a PDF, drawn at `resolution` dots an inch.
    static func codes(
        inPDF bytes: [UInt8], by reader: String, _ arguments: [String], resolution: Int
    ) throws -> String {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "seedlot-reader-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(bytes).write(to: folder.appending(path: "paper.pdf"))
        _ = try run(
            "pdftoppm", ["-png", "-gray", "-r", "\(resolution)", "paper.pdf", "page"], in: folder)
        let pages = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .filter { $0.hasSuffix(".png") }
        return try run(reader, arguments + pages, in: folder)
    }
}
