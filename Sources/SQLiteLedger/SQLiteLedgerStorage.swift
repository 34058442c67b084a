internal import Foundation
internal import GRDB
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

    /// Appends in one durable step, on the calling thread.
    public func append(
        _ batch: SealedBatch, after expectedHead: LedgerHead
    ) async throws(StorageError) {
        try database.append { statements in
            let head = try Self.head(statements)
            guard head == expectedHead else { throw StorageError.headMoved(actual: head) }
            try Self.insert(batch, statements)
        }
    }

    /// The entries in number order, as they are stored.
    public func entries(
        from index: UInt64, limit: Int
    ) async throws(StorageError) -> [SealedEntry] {
        var entries: [SealedEntry] = []
        try visit(from: index, limit: limit) {
            entries.append(SealedEntry(index: $0, bytes: Array($1)))
        }
        return entries
    }

    /// The entries in number order, where SQLite holds them.
    public func visitEntries(
        from index: UInt64, limit: Int, _ body: (UInt64, UnsafeBufferPointer<UInt8>) -> Void
    ) async throws(StorageError) {
        try visit(from: index, limit: limit, body)
    }

    /// The last row of entries, and the last checkpoint.
    public func end() async throws(StorageError) -> StoredEnd {
        try database.read { [version = database.version] in try Self.end($0, version: version) }
    }

    /// The checkpoints from the first of at least `size` on.
    public func checkpoints(
        from size: UInt64, limit: Int
    ) async throws(StorageError) -> [StoredCheckpoint] {
        guard let first = Int64(exactly: size), limit > 0 else { return [] }
        return try database.read { connection in
            let statement = try RowStatement(
                "SELECT size, note FROM checkpoints WHERE size >= ? ORDER BY size LIMIT ?",
                connection)
            try statement.bind(first, at: 1)
            try statement.bind(Int64(limit), at: 2)
            var checkpoints: [StoredCheckpoint] = []
            try statement.forEachRow { checkpoints.append(Self.checkpoint(statement)) }
            return checkpoints
        }
    }

    /// Full tiles.
    public func tiles(level: Int, indexes: [UInt64]) async throws(StorageError) -> [HashTile] {
        try database.read { connection in
            let statement = try RowStatement("SELECT nodes FROM tiles WHERE key = ?", connection)
            var tiles: [HashTile] = []
            for index in indexes {
                guard let key = Self.tileKey(level: level, index: index) else { continue }
                try statement.bind(key, at: 1)
                try statement.forEachRow {
                    let nodes = Array(statement.bytes(0))
                    guard let tile = HashTile(level: level, index: index, nodes: nodes) else {
                        throw StorageError.damaged("tile \(index) of level \(level) is malformed")
                    }
                    tiles.append(tile)
                }
            }
            return tiles
        }
    }

    /// Roots of full tiles side by side.
    public func tileRoots(
        level: Int, from index: UInt64, limit: Int
    ) async throws(StorageError) -> [Digest] {
        guard let first = Self.tileKey(level: level, index: index),
            let end = Self.tileKey(level: level + 1, index: 0), limit > 0
        else { return [] }
        return try database.read { connection in
            let statement = try RowStatement(
                "SELECT key, root FROM tiles WHERE key >= ? AND key < ? ORDER BY key LIMIT ?",
                connection)
            try statement.bind(first, at: 1)
            try statement.bind(end, at: 2)
            try statement.bind(Int64(limit), at: 3)
            var roots: [Digest] = []
            var isWhole = true
            try statement.forEachRow {
                // A gap ends the run: what lies behind it is not what was asked for.
                isWhole = isWhole && statement.integer(0) == first + Int64(roots.count)
                guard isWhole else { return }
                guard let root = Digest(statement.bytes(1)) else {
                    throw StorageError.damaged("a tile of level \(level) has a malformed root")
                }
                roots.append(root)
            }
            return roots
        }
    }
}

extension SQLiteLedgerStorage {
    fileprivate func visit(
        from index: UInt64, limit: Int, _ body: (UInt64, UnsafeBufferPointer<UInt8>) -> Void
    ) throws(StorageError) {
        guard let first = Int64(exactly: index), limit > 0 else { return }
        try database.read { connection in
            let statement = try RowStatement(
                "SELECT number, bytes FROM entries WHERE number >= ? ORDER BY number LIMIT ?",
                connection)
            try statement.bind(first, at: 1)
            try statement.bind(Int64(limit), at: 2)
            try statement.forEachRow {
                body(
                    UInt64(clamping: statement.integer(0)),
                    statement.bytes(1).assumingMemoryBound(to: UInt8.self))
            }
        }
    }

    private static func end(_ connection: Database, version: Int) throws -> StoredEnd {
        let columns = version == 1 ? "number, NULL, NULL" : "number, root, tag"
        return try end(
            lastEntry: RowStatement(
                "SELECT \(columns) FROM entries ORDER BY number DESC LIMIT 1", connection),
            lastCheckpoint: RowStatement(
                "SELECT size, note FROM checkpoints ORDER BY size DESC LIMIT 1", connection))
    }

    private static func end(
        lastEntry: RowStatement, lastCheckpoint: RowStatement
    ) throws -> StoredEnd {
        var end = try batchEnd(lastEntry) ?? .empty
        try lastCheckpoint.forEachRow { end.checkpoint = checkpoint(lastCheckpoint) }
        if end.tag == nil, let checkpoint = end.checkpoint, checkpoint.size == end.head.size,
            let signed = try? Checkpoint(parsing: checkpoint.note)
        {
            // Appended by version 1, with a checkpoint to each batch and no root beside it.
            end.head.root = signed.root
        }
        return end
    }

    /// What the last row of entries says of the ledger, without the last checkpoint; without a tag
    /// where that row is not the last of a batch.
    private static func batchEnd(_ lastEntry: RowStatement) throws -> StoredEnd? {
        var end: StoredEnd?
        try lastEntry.forEachRow {
            let size = UInt64(clamping: lastEntry.integer(0)) + 1
            let root = Digest(lastEntry.bytes(1))
            end = StoredEnd(
                head: LedgerHead(size: size, root: root ?? LedgerHead.empty.root),
                tag: root == nil ? nil : Digest(lastEntry.bytes(2)))
        }
        return end
    }

    /// The head, read as quickly as a lone append wants it.
    private static func head(_ statements: AppendConnection.Statements) throws -> LedgerHead {
        guard let end = try batchEnd(statements.lastEntry) else { return .empty }
        guard end.tag == nil else { return end.head }
        return try self.end(
            lastEntry: statements.lastEntry, lastCheckpoint: statements.lastCheckpoint
        ).head
    }

    fileprivate static func checkpoint(_ statement: RowStatement) -> StoredCheckpoint {
        StoredCheckpoint(
            size: UInt64(clamping: statement.integer(0)), note: Array(statement.bytes(1)))
    }

    private static func insert(
        _ batch: SealedBatch, _ statements: AppendConnection.Statements
    ) throws {
        for sealed in batch.entries.dropLast() { try insert(sealed, by: statements.insertEntry) }
        if let last = batch.entries.last {
            let statement = statements.insertLastEntry
            try batch.head.root.withUnsafeBytes { root in
                try batch.tag.withUnsafeBytes { tag in
                    try statement.bind(root, at: 3)
                    try statement.bind(tag, at: 4)
                    try insert(last, by: statement)
                }
            }
        }
        for tile in batch.tiles { try insert(tile, by: statements.insertTile) }
        if let checkpoint = batch.checkpoint {
            let statement = statements.insertCheckpoint
            try checkpoint.note.withUnsafeBytes { note in
                try statement.bind(Int64(clamping: checkpoint.size), at: 1)
                try statement.bind(note, at: 2)
                try statement.run()
            }
        }
    }

    private static func insert(_ entry: SealedEntry, by statement: RowStatement) throws {
        try entry.bytes.withUnsafeBytes { bytes in
            try statement.bind(Int64(clamping: entry.index), at: 1)
            try statement.bind(bytes, at: 2)
            try statement.run()
        }
    }

    private static func insert(_ tile: HashTile, by statement: RowStatement) throws {
        guard let key = tileKey(level: tile.level, index: tile.index) else {
            throw StorageError.unavailable("there is no tile \(tile.index) of \(tile.level)")
        }
        try tile.root.withUnsafeBytes { root in
            try tile.nodes.withUnsafeBytes { nodes in
                try statement.bind(key, at: 1)
                try statement.bind(root, at: 2)
                try statement.bind(nodes, at: 3)
                try statement.run()
            }
        }
    }

    /// Level and number in one integer: 8 bits above 55.
    fileprivate static func tileKey(level: Int, index: UInt64) -> Int64? {
        guard (0..<128).contains(level), index < 1 << 55 else { return nil }
        return Int64(level) << 55 | Int64(index)
    }
}
