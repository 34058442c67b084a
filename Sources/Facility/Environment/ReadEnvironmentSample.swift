/// Reads a plate after incubation and judges it against the limits in force when it was taken.
///
/// A result above its action limit, and the second alert in a row at one location, open an event
/// with the batches that were there (EU GMP Annex 1 9.10-9.13, 9.30).
package struct ReadEnvironmentSample: Command {
    package static let name = "environment.read-sample"
    package static let summary =
        "Read a plate after incubation; growth above its limit opens an event."
    package static let permission = Permission.test
    package static let help = [
        "sample": "the number on the plate", "colonies": "how many colonies grew",
    ]

    package var sample: EnvironmentSampleID
    package var colonies: Int

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let sample = try site.environmentSample(sample)
        guard sample.reading == nil else {
            throw Rejection("environment.sample-read", "'\(sample.id)' was read before")
        }
        guard sample.taken.person != moment.person else {
            throw Rejection(
                "environment.own-sample", "'\(moment.person)' took '\(sample.id)'",
                help: "another person reads it")
        }
        guard sample.taken.happened <= moment.happened else {
            throw Rejection(
                "environment.read-before-taken",
                "read at \(moment.happened), before it was taken at \(sample.taken.happened)")
        }
        let read = EnvironmentSampleRead(sample: sample.id, colonies: colonies)
        let place = try site.place(sample.place)
        let verdict = site.verdict(on: sample, colonies: colonies)
        let grade = place.grade
        let found =
            "\(colonies) colonies on \(sample.method.rawValue) '\(sample.id)' at "
            + "\(sample.location), grade \(grade.rawValue)"
        switch verdict {
        case .within: return [read]
        case .alert:
            guard site.followsAlert(sample) else { return [read] }
            return [read]
                + site.event(
                    .environment, "\(found): the second alert in a row (rule em-trend)",
                    about: [sample.id.naming(Thing.self), sample.place.naming(Thing.self)],
                    affecting: [], rule: "em-trend")
        case .action:
            let rule = grade == .a ? "em-grade-a-growth" : "em-viable"
            return [read]
                + site.event(
                    .environment, "\(found): above the action limit (rule \(rule))",
                    about: [sample.id.naming(Thing.self), sample.place.naming(Thing.self)],
                    affecting: site.batches(among: place.occupations, during: sample.period),
                    rule: rule)
        }
    }
}

/// A plate was read.
package struct EnvironmentSampleRead: Fact {
    package static let kind = "environment.sample-read/1"
    package var sample: EnvironmentSampleID
    package var colonies: Int

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.environmentSamples[sample]?.reading = .init(colonies: colonies, stamp: stamp)
    }
}

/// Names the species that grew.
package struct IdentifyIsolate: Command {
    package static let name = "environment.identify-isolate"
    package static let summary = "Name the species that grew on a plate."
    package static let permission = Permission.test
    package static let help = [
        "sample": "the number on the plate", "species": "the species, one entry each",
    ]

    package var sample: EnvironmentSampleID
    package var species: [String]

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let sample = try site.environmentSample(sample)
        guard let reading = sample.reading, reading.colonies > 0 else {
            throw Rejection("environment.nothing-grew", "nothing grew on '\(sample.id)'")
        }
        guard !species.isEmpty else {
            throw Rejection("environment.no-species", "no species is named", rule: "em-species")
        }
        for name in species { try requireText(name, "species") }
        return [IsolateIdentified(sample: sample.id, species: species)]
    }
}

/// The species on a plate were named.
package struct IsolateIdentified: Fact {
    package static let kind = "environment.isolate-identified/1"
    package var sample: EnvironmentSampleID
    package var species: [String]

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.environmentSamples[sample]?.species = species
    }
}

extension SiteState {
    /// How a sample stands to its limits; `nil` while it is not read.
    package func verdict(on sample: EnvironmentSample) -> EnvironmentVerdict? {
        sample.reading.map { verdict(on: sample, colonies: $0.colonies) }
    }

    func verdict(on sample: EnvironmentSample, colonies: Int) -> EnvironmentVerdict {
        let grade = (try? place(sample.place))?.grade ?? .unclassified
        let limits = limits(
            of: sample.method, at: sample.place, in: grade, entry: sample.taken.entry)
        guard let limits else { return .within }
        // Air is limited per cubic metre of 1000 litres; both sides stay whole numbers.
        let litres = sample.method == .activeAir ? max(sample.litres ?? 1000, 1) : 1000
        func exceeds(_ limit: Int) -> Bool { colonies * 1000 > limit * litres }
        if exceeds(limits.action) { return .action }
        if let alert = limits.alert, exceeds(alert) { return .alert }
        return .within
    }

    /// Whether the sample read before this one, by the same method at the same location, was at
    /// least an alert.
    fileprivate func followsAlert(_ sample: EnvironmentSample) -> Bool {
        let earlier = environmentSamples.values.filter {
            $0.place == sample.place && $0.location == sample.location
                && $0.method == sample.method && $0.reading != nil
                && $0.taken.entry < sample.taken.entry
        }
        guard let latest = earlier.max(by: { $0.taken.entry < $1.taken.entry }),
            let verdict = verdict(on: latest)
        else { return false }
        return verdict >= .alert
    }
}
