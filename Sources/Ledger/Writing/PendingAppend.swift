internal import Synchronization

/// An append that was submitted, and becomes durable when somebody waits for it.
public final class PendingAppend: Sendable {
    private enum State {
        case waiting([CheckedContinuation<Void, Never>])
        case settled(Result<AppendReceipt, WriterError>)
    }

    private let writer: LedgerWriter
    private let state = Mutex(State.waiting([]))

    init(to writer: LedgerWriter) { self.writer = writer }

    /// Where the entries stand, once they would survive a loss of power.
    ///
    /// - Throws: `.storage` when the commit failed, `.closed` when an earlier one did.
    public var receipt: AppendReceipt {
        get async throws(WriterError) { try await writer.settle(self).get() }
    }

    /// The outcome, once there is one.
    var result: Result<AppendReceipt, WriterError>? {
        state.withLock { state in
            guard case .settled(let result) = state else { return nil }
            return result
        }
    }

    /// Lets `continuation` sleep until this append is settled or it is called to look again;
    /// false when there is a result already.
    func sleep(_ continuation: CheckedContinuation<Void, Never>) -> Bool {
        state.withLock { state in
            guard case .waiting(let others) = state else { return false }
            state = .waiting(others + [continuation])
            return true
        }
    }

    /// Sets the outcome; the sleepers are to be woken.
    func settle(
        _ result: Result<AppendReceipt, WriterError>
    ) -> [CheckedContinuation<Void, Never>] {
        state.withLock { state in
            guard case .waiting(let sleepers) = state else { return [] }
            state = .settled(result)
            return sleepers
        }
    }

    /// One of those who sleep, if there are any.
    func takeSleeper() -> CheckedContinuation<Void, Never>? {
        state.withLock { state in
            guard case .waiting(var sleepers) = state else { return nil }
            let sleeper = sleepers.popLast()
            state = .waiting(sleepers)
            return sleeper
        }
    }
}

/// Where a submit's entries stand.
public struct AppendReceipt: Hashable, Sendable {
    /// What all receipts of one commit have in common.
    final class Commit: Sendable {
        let checkpoint: Checkpoint
        let note: SignedNote

        init(checkpoint: Checkpoint, note: SignedNote) {
            self.checkpoint = checkpoint
            self.note = note
        }
    }

    /// Index of the first entry.
    public let firstIndex: UInt64
    /// Number of entries, one after the other.
    public let count: Int
    private let commit: Commit

    init(firstIndex: UInt64, count: Int, commit: Commit) {
        self.firstIndex = firstIndex
        self.count = count
        self.commit = commit
    }

    /// The checkpoint of the commit; its size may lie beyond these entries.
    public var checkpoint: Checkpoint { commit.checkpoint }
    /// The checkpoint, signed.
    public var signedCheckpoint: SignedNote { commit.note }

    /// Receipts of the same entries under the same signed checkpoint are equal.
    public static func == (left: AppendReceipt, right: AppendReceipt) -> Bool {
        left.firstIndex == right.firstIndex && left.count == right.count
            && left.signedCheckpoint == right.signedCheckpoint
    }

    /// Hashes place and checkpoint.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(firstIndex)
        hasher.combine(signedCheckpoint)
    }
}
