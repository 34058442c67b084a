public import Ledger

/// An engine of a test that stands in front of a sound one, and says only what it does otherwise.
public protocol StandInStorage: LedgerStorageEngine {
    /// The engine that answers everything else.
    var sound: any LedgerStorageEngine { get }
}

extension StandInStorage {
    /// As the sound engine does.
    public func append(
        _ batch: SealedBatch, after expectedHead: LedgerHead
    ) async throws(StorageError) {
        try await sound.append(batch, after: expectedHead)
    }

    /// As the sound engine does.
    public func entries(
        from index: UInt64, limit: Int
    ) async throws(StorageError) -> [SealedEntry] {
        try await sound.entries(from: index, limit: limit)
    }

    /// As the sound engine does.
    public func end() async throws(StorageError) -> StoredEnd { try await sound.end() }

    /// As the sound engine does.
    public func checkpoints(
        from size: UInt64, limit: Int
    ) async throws(StorageError) -> [StoredCheckpoint] {
        try await sound.checkpoints(from: size, limit: limit)
    }

    /// As the sound engine does.
    public func tiles(level: Int, indexes: [UInt64]) async throws(StorageError) -> [HashTile] {
        try await sound.tiles(level: level, indexes: indexes)
    }

    /// As the sound engine does.
    public func tileRoots(
        level: Int, from index: UInt64, limit: Int
    ) async throws(StorageError) -> [Digest] {
        try await sound.tileRoots(level: level, from: index, limit: limit)
    }
}
