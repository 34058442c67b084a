internal import Synchronization

/// Appends to a ledger, many commands in one durable commit.
///
/// `submit` seals and queues at once. The first who then waits for a receipt commits everything
/// that is queued, with one signed checkpoint: a lone caller is answered without ever handing its
/// work to another thread. While one commit is on its way to the disk the next gathers behind it,
/// and follows as soon as the disk has answered, so that throughput does not depend on the disk's
/// latency (group commit: D. DeWitt et al., "Implementation techniques for main memory database
/// systems", SIGMOD 1984, doi:10.1145/602259.602261).
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
    private let queue: Mutex<CommitQueue>

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
        let opened: CommitQueue
        let last: StoredCheckpoint?
        do throws(StorageError) {
            opened = try await Self.open(storage)
            last = try await storage.lastCheckpoint()
        } catch {
            throw .storage(error)
        }
        if let last {
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
        let sealed = try SealedDrafts(drafts)
        let queued = queue.withLock { queue in
            Result { () throws(WriterError) in try queue.add(sealed) }
        }
        let (firstIndex, outcome) = try queued.get()
        return PendingAppend(
            writer: self, outcome: outcome, firstIndex: firstIndex, count: drafts.count)
    }

    /// What becomes of the commit with `outcome`, for which this commits unless another does.
    func settle(
        _ outcome: CommitOutcome
    ) async -> Result<AppendReceipt.Commit, WriterError> {
        while true {
            if let result = outcome.result { return result }
            if queue.withLock({ $0.takeLead() }) {
                let answered = await commitNext()
                // The caller has its answer soon: what gathered meanwhile is for another task.
                if answered.isMoreAwaited { Task { await commitWhileAwaited() } }
                answered.wake()
            } else {
                await withCheckedContinuation { sleeper in
                    // Whoever commits looks for sleepers under the same lock when it is done.
                    let sleeps = queue.withLock { $0.isCommitting && outcome.sleep(sleeper) }
                    if !sleeps { sleeper.resume() }
                }
            }
        }
    }
}

extension LedgerWriter {
    /// Those who have their answer after a commit.
    private struct Answered {
        /// The commit, to be let go of where there is time for that.
        let commit: CommitQueue.Commit?
        let sleepers: [CommitOutcome.Sleeper]
        /// Whether others wait, for whom the caller is to commit on.
        let isMoreAwaited: Bool

        func wake() {
            for sleeper in sleepers { sleeper.resume() }
        }
    }

    private static func open(
        _ storage: any LedgerStorageEngine
    ) async throws(StorageError) -> CommitQueue {
        let head = try await storage.head()
        let edge = try await TreeEdge.load(head, from: storage)
        var lastRecorded: SealedDrafts.Recorded?
        if head.size > 0 {
            let last = try await LedgerReader(storage: storage).entries(
                from: head.size - 1, limit: 1)
            lastRecorded = last.first.flatMap {
                try? SealedDrafts.Recorded($0.draft.recorded, position: 0)
            }
        }
        return CommitQueue(edge: edge, lastRecorded: lastRecorded)
    }

    /// Commits as long as somebody waits.
    ///
    /// The disk is the bottleneck: others wake those who have their answer, so that the next
    /// commit can begin at once.
    private func commitWhileAwaited() async {
        while true {
            let answered = await commitNext()
            guard answered.isMoreAwaited else { return answered.wake() }
            Task {
                answered.wake()
                // Behind those who now come with their next.
                await Task.yield()
                sealAhead()
            }
        }
    }

    /// Signs a checkpoint over what has gathered while the disk is busy.
    ///
    /// It becomes part of the ledger with the commit of just these entries, or is dropped.
    private func sealAhead() {
        guard let head = queue.withLock({ $0.headToSeal }), let seal = try? seal(head) else {
            return
        }
        queue.withLock { $0.keep(seal) }
    }

    /// Makes the next commit, by whoever took the lead.
    private func commitNext() async -> Answered {
        let (next, before) = queue.withLock { ($0.takeNext(), $0.committed) }
        guard let next else { return Answered(commit: nil, sleepers: [], isMoreAwaited: false) }
        do throws(StorageError) {
            let commit = try await store(next, after: before)
            return queue.withLock { queue in
                Answered(
                    commit: next, sleepers: next.outcome.settle(.success(commit)),
                    isMoreAwaited: queue.finish(at: next.head))
            }
        } catch {
            return fail(next, because: error)
        }
    }

    /// Appends `next` with a checkpoint over it; durable on return.
    private func store(
        _ next: CommitQueue.Commit, after before: LedgerHead
    ) async throws(StorageError) -> AppendReceipt.Commit {
        let commit = if let ahead = next.seal { ahead } else { try seal(next.head) }
        let batch = SealedBatch(
            entries: next.entries,
            checkpoint: StoredCheckpoint(size: next.head.size, note: commit.note.bytes),
            head: next.head, tiles: next.tiles)
        try await storage.append(batch, after: before)
        return commit
    }

    /// The signed checkpoint of `head`.
    private func seal(_ head: LedgerHead) throws(StorageError) -> AppendReceipt.Commit {
        let checkpoint = Checkpoint(origin: origin, size: head.size, root: head.root)
        do throws(NoteError) {
            return AppendReceipt.Commit(
                checkpoint: checkpoint, note: try checkpoint.signed(by: signer))
        } catch {
            throw .unavailable(error.message)
        }
    }

    /// Closes the writer. Whoever waits behind the failed commit decided on a state that will
    /// not come to be, so all of them fail.
    private func fail(_ commit: CommitQueue.Commit, because error: StorageError) -> Answered {
        queue.withLock { queue in
            let behind = queue.fail(because: error)
            return Answered(
                commit: commit,
                sleepers: commit.outcome.settle(.failure(.storage(error)))
                    + behind.flatMap { $0.settle(.failure(.closed(because: error))) },
                isMoreAwaited: false)
        }
    }
}
