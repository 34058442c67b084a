import Guidance
package import Ledger
package import Quantities

/// Records a count of particles at one place and time.
package struct RecordParticles: Command {
    package static let name = "environment.record-particles"
    package static let summary =
        "Record a particle count; one above its limit opens an event."
    package static let permission = Permission.monitor
    package static let help = [
        "place": "the room or the equipment", "location": "where in it, by the sampling plan",
        "state": "whether people were at work", "halfMicrometre": "particles of 0.5 µm or more",
        "fiveMicrometres": "particles of 5 µm or more",
        "reason": "why it is counted, for a place outside the plan",
    ]

    package var place: PlaceID
    package var location: String
    package var state: Occupancy
    package var halfMicrometre: ParticleCount
    package var fiveMicrometres: ParticleCount
    package var reason: String?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let place = try site.place(place)
        try requireText(location, "location")
        try site.requirePlanned(location, .particles, at: self.place, because: reason, moment)
        let recorded = ParticlesRecorded(
            place: self.place, location: location, state: state, halfMicrometre: halfMicrometre,
            fiveMicrometres: fiveMicrometres, reason: reason)
        let above = particleExcess(
            in: place.grade, state, half: halfMicrometre, five: fiveMicrometres)
        guard let above else { return [recorded] }
        return [recorded]
            + site.event(
                .environment, "'\(self.place)' at \(location): \(above)",
                about: [self.place.naming(Thing.self)],
                affecting: site.batches(
                    among: place.occupations, during: moment.happened...moment.happened),
                rule: "em-particles")
    }
}

/// Particles were counted.
package struct ParticlesRecorded: Fact {
    package static let kind = "environment.particles-recorded/1"
    package var place: PlaceID
    package var location: String
    package var state: Occupancy
    package var halfMicrometre: ParticleCount
    package var fiveMicrometres: ParticleCount
    package var reason: String?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.particleSeries[place, default: []].append(
            ParticleSeries(
                period: stamp.happened...stamp.happened, state: state, samples: 1,
                halfMicrometreMax: halfMicrometre, fiveMicrometresMax: fiveMicrometres,
                file: nil, location: location, stamp: stamp))
    }
}

/// What a particle counter measured over a time, by its highest counts; the series itself is a
/// file, named by its digest.
package struct ParticleSeries: Sendable, Hashable, Codable {
    package var period: ClosedRange<Timestamp>
    package var state: Occupancy
    package var samples: Int
    package var halfMicrometreMax: ParticleCount
    package var fiveMicrometresMax: ParticleCount
    /// The file; `nil` for a single count.
    package var file: Digest?
    /// Where in the place; `nil` for a series.
    package var location: String?
    package var stamp: Stamp
}

/// Imports a continuous series of particle counts, by its digest and its summary.
package struct ImportParticleSeries: Command {
    package static let name = "environment.import-particle-series"
    package static let summary =
        "Import a continuous particle count by digest and summary; an excess opens an event."
    package static let permission = Permission.monitor
    package static let help = [
        "place": "the room or the equipment", "state": "whether people were at work",
        "from": "when the series begins", "to": "when it ends",
        "flow": "the flow of the counter, such as 28.3 L/min",
        "samples": "how many counts it holds",
        "halfMicrometreMax": "the highest count of 0.5 µm or more",
        "fiveMicrometresMax": "the highest count of 5 µm or more",
        "file": "SHA-256 of the file with the series",
    ]

    package var place: PlaceID
    package var state: Occupancy
    package var from: Timestamp
    package var to: Timestamp
    package var flow: Quantity
    package var samples: Int
    package var halfMicrometreMax: ParticleCount
    package var fiveMicrometresMax: ParticleCount
    package var file: Digest

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let place = try site.place(place)
        guard samples > 0 else {
            throw Rejection("environment.series-empty", "the series has no counts")
        }
        try requireSeries(
            from, to, file, by: moment,
            among: site.particleSeries[self.place, default: []].lazy.map(\.file))
        let litres = try litresPerMinute()
        let recorded = ParticleSeriesImported(
            place: self.place, state: state, from: from, to: to, flow: flow, samples: samples,
            halfMicrometreMax: halfMicrometreMax, fiveMicrometresMax: fiveMicrometresMax,
            file: file)
        var reasons: [String] = []
        if place.grade == .a, litres < CleanroomLimits.particleSamplingLitresPerMinuteMin {
            reasons.append("flow \(flow), at least 28 L/min are needed in grade A")
        }
        if let above = particleExcess(
            in: place.grade, state, half: halfMicrometreMax, five: fiveMicrometresMax)
        {
            reasons.append(above)
        }
        guard !reasons.isEmpty else { return [recorded] }
        return [recorded]
            + site.event(
                .environment, "'\(self.place)': \(reasons.joined(separator: "; "))",
                about: [self.place.naming(Thing.self)],
                affecting: site.batches(among: place.occupations, during: from...to),
                rule: "em-particles")
    }

    private func litresPerMinute() throws(Rejection) -> Double {
        do throws(QuantityError) {
            return try flow.converted(to: try Unit("L/min")).value.doubleValue
        } catch {
            throw Rejection(
                "environment.wrong-unit", "\(flow) is no flow: \(error)",
                help: "enter it in L/min")
        }
    }
}

/// A series of particle counts was imported.
package struct ParticleSeriesImported: Fact {
    package static let kind = "environment.particle-series-imported/1"
    package var place: PlaceID
    package var state: Occupancy
    package var from: Timestamp
    package var to: Timestamp
    package var flow: Quantity
    package var samples: Int
    package var halfMicrometreMax: ParticleCount
    package var fiveMicrometresMax: ParticleCount
    package var file: Digest

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.particleSeries[place, default: []].append(
            ParticleSeries(
                period: min(from, to)...max(from, to), state: state, samples: samples,
                halfMicrometreMax: halfMicrometreMax, fiveMicrometresMax: fiveMicrometresMax,
                file: file, stamp: stamp))
    }
}

/// In words, which counts exceed the limits of monitoring (EU GMP Annex 1 (2022) 9.15 Table 5);
/// `nil` when none does.
private func particleExcess(
    in grade: AreaGrade, _ state: Occupancy, half: ParticleCount, five: ParticleCount
) -> String? {
    guard let grade = grade.cleanroom else { return nil }
    let counts: [(ParticleSize, ParticleCount)] = [
        (.halfMicrometre, half), (.fiveMicrometres, five),
    ]
    let above = counts.compactMap { size, count -> String? in
        let limit = CleanroomLimits.particles(
            grade: grade, size: size.guidance, state: state.guidance, for: .monitoring)
        guard limit.allows(count.value) == false, case .atMost(let most) = limit.bound else {
            return nil
        }
        return "\(count) of \(size.guidance.rawValue) µm, at most \(most) in grade "
            + "\(grade.rawValue) (rule em-particles)"
    }
    return above.isEmpty ? nil : above.joined(separator: "; ")
}

extension Digest: Field {
    package static var fieldSchema: FieldSchema {
        .formatted(
            form: "a SHA-256 digest, 64 hexadecimal digits",
            example: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }
    package static var sample: Digest { Digest.sha256(of: []) }
}
