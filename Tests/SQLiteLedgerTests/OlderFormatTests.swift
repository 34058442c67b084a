import Foundation
import GRDB
import Ledger
import LedgerTestSupport
import SQLiteLedger
import TestSupport
import Testing

/// A ledger of format 1, in which the head stood with a checkpoint to each commit.
@Suite struct OlderFormatTests {
    let scenario = try! LedgerScenario()

    /// The tables as format 1 had them.
    private static let schema = """
        CREATE TABLE entries (
            number INTEGER PRIMARY KEY,
            bytes BLOB NOT NULL
        ) STRICT;
        CREATE TABLE checkpoints (
            size INTEGER PRIMARY KEY,
            root BLOB NOT NULL,
            note BLOB NOT NULL
        ) STRICT;
        CREATE TABLE tiles (
            key INTEGER PRIMARY KEY,
            root BLOB NOT NULL,
            nodes BLOB NOT NULL
        ) STRICT;
        CREATE TRIGGER entries_stay BEFORE UPDATE ON entries
            BEGIN SELECT raise(ABORT, 'entries are never changed'); END;
        CREATE TRIGGER entries_remain BEFORE DELETE ON entries
            BEGIN SELECT raise(ABORT, 'entries are never deleted'); END;
        CREATE TRIGGER checkpoints_stay BEFORE UPDATE ON checkpoints
            BEGIN SELECT raise(ABORT, 'checkpoints are never changed'); END;
        CREATE TRIGGER checkpoints_remain BEFORE DELETE ON checkpoints
            BEGIN SELECT raise(ABORT, 'checkpoints are never deleted'); END;
        PRAGMA application_id = \(0x5364_6C74);
        PRAGMA user_version = 1;
        """

    private func write(_ count: Int, to path: String) async throws {
        let ledger =
            count > 0 ? try await scenario.storage(count) : InMemoryLedgerStorage()
        let entries = try await ledger.entries(from: 0, limit: .max)
        let checkpoints = try await ledger.checkpoints(from: 0, limit: .max)
        var configuration = Configuration()
        configuration.journalMode = .wal
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try await queue.write { connection in
            try connection.execute(sql: Self.schema)
            for entry in entries {
                try connection.execute(
                    sql: "INSERT INTO entries VALUES (?, ?)",
                    arguments: [Int64(entry.index), Data(entry.bytes)])
            }
            for checkpoint in checkpoints {
                let root = try Checkpoint(parsing: checkpoint.note).root
                try connection.execute(
                    sql: "INSERT INTO checkpoints VALUES (?, ?, ?)",
                    arguments: [Int64(checkpoint.size), Data(root.bytes), Data(checkpoint.note)])
            }
        }
        try queue.close()
    }

    @Test func itIsReadAsItIs() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("ledger.sqlite")
        try await write(20, to: path)
        let before = FileManager.default.contents(atPath: path)
        let storage = try SQLiteLedgerStorage(path: path, access: .reading)
        let report = try await scenario.verify(storage)
        #expect(report.findings == [])
        #expect(report.entryCount == 22)
        #expect(report.head == (try await storage.head()))
        _ = try await LedgerReader(storage: storage).proof(of: 21)
        try storage.close()
        #expect(FileManager.default.contents(atPath: path) == before)
    }

    @Test(arguments: [0, 20]) func itIsGoneOnWith(count: Int) async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("ledger.sqlite")
        try await write(count, to: path)
        let entries = count > 0 ? count + 2 : 0
        for round in 0..<3 {
            let storage = try SQLiteLedgerStorage(path: path, access: .writing)
            #expect(try await storage.head().size == UInt64(entries + 2 * round))
            let writer = try await scenario.writer(storage)
            for part in 0..<2 {
                let draft = scenario.draft(minute: 30 + round, command: "\(round)-\(part)")
                _ = try await writer.submit([draft]).receipt
            }
            // Once the end is left unsigned.
            if round != 1 { try await writer.signCheckpoint() }
            try storage.close()
        }
        let storage = try SQLiteLedgerStorage(path: path, access: .reading)
        let report = try await scenario.verify(storage)
        #expect(report.findings == [])
        #expect(report.entryCount == UInt64(entries + 6))
        try storage.close()
    }

    /// Rows taken from the end are found, and not gone on from, in a file of either version.
    @Test(arguments: [1, 2]) func aShortenedOneIsRefused(version: Int) async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("ledger.sqlite")
        if version == 1 {
            try await write(20, to: path)
        } else {
            let storage = try SQLiteLedgerStorage(path: path)
            try await scenario.append(try scenario.usualCommands(20), to: storage)
            try storage.close()
        }
        let queue = try DatabaseQueue(path: path)
        try await queue.write { connection in
            try connection.execute(
                sql: "DROP TRIGGER entries_remain; DELETE FROM entries WHERE number > 19")
        }
        try queue.close()
        let reading = try SQLiteLedgerStorage(path: path, access: .reading)
        let report = try await scenario.verify(reading)
        #expect(report.findings.map(\.code) == [.entriesCut])
        try reading.close()
        let storage = try SQLiteLedgerStorage(path: path, access: .writing)
        let error = await #expect(throws: WriterError.self) { try await scenario.writer(storage) }
        #expect(error?.code == "storage-damaged")
        try storage.close()
    }
}
