/// Reads a ledger: entries by page, the current checkpoint, and proofs.
public struct LedgerReader: Sendable {
    /// Rows of one read: some megabytes at most sizes, and the whole of no ledger.
    public static let pageMax = 4096
    /// How long a checkpoint over a new entry is waited for. A running site signs within a fraction of
    /// it, however busy its machine is; a site that crashed, when it is opened.
    public static let signingPatience = Duration.seconds(10)

    /// The storage that is read.
    public let storage: any LedgerStorageEngine
    private let patience: Duration
    private let cache = SubtreeCache()

    /// A reader of `storage`. It remembers hashes: keep it for a row of proofs.
    ///
    /// - Parameter patience: how long a checkpoint over a new entry is waited for.
    public init(
        storage: any LedgerStorageEngine, patience: Duration = LedgerReader.signingPatience
    ) {
        self.storage = storage
        self.patience = patience
    }

    /// Number of entries and root.
    public func head() async throws(StorageError) -> LedgerHead { try await storage.head() }

    /// Up to `limit` entries from `index` on, decoded.
    ///
    /// - Throws: `.damaged` for bytes that are no entry, and for a gap.
    public func entries(
        from index: UInt64, limit: Int = pageMax
    ) async throws(StorageError) -> [LedgerEntry] {
        let limit = max(0, min(limit, Self.pageMax))
        var entries: [LedgerEntry] = []
        for sealed in try await storage.entries(from: index, limit: limit) {
            let expected = index + UInt64(entries.count)
            guard sealed.index == expected else {
                throw .damaged("entry \(expected) is missing")
            }
            do throws(EntryError) {
                entries.append(try LedgerEntry(index: sealed.index, bytes: sealed.bytes))
            } catch {
                throw .damaged("entry \(sealed.index): \(error.message)")
            }
        }
        return entries
    }

    /// The newest signed checkpoint, or nil for a ledger without one.
    public func checkpoint() async throws(StorageError) -> SignedNote? {
        guard let last = try await storage.lastCheckpoint() else { return nil }
        do throws(NoteError) {
            return try SignedNote(parsing: last.note)
        } catch {
            throw .damaged("checkpoint \(last.size): \(error.message)")
        }
    }

    /// A proof that entry `index` stands under the tree of `size` entries.
    public func inclusionProof(
        of index: UInt64, in size: UInt64
    ) async throws(LedgerReadError) -> InclusionProof {
        try await inclusionProofs(of: [index], in: size)[0]
    }

    /// Proofs that the entries `indexes` stand under the tree of `size` entries, in their order.
    ///
    /// Together they cost a fraction of one after the other: each stored tile is read once.
    public func inclusionProofs(
        of indexes: [UInt64], in size: UInt64
    ) async throws(LedgerReadError) -> [InclusionProof] {
        try await requireSize(size)
        var plans: [ProofPlan] = []
        for index in indexes {
            guard index < size else { throw .proof(.outOfRange(index: index, size: size)) }
            plans.append(ProofPlan.inclusion(of: index, in: size))
        }
        let proofs = try await hashes(plans)
        return zip(indexes, proofs).map { index, hashes in
            InclusionProof(index: index, size: size, hashes: hashes)
        }
    }

    /// A proof that the tree of `size` entries extends the one of `oldSize`.
    public func consistencyProof(
        from oldSize: UInt64, to size: UInt64
    ) async throws(LedgerReadError) -> ConsistencyProof {
        try await requireSize(size)
        guard oldSize <= size else { throw .proof(.outOfRange(index: oldSize, size: size)) }
        let plan = ProofPlan.consistency(of: oldSize, with: size)
        return ConsistencyProof(oldSize: oldSize, size: size, hashes: try await hashes([plan])[0])
    }

    /// A proof of entry `index` with the newest checkpoint, to be carried away.
    ///
    /// An entry that was just stored is under a checkpoint soon, which is waited for.
    /// - Throws: `.unsigned` when nobody signed in that time.
    public func proof(
        of index: UInt64, extra: [UInt8]? = nil
    ) async throws(LedgerReadError) -> TLogProof {
        let (note, size) = try await checkpoint(over: index)
        let proof = try await inclusionProof(of: index, in: size)
        return TLogProof(extra: extra, index: index, hashes: proof.hashes, checkpoint: note)
    }

    /// The newest checkpoint once it is over entry `index`, with its size.
    private func checkpoint(
        over index: UInt64
    ) async throws(LedgerReadError) -> (SignedNote, UInt64) {
        let end = try await LedgerReadError.wrapping { () async throws(StorageError) in
            try await storage.end(signedOver: index &+ 1, within: patience)
        }
        guard index < end.head.size else {
            throw .proof(.outOfRange(index: index, size: end.head.size))
        }
        guard let stored = end.checkpoint, index < stored.size else {
            throw .unsigned(index: index)
        }
        do throws(NoteError) {
            let note = try SignedNote(parsing: stored.note)
            return (note, try Checkpoint(text: note.text).size)
        } catch {
            throw .storage(.damaged("checkpoint \(stored.size): \(error.message)"))
        }
    }

    private func requireSize(_ size: UInt64) async throws(LedgerReadError) {
        guard size > cache.knownSize else { return }
        let head = try await LedgerReadError.wrapping { () async throws(StorageError) in
            try await storage.head()
        }
        cache.knownSize = head.size
        guard size <= head.size else { throw .proof(.outOfRange(index: size, size: head.size)) }
    }

    private func hashes(_ plans: [ProofPlan]) async throws(LedgerReadError) -> [[Digest]] {
        let known = try await LedgerReadError.wrapping { () async throws(StorageError) in
            try await SubtreeSource(storage: storage, cache: cache)
                .hashes(of: plans.flatMap(\.subtrees))
        }
        return plans.map { $0.assemble(known) ?? [] }
    }
}

/// Why a proof cannot be given.
public enum LedgerReadError: LedgerFault, Equatable {
    /// Storage failed.
    case storage(StorageError)
    /// The ledger has no such entry or size.
    case proof(ProofError)
    /// No checkpoint is signed over the entry yet.
    case unsigned(index: UInt64)

    /// The code of the cause.
    public var code: String {
        switch self {
        case .storage(let error): error.code
        case .proof(let error): error.code
        case .unsigned: "proof-unsigned"
        }
    }

    /// What the cause says.
    public var message: String {
        switch self {
        case .storage(let error): error.message
        case .proof(let error): error.message
        case .unsigned(let index): "no checkpoint is signed over entry \(index) yet"
        }
    }

    /// The way out of the cause.
    public var help: String {
        switch self {
        case .storage(let error): error.help
        case .proof(let error): error.help
        case .unsigned: "after a crash, open the site once: it signs what it stored"
        }
    }

    fileprivate static func wrapping<Value>(
        _ read: () async throws(StorageError) -> Value
    ) async throws(LedgerReadError) -> Value {
        do throws(StorageError) {
            return try await read()
        } catch {
            throw .storage(error)
        }
    }
}
