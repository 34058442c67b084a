import Foundation
import Ledger
import LedgerTestSupport
import SQLiteLedger
import Testing

/// A ledger where nothing can be written beside it: on a disc, a snapshot, an inspector's share.
@Suite struct ReadOnlyMediaTests {
    let scenario = try! LedgerScenario()

    /// Makes the shared index of the log impossible, as read-only media do, also for an
    /// administrator whom permissions do not stop.
    private func barIndex(of ledger: String) throws {
        // SQLite follows no link to its index (O_NOFOLLOW): it can neither make nor open it.
        try FileManager.default.createSymbolicLink(
            atPath: "\(ledger)-shm", withDestinationPath: "/nowhere/at/all")
    }

    @Test(arguments: ["site", "a site, 100 % #1? é"])
    func aClosedLedgerIsVerifiedReadAndExported(name: String) async throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            atPath: folder.path(name), withIntermediateDirectories: false)
        let path = folder.path("\(name)/ledger.sqlite")
        let written = try SQLiteLedgerStorage(path: path)
        try await scenario.append(try scenario.usualCommands(300), to: written)
        let head = try await written.head()
        try written.close()
        for left in ["\(path)-wal", "\(path)-shm"] {
            try? FileManager.default.removeItem(atPath: left)
        }
        try barIndex(of: path)
        let before = try Data(contentsOf: URL(filePath: path))

        let storage = try SQLiteLedgerStorage(path: path, access: .reading)
        let report = try await scenario.verify(storage)
        #expect(report.findings == [])
        #expect(report.head == head)
        var lines = 0
        try await AuditTrail(storage: storage).lines(.init()) { _ in
            lines += 1
            return true
        }
        #expect(UInt64(lines) == head.size)
        let checkpoint = try await TileExport(storage: storage).export { _, _ in }
        #expect(checkpoint.size == head.size)
        try storage.close()
        try SQLiteLedgerStorage.backUp(from: path, to: folder.path("copy"))
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    /// Entries in a log that cannot be read are never silently left out.
    @Test func aLedgerThatWasNotClosedIsRefused() async throws {
        let folder = try TemporaryFolder()
        let storage = try SQLiteLedgerStorage(path: folder.path("ledger.sqlite"))
        try await scenario.append(try scenario.usualCommands(5), to: storage)
        let copy = folder.path("copy.sqlite")
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(
                atPath: folder.path("ledger.sqlite\(suffix)"), toPath: copy + suffix)
        }
        try barIndex(of: copy)
        #expect {
            try SQLiteLedgerStorage(path: copy, access: .reading)
        } throws: { error in
            (error as? StorageError)?.message.contains("holds entries") == true
        }
        try storage.close()
    }

    @Test func appendingIsRefusedWithTheReason() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("ledger.sqlite")
        let written = try SQLiteLedgerStorage(path: path)
        try await scenario.append(try scenario.usualCommands(3), to: written)
        let head = try await written.head()
        try written.close()
        for left in ["\(path)-wal", "\(path)-shm"] {
            try? FileManager.default.removeItem(atPath: left)
        }
        try barIndex(of: path)
        let storage = try SQLiteLedgerStorage(path: path, access: .reading)
        let batch = SealedBatch(
            entries: [SealedEntry(index: 99, bytes: [])], head: .empty,
            tag: MerkleTree.emptyRoot)
        await #expect(throws: StorageError.readOnly) {
            try await storage.append(batch, after: head)
        }
        try storage.close()
    }
}
