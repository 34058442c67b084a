import Foundation
import Ledger
@testable import SQLiteLedger
import Testing

@Suite struct SQLiteLedgerStorageTests {
    /// What durability rests on, asked of the very connection that appends.
    @Test func theLogIsSyncedWithEachCommit() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "ledger-\(UInt64.random(in: .min ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "ledger.sqlite").path
        for access in [SQLiteLedgerStorage.Access.creating, .writing] {
            let database = try LedgerDatabase(path: path, access: access)
            #expect(try database.appending?.pragma("synchronous") == "2")
            #expect(try database.appending?.pragma("journal_mode") == "wal")
            try database.close()
        }
    }

    @Test func aLedgerIsReadBackAfterClosing() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "ledger-\(UInt64.random(in: .min ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "ledger.sqlite").path
        let origin = "gmp.example.org/site1/ledger"
        let signer = try NoteSigner.generate(name: origin)
        var storage = try SQLiteLedgerStorage(path: path)
        for round in 0..<3 {
            let writer = try await LedgerWriter(storage: storage, signer: signer, origin: origin)
            let drafts = (0..<200).map { number in
                EntryDraft(
                    kind: "batch.step-completed/1", body: ["number": .string("\(number)")],
                    at: "2026-03-01T09:30:00Z", recorded: "2026-03-01T09:31:00Z", by: "ada",
                    command: "c-\(round)")
            }
            let receipt = try await writer.submit(drafts).receipt
            #expect(receipt.firstIndex == UInt64(round * 200))
            try await writer.signCheckpoint()
            try storage.close()
            storage = try SQLiteLedgerStorage(path: path)
        }
        #expect(try await storage.head().size == 600)
        let reader = LedgerReader(storage: storage)
        let proof = try await reader.proof(of: 300)
        try proof.verify(
            entry: try await reader.entries(from: 300, limit: 1)[0].bytes, log: signer.verifier)
    }

    /// A page or a screen that follows the ledger may ask while the server ends: it is refused, and
    /// never asks through a connection that is gone.
    @Test func whoAsksWhileTheFileIsClosedIsRefused() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "ledger-\(UInt64.random(in: .min ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "ledger.sqlite").path
        for _ in 0..<50 {
            let storage = try SQLiteLedgerStorage(path: path)
            await withTaskGroup(of: StorageError?.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        do throws(StorageError) {
                            while true { _ = try await storage.head() }
                        } catch {
                            return error
                        }
                    }
                }
                _ = try? await storage.head()
                #expect(throws: Never.self) { try storage.close() }
                for await error in group {
                    #expect(error == .unavailable("the ledger is closed"))
                }
            }
        }
    }
}
