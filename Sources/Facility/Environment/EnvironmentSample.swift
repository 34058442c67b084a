import Guidance

/// A plate or an air sample, from the taking to the species that grew on it.
package struct EnvironmentSample: Sendable, Codable {
    package var id: EnvironmentSampleID
    package var place: PlaceID
    /// Where in the place: the number on the plan.
    package var location: String
    package var method: ViableMethod
    package var state: Occupancy
    /// Whose glove, for a glove print.
    package var person: PersonID?
    /// Minutes a settle plate was open.
    package var exposedMinutes: Int?
    /// Litres of air drawn, for active air.
    package var litres: Int?
    /// Why it was taken where the plan of the place has no such sample.
    package var reason: String?
    package var taken: Stamp
    package var reading: Reading?
    /// What the colonies are, once identified.
    package var species: [String] = []

    /// What grew.
    package struct Reading: Sendable, Hashable, Codable {
        package var colonies: Int
        package var stamp: Stamp
    }

    /// How long after a step a sample at its place still stands for it: surfaces, gloves and the
    /// air are sampled when the work has ended, so that sampling puts nothing open at risk.
    package static let secondsAfterWork: Int64 = 3600

    /// The time it stands for: a settle plate for as long as it was open, up to its taking.
    var period: ClosedRange<Timestamp> {
        let seconds = Int64(exposedMinutes ?? 0) * 60
        return taken.happened.advanced(bySeconds: -seconds)...taken.happened
    }
}

/// Takes a sample of air, a surface or a glove.
package struct TakeEnvironmentSample: Command {
    package static let name = "environment.take-sample"
    package static let summary = "Take a sample of air, a surface or a glove."
    package static let permission = Permission.monitor
    package static let help = [
        "sample": "the number on the plate", "place": "the room or the equipment",
        "location": "where in it, by the sampling plan", "method": "how it was sampled",
        "state": "whether people were at work", "person": "whose glove, for a glove print",
        "exposedMinutes": "how long a settle plate was open",
        "litres": "how much air was drawn, for active air",
        "reason": "why it is taken, for a sample outside the plan of the place",
    ]

    package var sample: EnvironmentSampleID
    package var place: PlaceID
    package var location: String
    package var method: ViableMethod
    package var state: Occupancy
    package var person: PersonID?
    package var exposedMinutes: Int?
    package var litres: Int?
    package var reason: String?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(sample)
        let place = try site.place(place)
        try requireText(location, "location")
        if let person { _ = try site.person(person) }
        try requireParticulars()
        try site.requirePlanned(
            location, MonitoringMethod(method), at: self.place, because: reason, moment)
        let taken = EnvironmentSampleTaken(
            sample: sample, place: self.place, location: location, method: method, state: state,
            person: person, exposedMinutes: exposedMinutes, litres: litres, reason: reason)
        let maximum = Int(CleanroomLimits.settlePlateHoursMax * 60)
        guard let exposedMinutes, exposedMinutes > maximum else { return [taken] }
        let end = moment.happened
        let start = end.advanced(bySeconds: -Int64(exposedMinutes) * 60)
        return [taken]
            + site.event(
                .environment,
                "settle plate '\(sample)' was open for \(exposedMinutes) min, at most \(maximum) "
                    + "min are allowed (rule settle-plate-time)",
                about: [sample.naming(Thing.self), self.place.naming(Thing.self)],
                affecting: site.batches(among: place.occupations, during: start...end),
                rule: "settle-plate-time")
    }

    private func requireParticulars() throws(Rejection) {
        func missing(_ what: String, _ help: String) -> Rejection {
            Rejection(
                "environment.particulars-missing", "a \(method.rawValue) needs '\(what)'",
                help: help)
        }
        switch method {
        case .glovePrint where person == nil:
            throw missing("person", "say whose glove it is")
        case .settlePlate where exposedMinutes ?? 0 < 1:
            throw missing("exposedMinutes", "say how long it was open")
        case .activeAir where litres ?? 0 < 1:
            throw missing("litres", "say how much air was drawn")
        default: break
        }
    }
}

/// A sample was taken.
package struct EnvironmentSampleTaken: Fact {
    package static let kind = "environment.sample-taken/1"
    package var sample: EnvironmentSampleID
    package var place: PlaceID
    package var location: String
    package var method: ViableMethod
    package var state: Occupancy
    package var person: PersonID?
    package var exposedMinutes: Int?
    package var litres: Int?
    package var reason: String?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[sample.text] = .environmentSample
        site.environmentSamples[sample] = EnvironmentSample(
            id: sample, place: place, location: location, method: method, state: state,
            person: person, exposedMinutes: exposedMinutes, litres: litres, reason: reason,
            taken: stamp)
    }
}
