import Foundation
import Ledger
import LedgerTestSupport
import SQLiteLedger
import TestSupport
import Testing

/// Files that are no ledger, or a damaged one: each is named, and none is changed.
@Suite struct BadFileTests {
    let scenario = try! LedgerScenario()

    private func code(_ path: String, _ access: SQLiteLedgerStorage.Access = .writing) -> String? {
        do throws(StorageError) {
            try SQLiteLedgerStorage(path: path, access: access).close()
            return nil
        } catch {
            return error.code
        }
    }

    private func ledger(in folder: TemporaryFolder) async throws -> URL {
        let file = folder.url.appending(path: "ledger.sqlite")
        let storage = try SQLiteLedgerStorage(path: file.path)
        try await scenario.append(try scenario.usualCommands(300), to: storage)
        try storage.close()
        return file
    }

    @Test func whatIsNotThereIsNotMade() throws {
        let folder = try TemporaryFolder()
        for access in [SQLiteLedgerStorage.Access.writing, .reading] {
            #expect(code(folder.path("none"), access) == "storage-not-found")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }

    @Test func otherFilesAreNotTouched() async throws {
        let folder = try TemporaryFolder()
        let text = folder.url.appending(path: "text")
        try Data(
            "a text file that is longer than a header of a hundred bytes ".utf8
                + Array(repeating: 0x2E, count: 100)
        ).write(to: text)
        #expect(code(text.path, .creating) == "storage-not-a-ledger")
        #expect(code(folder.url.path, .creating) == "storage-not-a-ledger")
        let ledger = try await ledger(in: folder)
        var bytes = try Data(contentsOf: ledger)
        // The application's mark, at offset 68 of SQLite's header.
        bytes.replaceSubrange(68..<72, with: [0, 0, 0, 1])
        let foreign = folder.url.appending(path: "foreign")
        try bytes.write(to: foreign)
        for access in [SQLiteLedgerStorage.Access.creating, .writing, .reading] {
            #expect(code(foreign.path, access) == "storage-not-a-ledger")
        }
        #expect(try Data(contentsOf: foreign) == bytes)
    }

    @Test func aNewerFormatIsNamed() async throws {
        let folder = try TemporaryFolder()
        let ledger = try await ledger(in: folder)
        var bytes = try Data(contentsOf: ledger)
        bytes.replaceSubrange(60..<64, with: [0, 0, 0, 3])
        try bytes.write(to: ledger)
        #expect(code(ledger.path) == "storage-newer-version")
    }

    @Test func aFileCutShortIsNamed() async throws {
        let folder = try TemporaryFolder()
        let ledger = try await ledger(in: folder)
        let bytes = try Data(contentsOf: ledger)
        for count in [1, 99] {
            try bytes.prefix(count).write(to: ledger)
            #expect(code(ledger.path) == "storage-not-a-ledger", "\(count) bytes")
        }
        for count in [100, 4096, bytes.count / 2, bytes.count - 1] {
            try bytes.prefix(count).write(to: ledger)
            #expect(code(ledger.path) == "storage-damaged", "\(count) bytes")
        }
    }

    /// Any page overwritten: the verification names what it can and never traps.
    @Test func aDamagedPageIsFoundOrHarmless() async throws {
        let folder = try TemporaryFolder()
        let ledger = try await ledger(in: folder)
        let sound = try Data(contentsOf: ledger)
        let root = try #require(try await expectedRoot(ledger))
        var generator = SeededGenerator(seed: 4)
        for page in stride(from: 1, to: sound.count / 4096, by: 3) {
            var bytes = sound
            let start = page * 4096 + Int.random(in: 0..<4000, using: &generator)
            bytes.replaceSubrange(start..<(start + 64), with: generator.bytes(64))
            try bytes.write(to: ledger)
            do {
                let storage = try SQLiteLedgerStorage(path: ledger.path, access: .reading)
                let report = try await scenario.verify(storage)
                // A byte in a tile or in free space changes no entry and no checkpoint.
                #expect(!report.isIntact || report.head.root == root, "page \(page)")
                try storage.close()
            } catch let error as StorageError {
                #expect(error.code.hasPrefix("storage-"), "page \(page)")
            }
        }
    }

    private func expectedRoot(_ ledger: URL) async throws -> Digest? {
        let storage = try SQLiteLedgerStorage(path: ledger.path, access: .reading)
        defer { try? storage.close() }
        return try await storage.head().root
    }

    @Test func entriesAndCheckpointsCannotBeChangedThroughTheFile() async throws {
        let folder = try TemporaryFolder()
        let ledger = try await ledger(in: folder)
        let storage = try SQLiteLedgerStorage(path: ledger.path, access: .reading)
        let (batch, head) = (
            SealedBatch(
                entries: [SealedEntry(index: 99, bytes: [])], head: .empty,
                tag: MerkleTree.emptyRoot),
            try await storage.head()
        )
        await #expect(throws: StorageError.readOnly) {
            try await storage.append(batch, after: head)
        }
        try storage.close()
    }
}
