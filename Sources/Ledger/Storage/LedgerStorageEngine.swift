/// Durable, ordered storage for sealed entries.
///
/// An engine sees indexes and bytes, never a fact: signing, hashing and decoding stay in
/// `Ledger`, so an engine can neither forge nor interpret an entry. There is no update and no
/// delete. Every engine passes `LedgerStorageConformance`, on healthy and on faulty storage.
public protocol LedgerStorageEngine: Sendable {
    /// Appends `batch` directly after `expectedHead`: all of it, or nothing.
    ///
    /// Returns only when what it stores would survive a loss of power. A batch with a checkpoint
    /// need not have entries. A checkpoint of a size that is there already is not stored again:
    /// there is one text for each size, and one signature for each text.
    /// - Throws: `.headMoved` when the ledger does not end at `expectedHead`, and nothing was
    ///   stored. `.outcomeUnknown` when the batch may or may not be stored: only opening the
    ///   ledger again tells. Any other error: nothing was stored.
    func append(
        _ batch: SealedBatch, after expectedHead: LedgerHead
    ) async throws(StorageError)

    /// Up to `limit` entries in index order from `index` on; fewer only at the end.
    ///
    /// They are given as they are stored: whoever reads them looks for gaps.
    func entries(from index: UInt64, limit: Int) async throws(StorageError) -> [SealedEntry]

    /// Calls `body` with number and bytes of what `entries(from:limit:)` would give, one after
    /// the other. The bytes are only there during the call.
    ///
    /// For whoever reads a whole ledger: an engine can show the bytes where they lie.
    func visitEntries(
        from index: UInt64, limit: Int, _ body: (UInt64, UnsafeBufferPointer<UInt8>) -> Void
    ) async throws(StorageError)

    /// Where the ledger ends, as of one moment.
    func end() async throws(StorageError) -> StoredEnd

    /// Up to `limit` signed checkpoints in order of size, from the first whose size is at least
    /// `size`. Every checkpoint since the first is kept.
    func checkpoints(
        from size: UInt64, limit: Int
    ) async throws(StorageError) -> [StoredCheckpoint]

    /// Those of the full tiles `indexes` of `level` that were ever stored, in any order.
    func tiles(level: Int, indexes: [UInt64]) async throws(StorageError) -> [HashTile]

    /// The roots of up to `limit` full tiles of `level` from `index` on, without gaps.
    func tileRoots(
        level: Int, from index: UInt64, limit: Int
    ) async throws(StorageError) -> [Digest]
}

extension LedgerStorageEngine {
    /// Number of entries and root, as of the last batch; `.empty` for a new ledger.
    public func head() async throws(StorageError) -> LedgerHead { try await end().head }

    /// The newest signed checkpoint, or nil without one.
    public func lastCheckpoint() async throws(StorageError) -> StoredCheckpoint? {
        try await end().checkpoint
    }

    /// The end once its checkpoint is over the first `size` entries, or when nobody signed for as long
    /// as `patience` goes: a running site is about to. Entries that are not there are not waited for.
    func end(
        signedOver size: UInt64, within patience: Duration
    ) async throws(StorageError) -> StoredEnd {
        let clock = ContinuousClock()
        let deadline = clock.now + patience
        while true {
            let isLate = clock.now >= deadline || Task.isCancelled
            let end = try await end()
            guard end.signedSize < size, size <= end.head.size, !isLate else { return end }
            try? await clock.sleep(for: .milliseconds(10))
        }
    }

    /// Visits copies of the entries.
    public func visitEntries(
        from index: UInt64, limit: Int, _ body: (UInt64, UnsafeBufferPointer<UInt8>) -> Void
    ) async throws(StorageError) {
        for entry in try await entries(from: index, limit: limit) {
            entry.bytes.withUnsafeBufferPointer { body(entry.index, $0) }
        }
    }
}

/// The bytes of one entry at its place.
public struct SealedEntry: Hashable, Sendable {
    /// Position in the ledger, from 0.
    public var index: UInt64
    /// Canonical JSON.
    public var bytes: [UInt8]

    /// The entry at `index`.
    public init(index: UInt64, bytes: [UInt8]) {
        self.index = index
        self.bytes = bytes
    }
}

/// What one append stores: entries, the tiles they completed, and a signed checkpoint over what was
/// stored before.
public struct SealedBatch: Hashable, Sendable {
    /// The entries, in order and without gaps.
    public var entries: [SealedEntry]
    /// The ledger with them.
    public var head: LedgerHead
    /// What the site itself knows this head by until a checkpoint over it is signed.
    public var tag: Digest
    /// The full tiles that these entries completed. Derived; verification does not use them.
    public var tiles: [HashTile]
    /// A signed checkpoint over entries that are stored already, if there is one to be stored.
    public var checkpoint: StoredCheckpoint?

    /// A batch of its parts.
    public init(
        entries: [SealedEntry], head: LedgerHead, tag: Digest, tiles: [HashTile] = [],
        checkpoint: StoredCheckpoint? = nil
    ) {
        self.entries = entries
        self.head = head
        self.tag = tag
        self.tiles = tiles
        self.checkpoint = checkpoint
    }
}

/// Where a stored ledger ends.
public struct StoredEnd: Hashable, Sendable {
    /// Number of entries and root, as of the last batch.
    public var head: LedgerHead
    /// The tag of the last batch with entries.
    public var tag: Digest?
    /// The newest signed checkpoint; mostly over all entries, else over fewer.
    public var checkpoint: StoredCheckpoint?

    /// Entries under the newest checkpoint.
    public var signedSize: UInt64 { checkpoint?.size ?? 0 }

    /// The end of a ledger without entries.
    public static let empty = StoredEnd(head: .empty)

    /// An end of its parts.
    public init(head: LedgerHead, tag: Digest? = nil, checkpoint: StoredCheckpoint? = nil) {
        self.head = head
        self.tag = tag
        self.checkpoint = checkpoint
    }
}

/// The bytes of a signed checkpoint, with the size it speaks of.
public struct StoredCheckpoint: Hashable, Sendable {
    /// Number of entries.
    public var size: UInt64
    /// The signed note.
    public var note: [UInt8]

    /// A checkpoint at `size`.
    public init(size: UInt64, note: [UInt8]) {
        self.size = size
        self.note = note
    }
}
