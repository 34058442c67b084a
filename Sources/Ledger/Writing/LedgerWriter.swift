internal import Synchronization

/// Appends to a ledger, many commands in one durable commit.
///
/// `submit` seals and queues at once. The first who then waits for a receipt commits everything
/// that is queued: a lone caller is answered without ever handing its work to another thread. While
/// one commit is on its way to the disk the next gathers behind it, and follows as soon as the disk
/// has answered, so that throughput does not depend on the disk's latency (group commit: D. DeWitt
/// et al., "Implementation techniques for main memory database systems", SIGMOD 1984,
/// doi:10.1145/602259.602261).
///
/// What is committed is under a signed checkpoint soon after: nobody waits for the signature, and
/// one serves whatever was committed meanwhile. Until then, and through a crash, the tag that
/// stands with each commit tells the site that it is its own.
///
/// The order of submits is the order in the ledger: what is submitted and not waited for is
/// committed with the next that is. Memory does not grow with the ledger.
public final class LedgerWriter: Sendable {
    /// Entries of one commit at most: the time of a commit stays in the tens of milliseconds.
    public static let commitEntriesMax = 4096
    /// Bytes of entries of one commit at most.
    public static let commitBytesMax = 16_777_216
    /// How long after a commit a checkpoint over it is signed: too short for a person to notice,
    /// and long enough for a busy writer to spend next to nothing on signatures.
    public static let signingDelay = Duration.milliseconds(50)

    /// Name of the ledger.
    public let origin: String
    /// The public side of the key that signs checkpoints.
    public var verifier: NoteVerifier { signer.verifier }

    private let storage: any LedgerStorageEngine
    private let signer: NoteSigner
    private let authenticator: HeadAuthenticator
    private let signingDelay: Duration?
    private let queue: Mutex<CommitQueue>

    /// Opens the ledger in `storage` where it ends.
    ///
    /// - Parameter signingDelay: how long after a commit a checkpoint over it is signed; nil for
    ///   not before `signCheckpoint()`.
    /// - Throws: `.wrongKey` when the last checkpoint is not signed by `signer` for `origin`;
    ///   `.foreignEnd` when entries behind it are not those that a writer with this key stored;
    ///   `.storage` when the entries do not lead to it, or storage fails.
    public init(
        storage: any LedgerStorageEngine, signer: NoteSigner, origin: String,
        signingDelay: Duration? = LedgerWriter.signingDelay
    ) async throws(WriterError) {
        let authenticator = HeadAuthenticator(signer: signer, origin: origin)
        self.storage = storage
        self.signer = signer
        self.origin = origin
        self.authenticator = authenticator
        self.signingDelay = signingDelay
        let end: LedgerEnd
        do throws(StorageError) {
            end = try await LedgerEnd(reading: storage)
        } catch {
            throw .storage(error)
        }
        let signedSize = try end.signedSize(by: signer, origin: origin, authenticator)
        queue = Mutex(
            CommitQueue(
                edge: end.edge, lastRecorded: end.lastRecorded, signedSize: signedSize))
        signSoon()
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

    /// Returns once everything that is durable now is under a stored checkpoint.
    ///
    /// For whoever is about to close the ledger, or to hand out a proof.
    /// - Throws: `.storage` when the checkpoint could not be stored, `.closed` when an earlier
    ///   commit could not.
    public func signCheckpoint() async throws(WriterError) {
        guard let head = queue.withLock({ $0.headToSign() }) else { return }
        let checkpoint = Checkpoint(origin: origin, size: head.size, root: head.root)
        let note: SignedNote
        do throws(NoteError) {
            note = try checkpoint.signed(by: signer)
        } catch {
            throw .storage(.unavailable(error.message))
        }
        let queued = queue.withLock { queue in
            Result { () throws(WriterError) in
                try queue.add(StoredCheckpoint(size: head.size, note: note.bytes))
            }
        }
        _ = try await settle(try queued.get()).get()
    }

    /// What becomes of the commit with `outcome`, for which this commits unless another does.
    func settle(_ outcome: CommitOutcome) async -> Result<LedgerHead, WriterError> {
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

    /// Has a checkpoint signed in a while, over what is committed and under none.
    private func signSoon() {
        guard let signingDelay, queue.withLock({ $0.planSigning() }) else { return }
        // Short work that others wait for: not behind whatever else a busy program does.
        Task(priority: .high) {
            try? await Task.sleep(for: signingDelay)
            // A failure closes the writer: whoever comes next is told.
            try? await signCheckpoint()
        }
    }

    /// Commits as long as somebody waits.
    ///
    /// The disk is the bottleneck: others wake those who have their answer, so that the next
    /// commit can begin at once.
    private func commitWhileAwaited() async {
        while true {
            let answered = await commitNext()
            guard answered.isMoreAwaited else { return answered.wake() }
            Task { answered.wake() }
        }
    }

    /// Makes the next commit, by whoever took the lead.
    private func commitNext() async -> Answered {
        let (next, before) = queue.withLock { ($0.takeNext(), $0.committed) }
        guard let next else { return Answered(commit: nil, sleepers: [], isMoreAwaited: false) }
        let batch = SealedBatch(
            entries: next.entries, head: next.head, tag: authenticator.tag(of: next.head),
            tiles: next.tiles, checkpoint: next.checkpoint)
        do throws(StorageError) {
            if !next.isEmpty { try await storage.append(batch, after: before) }
        } catch {
            return fail(next, because: error)
        }
        let isMoreAwaited = queue.withLock { $0.finish(next) }
        signSoon()
        return Answered(
            commit: next, sleepers: next.settle(.success(next.head)), isMoreAwaited: isMoreAwaited)
    }

    /// Closes the writer. Whoever waits behind the failed commit decided on a state that will
    /// not come to be, so all of them fail.
    private func fail(_ commit: CommitQueue.Commit, because error: StorageError) -> Answered {
        queue.withLock { queue in
            let behind = queue.fail(because: error)
            return Answered(
                commit: commit,
                sleepers: commit.settle(.failure(.storage(error)))
                    + behind.flatMap { $0.settle(.failure(.closed(because: error))) },
                isMoreAwaited: false)
        }
    }
}
