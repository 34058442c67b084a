/// What was submitted to a writer and is not committed yet, in order.
///
/// The tree grows here with each submit, while an earlier commit is on its way to the disk: only
/// the root and its signature remain for the commit itself.
struct CommitQueue {
    /// Entries that become one durable commit.
    struct Commit {
        fileprivate(set) var entries: [SealedEntry] = []
        fileprivate(set) var tiles: [HashTile] = []
        fileprivate(set) var byteCount = 0
        /// The ledger with these entries.
        fileprivate(set) var head = LedgerHead.empty
        /// The signed checkpoint of `head`, when somebody had time to make it ahead.
        fileprivate(set) var seal: AppendReceipt.Commit?
        let outcome = CommitOutcome()
    }

    /// The ledger as of the last durable commit.
    private(set) var committed: LedgerHead
    /// Whether somebody commits; no other may.
    private(set) var isCommitting = false
    /// Why nothing more is taken.
    private(set) var failure: StorageError?

    /// The tree with all that was submitted.
    private var edge: TreeEdge
    private var lastRecorded: SealedDrafts.Recorded?
    /// Commits that are full, then the one that gathers.
    private var waiting: [Commit] = []

    /// A queue behind a ledger of `edge`, whose last entry was recorded at `lastRecorded`.
    init(edge: TreeEdge, lastRecorded: SealedDrafts.Recorded?) {
        self.edge = edge
        self.lastRecorded = lastRecorded
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
        waiting[last].seal = nil
        return (firstIndex, waiting[last].outcome)
    }

    /// Makes the caller the one who commits; false when another is, or nothing waits.
    mutating func takeLead() -> Bool {
        guard !isCommitting, !waiting.isEmpty else { return false }
        isCommitting = true
        return true
    }

    /// Takes out the next commit.
    mutating func takeNext() -> Commit? {
        guard isCommitting, !waiting.isEmpty else { return nil }
        var next = waiting.removeFirst()
        if waiting.isEmpty, next.seal == nil { next.head = edge.head }
        return next
    }

    /// What a checkpoint over all that gathers behind the running commit would sign; nil when
    /// nothing does, or when it is made already.
    var headToSeal: LedgerHead? {
        guard isCommitting, waiting.count == 1, waiting[0].seal == nil else { return nil }
        return edge.head
    }

    /// Keeps `seal` for the commit that gathers; drops it when more came meanwhile.
    mutating func keep(_ seal: AppendReceipt.Commit) {
        let checkpoint = seal.checkpoint
        guard waiting.count == 1, checkpoint.size == edge.size else { return }
        waiting[0].head = LedgerHead(size: checkpoint.size, root: checkpoint.root)
        waiting[0].seal = seal
    }

    /// Notes that the ledger durably ends at `head`.
    ///
    /// - Returns: Whether somebody waits for what is queued; the caller then commits on.
    mutating func finish(at head: LedgerHead) -> Bool {
        committed = head
        isCommitting = waiting.contains { $0.outcome.isAwaited }
        return isCommitting
    }

    /// Closes the queue because of `error`, and gives what will never be committed.
    mutating func fail(because error: StorageError) -> [CommitOutcome] {
        failure = error
        isCommitting = false
        defer { waiting = [] }
        return waiting.map(\.outcome)
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
