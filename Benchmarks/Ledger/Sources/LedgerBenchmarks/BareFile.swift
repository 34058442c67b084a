import BareSQLite
import Foundation

/// The peer: a SQLite file that a C loop fills.
final class BareFile {
    private var handle: OpaquePointer?
    private let bytes: [UInt8]
    private let checkpointLength: Int

    /// A new file at `path` for rows of `bytes`.
    ///
    /// - Parameter checkpointLength: bytes of a row in a second table with each commit; 0 for none.
    init(path: String, bytes: [UInt8], checkpointLength: Int) throws {
        self.bytes = bytes
        self.checkpointLength = checkpointLength
        try Self.require(bare_sqlite_open(path, &handle))
    }

    deinit { bare_sqlite_close(handle) }

    /// Inserts `count` rows, `batch` to a commit, and says what it took.
    func append(_ count: Int, batch: Int) throws -> Appending.Sample {
        var time = bare_time()
        try bytes.withUnsafeBytes { bytes in
            var rows = bare_rows(
                bytes: bytes.baseAddress, length: Int32(bytes.count), count: Int32(count),
                batch: Int32(batch), checkpoint_length: Int32(checkpointLength))
            try Self.require(bare_sqlite_append(handle, &rows, &time))
        }
        return Appending.Sample(wall: time.wall, processor: time.processor)
    }

    private static func require(_ code: Int32) throws {
        guard code == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}
