import Dispatch
import Synchronization

/// Lets conversions run one after the other, away from the threads that answer people.
///
/// A page setter takes a whole core; two at once would only slow each other and everyone else.
package final class ConversionQueue: Sendable {
    /// Conversions that may wait: at a second each nobody waits longer than a minute's patience.
    package static let waitingMax = 32

    private let queue = DispatchQueue(label: "seedlot.conversions", qos: .utility)
    private let waiting = Mutex(0)

    /// A queue in which nothing waits.
    package init() {}

    /// Runs `conversion` when its turn comes.
    ///
    /// - Throws: `.busy` at once when too many are waiting.
    package func run<Value: Sendable>(
        _ conversion: @escaping @Sendable () -> Result<Value, ConversionError>
    ) async throws(ConversionError) -> Value {
        let isFull = waiting.withLock { waiting in
            guard waiting < Self.waitingMax else { return true }
            waiting += 1
            return false
        }
        guard !isFull else { throw .busy(limit: Self.waitingMax) }
        let outcome: Result<Value, ConversionError> = await withCheckedContinuation {
            continuation in
            queue.async {
                let outcome = conversion()
                self.waiting.withLock { $0 -= 1 }
                continuation.resume(returning: outcome)
            }
        }
        return try outcome.get()
    }
}
