package typealias ThingID = Identifier<Thing>

/// A reason not to use something, from its placing to its lifting.
package struct Hold: Sendable, Hashable, Codable {
    package var reason: String
    /// The donor, excursion, recall or deviation it follows from; `nil` when a person placed it.
    package var source: ThingID?
    package var placed: Stamp
    package var lifted: Lifting?

    package var isInForce: Bool { lifted == nil }

    /// Why it no longer applies.
    package struct Lifting: Sendable, Hashable, Codable {
        package var reason: String
        package var stamp: Stamp
    }
}

extension [Hold] {
    /// Lifts every hold in force that follows from `source`.
    mutating func lift(source: ThingID?, reason: String, at stamp: Stamp) {
        for index in indices where self[index].isInForce && self[index].source == source {
            self[index].lifted = .init(reason: reason, stamp: stamp)
        }
    }
}

/// Containers were put on hold.
package struct HoldPlaced: Fact {
    package static let kind = "container.hold-placed/1"
    package var containers: [ContainerID]
    package var reason: String
    package var source: ThingID?

    /// Containers one fact names at most: 700 identifiers of 64 characters stay well within the
    /// 65,535 bytes of an entry.
    package static let containersMax = 700

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        for container in containers {
            site.containers[container]?.holdRecords.append(
                Hold(reason: reason, source: source, placed: stamp))
        }
    }

    /// The facts that hold `containers`, as many as are needed.
    static func facts(
        holding containers: [ContainerID], reason: String, source: ThingID?
    ) -> [any Fact] {
        containers.chunks(of: containersMax).map {
            HoldPlaced(containers: $0, reason: reason, source: source)
        }
    }
}

/// A hold on containers was lifted.
package struct HoldLifted: Fact {
    package static let kind = "container.hold-lifted/1"
    package var containers: [ContainerID]
    /// What the hold followed from; `nil` for one that a person placed.
    package var source: ThingID?
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        for container in containers {
            site.containers[container]?.holdRecords.lift(
                source: source, reason: reason, at: stamp)
        }
    }

    static func facts(
        lifting containers: [ContainerID], source: ThingID?, reason: String
    ) -> [any Fact] {
        containers.chunks(of: HoldPlaced.containersMax).map {
            HoldLifted(containers: $0, source: source, reason: reason)
        }
    }
}

/// A lot was put on hold.
package struct LotHoldPlaced: Fact {
    package static let kind = "material.hold-placed/1"
    package var lot: LotID
    package var reason: String
    package var source: ThingID?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.lots[lot]?.holdRecords.append(Hold(reason: reason, source: source, placed: stamp))
    }
}

/// A hold on a lot was lifted.
package struct LotHoldLifted: Fact {
    package static let kind = "material.hold-lifted/1"
    package var lot: LotID
    package var source: ThingID?
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.lots[lot]?.holdRecords.lift(source: source, reason: reason, at: stamp)
    }
}

extension Array {
    /// The array in pieces of at most `size` members.
    func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
