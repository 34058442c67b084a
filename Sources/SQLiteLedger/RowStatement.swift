internal import GRDB
internal import GRDBSQLite

/// A statement of SQLite, stepped by hand.
///
/// GRDB's rows and arguments cost several times as much as hashing an entry does; here its bytes
/// are bound and read where they lie.
struct RowStatement {
    private let handle: OpaquePointer

    /// The statement of `sql` on `connection`, from GRDB's cache.
    init(_ sql: String, _ connection: Database) throws {
        handle = try connection.cachedStatement(sql: sql).sqliteStatement
    }

    /// A new statement of `sql` on `connection`, to be finalised.
    init(_ sql: String, of connection: OpaquePointer) throws {
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(
            connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement else {
            throw Self.lastError(of: connection)
        }
        handle = statement
    }

    /// Lets go of a statement that was made anew.
    func finalize() { sqlite3_finalize(handle) }

    /// Runs a statement that was made anew, and lets go of it.
    func runOnce() throws {
        defer { finalize() }
        try run()
    }

    /// Binds `value` to the parameter `position`, from 1.
    func bind(_ value: Int64, at position: Int32) throws {
        try require(sqlite3_bind_int64(handle, position, value) == SQLITE_OK)
    }

    /// Binds `bytes` to the parameter `position`; they must stay where they are until the end.
    func bind(_ bytes: UnsafeRawBufferPointer, at position: Int32) throws {
        // A blob without an address would be NULL.
        let code =
            bytes.isEmpty
            ? sqlite3_bind_zeroblob(handle, position, 0)
            : sqlite3_bind_blob(handle, position, bytes.baseAddress, Int32(bytes.count), nil)
        try require(code == SQLITE_OK)
    }

    /// Runs the statement to its end, calling `body` at each row.
    func forEachRow(_ body: () throws -> Void) throws {
        defer { sqlite3_reset(handle) }
        while true {
            let code = sqlite3_step(handle)
            guard code == SQLITE_ROW else { return try require(code == SQLITE_DONE) }
            try body()
        }
    }

    /// Runs a statement that gives no rows.
    func run() throws { try forEachRow {} }

    /// The integer in `column` of the current row.
    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    /// The bytes in `column` of the current row, where they lie until the next step.
    func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
        guard let start = sqlite3_column_blob(handle, column) else {
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        return UnsafeRawBufferPointer(
            start: start, count: Int(sqlite3_column_bytes(handle, column)))
    }

    private func require(_ isRight: Bool) throws {
        guard isRight else { throw Self.lastError(of: sqlite3_db_handle(handle)) }
    }

    private static func lastError(of connection: OpaquePointer?) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_errcode(connection)),
            message: String(cString: sqlite3_errmsg(connection)))
    }
}
