/// What is to happen when: a binary heap by time, and by order of scheduling at one time.
///
/// An event that is taken out leaves a hole at the root. Most events schedule exactly one other,
/// which then sinks from the root: half the work of removing one and inserting one.
struct EventHeap: ~Copyable {
    private struct Event {
        var time: Double
        /// The number of its scheduling above, its entity in the lower 24 bits.
        var rank: UInt64

        @inline(__always)
        static func < (left: Event, right: Event) -> Bool {
            left.time < right.time || (left.time == right.time && left.rank < right.rank)
        }
    }

    /// Entities at most: what the lower bits of a rank hold.
    private static let entitiesAtMost = 1 << 24

    private let events: UnsafeMutablePointer<Event>
    private let capacity: Int
    private var count = 0
    private var sequence: UInt64 = 0
    private var hasHole = false

    /// A heap of at most `capacity` events. Each entity has at most one event at a time.
    init(capacity: Int) {
        precondition(capacity <= Self.entitiesAtMost, "\(capacity) entities are too many")
        self.capacity = capacity
        events = .allocate(capacity: capacity + 1)
    }

    deinit { events.deallocate() }

    /// Forgets everything.
    mutating func reset() {
        count = 0
        sequence = 0
        hasHole = false
    }

    /// Schedules `entity` at `time`.
    @inline(__always)
    mutating func schedule(_ entity: Int32, at time: Double) {
        sequence &+= UInt64(Self.entitiesAtMost)
        let event = Event(
            time: time, rank: sequence | UInt64(UInt32(bitPattern: entity)))
        if hasHole {
            hasHole = false
            sink(event)
        } else {
            precondition(count < capacity, "more events than entities")
            rise(event)
        }
    }

    /// The next event; nil when nothing more happens.
    @inline(__always)
    mutating func next() -> (entity: Int32, time: Double)? {
        if hasHole {
            count &-= 1
            if count > 0 { sink(events[count]) }
        }
        hasHole = count > 0
        guard hasHole else { return nil }
        let lower = UInt32(truncatingIfNeeded: events[0].rank) & UInt32(Self.entitiesAtMost - 1)
        return (Int32(bitPattern: lower), events[0].time)
    }

    @inline(__always)
    private mutating func rise(_ event: Event) {
        var place = count
        count &+= 1
        while place > 0 {
            let parent = (place &- 1) >> 1
            guard event < events[parent] else { break }
            events[place] = events[parent]
            place = parent
        }
        events[place] = event
    }

    @inline(__always)
    private func sink(_ event: Event) {
        var place = 0
        while true {
            var child = 2 &* place &+ 1
            guard child < count else { break }
            if child &+ 1 < count, events[child &+ 1] < events[child] { child &+= 1 }
            guard events[child] < event else { break }
            events[place] = events[child]
            place = child
        }
        events[place] = event
    }
}
