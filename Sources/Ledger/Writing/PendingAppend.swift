internal import Synchronization

/// An append that waits for its commit.
public final class PendingAppend: Sendable {
    private enum State {
        case waiting([CheckedContinuation<Result<AppendReceipt, WriterError>, Never>])
        case done(Result<AppendReceipt, WriterError>)
    }

    private let state = Mutex(State.waiting([]))

    init() {}

    /// Where the entries stand, once they would survive a loss of power.
    ///
    /// - Throws: `.storage` when the commit failed, `.closed` when an earlier one did.
    public var receipt: AppendReceipt {
        get async throws(WriterError) {
            let result = await withCheckedContinuation { continuation in
                let done: Result<AppendReceipt, WriterError>? = state.withLock { state in
                    switch state {
                    case .done(let result): return result
                    case .waiting(let others):
                        state = .waiting(others + [continuation])
                        return nil
                    }
                }
                if let done { continuation.resume(returning: done) }
            }
            return try result.get()
        }
    }

    func finish(_ result: Result<AppendReceipt, WriterError>) {
        let before = state.withLock { state in
            let before = state
            if case .waiting = state { state = .done(result) }
            return before
        }
        guard case .waiting(let continuations) = before else { return }
        for continuation in continuations { continuation.resume(returning: result) }
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
