/// Which events belong to a population: one bit for each.
public struct EventMask: Hashable, Sendable {
    /// Number of events, members or not.
    public let eventCount: Int
    let words: [UInt64]

    init(eventCount: Int, words: [UInt64]) {
        self.eventCount = eventCount
        self.words = words
    }

    /// A mask with a bit for each of `members`.
    public init(_ members: some Collection<Bool>) {
        var words = [UInt64](repeating: 0, count: (members.count + 63) / 64)
        for (index, isMember) in members.enumerated() where isMember {
            words[index / 64] |= 1 << UInt64(index % 64)
        }
        self.init(eventCount: members.count, words: words)
    }

    /// Whether event `index`, from 0, belongs.
    public subscript(index: Int) -> Bool { words[index / 64] >> UInt64(index % 64) & 1 == 1 }

    /// Number of members.
    public var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// The numbers of the members, from 0.
    public var indices: [Int] {
        var result: [Int] = []
        result.reserveCapacity(count)
        for (place, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                result.append(place * 64 + rest.trailingZeroBitCount)
                rest &= rest &- 1
            }
        }
        return result
    }
}

extension EventMask {
    /// Events that belong to both.
    public func intersection(_ other: EventMask) -> EventMask {
        precondition(eventCount == other.eventCount, "\(eventCount) and \(other.eventCount) events")
        return EventMask(
            eventCount: eventCount, words: zip(words, other.words).map { $0 & $1 })
    }

    /// Events that belong to this one and not to the other.
    public func subtracting(_ other: EventMask) -> EventMask {
        precondition(eventCount == other.eventCount, "\(eventCount) and \(other.eventCount) events")
        return EventMask(
            eventCount: eventCount, words: zip(words, other.words).map { $0 & ~$1 })
    }
}
