import Dispatch
import HTTPTypes
import Synchronization

/// Where keys are opened with passwords: off the threads that answer pages, a few at once.
///
/// Opening a key costs a tenth of a second and 32 MB on purpose (scrypt; RFC 7914). A crowd that
/// signs in at once, or somebody who pretends to be one, waits here in a line of bounded length
/// and in a bounded part of the memory, while everyone else's pages are answered as before.
final class KeyDesk: Sendable {
    /// Keys opened at once: 32 MB and a core each.
    static let width = 2
    /// People in the line at most; with a tenth of a second each the last waits some seconds.
    static let lineMax = 100

    private struct Line {
        var working = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let line = Mutex(Line())
    private let executor = KeyExecutor()

    /// Runs `body`, which opens a key, when its turn comes.
    /// - Throws: a fault when the line is full; what `body` throws.
    func open<Value: Sendable>(
        _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        try await enter()
        defer { leave() }
        return try await withTaskExecutorPreference(executor) { try await body() }
    }

    /// People who wait now.
    var waiting: Int { line.withLock { $0.waiting.count } }

    private func enter() async throws {
        let isFull = line.withLock { line in
            line.working >= Self.width && line.waiting.count >= Self.lineMax
        }
        guard !isFull else { throw WebFault.tooManyAtTheDoor }
        await withCheckedContinuation { continuation in
            let goesIn = line.withLock { line in
                guard line.working >= Self.width else {
                    line.working += 1
                    return true
                }
                line.waiting.append(continuation)
                return false
            }
            if goesIn { continuation.resume() }
        }
    }

    private func leave() {
        let next = line.withLock { line -> CheckedContinuation<Void, Never>? in
            guard !line.waiting.isEmpty else {
                line.working -= 1
                return nil
            }
            return line.waiting.removeFirst()
        }
        // Whoever is next takes over the place that was left.
        next?.resume()
    }
}

/// Threads of their own for opening keys.
private final class KeyExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "seedlot.keys", attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        queue.async { job.runSynchronously(on: executor) }
    }
}

extension WebFault {
    static let tooManyAtTheDoor = WebFault(
        status: .serviceUnavailable, code: "too-many-at-the-door",
        message: "too many people are signing at once",
        hint: "nothing was recorded; try again in a few seconds", retryAfter: 5)
}
