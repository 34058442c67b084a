/// What is to happen when: a binary heap by time, and by order of scheduling at one time.
///
/// An event that is taken out leaves a hole at the root. Most events schedule exactly one other,
/// which then sinks from the root: half the work of removing one and inserting one.
struct EventHeap: ~Copyable {
    private struct Event {
        var time: Double
        var sequence: UInt64
        var entity: Int32

        @inline(__always)
        static func < (left: Event, right: Event) -> Bool {
            left.time < right.time || (left.time == right.time && left.sequence < right.sequence)
        }
    }

    private let events: UnsafeMutablePointer<Event>
    private let capacity: Int
    private var count = 0
    private var sequence: UInt64 = 0
    private var hasHole = false

    /// A heap of at most `capacity` events. Each entity has at most one event at a time.
    init(capacity: Int) {
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
        sequence &+= 1
        let event = Event(time: time, sequence: sequence, entity: entity)
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
        return hasHole ? (events[0].entity, events[0].time) : nil
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
