package import Guidance

/// How microorganisms are sampled.
package enum ViableMethod: String, Choice, Sendable, Hashable {
    case activeAir = "active-air"
    case settlePlate = "settle-plate"
    case contactPlate = "contact-plate"
    case glovePrint = "glove-print"

    /// As the limits know it.
    package var guidance: CleanroomLimits.ViableMethod {
        switch self {
        case .activeAir: .activeAir
        case .settlePlate: .settlePlate
        case .contactPlate: .contactPlate
        case .glovePrint: .glovePrint
        }
    }
}

/// A place and a method: what a limit is for.
package struct LimitKey: Hashable, Sendable, Comparable, Codable {
    package var place: PlaceID
    package var method: ViableMethod

    package static func < (left: Self, right: Self) -> Bool {
        (left.place, left.method.rawValue) < (right.place, right.method.rawValue)
    }
}

/// Limits the site set for itself, from its own data.
package struct EnvironmentLimit: Sendable, Hashable, Codable {
    /// The most colonies without notice.
    package var alert: Int
    /// The most colonies allowed.
    package var action: Int
    /// Why these.
    package var basis: String
    package var stamp: Stamp
}

/// How a result stands to its limits.
package enum EnvironmentVerdict: String, Sendable, Hashable, Comparable {
    case within, alert, action

    package static func < (left: Self, right: Self) -> Bool { left.order < right.order }

    private var order: Int {
        switch self {
        case .within: 0
        case .alert: 1
        case .action: 2
        }
    }
}

/// Sets the alert and action limits of a place, at or below the published ones.
package struct SetEnvironmentLimits: Command {
    package static let name = "environment.set-limits"
    package static let summary =
        "Set the alert and action limits of a place, at or below the published ones."
    package static let permission = Permission.qualify
    package static let help = [
        "place": "the room or the equipment", "method": "how microorganisms are sampled",
        "alert": "the most colonies without notice", "action": "the most colonies allowed",
        "basis": "the data the limits come from",
    ]

    package var place: PlaceID
    package var method: ViableMethod
    package var alert: Int
    package var action: Int
    package var basis: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let place = try site.place(place)
        try requireText(basis, "basis")
        if let grade = place.grade.cleanroom,
            let published = CleanroomLimits.viable(grade: grade, method: method.guidance),
            action > published
        {
            throw Rejection(
                "environment.limit-above-published",
                "action at \(action), the limit of grade \(grade.rawValue) is \(published) "
                    + method.guidance.unit,
                help: "set a limit at or below it", rule: "em-viable")
        }
        guard alert <= action else {
            throw Rejection(
                "environment.alert-above-action", "alert at \(alert), above action at \(action)",
                help: "an alert comes before an action")
        }
        return [
            EnvironmentLimitsSet(
                place: self.place, method: method, alert: alert, action: action, basis: basis)
        ]
    }
}

/// Limits of a place were set.
package struct EnvironmentLimitsSet: Fact {
    package static let kind = "environment.limits-set/1"
    package var place: PlaceID
    package var method: ViableMethod
    package var alert: Int
    package var action: Int
    package var basis: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        let limit = EnvironmentLimit(alert: alert, action: action, basis: basis, stamp: stamp)
        site.environmentLimits[LimitKey(place: place, method: method), default: []].append(limit)
    }
}

extension SiteState {
    /// The limits in force for `method` at `place` when `entry` was recorded: the site's own, or
    /// those of EU GMP Annex 1 (2022) 9.30 Table 6 without an alert; `nil` where there are none.
    package func limits(
        of method: ViableMethod, at id: PlaceID, in grade: AreaGrade, entry: UInt64
    ) -> (alert: Int?, action: Int)? {
        let own = environmentLimits[LimitKey(place: id, method: method)]
        if let limit = own?.last(where: { $0.stamp.entry < entry }) {
            return (limit.alert, limit.action)
        }
        guard let grade = grade.cleanroom,
            let published = CleanroomLimits.viable(grade: grade, method: method.guidance)
        else { return nil }
        return (nil, published)
    }
}
