public import Ledger
internal import Synchronization

/// A ledger in memory: as durable as the process, and as strict as any engine.
public final class InMemoryLedgerStorage: LedgerStorageEngine {
    private struct Contents {
        var entries: [[UInt8]] = []
        var checkpoints: [StoredCheckpoint] = []
        var head = LedgerHead.empty
        var tag: Digest?
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
            contents.head = batch.head
            if !batch.entries.isEmpty { contents.tag = batch.tag }
            if let checkpoint = batch.checkpoint,
                !contents.checkpoints.contains(where: { $0.size == checkpoint.size })
            {
                contents.checkpoints.append(checkpoint)
            }
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

    /// The head and tag of the last batch, and the last checkpoint.
    public func end() async throws(StorageError) -> StoredEnd {
        contents.withLock { contents in
            // Where somebody tampered, as many as there are.
            let size = UInt64(contents.entries.count)
            return StoredEnd(
                head: LedgerHead(size: size, root: contents.head.root), tag: contents.tag,
                checkpoint: contents.checkpoints.last)
        }
    }

    /// The checkpoints from the first of at least `size` on.
    public func checkpoints(
        from size: UInt64, limit: Int
    ) async throws(StorageError) -> [StoredCheckpoint] {
        contents.withLock { contents in
            Array(contents.checkpoints.drop { $0.size < size }.prefix(max(0, limit)))
        }
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
            var stored = Stored(
                entries: contents.entries, checkpoints: contents.checkpoints, head: contents.head,
                tag: contents.tag)
            change(&stored)
            contents.entries = stored.entries
            contents.checkpoints = stored.checkpoints
            contents.head = stored.head
            contents.tag = stored.tag
        }
    }

    /// What verification and opening rest on.
    public struct Stored {
        /// The bytes of the entries, in order.
        public var entries: [[UInt8]]
        /// The signed checkpoints, in order.
        public var checkpoints: [StoredCheckpoint]
        /// The head that stands with the last entry.
        public var head: LedgerHead
        /// The tag of that head.
        public var tag: Digest?
    }
}
