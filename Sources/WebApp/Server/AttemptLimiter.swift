import Synchronization

/// Counts failures per key and says when there were too many: guessing a password must take years.
final class AttemptLimiter: Sendable {
    /// Failures allowed within the window.
    let allowed: Int
    /// The window, in seconds.
    let window: Int64

    private struct Count {
        var failures: Int
        var since: Int64
    }

    /// Keys remembered at once; beyond it the oldest windows are forgotten first.
    private static let keysMax = 20_000

    private let counts = Mutex<[String: Count]>([:])

    init(allowed: Int, window: Int64) {
        self.allowed = allowed
        self.window = window
    }

    /// Seconds until another attempt with `key` is allowed at `now`; nil when it is allowed.
    func wait(for key: String, at now: Int64) -> Int64? {
        counts.withLock { counts in
            guard let count = counts[key], now - count.since < window else { return nil }
            return count.failures >= allowed ? max(1, count.since + window - now) : nil
        }
    }

    /// Counts a failure of `key` at `now`.
    func failed(_ key: String, at now: Int64) {
        counts.withLock { counts in
            if counts.count >= Self.keysMax {
                counts = counts.filter { now - $0.value.since < window }
                if counts.count >= Self.keysMax,
                    let oldest = counts.min(by: { $0.value.since < $1.value.since })
                {
                    counts[oldest.key] = nil
                }
            }
            if let count = counts[key], now - count.since < window {
                counts[key]?.failures = count.failures + 1
            } else {
                counts[key] = Count(failures: 1, since: now)
            }
        }
    }

    /// Forgets the failures of `key`, after a success.
    func succeeded(_ key: String) { counts.withLock { $0[key] = nil } }
}
