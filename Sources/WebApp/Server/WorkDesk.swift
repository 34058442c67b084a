import Dispatch
import HTTPTypes
import Synchronization

/// Where work is done that takes long: off the threads that answer pages, a few at once.
///
/// A crowd that comes at once, or somebody who pretends to be one, waits here in a line of bounded
/// length and in a bounded part of the memory, while everyone else's pages are answered as before.
final class WorkDesk: Sendable {
    /// How many are served at once.
    let width: Int
    /// People in the line at most.
    let lineMax: Int
    private let full: WebFault

    /// A desk that answers `full` to whom the line has no room for.
    init(named name: String, width: Int, lineMax: Int, whenFull full: WebFault) {
        self.width = width
        self.lineMax = lineMax
        self.full = full
        executor = WorkExecutor(name: name)
    }

    /// Where keys are opened with passwords. Opening one costs a tenth of a second and 32 MB on
    /// purpose (scrypt; RFC 7914): 32 MB and a core for each of two, and the last in the line waits
    /// some seconds.
    static func forKeys() -> WorkDesk {
        WorkDesk(named: "seedlot.keys", width: 2, lineMax: 100, whenFull: .tooManyAtTheDoor)
    }

    /// Where the whole ledger is read: for a verification, or for the site as it was. One at a
    /// time, since each takes a core for seconds and a past site as much memory as the present one.
    static func forTheLedger() -> WorkDesk {
        WorkDesk(named: "seedlot.ledger", width: 1, lineMax: 20, whenFull: .tooManyInTheArchive)
    }

    private struct Line {
        var working = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let line = Mutex(Line())
    private let executor: WorkExecutor

    /// Runs `body` when its turn comes.
    /// - Throws: a fault when the line is full; what `body` throws.
    func run<Value: Sendable>(
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
            line.working >= width && line.waiting.count >= lineMax
        }
        guard !isFull else { throw full }
        await withCheckedContinuation { continuation in
            let goesIn = line.withLock { line in
                guard line.working >= width else {
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

/// Threads of their own for a desk.
private final class WorkExecutor: TaskExecutor {
    private let queue: DispatchQueue

    init(name: String) {
        queue = DispatchQueue(label: name, qos: .utility, attributes: .concurrent)
    }

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

    static let tooManyInTheArchive = WebFault(
        status: .serviceUnavailable, code: "too-many-in-the-archive",
        message: "too many people are reading the whole ledger at once",
        hint: "try again in a minute", retryAfter: 30)
}
