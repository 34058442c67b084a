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
    /// Index of the first entry.
    public let firstIndex: UInt64
    /// Number of entries, one after the other.
    public let count: Int
    /// The checkpoint of the commit; its size may lie beyond these entries.
    public let checkpoint: Checkpoint
    /// The checkpoint, signed.
    public let signedCheckpoint: SignedNote
}
