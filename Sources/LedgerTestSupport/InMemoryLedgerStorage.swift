public import Ledger
internal import Synchronization

/// A ledger in memory: as durable as the process, and as strict as any engine.
public final class InMemoryLedgerStorage: LedgerStorageEngine {
    private struct Contents {
        var entries: [[UInt8]] = []
        var checkpoints: [StoredCheckpoint] = []
        var head = LedgerHead.empty
        var tiles: [Int: [HashTile]] = [:]
    }

    private let contents = Mutex(Contents())

    /// An empty ledger.
    public init() {}

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
            for tile in batch.tiles { contents.tiles[tile.level, default: []].append(tile) }
            return nil
        }
        if let failure { throw failure }
    }

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

    public func head() async throws(StorageError) -> LedgerHead {
        contents.withLock { $0.head }
    }

    public func checkpoints(
        from size: UInt64, limit: Int
    ) async throws(StorageError) -> [StoredCheckpoint] {
        contents.withLock { contents in
            Array(contents.checkpoints.drop { $0.size < size }.prefix(max(0, limit)))
        }
    }

    public func lastCheckpoint() async throws(StorageError) -> StoredCheckpoint? {
        contents.withLock { $0.checkpoints.last }
    }

    public func tile(level: Int, index: UInt64) async throws(StorageError) -> HashTile? {
        contents.withLock { contents in
            let tiles = contents.tiles[level, default: []]
            return index < UInt64(tiles.count) ? tiles[Int(index)] : nil
        }
    }

    public func tileRoots(
        level: Int, from index: UInt64, limit: Int
    ) async throws(StorageError) -> [Digest] {
        contents.withLock { contents in
            contents.tiles[level, default: []].dropFirst(Int(clamping: index))
                .prefix(max(0, limit)).map(\.root)
        }
    }
}
