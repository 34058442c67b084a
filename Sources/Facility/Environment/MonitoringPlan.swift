import Guidance
package import Ledger

/// What is watched at a place: one version of its sampling plan (EU GMP Annex 1 9.4-9.8).
package struct MonitoringPlan: Sendable, Hashable, Codable {
    /// What the plan calls itself.
    package var version: String
    package var points: [MonitoringPoint]
    /// The assessment behind places and frequencies.
    package var basis: String
    /// The change that brought it; `nil` for the first.
    package var change: ChangeID?
    package var stamp: Stamp
}

/// One place of a plan, how it is sampled, and how often.
package struct MonitoringPoint: Field, Sendable, Hashable {
    /// Where: the number on the plan.
    package var location: String
    package var method: MonitoringMethod
    /// True when it is taken at every open operation.
    package var eachOperation: Bool?
    /// The most days between two samples; `nil` when only operations count.
    package var everyDays: Int?

    package static var fieldSchema: FieldSchema { SchemaRecorder.schema(of: Self.self) }
    package static var sample: MonitoringPoint {
        MonitoringPoint(location: "", method: .settlePlate)
    }

    /// It in words: `settle-plate at P1`.
    package var description: String { "\(method.rawValue) at \(location)" }
}

/// How a place is watched.
package enum MonitoringMethod: String, Choice, Sendable, Hashable {
    case activeAir = "active-air"
    case settlePlate = "settle-plate"
    case contactPlate = "contact-plate"
    case glovePrint = "glove-print"
    case particles
    case continuousParticles = "continuous-particles"

    /// The method for microorganisms that this is.
    var viable: ViableMethod? { ViableMethod(rawValue: rawValue) }

    /// The rule that asks for it.
    var rule: String { viable == nil ? "em-particles" : "em-viable" }

    init(_ method: ViableMethod) {
        self =
            switch method {
            case .activeAir: .activeAir
            case .settlePlate: .settlePlate
            case .contactPlate: .contactPlate
            case .glovePrint: .glovePrint
            }
    }
}

extension MonitoringPlan {
    /// The day by which `point` is sampled again; `nil` when only operations count.
    func due(_ point: MonitoringPoint, lastTaken: CalendarDate?) -> CalendarDate? {
        point.everyDays.map { (lastTaken ?? stamp.happened.date).advanced(byDays: $0) }
    }

    /// What a plan for air of `grade` lacks, with the rule that asks for it; `nil` when nothing.
    ///
    /// In grade A particles are counted for the whole of the work (Annex 1 9.16), and wherever work
    /// is aseptic, air, surfaces and gloves are sampled together and often (9.22, 9.24, 9.25): here,
    /// at every open operation. In grades C and D one method at least is used (9.4).
    static func gap(
        in points: [MonitoringPoint], for grade: AreaGrade
    ) -> (what: String, rule: String)? {
        let often = points.filter { $0.eachOperation == true }.map(\.method)
        let all = points.map(\.method)
        guard grade.cleanroom != nil else { return nil }
        guard grade >= .b else {
            return all.contains { $0.viable != nil }
                ? nil : ("a method for microorganisms", "em-viable")
        }
        if grade == .a, !often.contains(.continuousParticles) {
            return ("continuous-particles at each operation", "em-particles")
        }
        if !all.contains(.particles), !all.contains(.continuousParticles) {
            return ("a particle count", "em-particles")
        }
        if !often.contains(.activeAir), !often.contains(.settlePlate) {
            return ("active-air or settle-plate at each operation", "em-viable")
        }
        if !all.contains(.contactPlate) { return ("contact-plate", "em-viable") }
        return often.contains(.glovePrint) ? nil : ("glove-print at each operation", "em-viable")
    }
}

/// Lays down the sampling plan of a place, or its next version.
package struct SetMonitoringPlan: Command {
    package static let name = "environment.set-plan"
    package static let summary =
        "Lay down what is sampled at a place, where in it and how often, or the next version."
    package static let permission = Permission.qualify
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "place": "the room or the equipment", "version": "what the plan calls this version",
        "points": "each location with its method, and when it is sampled",
        "basis": "the risk assessment behind places and frequencies",
        "change": "the approved change that brings it, when a plan is in force",
    ]

    /// Points one plan names at most: the plan of a place is one entry of the ledger.
    package static let pointsMax = 150
    /// Bytes of the name of a location.
    private static let locationBytes = 100

    package var place: PlaceID
    package var version: String
    package var points: [MonitoringPoint]
    package var basis: String
    package var change: ChangeID?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let place = try site.place(place)
        try requireText(version, "version")
        try requireText(basis, "basis")
        try requirePoints()
        if let gap = MonitoringPlan.gap(in: points, for: place.grade) {
            throw Rejection(
                "environment.plan-gap",
                "the plan of '\(self.place)', grade \(place.grade.rawValue), has no \(gap.what)",
                help: "add it to 'points'", rule: gap.rule)
        }
        let plans = site.monitoringPlans[self.place] ?? []
        guard !plans.contains(where: { $0.version == version }) else {
            throw Rejection(
                "environment.plan-version",
                "the plan of '\(self.place)' has a version '\(version)' already",
                help: "a changed plan is a new version")
        }
        if let last = plans.last {
            try site.requireChange(
                change, touching: [self.place.naming(Thing.self)],
                to: "the plan of '\(self.place)'", replacing: last.version)
        } else if let change {
            _ = try site.change(change)
        }
        return [
            MonitoringPlanSet(
                place: self.place, version: version, points: points, basis: basis, change: change)
        ]
    }

    private func requirePoints() throws(Rejection) {
        guard (1...Self.pointsMax).contains(points.count) else {
            throw Rejection(
                "environment.plan-points",
                "\(points.count) points are not between 1 and \(Self.pointsMax)")
        }
        var seen: Set<[String]> = []
        for point in points {
            try requireText(point.location, "location")
            guard point.location.utf8.count <= Self.locationBytes else {
                throw Rejection(
                    "environment.plan-points",
                    "a location has \(point.location.utf8.count) bytes, at most "
                        + "\(Self.locationBytes)", help: "use the number on the plan")
            }
            guard seen.insert([point.location, point.method.rawValue]).inserted else {
                throw Rejection(
                    "environment.plan-points", "\(point.description) is named twice",
                    help: "give each point once, with both frequencies if it has both")
            }
            if let days = point.everyDays, !(1...366).contains(days) {
                throw Rejection(
                    "environment.plan-frequency",
                    "\(point.description): \(days) days are not between 1 and 366")
            }
            guard point.eachOperation == true || point.everyDays != nil else {
                throw Rejection(
                    "environment.plan-frequency", "\(point.description) is never taken",
                    help: "say 'eachOperation' or 'everyDays'")
            }
        }
    }
}

/// The sampling plan of a place was laid down.
package struct MonitoringPlanSet: Fact {
    package static let kind = "environment.plan-set/1"
    package var place: PlaceID
    package var version: String
    package var points: [MonitoringPoint]
    package var basis: String
    package var change: ChangeID?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.monitoringPlans[place, default: []].append(
            MonitoringPlan(
                version: version, points: points, basis: basis, change: change, stamp: stamp))
    }
}
