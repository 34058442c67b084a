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
        try database.append { connection in
            let head = try Self.head(connection)
            guard head == expectedHead else { throw StorageError.headMoved(actual: head) }
            try Self.insert(batch, connection)
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

    static func end(_ connection: Database, version: Int) throws -> StoredEnd {
        var end = try batchEnd(connection, version: version) ?? .empty
        let statement = try RowStatement(
            "SELECT size, note FROM checkpoints ORDER BY size DESC LIMIT 1", connection)
        try statement.forEachRow { end.checkpoint = checkpoint(statement) }
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
    fileprivate static func batchEnd(
        _ connection: Database, version: Int
    ) throws -> StoredEnd? {
        let columns = version == 1 ? "number, NULL, NULL" : "number, root, tag"
        let statement = try RowStatement(
            "SELECT \(columns) FROM entries ORDER BY number DESC LIMIT 1", connection)
        var end: StoredEnd?
        try statement.forEachRow {
            let size = UInt64(clamping: statement.integer(0)) + 1
            let root = Digest(statement.bytes(1))
            end = StoredEnd(
                head: LedgerHead(size: size, root: root ?? LedgerHead.empty.root),
                tag: root == nil ? nil : Digest(statement.bytes(2)))
        }
        return end
    }

    /// The head, read as quickly as a lone append wants it.
    fileprivate static func head(_ connection: Database) throws -> LedgerHead {
        let version = LedgerDatabase.version
        guard let end = try batchEnd(connection, version: version) else { return .empty }
        return end.tag == nil ? try self.end(connection, version: version).head : end.head
    }

    fileprivate static func checkpoint(_ statement: RowStatement) -> StoredCheckpoint {
        StoredCheckpoint(
            size: UInt64(clamping: statement.integer(0)), note: Array(statement.bytes(1)))
    }

    fileprivate static func insert(_ batch: SealedBatch, _ connection: Database) throws {
        try insert(batch.entries.dropLast(), connection)
        if let last = batch.entries.last {
            let entry = try RowStatement(
                "INSERT INTO entries (number, root, tag, bytes) VALUES (?, ?, ?, ?)", connection)
            try batch.head.root.withUnsafeBytes { root in
                try batch.tag.withUnsafeBytes { tag in
                    try last.bytes.withUnsafeBytes { bytes in
                        try entry.bind(Int64(clamping: last.index), at: 1)
                        try entry.bind(root, at: 2)
                        try entry.bind(tag, at: 3)
                        try entry.bind(bytes, at: 4)
                        try entry.run()
                    }
                }
            }
        }
        if !batch.tiles.isEmpty { try insert(batch.tiles, connection) }
        if let checkpoint = batch.checkpoint { try insert(checkpoint, connection) }
    }

    fileprivate static func insert(
        _ entries: ArraySlice<SealedEntry>, _ connection: Database
    ) throws {
        guard !entries.isEmpty else { return }
        let entry = try RowStatement(
            "INSERT INTO entries (number, bytes) VALUES (?, ?)", connection)
        for sealed in entries {
            try sealed.bytes.withUnsafeBytes { bytes in
                try entry.bind(Int64(clamping: sealed.index), at: 1)
                try entry.bind(bytes, at: 2)
                try entry.run()
            }
        }
    }

    /// Another process may have signed the same: then it stands there already.
    fileprivate static func insert(
        _ checkpoint: StoredCheckpoint, _ connection: Database
    ) throws {
        let statement = try RowStatement(
            "INSERT OR IGNORE INTO checkpoints (size, note) VALUES (?, ?)", connection)
        try checkpoint.note.withUnsafeBytes { note in
            try statement.bind(Int64(clamping: checkpoint.size), at: 1)
            try statement.bind(note, at: 2)
            try statement.run()
        }
    }

    fileprivate static func insert(_ tiles: [HashTile], _ connection: Database) throws {
        let statement = try RowStatement(
            "INSERT OR REPLACE INTO tiles (key, root, nodes) VALUES (?, ?, ?)", connection)
        for tile in tiles {
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
    }

    /// Level and number in one integer: 8 bits above 55.
    fileprivate static func tileKey(level: Int, index: UInt64) -> Int64? {
        guard (0..<128).contains(level), index < 1 << 55 else { return nil }
        return Int64(level) << 55 | Int64(index)
    }
}
