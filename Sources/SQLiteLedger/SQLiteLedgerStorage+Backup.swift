internal import Foundation
internal import GRDB
public import Ledger

extension SQLiteLedgerStorage {
    /// Copies the ledger at `source` to `target` while others append to it: the copy is the ledger
    /// as of one moment, whole.
    ///
    /// Uses SQLite's online backup (sqlite.org/backup.html) in one step: in WAL mode a reader
    /// holds up no writer. The copy is durable on return, and appears under its name only then. Its last
    /// entries may be under no checkpoint yet: a writer that opens it signs them.
    /// - Throws: `StorageError`; `.occupied` when there is something at `target` already.
    public static func backUp(from source: String, to target: String) throws(StorageError) {
        guard !FileManager.default.fileExists(atPath: target) else {
            throw .occupied(path: target)
        }
        let ledger = try LedgerDatabase(path: source, access: .reading)
        let draft = "\(target).part"
        do {
            try? FileManager.default.removeItem(atPath: draft)
            defer { try? FileManager.default.removeItem(atPath: draft) }
            try ledger.copy(to: draft)
            try ledger.close()
            try FileManager.default.moveItem(atPath: draft, toPath: target)
        } catch {
            throw LedgerDatabase.storageError(error, committing: false)
        }
    }
}
