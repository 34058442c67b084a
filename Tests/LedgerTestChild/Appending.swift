import Ledger
import SQLiteLedger

extension LedgerTestChild {
    /// Appends commands without end and prints a line for each that was acknowledged: number of
    /// the first entry, count, command. Whoever started it kills it.
    static func append(path: String, skey: String, run: String) async throws {
        let signer = try NoteSigner(skey: skey)
        let writer = try await LedgerWriter(
            storage: try SQLiteLedgerStorage(path: path), signer: signer,
            origin: signer.verifier.name, signingDelay: .milliseconds(5))
        say("open")
        var number = 0
        while true {
            // Several commands wait together, so that kills also fall into group commits.
            var waiting: [(PendingAppend, String)] = []
            for _ in 0..<4 {
                let command = "\(run)-\(number)"
                waiting.append((try writer.submit(drafts(of: command, number)), command))
                number += 1
            }
            for (pending, command) in waiting {
                let receipt = try await pending.receipt
                say("\(receipt.firstIndex) \(receipt.count) \(command)")
            }
        }
    }

    private static func drafts(of command: String, _ number: Int) -> [EntryDraft] {
        (0..<(1 + number % 5)).map { part in
            EntryDraft(
                kind: "crash.step/1",
                body: [
                    "part": .number(Double(part)),
                    "text": .string(String(repeating: "x", count: 300)),
                ],
                at: "2026-03-01T09:30:00Z", recorded: "2026-03-01T09:30:00Z", by: "site",
                command: command)
        }
    }

    /// Prints root, number of entries and number of findings.
    static func verify(path: String, vkey: String) async throws {
        let storage = try SQLiteLedgerStorage(path: path, access: .reading)
        let report = try await LedgerVerifier(
            storage: storage, log: try NoteVerifier(vkey: vkey)
        ).verify()
        say("\(report.head.root.hex) \(report.entryCount) \(report.findingCount)")
    }
}
