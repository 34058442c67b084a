import Charts
import Facility

/// What is in store, by place: the containers in the order of their places, so that whatever lies
/// inside a unit, a rack or a box is one stretch of the list.
///
/// A view of the table of containers: made once after each change of it. A level of the store is
/// then found by bisection, in the time that its parts take and not its containers.
struct StoreIndex: Sendable {
    /// One container in store.
    struct Standing: Sendable {
        let place: String
        let id: ContainerID
        let tone: Tone
        /// Whether the place is a position of its own.
        let hasPosition: Bool
    }

    /// All containers in store, by place and identifier, as bytes.
    let standings: [Standing]
    /// How many of the first `n` containers stand in each way: `counts[tone][n]`.
    private let counts: [Tone: [UInt32]]

    /// The index of `containers`.
    static func of(_ containers: Table<ContainerID, Container>) -> StoreIndex {
        containers.view(StoreIndex.self) { StoreIndex($0) }
    }

    private init(_ containers: Table<ContainerID, Container>) {
        var standings: [Standing] = []
        for container in containers.values where container.isInStock {
            standings.append(
                Standing(
                    place: container.place, id: container.id, tone: container.standing.tone,
                    hasPosition: container.hasPosition))
        }
        standings.sort { first, second in
            first.place == second.place
                ? first.id < second.id : Self.precedes(first.place, second.place)
        }
        self.standings = standings
        var counts: [Tone: [UInt32]] = [:]
        for tone in Set(standings.map(\.tone)) {
            var sum: UInt32 = 0
            var sums: [UInt32] = [0]
            sums.reserveCapacity(standings.count + 1)
            for standing in standings {
                if standing.tone == tone { sum += 1 }
                sums.append(sum)
            }
            counts[tone] = sums
        }
        self.counts = counts
    }

    /// How the containers of a stretch stand.
    func counts(in stretch: Range<Int>) -> [Tone: Int] {
        counts.mapValues { Int($0[stretch.upperBound] - $0[stretch.lowerBound]) }
            .filter { $0.value > 0 }
    }

    /// The containers that stand at `place` itself.
    func stretch(at place: String) -> Range<Int> {
        let start = firstIndex { !Self.precedes($0, place) }
        let end = firstIndex(from: start) { Self.precedes(place, $0) }
        return start..<end
    }

    /// The containers that stand somewhere inside `place`: all of them for the empty place.
    func stretch(inside place: String) -> Range<Int> {
        guard !place.isEmpty else { return standings.indices }
        // What begins with "A/" stands from there to what would begin with the next character.
        let start = firstIndex { !Self.precedes($0, place + "/") }
        let end = firstIndex(from: start) { !Self.precedes($0, place + "0") }
        return start..<end
    }

    /// The first container of which `holds` is true, where it holds from some place on.
    private func firstIndex(from start: Int = 0, where holds: (String) -> Bool) -> Int {
        var (low, high) = (start, standings.count)
        while low < high {
            let middle = low + (high - low) / 2
            if holds(standings[middle].place) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private static func precedes(_ first: String, _ second: String) -> Bool {
        first.utf8.lexicographicallyPrecedes(second.utf8)
    }
}
