import Foundation
import Ledger
import SQLiteLedger

/// Durable appends beside a bare sqlite3 loop in C that makes as many commits with the same
/// pragmas, each of as many rows of the same bytes.
///
/// The loop is run in two forms. *Rows alone* inserts the entries and nothing else. *With a
/// checkpoint row* also inserts a row as long as a signed checkpoint with each commit, as a
/// ledger must that signs each. Neither hashes, signs, keeps tiles or answers anyone; the ledger
/// does. The records are ready before the clock starts on either side; making canonical bytes of
/// them counts.
///
/// The sides take turns in short rounds, and each has filled its write-ahead log once before the
/// first: a log that still grows costs a change of the file's size with each sync, and who writes
/// more pages would be through with that sooner.
enum Appending {
    /// What one side's part of a round took, in seconds.
    struct Sample {
        var wall: Double
        var processor: Double
    }

    /// Commits that fill the log: SQLite begins it anew after 1,000 pages.
    private static let fillingCommits = 1200
    /// Callers of `group`.
    private static let callers = 64

    /// One caller that waits for each append.
    static func single() async throws {
        try await compare("durable single appends", count: 200) { writer, drafts in
            var ends: [UInt64] = []
            for draft in drafts { ends.append(try await writer.submit([draft]).receipt.head.size) }
            return ends
        }
    }

    /// 64 callers, each of whom waits for its append before it comes with the next.
    static func group() async throws {
        try await compare("appends of \(callers) callers", count: 6400) { writer, drafts in
            try await withThrowingTaskGroup(of: [UInt64].self) { group in
                for caller in 0..<callers {
                    group.addTask {
                        var ends: [UInt64] = []
                        for number in stride(from: caller, to: drafts.count, by: callers) {
                            let receipt = try await writer.submit([drafts[number]]).receipt
                            ends.append(receipt.head.size)
                        }
                        return ends
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
        }
    }

    /// - Parameter append: appends the drafts, and says where the commits ended.
    private static func compare(
        _ what: String, count: Int,
        _ append: (LedgerWriter, [EntryDraft]) async throws -> [UInt64]
    ) async throws {
        let folder = try Folder()
        let storage = try SQLiteLedgerStorage(path: folder.path("ledger.sqlite"))
        let writer = try await LedgerWriter(
            storage: storage, signer: try NoteSigner.generate(name: LedgerBenchmarks.origin),
            origin: LedgerBenchmarks.origin)
        for number in 0..<fillingCommits {
            _ = try await writer.submit([LedgerBenchmarks.draft(number)]).receipt
        }
        try await writer.signCheckpoint()
        let note = try await storage.lastCheckpoint()?.note ?? []
        let bytes = try LedgerBenchmarks.draft(0).encoded()
        let alone = try BareFile(
            path: folder.path("bare.sqlite"), bytes: bytes, checkpointLength: 0)
        let withCheckpoint = try BareFile(
            path: folder.path("bare-2.sqlite"), bytes: bytes,
            checkpointLength: note.count)
        for peer in [alone, withCheckpoint] { _ = try peer.append(fillingCommits, batch: 1) }

        let drafts = (0..<count).map(LedgerBenchmarks.draft)
        var (ours, rows, checkpointed): ([Sample], [Sample], [Sample]) = ([], [], [])
        var batches: [Int] = []
        for _ in 0..<LedgerBenchmarks.appendingRounds {
            var ends: [UInt64] = []
            let before = LedgerBenchmarks.processorSeconds
            let wall = try await LedgerBenchmarks.seconds {
                ends = try await append(writer, drafts)
            }
            ours.append(Sample(wall: wall, processor: LedgerBenchmarks.processorSeconds - before))
            let commits = Set(ends).count
            batches.append(max(1, (count + commits / 2) / commits))
            rows.append(try alone.append(count, batch: batches[batches.count - 1]))
            checkpointed.append(try withCheckpoint.append(count, batch: batches[batches.count - 1]))
        }
        try storage.close()
        print(
            "\(what), \(batches.sorted()[batches.count / 2]) entries a commit: ledger "
                + LedgerBenchmarks.rate(Double(count) / median(ours, \.wall)))
        report("rows alone", count, ours, rows)
        report("with a checkpoint row", count, ours, checkpointed)
    }

    private static func report(_ form: String, _ count: Int, _ ours: [Sample], _ bare: [Sample]) {
        let wall = median(bare, \.wall)
        let processor = (median(ours, \.processor), median(bare, \.processor))
        print(
            "  bare sqlite3, \(form): \(LedgerBenchmarks.rate(Double(count) / wall)), ratio "
                + String(format: "%.2f", wall / median(ours, \.wall)) + "; processor time an entry "
                + String(
                    format: "%.1f and %.1f us, ratio %.2f", processor.0 / Double(count) * 1e6,
                    processor.1 / Double(count) * 1e6, processor.1 / processor.0))
    }

    private static func median(_ samples: [Sample], _ value: (Sample) -> Double) -> Double {
        LedgerBenchmarks.median(samples.map(value))
    }
}
