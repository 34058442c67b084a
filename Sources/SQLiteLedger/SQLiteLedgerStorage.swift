internal import Foundation
internal import GRDB
internal import GRDBSQLite
public import Ledger

/// A ledger in one SQLite file.
///
/// `append` returns only when the batch would survive a loss of power, because of how the file is
/// opened (see `LedgerDatabase`). Readers never wait for the writer.
public final class SQLiteLedgerStorage: LedgerStorageEngine {
    /// What the storage is opened for.
    public enum Access: Sendable {
        /// To append to an existing ledger; made when there is none.
        case creating
        /// To append to an existing ledger.
        case writing
        /// To read; nothing in the file changes.
        case reading
    }

    /// Path of the file.
    public let path: String
    private let database: LedgerDatabase

    /// Opens the ledger at `path`.
    ///
    /// - Throws: `.notFound`, `.notALedger` for a file of another application, `.newerVersion`,
    ///   `.damaged` for a file cut short, `.locked`, `.unavailable`.
    public init(path: String, access: Access = .creating) throws(StorageError) {
        self.path = path
        database = try LedgerDatabase(path: path, access: access)
    }

    /// Closes the file; afterwards every call fails.
    public func close() throws(StorageError) { try database.close() }

    /// Appends in one durable step.
    public func append(
        _ batch: SealedBatch, after expectedHead: LedgerHead
    ) async throws(StorageError) {
        try await database.append { connection in
            let head = try Self.head(connection)
            guard head == expectedHead else { throw StorageError.headMoved(actual: head) }
            try Self.insert(batch, after: head, connection)
        }
    }

    /// The entries in number order, as they are stored.
    public func entries(
        from index: UInt64, limit: Int
    ) async throws(StorageError) -> [SealedEntry] {
        guard let first = Int64(exactly: index), limit > 0 else { return [] }
        return try await database.read { connection in
            let statement = try connection.cachedStatement(
                sql: "SELECT number, bytes FROM entries WHERE number >= ? ORDER BY number LIMIT ?")
            statement.arguments = [first, limit]
            return try Self.entries(statement, connection)
        }
    }

    /// The head that the last checkpoint signs.
    public func head() async throws(StorageError) -> LedgerHead {
        try await database.read { connection in
            let head = try Self.head(connection)
            let last = try Int64.fetchOne(connection, sql: "SELECT max(number) FROM entries")
            let count = last.map { UInt64(clamping: $0) + 1 } ?? 0
            guard count == head.size else {
                throw StorageError.damaged(
                    "there are \(count) entries, the last checkpoint speaks of \(head.size)")
            }
            return head
        }
    }

    /// The checkpoints from the first of at least `size` on.
    public func checkpoints(
        from size: UInt64, limit: Int
    ) async throws(StorageError) -> [StoredCheckpoint] {
        guard let first = Int64(exactly: size), limit > 0 else { return [] }
        return try await database.read { connection in
            try Row.fetchAll(
                connection,
                sql: "SELECT size, note FROM checkpoints WHERE size >= ? ORDER BY size LIMIT ?",
                arguments: [first, limit]
            ).map {
                StoredCheckpoint(size: UInt64(clamping: $0[0] as Int64), note: Self.blob($0, 1))
            }
        }
    }

    /// The newest checkpoint.
    public func lastCheckpoint() async throws(StorageError) -> StoredCheckpoint? {
        try await database.read { connection in
            try Row.fetchOne(
                connection,
                sql: "SELECT size, note FROM checkpoints ORDER BY size DESC LIMIT 1"
            ).map {
                StoredCheckpoint(size: UInt64(clamping: $0[0] as Int64), note: Self.blob($0, 1))
            }
        }
    }

    /// Full tiles.
    public func tiles(level: Int, indexes: [UInt64]) async throws(StorageError) -> [HashTile] {
        try await database.read { connection in
            let statement = try connection.cachedStatement(
                sql: "SELECT nodes FROM tiles WHERE key = ?")
            var tiles: [HashTile] = []
            for index in indexes {
                guard let key = Self.tileKey(level: level, index: index),
                    let row = try Row.fetchOne(statement, arguments: [key])
                else { continue }
                guard
                    let tile = HashTile(level: level, index: index, nodes: Self.blob(row, 0))
                else {
                    throw StorageError.damaged("tile \(index) of level \(level) is malformed")
                }
                tiles.append(tile)
            }
            return tiles
        }
    }

    /// Roots of full tiles side by side.
    public func tileRoots(
        level: Int, from index: UInt64, limit: Int
    ) async throws(StorageError) -> [Digest] {
        guard let first = Self.tileKey(level: level, index: index), limit > 0 else { return [] }
        return try await database.read { connection in
            let rows = try Row.fetchCursor(
                connection,
                sql: "SELECT key, root FROM tiles WHERE key >= ? AND key < ? ORDER BY key LIMIT ?",
                arguments: [first, Self.tileKey(level: level + 1, index: 0), limit])
            var roots: [Digest] = []
            while let row = try rows.next() {
                // A gap ends the run: what lies behind it is not what was asked for.
                guard row[0] as Int64 == first + Int64(roots.count) else { break }
                guard let root = Digest(Self.blob(row, 1)) else {
                    throw StorageError.damaged("a tile of level \(level) has a malformed root")
                }
                roots.append(root)
            }
            return roots
        }
    }
}

extension SQLiteLedgerStorage {
    /// The rows of a bound statement as entries. Steps by hand: a million rows through GRDB's row
    /// type cost several times as much as hashing them.
    fileprivate static func entries(
        _ statement: Statement, _ connection: Database
    ) throws -> [SealedEntry] {
        let raw = statement.sqliteStatement
        defer { sqlite3_reset(raw) }
        var entries: [SealedEntry] = []
        while true {
            let code = sqlite3_step(raw)
            guard code == SQLITE_ROW else {
                guard code == SQLITE_DONE else {
                    throw DatabaseError(
                        resultCode: ResultCode(rawValue: code),
                        message: connection.lastErrorMessage)
                }
                return entries
            }
            let bytes = UnsafeRawBufferPointer(
                start: sqlite3_column_blob(raw, 1), count: Int(sqlite3_column_bytes(raw, 1)))
            entries.append(
                SealedEntry(
                    index: UInt64(clamping: sqlite3_column_int64(raw, 0)), bytes: Array(bytes)))
        }
    }

    fileprivate static func head(_ connection: Database) throws -> LedgerHead {
        let statement = try connection.cachedStatement(
            sql: "SELECT size, root FROM checkpoints ORDER BY size DESC LIMIT 1")
        guard let row = try Row.fetchOne(statement) else { return .empty }
        guard let size = UInt64(exactly: row[0] as Int64), let root = Digest(blob(row, 1)) else {
            throw StorageError.damaged("the last checkpoint is malformed")
        }
        return LedgerHead(size: size, root: root)
    }

    fileprivate static func insert(
        _ batch: SealedBatch, after head: LedgerHead, _ connection: Database
    ) throws {
        let entry = try connection.cachedStatement(
            sql: "INSERT INTO entries (number, bytes) VALUES (?, ?)")
        for sealed in batch.entries {
            entry.setUncheckedArguments([Int64(clamping: sealed.index), Data(sealed.bytes)])
            try entry.execute()
        }
        let tile = try connection.cachedStatement(
            sql: "INSERT OR REPLACE INTO tiles (key, root, nodes) VALUES (?, ?, ?)")
        for full in batch.tiles {
            tile.setUncheckedArguments([
                tileKey(level: full.level, index: full.index), Data(full.root.bytes),
                Data(full.nodes),
            ])
            try tile.execute()
        }
        let checkpoint = try connection.cachedStatement(
            sql: "INSERT INTO checkpoints (size, root, note) VALUES (?, ?, ?)")
        checkpoint.setUncheckedArguments([
            Int64(clamping: batch.head.size), Data(batch.head.root.bytes),
            Data(batch.checkpoint.note),
        ])
        try checkpoint.execute()
    }

    /// Level and number in one integer: 8 bits above 55.
    fileprivate static func tileKey(level: Int, index: UInt64) -> Int64? {
        guard (0..<128).contains(level), index < 1 << 55 else { return nil }
        return Int64(level) << 55 | Int64(index)
    }

    fileprivate static func blob(_ row: Row, _ column: Int) -> [UInt8] {
        (try? row.withUnsafeData(atIndex: column) { $0.map(Array.init) ?? [] }) ?? []
    }
}
