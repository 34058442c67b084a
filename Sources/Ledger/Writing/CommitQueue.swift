/// What was submitted to a writer and is not committed yet, in order.
///
/// The tree grows here with each submit, while an earlier commit is on its way to the disk: only
/// the root remains for the commit itself.
struct CommitQueue {
    /// What becomes durable in one step: entries, a checkpoint over those before them, or both.
    struct Commit {
        fileprivate(set) var entries: [SealedEntry] = []
        fileprivate(set) var tiles: [HashTile] = []
        fileprivate(set) var byteCount = 0
        /// The ledger with these entries.
        fileprivate(set) var head = LedgerHead.empty
        let outcome = CommitOutcome()
        /// The checkpoint that goes with the entries.
        fileprivate(set) var checkpoint: StoredCheckpoint?
        /// What becomes of it, or of an earlier one in whose place it goes.
        fileprivate var signing: CommitOutcome?

        /// Whether there is something to be stored.
        var isEmpty: Bool { entries.isEmpty && checkpoint == nil }

        /// Sets what became of it, and gives those who are to be woken.
        func settle(_ result: Result<LedgerHead, WriterError>) -> [CommitOutcome.Sleeper] {
            outcome.settle(result) + (signing?.settle(result) ?? [])
        }
    }

    /// A signed checkpoint over committed entries, on its way to be stored.
    private struct Signing {
        var checkpoint: StoredCheckpoint
        let outcome = CommitOutcome()
    }

    /// The ledger as of the last durable commit.
    private(set) var committed: LedgerHead
    /// Number of entries under the last stored checkpoint.
    private(set) var signedSize: UInt64
    /// Whether somebody is about to sign a checkpoint over what is committed.
    private var isSigningPlanned = false
    /// Whether somebody commits; no other may.
    private(set) var isCommitting = false
    /// Why nothing more is taken.
    private(set) var failure: StorageError?

    /// The tree with all that was submitted.
    private var edge: TreeEdge
    private var lastRecorded: SealedDrafts.Recorded?
    /// Commits that are full, then the one that gathers.
    private var waiting: [Commit] = []
    /// The checkpoint that goes with the next commit.
    private var signing: Signing?

    /// A queue behind a ledger of `edge`, whose last entry was recorded at `lastRecorded`, and
    /// whose last checkpoint is over `signedSize` entries.
    init(edge: TreeEdge, lastRecorded: SealedDrafts.Recorded?, signedSize: UInt64) {
        self.edge = edge
        self.lastRecorded = lastRecorded
        self.signedSize = signedSize
        committed = edge.head
    }

    /// Number of entries with all that were submitted.
    var nextIndex: UInt64 { edge.size }

    /// Queues `drafts`, and gives the index of the first and the outcome to wait for.
    ///
    /// - Throws: `.closed` after a failure, `.clockSetBack`.
    mutating func add(
        _ drafts: SealedDrafts
    ) throws(WriterError) -> (firstIndex: UInt64, outcome: CommitOutcome) {
        if let failure { throw .closed(because: failure) }
        if let last = lastRecorded, drafts.firstRecorded.instant < last.instant {
            throw .clockSetBack(recorded: drafts.firstRecorded.text, before: last.text)
        }
        lastRecorded = drafts.lastRecorded
        let firstIndex = edge.size
        openCommit(for: drafts)
        let last = waiting.count - 1
        for (bytes, leafHash) in drafts.entries {
            waiting[last].entries.append(SealedEntry(index: edge.size, bytes: bytes))
            edge.append(leafHash, completing: &waiting[last].tiles)
        }
        waiting[last].byteCount += drafts.byteCount
        return (firstIndex, waiting[last].outcome)
    }

    /// Makes the caller the one who commits; false when another is, or nothing waits.
    mutating func takeLead() -> Bool {
        guard !isCommitting, !waiting.isEmpty || signing != nil else { return false }
        isCommitting = true
        return true
    }

    /// Takes out the next commit.
    mutating func takeNext() -> Commit? {
        guard isCommitting, !waiting.isEmpty || signing != nil else { return nil }
        var next = waiting.isEmpty ? Commit() : waiting.removeFirst()
        if waiting.isEmpty { next.head = edge.head }
        // Whoever signed slowly may come behind one that is over more.
        if let signing, signing.checkpoint.size > signedSize {
            next.checkpoint = signing.checkpoint
        }
        next.signing = signing?.outcome
        signing = nil
        return next
    }

    /// Notes that `commit` is durable.
    ///
    /// - Returns: Whether somebody waits for what is queued; the caller then commits on.
    mutating func finish(_ commit: Commit) -> Bool {
        committed = commit.head
        if let checkpoint = commit.checkpoint { signedSize = checkpoint.size }
        isCommitting =
            waiting.contains { $0.outcome.isAwaited } || signing?.outcome.isAwaited == true
        return isCommitting
    }

    /// Whether the caller is to sign a checkpoint in a while: something is committed that is under
    /// none, and no other is about to.
    mutating func planSigning() -> Bool {
        guard !isSigningPlanned, committed.size > signedSize, failure == nil else { return false }
        isSigningPlanned = true
        return true
    }

    /// What a checkpoint over all that is committed would sign; nil when there is one already.
    mutating func headToSign() -> LedgerHead? {
        isSigningPlanned = false
        return committed.size > signedSize ? committed : nil
    }

    /// Has `checkpoint` go with the next commit, and gives the outcome to wait for.
    ///
    /// - Throws: `.closed` after a failure.
    mutating func add(_ checkpoint: StoredCheckpoint) throws(WriterError) -> CommitOutcome {
        if let failure { throw .closed(because: failure) }
        var next = signing ?? Signing(checkpoint: checkpoint)
        if next.checkpoint.size < checkpoint.size { next.checkpoint = checkpoint }
        signing = next
        return next.outcome
    }

    /// Closes the queue because of `error`, and gives what will never be committed.
    mutating func fail(because error: StorageError) -> [CommitOutcome] {
        failure = error
        isCommitting = false
        defer { (waiting, signing) = ([], nil) }
        return waiting.map(\.outcome) + (signing.map { [$0.outcome] } ?? [])
    }

    /// Makes the last of `waiting` one that has room for `drafts`.
    private mutating func openCommit(for drafts: SealedDrafts) {
        if let last = waiting.last {
            guard
                last.entries.count + drafts.entries.count > LedgerWriter.commitEntriesMax
                    || last.byteCount + drafts.byteCount > LedgerWriter.commitBytesMax
            else { return }
            waiting[waiting.count - 1].head = edge.head
        }
        waiting.append(Commit())
    }
}
