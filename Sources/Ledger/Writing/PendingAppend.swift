internal import Synchronization

/// An append that was submitted, and becomes durable when somebody waits for it.
public struct PendingAppend: Sendable {
    let writer: LedgerWriter
    let outcome: CommitOutcome
    let firstIndex: UInt64
    let count: Int

    /// Where the entries stand, once they would survive a loss of power.
    ///
    /// - Throws: `.storage` when the commit failed, `.closed` when an earlier one did.
    public var receipt: AppendReceipt {
        get async throws(WriterError) {
            let head = try await writer.settle(outcome).get()
            return AppendReceipt(firstIndex: firstIndex, count: count, head: head)
        }
    }
}

/// What becomes of one commit, for all whose entries are in it.
final class CommitOutcome: Sendable {
    typealias Sleeper = CheckedContinuation<Void, Never>

    private enum State {
        case waiting([Sleeper])
        case settled(Result<LedgerHead, WriterError>)
    }

    private let state = Mutex(State.waiting([]))

    /// The outcome, once there is one.
    var result: Result<LedgerHead, WriterError>? {
        state.withLock { state in
            guard case .settled(let result) = state else { return nil }
            return result
        }
    }

    /// Whether somebody sleeps until there is an outcome.
    var isAwaited: Bool {
        state.withLock { state in
            guard case .waiting(let sleepers) = state else { return false }
            return !sleepers.isEmpty
        }
    }

    /// Lets `sleeper` sleep until there is an outcome; false when there is one already.
    func sleep(_ sleeper: Sleeper) -> Bool {
        state.withLock { state in
            guard case .waiting(var sleepers) = state else { return false }
            // Emptied meanwhile, so that the list grows in place.
            state = .waiting([])
            sleepers.append(sleeper)
            state = .waiting(sleepers)
            return true
        }
    }

    /// Sets the outcome, and gives those who are to be woken.
    func settle(_ result: Result<LedgerHead, WriterError>) -> [Sleeper] {
        state.withLock { state in
            guard case .waiting(let sleepers) = state else { return [] }
            state = .settled(result)
            return sleepers
        }
    }
}

/// Where a submit's entries stand.
public struct AppendReceipt: Hashable, Sendable {
    /// Index of the first entry.
    public let firstIndex: UInt64
    /// Number of entries, one after the other.
    public let count: Int
    /// The ledger with the commit; it may end beyond these entries.
    public let head: LedgerHead
}
