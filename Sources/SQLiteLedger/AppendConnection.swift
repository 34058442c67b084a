internal import Foundation
internal import GRDB
internal import GRDBSQLite
internal import Ledger
internal import Synchronization

/// The connection through which a ledger is appended to.
///
/// A lone append is a few microseconds of work beside the sync of its log: a queue to wait in and
/// a search for statements by their text would be a good part of it. Here the statements are made
/// once, and a lock keeps callers apart.
final class AppendConnection: Sendable {
    private let statements: Mutex<Statements?>

    /// Opens the file at `path`, in which the tables are.
    init(path: String) throws {
        statements = Mutex(nil)
        try statements.withLock { $0 = try Statements(path: path) }
    }

    /// Runs `body` on the calling thread in one transaction that holds the write lock from its
    /// start; durable on return.
    func append(_ body: (Statements) throws -> Void) throws(StorageError) {
        let result = statements.withLock { statements -> Result<Void, StorageError> in
            guard let statements else { return .failure(.unavailable("the ledger is closed")) }
            var isCommitting = false
            do {
                try statements.begin.run()
                try body(statements)
                isCommitting = true
                try statements.commit.run()
                return .success(())
            } catch {
                statements.rollBack()
                return .failure(LedgerDatabase.storageError(error, committing: isCommitting))
            }
        }
        try result.get()
    }

    /// What the connection itself says of a pragma.
    func pragma(_ name: StaticString) throws -> String? {
        try statements.withLock { try $0?.pragma(name) }
    }

    /// Closes the connection.
    func close() { statements.withLock { $0 = nil } }
}

extension AppendConnection {
    /// The statements of an append.
    final class Statements {
        let begin: RowStatement
        let commit: RowStatement
        /// `number`, `root` and `tag` of the last entry.
        let lastEntry: RowStatement
        /// `size` and `note` of the last checkpoint.
        let lastCheckpoint: RowStatement
        /// `number` and `bytes`.
        let insertEntry: RowStatement
        /// `number`, `bytes`, `root` and `tag`.
        let insertLastEntry: RowStatement
        /// `key`, `root` and `nodes`.
        let insertTile: RowStatement
        /// `size` and `note`.
        let insertCheckpoint: RowStatement
        private let connection: OpaquePointer

        init(path: String) throws {
            var opened: OpaquePointer?
            // Whoever calls holds the lock: SQLite needs none of its own.
            let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX
            let code = sqlite3_open_v2(path, &opened, flags, nil)
            guard code == SQLITE_OK, let connection = opened else {
                defer { sqlite3_close_v2(opened) }
                throw DatabaseError(
                    resultCode: ResultCode(rawValue: code),
                    message: opened.map { String(cString: sqlite3_errmsg($0)) })
            }
            do {
                sqlite3_busy_timeout(connection, Int32(LedgerDatabase.busyTimeout * 1000))
                try RowStatement("PRAGMA synchronous = FULL", of: connection).runOnce()
                begin = try RowStatement("BEGIN IMMEDIATE", of: connection)
                commit = try RowStatement("COMMIT", of: connection)
                lastEntry = try RowStatement(
                    "SELECT number, root, tag FROM entries ORDER BY number DESC LIMIT 1",
                    of: connection)
                lastCheckpoint = try RowStatement(
                    "SELECT size, note FROM checkpoints ORDER BY size DESC LIMIT 1",
                    of: connection)
                insertEntry = try RowStatement(
                    "INSERT INTO entries (number, bytes) VALUES (?, ?)", of: connection)
                insertLastEntry = try RowStatement(
                    "INSERT INTO entries (number, bytes, root, tag) VALUES (?, ?, ?, ?)",
                    of: connection)
                insertTile = try RowStatement(
                    "INSERT OR REPLACE INTO tiles (key, root, nodes) VALUES (?, ?, ?)",
                    of: connection)
                // Another process may have signed the same: then it stands there already.
                insertCheckpoint = try RowStatement(
                    "INSERT OR IGNORE INTO checkpoints (size, note) VALUES (?, ?)", of: connection)
            } catch {
                Self.close(connection)
                throw error
            }
            self.connection = connection
            let (synchronous, journal) = (try pragma("synchronous"), try pragma("journal_mode"))
            guard synchronous == "2", journal == "wal" else {
                throw StorageError.unavailable(
                    "SQLite is in mode \(journal ?? "?") with synchronous \(synchronous ?? "?")")
            }
        }

        deinit { Self.close(connection) }

        private static func close(_ connection: OpaquePointer) {
            while let statement = sqlite3_next_stmt(connection, nil) { sqlite3_finalize(statement) }
            sqlite3_close(connection)
        }

        func pragma(_ name: StaticString) throws -> String? {
            let statement = try RowStatement("PRAGMA \(name)", of: connection)
            defer { statement.finalize() }
            var value: String?
            try statement.forEachRow {
                value = String(decoding: statement.bytes(0), as: UTF8.self)
            }
            return value
        }

        /// Ends a transaction that has not been committed.
        func rollBack() {
            guard sqlite3_get_autocommit(connection) == 0 else { return }
            try? RowStatement("ROLLBACK", of: connection).runOnce()
        }
    }
}
