public import Ledger
internal import Synchronization

/// A ledger in memory: as durable as the process, and as strict as any engine.
public final class InMemoryLedgerStorage: LedgerStorageEngine {
    private struct Contents {
        var entries: [[UInt8]] = []
        var checkpoints: [StoredCheckpoint] = []
        var head = LedgerHead.empty
        var tiles: [Int: [UInt64: HashTile]] = [:]
    }

    private let contents = Mutex(Contents())

    /// An empty ledger.
    public init() {}

    /// Appends in one durable step.
    public func append(
        _ batch: SealedBatch, after expectedHead: LedgerHead
    ) async throws(StorageError) {
        let failure: StorageError? = contents.withLock { contents in
            guard contents.head == expectedHead else {
                return .headMoved(actual: contents.head)
            }
            contents.entries.append(contentsOf: batch.entries.map(\.bytes))
            contents.checkpoints.append(batch.checkpoint)
            contents.head = batch.head
            for tile in batch.tiles {
                contents.tiles[tile.level, default: [:]][tile.index] = tile
            }
            return nil
        }
        if let failure { throw failure }
    }

    /// The entries in number order, as they are stored.
    public func entries(
        from index: UInt64, limit: Int
    ) async throws(StorageError) -> [SealedEntry] {
        contents.withLock { contents in
            let first = Int(clamping: index)
            guard first < contents.entries.count, limit > 0 else { return [] }
            let end = min(contents.entries.count, first + min(limit, contents.entries.count))
            return (first..<end).map {
                SealedEntry(index: UInt64($0), bytes: contents.entries[$0])
            }
        }
    }

    /// The head that the last checkpoint signs.
    public func head() async throws(StorageError) -> LedgerHead {
        contents.withLock { $0.head }
    }

    /// The checkpoints from the first of at least `size` on.
    public func checkpoints(
        from size: UInt64, limit: Int
    ) async throws(StorageError) -> [StoredCheckpoint] {
        contents.withLock { contents in
            Array(contents.checkpoints.drop { $0.size < size }.prefix(max(0, limit)))
        }
    }

    /// The newest checkpoint.
    public func lastCheckpoint() async throws(StorageError) -> StoredCheckpoint? {
        contents.withLock { $0.checkpoints.last }
    }

    /// Full tiles.
    public func tiles(level: Int, indexes: [UInt64]) async throws(StorageError) -> [HashTile] {
        contents.withLock { contents in indexes.compactMap { contents.tiles[level]?[$0] } }
    }

    /// Roots of full tiles side by side.
    public func tileRoots(
        level: Int, from index: UInt64, limit: Int
    ) async throws(StorageError) -> [Digest] {
        contents.withLock { contents in
            var roots: [Digest] = []
            while roots.count < limit,
                let tile = contents.tiles[level]?[index &+ UInt64(roots.count)]
            {
                roots.append(tile.root)
            }
            return roots
        }
    }

    /// Changes what is stored, as someone with full rights on the storage could.
    public func tamper(_ change: (inout Stored) -> Void) {
        contents.withLock { contents in
            var stored = Stored(entries: contents.entries, checkpoints: contents.checkpoints)
            change(&stored)
            contents.entries = stored.entries
            contents.checkpoints = stored.checkpoints
        }
    }

    /// What verification rests on.
    public struct Stored {
        /// The bytes of the entries, in order.
        public var entries: [[UInt8]]
        /// The signed checkpoints, in order.
        public var checkpoints: [StoredCheckpoint]
    }
}
