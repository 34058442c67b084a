import Foundation
import Ledger
import LedgerTestSupport
import SQLiteLedger
import TestSupport
import Testing

/// `kill -9` at any moment of a stream of appends, and what then stands in the file.
@Suite(.serialized) struct KillTests {
    static let kills = 200
    let signer = try! NoteSigner(
        name: "gmp.example.org/crash/ledger", seed: Array(repeating: 21, count: 32))

    @Test func nothingAcknowledgedIsLostAndNothingElseIsHalfThere() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("ledger.sqlite")
        var generator = SeededGenerator(seed: 1)
        var size: UInt64 = 0
        var acknowledgedCount = 0
        for kill in 0..<Self.kills {
            let lines = try run(
                ["append", path, signer.skey, "run\(kill)"],
                killedAfter: .milliseconds(Int.random(in: 0...25, using: &generator)))
            let storage = try SQLiteLedgerStorage(path: path)
            let entries = try await newEntries(of: storage, from: size)
            for line in lines where line != "open" {
                let words = line.split(separator: " ")
                let (first, count) = (UInt64(words[0])!, Int(words[1])!)
                let found = entries.filter { $0.index >= first && $0.index < first + UInt64(count) }
                #expect(
                    found.count == count && found.allSatisfy { $0.draft.command == words[2] },
                    "kill \(kill): '\(line)' was acknowledged")
                acknowledgedCount += 1
            }
            for (command, parts) in Dictionary(grouping: entries, by: \.draft.command) {
                let number = Int(command.split(separator: "-")[1])!
                #expect(parts.count == 1 + number % 5, "kill \(kill): '\(command)' is half there")
            }
            size += UInt64(entries.count)
            #expect(try await storage.head().size == size, "kill \(kill)")
            try storage.close()
        }
        // How much a child gets done before it is killed depends on how busy the machine is.
        #expect(acknowledgedCount > Self.kills / 10)
        // What the last kill left unsigned is known to be the site's own, and signed.
        let storage = try SQLiteLedgerStorage(path: path, access: .writing)
        try await LedgerWriter(storage: storage, signer: signer, origin: signer.verifier.name)
            .signCheckpoint()
        let report = try await LedgerVerifier(storage: storage, log: signer.verifier).verify()
        #expect(report.findings == [])
        #expect(report.entryCount == size)
        try storage.close()
    }

    /// A record that changes with the reader's calendar or alphabet would fail here: in Turkish
    /// an upper-case i is not I, and in Auckland it is tomorrow.
    @Test func verificationIsTheSameUnderAnotherLocaleAndTimeZone() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("ledger.sqlite")
        let scenario = try LedgerScenario()
        let storage = try SQLiteLedgerStorage(path: path)
        try await scenario.append(try scenario.usualCommands(), to: storage)
        let root = try await storage.head().root
        try storage.close()
        for (zone, locale) in [
            ("UTC", "C"), ("Pacific/Auckland", "tr_TR.UTF-8"), ("America/St_Johns", "ar_EG.UTF-8"),
        ] {
            let lines = try run(
                ["verify", path, scenario.signer.verifier.vkey],
                environment: ["TZ": zone, "LC_ALL": locale, "LANG": locale])
            #expect(lines == ["\(root.hex) 22 0"], "\(zone), \(locale)")
        }
    }

    private func newEntries(
        of storage: SQLiteLedgerStorage, from first: UInt64
    ) async throws -> [LedgerEntry] {
        var entries: [LedgerEntry] = []
        while true {
            let page = try await LedgerReader(storage: storage).entries(
                from: first + UInt64(entries.count))
            entries += page
            guard page.count == LedgerReader.pageMax else { return entries }
        }
    }

    /// Runs the child to its end, or kills it `delay` after it opened the ledger; what it said.
    private func run(
        _ arguments: [String], killedAfter delay: Duration? = nil,
        environment: [String: String] = [:]
    ) throws -> [String] {
        let child = Process()
        child.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "LedgerTestChild")
        child.arguments = arguments
        child.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let output = Pipe()
        child.standardOutput = output
        try child.run()
        var said = Data()
        if let delay {
            // One kill in five falls into opening; the others into appending.
            if delay >= .milliseconds(5) {
                said = try output.fileHandleForReading.read(upToCount: 5) ?? Data()
            }
            usleep(UInt32(delay.components.attoseconds / 1_000_000_000_000))
            kill(child.processIdentifier, SIGKILL)
        }
        said += try output.fileHandleForReading.readToEnd() ?? Data()
        child.waitUntilExit()
        let text = String(decoding: said, as: UTF8.self)
        // A line cut short was not said.
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            .map(String.init)
    }
}

/// A folder that goes when the test is over.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory
            .appending(path: "ledger-tests-\(UInt64.random(in: .min ... .max))")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }
}
