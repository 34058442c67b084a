package import Guidance

/// Where something in the environment was measured: in a room, or inside a piece of equipment.
package enum Place: Sendable {
    case room(Room)
    case equipment(Equipment)

    /// The grade of the air there.
    package var grade: AreaGrade {
        switch self {
        case .room(let room): room.grade
        case .equipment(let equipment): equipment.grade ?? .unclassified
        }
    }

    /// The steps done there.
    var occupations: [Occupation] {
        switch self {
        case .room(let room): room.occupations
        case .equipment(let equipment): equipment.occupations
        }
    }
}

/// Whether people work, or the room is empty and running.
package enum Occupancy: String, Choice, Sendable, Hashable {
    case atRest = "at-rest"
    case inOperation = "in-operation"

    /// As the limits know it.
    package var guidance: OccupancyState {
        switch self {
        case .atRest: .atRest
        case .inOperation: .inOperation
        }
    }
}

/// The size from which on particles are counted.
package enum ParticleSize: String, Choice, Sendable, Hashable {
    case halfMicrometre = "0.5-um"
    case fiveMicrometres = "5-um"

    /// As the limits know it.
    package var guidance: CleanroomLimits.ParticleSize {
        switch self {
        case .halfMicrometre: .halfMicrometre
        case .fiveMicrometres: .fiveMicrometres
        }
    }
}

/// Particles in a cubic metre of air.
package struct ParticleCount: Field, Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Particles per cubic metre.
    package var value: Int

    /// So many particles per cubic metre.
    package init(_ value: Int) { self.value = value }

    package init(from decoder: any Decoder) throws {
        value = try decoder.singleValueContainer().decode(Int.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }

    package static func < (left: Self, right: Self) -> Bool { left.value < right.value }
    package var description: String { "\(value) /m3" }

    /// A thousand million: far above the air of a street.
    package static var fieldSchema: FieldSchema { .integer(0...1_000_000_000) }
    package static var sample: ParticleCount { ParticleCount(0) }
}

extension SiteState {
    /// The room or the equipment with this number.
    func place(_ id: PlaceID) throws(Rejection) -> Place {
        if let room = rooms[id.naming(Room.self)] { return .room(room) }
        if let equipment = equipment[id.naming(Equipment.self)] { return .equipment(equipment) }
        if let other = things[id.text] {
            throw Rejection(
                "site.identifier-of-another-kind",
                "'\(id)' is a \(other.rawValue), not a room or equipment")
        }
        let known = rooms.keys.map(\.text) + equipment.keys.map(\.text)
        throw Rejection(
            "site.unknown-identifier", "there is no room or equipment '\(id)'",
            help: didYouMean(id.text, among: known))
    }

    /// The batches with a step among `occupations` that was going on at some time in `period`, in
    /// the order they came.
    func batches(
        among occupations: [Occupation], during period: ClosedRange<Timestamp>
    ) -> [BatchID] {
        var found: [BatchID] = []
        for occupation in occupations where !found.contains(occupation.batch) {
            let steps = batches[occupation.batch]?.executions(of: occupation.step) ?? []
            let wasThere = steps.contains { step in
                let isOver = step.completed.map { $0.happened < period.lowerBound } ?? false
                return !isOver && step.started.happened <= period.upperBound
            }
            if wasThere { found.append(occupation.batch) }
        }
        return found
    }

    /// The facts that open an event the site saw itself, with the batches it may have touched.
    ///
    /// - Parameters:
    ///   - subjects: what it is about: the room, the equipment, the sample.
    ///   - count: events opened before it by the same command.
    func event(
        _ cause: DeviationCause, _ description: String, about subjects: [ThingID],
        affecting batches: [BatchID], rule: String?, after count: Int = 0
    ) -> [any Fact] {
        let deviation = nextDeviation(after: count)
        let opened = DeviationOpened(
            deviation: deviation, batch: nil, step: nil, cause: cause, description: description,
            rule: rule, subjects: subjects)
        return [opened] + batches.map { BatchAffected(deviation: deviation, batch: $0) }
    }
}
