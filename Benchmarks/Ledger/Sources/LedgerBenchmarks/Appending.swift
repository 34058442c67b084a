import BareSQLite
import Foundation
import Ledger
import SQLiteLedger

/// Durable appends beside a bare sqlite3 loop in C that inserts the same bytes with the same
/// pragmas and batch, and neither hashes nor signs.
enum Appending {
    /// One caller that waits for each append.
    static func single() async throws {
        let count = 2000
        var ours: [Double] = []
        var bare: [Double] = []
        for _ in 0..<LedgerBenchmarks.rounds {
            let folder = try Folder()
            let (storage, writer) = try await open(folder)
            ours.append(
                try await LedgerBenchmarks.seconds {
                    for number in 0..<count {
                        _ = try await writer.submit([LedgerBenchmarks.draft(number)]).receipt
                    }
                })
            try storage.close()
            bare.append(try bareSeconds(folder, rows: count, batch: 1))
        }
        report("durable single appends", count, ours, bare)
    }

    /// 64 callers at a time.
    static func group() async throws {
        let count = 64_000
        let waiting = 64
        var ours: [Double] = []
        var bare: [Double] = []
        var commits = 0
        for _ in 0..<LedgerBenchmarks.rounds {
            let folder = try Folder()
            let (storage, writer) = try await open(folder)
            ours.append(
                try await LedgerBenchmarks.seconds {
                    for first in stride(from: 0, to: count, by: waiting) {
                        let pending = try (0..<waiting).map {
                            try writer.submit([LedgerBenchmarks.draft(first + $0)])
                        }
                        for append in pending { _ = try await append.receipt }
                    }
                })
            commits = try await storage.checkpoints(from: 0, limit: count).count
            try storage.close()
            bare.append(try bareSeconds(folder, rows: count, batch: count / commits))
        }
        report("group-committed appends, \(count / commits) a commit", count, ours, bare)
    }

    private static func open(
        _ folder: Folder
    ) async throws -> (SQLiteLedgerStorage, LedgerWriter) {
        let storage = try SQLiteLedgerStorage(path: folder.path("ledger.sqlite"))
        let writer = try await LedgerWriter(
            storage: storage, signer: try NoteSigner.generate(name: LedgerBenchmarks.origin),
            origin: LedgerBenchmarks.origin)
        return (storage, writer)
    }

    private static func bareSeconds(_ folder: Folder, rows: Int, batch: Int) throws -> Double {
        let bytes = try LedgerBenchmarks.draft(0).encoded()
        let seconds = bare_sqlite_append(
            folder.path("bare.sqlite"), bytes, Int32(bytes.count), Int32(rows), Int32(batch))
        guard seconds > 0 else { throw CocoaError(.fileWriteUnknown) }
        return seconds
    }

    private static func report(_ what: String, _ count: Int, _ ours: [Double], _ bare: [Double]) {
        let (mine, theirs) = (LedgerBenchmarks.median(ours), LedgerBenchmarks.median(bare))
        print(
            "\(what): ledger \(LedgerBenchmarks.rate(Double(count) / mine)), bare sqlite3 "
                + "\(LedgerBenchmarks.rate(Double(count) / theirs)), ratio "
                + String(format: "%.2f", theirs / mine))
    }
}
