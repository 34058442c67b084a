internal import Foundation
internal import GRDB
public import Ledger

extension SQLiteLedgerStorage {
    /// Copies the ledger at `source` to `target` while others append to it: the copy is the ledger
    /// as of one moment, whole.
    ///
    /// Uses SQLite's online backup (sqlite.org/backup.html) in one step: in WAL mode a reader
    /// holds up no writer. The copy is durable on return, and appears under its name only then.
    ///
    /// Copied is a moment at which a checkpoint is signed over everything, so that the copy can be
    /// verified by itself; when there is none for a while, after a crash or because others append
    /// without a pause, the last entries are left for the site to sign when the copy is opened.
    /// - Throws: `StorageError`; `.occupied` when there is something at `target` already.
    public static func backUp(
        from source: String, to target: String,
        patience: Duration = LedgerReader.signingPatience
    ) async throws(StorageError) {
        guard !FileManager.default.fileExists(atPath: target) else {
            throw .occupied(path: target)
        }
        let ledger = try LedgerDatabase(path: source, access: .reading)
        let draft = "\(target).part"
        defer { try? FileManager.default.removeItem(atPath: draft) }
        do {
            let version = ledger.version
            let isSigned = { (connection: Database) in
                let end = try end(connection, version: version)
                return end.head.size == end.checkpoint?.size ?? 0
            }
            let deadline = ContinuousClock.now + patience
            var isWhole = false
            repeat {
                try? FileManager.default.removeItem(atPath: draft)
                while try !ledger.read(isSigned), ContinuousClock.now < deadline {
                    try await Task.sleep(for: .milliseconds(10))
                }
                isWhole = try ledger.copy(to: draft, isSigned)
            } while !isWhole && ContinuousClock.now < deadline
            try ledger.close()
            try FileManager.default.moveItem(atPath: draft, toPath: target)
        } catch {
            throw LedgerDatabase.storageError(error, committing: false)
        }
    }
}
