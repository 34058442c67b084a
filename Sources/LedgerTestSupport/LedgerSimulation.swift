internal import Ledger
internal import TestSupport

/// A stream of commands to a writer whose storage meets faults, and what must hold afterwards:
/// nothing acknowledged is lost, nothing unacknowledged is half there, order is kept, and
/// verification finds nothing.
public struct LedgerSimulation {
    private let device: any StorageDevice
    private let signer: NoteSigner
    private var generator: SeededGenerator
    private let seed: UInt64
    /// Commands that were answered, with what stands where.
    private var acknowledged: [(first: UInt64, drafts: [EntryDraft])] = []
    /// Size of every command that was ever submitted.
    private var submitted: [String: Int] = [:]

    /// A simulation on `device`, all of whose choices come from `seed`.
    public init(on device: any StorageDevice, seed: UInt64) throws {
        self.device = device
        self.seed = seed
        generator = SeededGenerator(seed: seed)
        signer = try NoteSigner(
            name: "gmp.example.org/simulation/ledger", seed: Array(repeating: 5, count: 32))
    }

    /// Submits about `commands` commands through as many openings as the faults make necessary.
    public mutating func run(commands: Int, rarity: Int) async throws {
        var schedule = FaultSchedule(count: commands, rarity: rarity, using: &generator)
        while submitted.count < commands {
            let storage = FaultyStorage(
                try await device.open(), on: device, schedule: schedule, seed: generator.next())
            let writer = try await LedgerWriter(
                storage: storage, signer: signer, origin: signer.verifier.name,
                signingDelay: nil)
            try await submit(to: writer, upTo: commands)
            schedule = storage.remaining
        }
        try await check()
    }

    private mutating func submit(to writer: LedgerWriter, upTo commands: Int) async throws {
        while submitted.count < commands, writer.failure == nil {
            var waiting: [(PendingAppend, [EntryDraft])] = []
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let drafts = nextCommand()
                guard let pending = try? writer.submit(drafts) else { break }
                waiting.append((pending, drafts))
            }
            var next: UInt64 = 0
            for (pending, drafts) in waiting {
                guard let receipt = try? await pending.receipt else { continue }
                try require(receipt.firstIndex >= next, "the order of submits was not kept")
                try require(receipt.count == drafts.count, "a receipt of another size")
                next = receipt.firstIndex + UInt64(receipt.count)
                try require(receipt.head.size >= next, "a head before its entries")
                acknowledged.append((receipt.firstIndex, drafts))
            }
            // Some openings end before anything was signed.
            if Int.random(in: 0..<3, using: &generator) == 0 {
                try? await writer.signCheckpoint()
            }
        }
    }

    private mutating func nextCommand() -> [EntryDraft] {
        let number = submitted.count
        let count = Int.random(in: 1...5, using: &generator)
        let command = "command-\(number)"
        submitted[command] = count
        return (0..<count).map { part in
            let padding = Int.random(in: 0..<400, using: &generator)
            return EntryDraft(
                kind: "simulation.step/1",
                body: [
                    "part": .number(Double(part)),
                    "text": .string(.init(repeating: "x", count: padding)),
                ],
                at: "2026-03-01T09:30:00Z", recorded: "2026-03-01T09:30:00Z", by: "site",
                command: command)
        }
    }

    private func check() async throws {
        let storage = try await device.open()
        let writer = try await LedgerWriter(
            storage: storage, signer: signer, origin: signer.verifier.name, signingDelay: nil)
        try await writer.signCheckpoint()
        let reader = LedgerReader(storage: storage)
        var entries: [LedgerEntry] = []
        while true {
            let page = try await reader.entries(from: UInt64(entries.count))
            entries += page
            guard page.count == LedgerReader.pageMax else { break }
        }
        for (first, drafts) in acknowledged {
            let found = entries.dropFirst(Int(first)).prefix(drafts.count).map(\.draft)
            try require(found == drafts, "command '\(drafts[0].command)' was lost")
        }
        var present: [String: Int] = [:]
        for entry in entries { present[entry.draft.command, default: 0] += 1 }
        for (command, count) in present {
            try require(submitted[command] == count, "'\(command)' is half there")
        }
        let report = try await LedgerVerifier(
            storage: storage, log: signer.verifier, patience: .zero
        ).verify()
        try require(
            report.isIntact, report.findings.map(\.description).joined(separator: "; "))
    }
}
