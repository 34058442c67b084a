import Foundation
import Ledger
import SQLiteLedger

/// Appends commands to a ledger without end and prints a line for each that was acknowledged:
/// number of the first entry, count, command. Whoever started it kills it.
///
/// `verify PATH VKEY` prints what verification says instead, under this process's locale and
/// time zone.
@main struct LedgerCrashChild {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4 else { exit(2) }
        if arguments[1] == "verify" {
            try await verify(path: arguments[2], vkey: arguments[3])
        } else {
            try await append(path: arguments[1], skey: arguments[2], run: arguments[3])
        }
    }

    private static func append(path: String, skey: String, run: String) async throws {
        let signer = try NoteSigner(skey: skey)
        let writer = try await LedgerWriter(
            storage: try SQLiteLedgerStorage(path: path), signer: signer,
            origin: signer.verifier.name)
        say("open")
        var number = 0
        while true {
            // Several commands wait together, so that kills also fall into group commits.
            var waiting: [(PendingAppend, String)] = []
            for _ in 0..<4 {
                let command = "\(run)-\(number)"
                let drafts = (0..<(1 + number % 5)).map { part in
                    EntryDraft(
                        kind: "crash.step/1",
                        body: [
                            "part": .number(Double(part)),
                            "text": .string(.init(repeating: "x", count: 300)),
                        ],
                        at: "2026-03-01T09:30:00Z", recorded: "2026-03-01T09:30:00Z", by: "site",
                        command: command)
                }
                waiting.append((try writer.submit(drafts), command))
                number += 1
            }
            for (pending, command) in waiting {
                let receipt = try await pending.receipt
                say("\(receipt.firstIndex) \(receipt.count) \(command)")
            }
        }
    }

    private static func verify(path: String, vkey: String) async throws {
        let storage = try SQLiteLedgerStorage(path: path, access: .reading)
        let report = try await LedgerVerifier(
            storage: storage, log: try NoteVerifier(vkey: vkey)
        ).verify()
        say("\(report.head.root.hex) \(report.entryCount) \(report.findingCount)")
    }

    /// One unbuffered write a line: what was said before the kill arrives.
    private static func say(_ line: String) {
        FileHandle.standardOutput.write(Data("\(line)\n".utf8))
    }
}
