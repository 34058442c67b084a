internal import Synchronization

/// Appends to a ledger, many commands in one durable commit.
///
/// `submit` seals and queues at once. The first who then waits for a receipt commits everything
/// that is queued, with one signed checkpoint, and wakes the others: a lone caller is answered
/// without ever handing its work to another thread. While one commit is on its way to the disk the
/// next group gathers behind it, so that throughput does not depend on the disk's latency (group
/// commit: D. DeWitt et al., "Implementation techniques for main memory database systems", SIGMOD
/// 1984, doi:10.1145/602259.602261).
///
/// The order of submits is the order in the ledger: what is submitted and not waited for is
/// committed with the next that is. Memory does not grow with the ledger.
public final class LedgerWriter: Sendable {
    /// Entries of one commit at most: the time of a commit stays in the tens of milliseconds.
    public static let commitEntriesMax = 4096
    /// Bytes of entries of one commit at most.
    public static let commitBytesMax = 16_777_216

    /// Name of the ledger.
    public let origin: String
    /// The public side of the key that signs checkpoints.
    public var verifier: NoteVerifier { signer.verifier }

    private let storage: any LedgerStorageEngine
    private let signer: NoteSigner
    private let queue: Mutex<Queue>

    /// Opens the ledger in `storage` at its last checkpoint.
    ///
    /// - Throws: `.wrongKey` when that is not signed by `signer` for `origin`; `.storage` when
    ///   the entries do not lead to it, or storage fails.
    public init(
        storage: any LedgerStorageEngine, signer: NoteSigner, origin: String
    ) async throws(WriterError) {
        self.storage = storage
        self.signer = signer
        self.origin = origin
        let opened: Queue
        do throws(StorageError) {
            opened = try await Self.open(storage, signer: signer, origin: origin)
        } catch {
            throw .storage(error)
        }
        if let last = opened.lastCheckpoint {
            do throws(NoteError) {
                let note = try SignedNote(parsing: last.note)
                _ = try note.verified(by: [signer.verifier])
                let checkpoint = try Checkpoint(text: note.text)
                guard checkpoint.origin == origin else {
                    throw NoteError.wrongOrigin(checkpoint.origin, expected: origin)
                }
            } catch {
                throw .wrongKey(error)
            }
        }
        queue = Mutex(opened)
    }

    /// Number of entries with all that were submitted, durable or not.
    public var nextIndex: UInt64 { queue.withLock { $0.nextIndex } }

    /// Why the writer takes nothing more, or nil while it does.
    public var failure: StorageError? { queue.withLock { $0.failure } }

    /// Queues `drafts` to be appended together, after everything submitted before.
    ///
    /// - Throws: `WriterError` when the drafts cannot be entries, or the writer is closed.
    public func submit(_ drafts: [EntryDraft]) throws(WriterError) -> PendingAppend {
        let group = try seal(drafts)
        let outcome: Result<Void, WriterError> = queue.withLock { queue in
            if let cause = queue.failure { return .failure(.closed(because: cause)) }
            if let last = queue.lastRecorded, group.firstRecorded.instant < last.instant {
                return .failure(
                    .clockSetBack(recorded: group.firstRecorded.text, before: last.text))
            }
            queue.lastRecorded = group.lastRecorded
            queue.nextIndex += UInt64(group.entries.count)
            queue.waiting.append(group)
            return .success(())
        }
        try outcome.get()
        return group.pending
    }

    /// The outcome of `pending`, for which this commits what is queued unless another does.
    func settle(_ pending: PendingAppend) async -> Result<AppendReceipt, WriterError> {
        while true {
            if let result = pending.result { return result }
            if takeLead() {
                await commitWaiting()
            } else {
                await withCheckedContinuation { continuation in
                    // Whoever commits looks for sleepers under the same lock when it is done.
                    let sleeps = queue.withLock { queue in
                        queue.isCommitting && pending.sleep(continuation)
                    }
                    if !sleeps { continuation.resume() }
                }
            }
        }
    }
}

extension LedgerWriter {
    /// An instant with the text it was read from.
    fileprivate struct Recorded {
        let instant: LedgerInstant
        let text: String
    }

    /// The drafts of one submit, sealed.
    fileprivate struct Group {
        let entries: [[UInt8]]
        let leafHashes: [Digest]
        let byteCount: Int
        let firstRecorded: Recorded
        let lastRecorded: Recorded
        let pending: PendingAppend
    }

    fileprivate struct Queue {
        var waiting: [Group] = []
        /// Whether a caller commits; no other may.
        var isCommitting = false
        var failure: StorageError?
        var nextIndex: UInt64
        var lastRecorded: Recorded?
        /// The tree as of the last commit; taken out while a commit is under way.
        var edge: TreeEdge?
        let lastCheckpoint: StoredCheckpoint?
    }

    private static func open(
        _ storage: any LedgerStorageEngine, signer: NoteSigner, origin: String
    ) async throws(StorageError) -> Queue {
        let head = try await storage.head()
        let edge = try await TreeEdge.load(head, from: storage)
        var lastRecorded: Recorded?
        if head.size > 0 {
            let last = try await LedgerReader(storage: storage).entries(
                from: head.size - 1, limit: 1)
            if let text = last.first?.draft.recorded, let instant = LedgerInstant(rfc3339: text) {
                lastRecorded = Recorded(instant: instant, text: text)
            }
        }
        return Queue(
            nextIndex: head.size, lastRecorded: lastRecorded, edge: edge,
            lastCheckpoint: try await storage.lastCheckpoint())
    }

    private func seal(_ drafts: [EntryDraft]) throws(WriterError) -> Group {
        guard !drafts.isEmpty else { throw .nothingToAppend }
        guard drafts.count <= Self.commitEntriesMax else {
            throw .tooManyEntries(drafts.count, limit: Self.commitEntriesMax)
        }
        var entries: [[UInt8]] = []
        entries.reserveCapacity(drafts.count)
        var byteCount = 0
        var recorded: [Recorded] = []
        for (position, draft) in drafts.enumerated() {
            let bytes: [UInt8]
            do throws(EntryError) {
                bytes = try draft.encoded()
            } catch {
                throw .entry(error, position: position)
            }
            guard let instant = LedgerInstant(rfc3339: draft.recorded) else {
                throw .entry(
                    .malformedInstant(member: "recorded", value: draft.recorded),
                    position: position)
            }
            if let last = recorded.last, instant < last.instant {
                throw .clockSetBack(recorded: draft.recorded, before: last.text)
            }
            recorded.append(Recorded(instant: instant, text: draft.recorded))
            byteCount += bytes.count
            entries.append(bytes)
        }
        guard byteCount <= Self.commitBytesMax else {
            throw .tooLarge(bytes: byteCount, limit: Self.commitBytesMax)
        }
        return Group(
            entries: entries, leafHashes: entries.map { MerkleTree.leafHash($0) },
            byteCount: byteCount, firstRecorded: recorded[0],
            lastRecorded: recorded[recorded.count - 1], pending: PendingAppend(to: self))
    }

    /// Makes the caller the one who commits; false when another is, or nothing waits.
    private func takeLead() -> Bool {
        queue.withLock { queue in
            guard !queue.isCommitting, !queue.waiting.isEmpty else { return false }
            queue.isCommitting = true
            return true
        }
    }

    /// Commits as many whole groups as fit, and answers them.
    private func commitWaiting() async {
        guard let (groups, taken) = takeWaiting() else { return }
        let start = taken.size
        var edge = taken
        do throws(StorageError) {
            let checkpoint = try await commit(groups, onto: &edge)
            finish(groups, from: start, edge: edge, checkpoint)
        } catch {
            fail(groups, because: error)
        }
    }

    private func takeWaiting() -> ([Group], TreeEdge)? {
        queue.withLock { queue in
            guard let edge = queue.edge else { return nil }
            var (entries, bytes, taken) = (0, 0, 0)
            for group in queue.waiting {
                entries += group.entries.count
                bytes += group.byteCount
                guard
                    taken == 0
                        || entries <= Self.commitEntriesMax && bytes <= Self.commitBytesMax
                else { break }
                taken += 1
            }
            let groups = Array(queue.waiting.prefix(taken))
            queue.waiting.removeFirst(taken)
            queue.edge = nil
            return (groups, edge)
        }
    }

    /// Appends the entries of `groups` with a checkpoint over them; durable on return.
    private func commit(
        _ groups: [Group], onto edge: inout TreeEdge
    ) async throws(StorageError) -> AppendReceipt.Commit {
        let before = edge.head
        var entries: [SealedEntry] = []
        entries.reserveCapacity(groups.reduce(0) { $0 + $1.entries.count })
        var tiles: [HashTile] = []
        for group in groups {
            for (bytes, leafHash) in zip(group.entries, group.leafHashes) {
                entries.append(SealedEntry(index: edge.size, bytes: bytes))
                edge.append(leafHash, completing: &tiles)
            }
        }
        let head = edge.head
        let checkpoint = Checkpoint(origin: origin, size: head.size, root: head.root)
        let note: SignedNote
        do throws(NoteError) {
            note = try checkpoint.signed(by: signer)
        } catch {
            throw .unavailable(error.message)
        }
        let batch = SealedBatch(
            entries: entries,
            checkpoint: StoredCheckpoint(size: head.size, note: note.bytes), head: head,
            tiles: tiles)
        try await storage.append(batch, after: before)
        return AppendReceipt.Commit(checkpoint: checkpoint, note: note)
    }

    private func finish(
        _ groups: [Group], from start: UInt64, edge: TreeEdge, _ commit: AppendReceipt.Commit
    ) {
        let sleepers = queue.withLock { queue in
            queue.edge = edge
            queue.isCommitting = false
            // One of those behind commits next, unless a newcomer is quicker.
            var sleepers: [CheckedContinuation<Void, Never>] = []
            for group in queue.waiting {
                guard let next = group.pending.takeSleeper() else { continue }
                sleepers.append(next)
                break
            }
            var first = start
            for group in groups {
                sleepers += group.pending.settle(
                    .success(
                        AppendReceipt(
                            firstIndex: first, count: group.entries.count, commit: commit)))
                first += UInt64(group.entries.count)
            }
            return sleepers
        }
        for sleeper in sleepers { sleeper.resume() }
    }

    /// Closes the writer. Whoever waits behind the failed commit decided on a state that will
    /// not come to be, so all of them fail.
    private func fail(_ groups: [Group], because error: StorageError) {
        let sleepers = queue.withLock { queue in
            queue.failure = error
            queue.isCommitting = false
            let behind = queue.waiting
            queue.waiting = []
            return groups.flatMap { $0.pending.settle(.failure(.storage(error))) }
                + behind.flatMap { $0.pending.settle(.failure(.closed(because: error))) }
        }
        for sleeper in sleepers { sleeper.resume() }
    }
}
