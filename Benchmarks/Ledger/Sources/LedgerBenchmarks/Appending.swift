import BareSQLite
import Foundation
import Ledger
import SQLiteLedger

/// Durable appends beside a bare sqlite3 loop in C that makes as many commits with the same
/// pragmas, each of as many rows of the same bytes.
///
/// The loop is run in two forms. *Rows alone* inserts the entries and nothing else. *With a
/// checkpoint row* also inserts a row as long as a signed checkpoint with each commit, as the
/// ledger must. Neither hashes, signs, keeps tiles or answers anyone; the ledger does. The records
/// are ready before the clock starts on either side; making canonical bytes of them counts.
enum Appending {
    private struct Sample {
        var wall: Double
        var processor: Double
    }

    /// One caller that waits for each append.
    static func single() async throws {
        try await compare("durable single appends", count: 2000) { writer, drafts in
            for draft in drafts { _ = try await writer.submit([draft]).receipt }
        }
    }

    /// 64 callers, each of whom waits for its append before it comes with the next.
    static func group() async throws {
        let callers = 64
        try await compare("appends of \(callers) callers", count: 64_000) { writer, drafts in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<callers {
                    group.addTask {
                        for number in stride(from: caller, to: drafts.count, by: callers) {
                            _ = try await writer.submit([drafts[number]]).receipt
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    private static func compare(
        _ what: String, count: Int, _ append: (LedgerWriter, [EntryDraft]) async throws -> Void
    ) async throws {
        let drafts = (0..<count).map(LedgerBenchmarks.draft)
        var (ours, alone, withCheckpoint): ([Sample], [Sample], [Sample]) = ([], [], [])
        var batches: [Int] = []
        for _ in 0..<LedgerBenchmarks.rounds {
            let folder = try Folder()
            let storage = try SQLiteLedgerStorage(path: folder.path("ledger.sqlite"))
            let writer = try await LedgerWriter(
                storage: storage, signer: try NoteSigner.generate(name: LedgerBenchmarks.origin),
                origin: LedgerBenchmarks.origin)
            let before = LedgerBenchmarks.processorSeconds
            let wall = try await LedgerBenchmarks.seconds { try await append(writer, drafts) }
            ours.append(Sample(wall: wall, processor: LedgerBenchmarks.processorSeconds - before))
            let checkpoints = try await storage.checkpoints(from: 0, limit: count)
            try storage.close()
            let batch = max(1, count / checkpoints.count)
            batches.append(batch)
            alone.append(try bare(folder.path("bare.sqlite"), count, batch, 0))
            withCheckpoint.append(
                try bare(
                    folder.path("bare-2.sqlite"), count, batch, checkpoints[0].note.count))
        }
        print(
            "\(what), \(batches.sorted()[batches.count / 2]) entries a commit: ledger "
                + LedgerBenchmarks.rate(Double(count) / median(ours, \.wall)))
        report("rows alone", count, ours, alone)
        report("with a checkpoint row", count, ours, withCheckpoint)
    }

    private static func bare(
        _ path: String, _ count: Int, _ batch: Int, _ checkpointLength: Int
    ) throws -> Sample {
        let bytes = try LedgerBenchmarks.draft(0).encoded()
        var time = bare_time()
        let code = bytes.withUnsafeBytes { bytes in
            var rows = bare_rows(
                bytes: bytes.baseAddress, length: Int32(bytes.count), count: Int32(count),
                batch: Int32(batch), checkpoint_length: Int32(checkpointLength))
            return bare_sqlite_append(path, &rows, &time)
        }
        guard code == 0 else { throw CocoaError(.fileWriteUnknown) }
        return Sample(wall: time.wall, processor: time.processor)
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
