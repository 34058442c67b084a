package import Facility
import Foundation
import Synchronization

/// Where the running site reads the time.
package protocol SiteClock: Sendable {
    /// The time now.
    func now() -> Timestamp
}

/// The machine's clock, to the millisecond.
package struct SystemClock: SiteClock {
    /// The machine's clock.
    package init() {}

    package func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        let milliseconds = Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
        return Timestamp(milliseconds: milliseconds)
    }
}

/// A clock that is set by hand: for a scenario that plays in its own time, and for tests.
package final class SetClock: SiteClock {
    private let time: Mutex<Timestamp>

    /// A clock that stands at `time`.
    package init(_ time: Timestamp) { self.time = Mutex(time) }

    package func now() -> Timestamp { time.withLock { $0 } }

    /// Sets the clock.
    package func set(_ time: Timestamp) { self.time.withLock { $0 = time } }
}

/// A clock that goes on from an instant: for a demonstration that stays in its own time, so that
/// nothing in it has expired when it is looked at months later.
package struct ContinuingClock: SiteClock {
    private let base: any SiteClock
    private let offsetMilliseconds: Int64

    /// A clock that stands at `start` now and goes on as `base` does.
    package init(from start: Timestamp, as base: any SiteClock = SystemClock()) {
        self.base = base
        offsetMilliseconds = start.milliseconds - base.now().milliseconds
    }

    package func now() -> Timestamp {
        Timestamp(milliseconds: base.now().milliseconds + offsetMilliseconds)
    }
}
