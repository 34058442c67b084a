internal import Foundation
internal import GRDB
internal import Ledger
internal import Synchronization

/// The SQLite file of a ledger: how it is opened, what makes it durable, and what its errors mean.
///
/// Durability: the file is in WAL mode with `synchronous = FULL`. A commit then writes its frames
/// to the write-ahead log and calls fsync on it before it returns (sqlite.org/pragma.html,
/// "synchronous"; sqlite.org/wal.html). Each frame carries a checksum chained to the one before, so
/// that a torn end of the log is recognised and ignored: a batch is there whole or not at all. The
/// directory is synced when the log is made. `NORMAL` would lose the last commits on a loss of power;
/// the connection that appends is therefore set to `FULL`, and asked for it (`AppendConnection`).
final class LedgerDatabase: Sendable {
    /// `Sdlt` in ASCII: the mark of this application in the header of the file.
    static let applicationID: Int32 = 0x5364_6C74
    /// Version of the tables that appends are made to.
    static let version = 2
    /// How long to wait for another process before saying `locked`, in seconds.
    static let busyTimeout: TimeInterval = 5

    /// Version of the tables of this file; an older one is only read.
    let version: Int
    private let connections: any DatabaseReader & DatabaseWriter
    /// Nil in a ledger that is only read.
    let appending: AppendConnection?
    private let isClosed = Mutex(false)
    /// Reads and appends under way.
    private let calls = DispatchGroup()

    init(path: String, access: SQLiteLedgerStorage.Access) throws(StorageError) {
        let isNew = try LedgerFile.inspect(path)
        if isNew, access != .creating { throw .notFound(path: path) }
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(Self.busyTimeout)
            if access == .reading {
                configuration.readonly = true
                (connections, version) = try Self.reading(path, configuration)
                appending = nil
                return
            }
            if !isNew {
                // Opening a pool changes the file's journal mode: look before touching it.
                var looking = configuration
                looking.readonly = true
                let queue = try DatabaseQueue(path: path, configuration: looking)
                _ = try queue.read { try Self.checkApplication($0) }
                try queue.close()
            }
            let pool = try DatabasePool(path: path, configuration: configuration)
            connections = pool
            version = Self.version
            try pool.writeWithoutTransaction { connection in
                try connection.execute(sql: "PRAGMA synchronous = FULL")
                if isNew { try Self.createTables(connection) }
                if try Self.checkApplication(connection) < Self.version {
                    try Self.updateTables(connection)
                }
            }
            appending = try AppendConnection(path: path)
        } catch {
            throw Self.storageError(error, committing: false)
        }
    }

    /// Opens the file for reading; where nothing can be written beside it, as it stands.
    ///
    /// In WAL mode even a reader needs the log's shared index, which cannot be made on read-only
    /// media (sqlite.org/wal.html, "Read-Only Databases"). A ledger that was closed properly has no
    /// log, so that the file alone is the whole of it and can be opened as `immutable`: nobody can
    /// change it there. A log with content would be left out, so that is refused.
    private static func reading(
        _ path: String, _ configuration: Configuration
    ) throws -> (DatabaseQueue, version: Int) {
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            return (queue, try queue.read { try checkApplication($0) })
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN {
            guard LedgerFile.logBytes(path) == 0 else {
                throw StorageError.unavailable(
                    "'\(path)-wal' holds entries, and the folder cannot be written; copy the site "
                        + "to where it can")
            }
            let queue = try DatabaseQueue(
                path: LedgerFile.immutableAddress(path), configuration: configuration)
            return (queue, try queue.read { try checkApplication($0) })
        }
    }

    /// Refuses further calls, waits for those under way, and closes the file.
    func close() throws(StorageError) {
        let wasOpen = isClosed.withLock { isClosed in
            defer { isClosed = true }
            return !isClosed
        }
        guard wasOpen else { return }
        calls.wait()
        appending?.close()
        do {
            // A pool keeps its write-ahead log when it closes. Folded into the file, the ledger is
            // one file that can be copied; a reader that still looks at the log only delays that.
            if let pool = connections as? DatabasePool {
                try? pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
            }
            try connections.close()
        } catch {
            throw Self.storageError(error, committing: false)
        }
    }

    /// Lets a call in unless the file is closed; balanced by `calls.leave()`.
    ///
    /// GRDB hands a closed connection to a read that waits for one while the pool closes, and
    /// SQLite does not survive being asked through it.
    private func enter() throws(StorageError) {
        let isOpen = isClosed.withLock { isClosed in
            if !isClosed { calls.enter() }
            return !isClosed
        }
        guard isOpen else { throw .unavailable("the ledger is closed") }
    }

    /// Copies the whole database, as of one moment, to a new file at `path`.
    func copy(to path: String) throws {
        try enter()
        defer { calls.leave() }
        let copy = try DatabaseQueue(path: path)
        try connections.backup(to: copy)
        try copy.close()
    }

    /// Runs `body` on the calling thread, on the ledger as of one moment.
    ///
    /// Reads are short, and mostly of what the system has in memory: handing one to another
    /// thread would cost several times as much.
    func read<Value>(_ body: (Database) throws -> Value) throws(StorageError) -> Value {
        try enter()
        defer { calls.leave() }
        do {
            return try connections.read(body)
        } catch {
            throw Self.storageError(error, committing: false)
        }
    }

    /// Runs `body` on the calling thread in one transaction that holds the write lock from its
    /// start; durable on return.
    func append(_ body: (AppendConnection.Statements) throws -> Void) throws(StorageError) {
        try enter()
        defer { calls.leave() }
        guard let appending else { throw .readOnly }
        try appending.append(body)
    }

    /// What `error` means to the ledger. During the commit itself, a failed write or sync leaves
    /// open whether the frames reached the disk.
    static func storageError(_ error: any Error, committing: Bool) -> StorageError {
        if let error = error as? StorageError { return error }
        guard let error = error as? DatabaseError else { return .unavailable("\(error)") }
        let reason = error.message ?? "SQLite error \(error.resultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: return .locked
        case .SQLITE_FULL: return .full
        case .SQLITE_NOTADB: return .notALedger("not an SQLite file")
        case .SQLITE_CORRUPT: return .damaged(reason)
        case .SQLITE_READONLY: return .readOnly
        default: return committing ? .outcomeUnknown(reason) : .unavailable(reason)
        }
    }

    /// The version of the tables.
    private static func checkApplication(_ connection: Database) throws -> Int {
        let application = try Int32.fetchOne(connection, sql: "PRAGMA application_id") ?? 0
        guard application == applicationID else {
            throw StorageError.notALedger("the SQLite file belongs to another application")
        }
        let found = try Int.fetchOne(connection, sql: "PRAGMA user_version") ?? 0
        guard found <= version else {
            throw StorageError.newerVersion(found, supported: version)
        }
        guard found >= 1 else { throw StorageError.damaged("it has format \(found)") }
        return found
    }

    private static func createTables(_ connection: Database) throws {
        try connection.inTransaction(.immediate) {
            // Another process may have been first.
            let tables = try Int.fetchOne(connection, sql: "SELECT count(*) FROM sqlite_schema")
            if tables == 0 {
                try connection.execute(sql: schema)
                try connection.execute(sql: "PRAGMA application_id = \(applicationID)")
                try connection.execute(sql: "PRAGMA user_version = \(version)")
            }
            return .commit
        }
    }

    /// Makes the tables of version 1 those of version 2: the head stands with the last entry of each
    /// batch, and no longer with a checkpoint.
    private static func updateTables(_ connection: Database) throws {
        try connection.inTransaction(.immediate) {
            // Another process may have been first.
            if try checkApplication(connection) == 1 {
                try connection.execute(
                    sql: """
                        ALTER TABLE entries ADD COLUMN root BLOB;
                        ALTER TABLE entries ADD COLUMN tag BLOB;
                        ALTER TABLE checkpoints DROP COLUMN root;
                        PRAGMA user_version = 2;
                        """)
            }
            return .commit
        }
    }

    /// The triggers stop accidents, not attackers: those are what checkpoints are for. `root` and `tag`
    /// stand with the last entry of each batch.
    private static let schema = """
        CREATE TABLE entries (
            number INTEGER PRIMARY KEY,
            root BLOB,
            tag BLOB,
            bytes BLOB NOT NULL
        ) STRICT;
        CREATE TABLE checkpoints (
            size INTEGER PRIMARY KEY,
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
        """
}

/// What can be told from the first bytes of a file before SQLite opens it.
enum LedgerFile {
    /// Length of SQLite's file header in bytes (sqlite.org/fileformat.html, 1.3).
    private static let headerBytes = 100

    /// Whether there is no ledger yet: no file, or an empty one.
    static func inspect(_ path: String) throws(StorageError) -> Bool {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            return true
        }
        guard !isDirectory.boolValue else { throw .notALedger("'\(path)' is a folder") }
        let header: Data
        let size: UInt64
        do {
            let handle = try FileHandle(forReadingFrom: URL(filePath: path))
            defer { try? handle.close() }
            header = try handle.read(upToCount: headerBytes) ?? Data()
            size = try handle.seekToEnd()
        } catch {
            throw .unavailable("cannot read '\(path)'")
        }
        guard size > 0 else { return true }
        guard header.count == headerBytes, header.starts(with: Array("SQLite format 3\0".utf8))
        else { throw .notALedger("'\(path)' has no SQLite header") }
        // While a log stands beside it, the file itself may be behind.
        guard logBytes(path) == 0 else { return false }
        let stored = header[16..<18].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let pageSize = stored == 1 ? 65_536 : stored
        let pages = header[28..<32].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard pages * pageSize <= size else {
            throw .damaged("the file has \(size) bytes of \(pages * pageSize)")
        }
        return false
    }

    /// Size of the write-ahead log beside the file, 0 for none.
    static func logBytes(_ path: String) -> UInt64 {
        let log = try? FileManager.default.attributesOfItem(atPath: "\(path)-wal")
        return (log?[.size] as? NSNumber)?.uint64Value ?? 0
    }

    /// The address by which SQLite opens the file as one that never changes
    /// (sqlite.org/uri.html, "immutable").
    static func immutableAddress(_ path: String) -> String {
        var address = "file:"
        for byte in URL(filePath: path).absoluteURL.path.utf8 {
            let isPlain = byte < 0x80 && byte > 0x20 && !"%?#".utf8.contains(byte)
            let hex = String(byte, radix: 16, uppercase: true)
            address +=
                isPlain
                ? String(UnicodeScalar(byte)) : "%" + (hex.count == 1 ? "0" : "") + hex
        }
        return address + "?immutable=1"
    }
}
