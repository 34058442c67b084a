/// The air a batch was handled in: what the record of a batch must show before it is reviewed.
extension SiteState {
    /// Refuses a batch whose open steps in grade A lack particle counts for their whole time, or
    /// whose samples are not read (EU GMP Annex 1 9.3, 9.15-9.17, 10.10).
    func requireMonitored(_ batch: Batch) throws(Rejection) {
        guard binds("environment-linked", on: batch) else { return }
        if let gap = try monitoringGaps(of: batch).first {
            throw Rejection(
                "environment.not-monitored", gap,
                help: "import the particle counts: environment.import-particle-series",
                rule: "em-particles")
        }
        let unread = samples(beside: batch).filter { $0.reading == nil }
        guard unread.isEmpty else {
            throw Rejection(
                "environment.samples-not-read",
                "not read: \(unread.map(\.id.text).joined(separator: ", "))",
                help: "read them first: environment.read-sample", rule: "environment-linked")
        }
    }

    /// In words, each open step in grade A whose air was not counted all the time.
    package func monitoringGaps(of batch: Batch) throws(Rejection) -> [String] {
        var gaps: [String] = []
        for step in try stage(of: batch).steps where step.isOpen == true {
            for record in batch.executions(of: step.id) {
                guard let completed = record.completed?.happened else { continue }
                let began = record.started.happened
                let period = began...max(began, completed)
                for place in criticalPlaces(of: record) where !isCounted(place, during: period) {
                    gaps.append(
                        "'\(place)' has no particle counts for all of step '\(step.id)', "
                            + "\(period.lowerBound) to \(period.upperBound)")
                }
            }
        }
        return gaps
    }

    /// The places of grade A a step was done in.
    private func criticalPlaces(of record: StepRecord) -> [PlaceID] {
        record.equipment.filter { equipment[$0]?.grade == .a }.map { $0.naming(Place.self) }
            + [record.room].compactMap(\.self).filter { rooms[$0]?.grade == .a }
            .map { $0.naming(Place.self) }
    }

    /// Whether series that touch or overlap cover all of `period`.
    private func isCounted(_ place: PlaceID, during period: ClosedRange<Timestamp>) -> Bool {
        let series = particleSeries[place, default: []].filter { $0.file != nil }
            .map(\.period).sorted { $0.lowerBound < $1.lowerBound }
        var covered = period.lowerBound
        for part in series where part.lowerBound <= covered {
            if part.upperBound >= period.upperBound { return true }
            covered = max(covered, part.upperBound)
        }
        return false
    }

    /// The samples taken where and while the batch was worked on, the oldest first.
    package func samples(beside batch: Batch) -> [EnvironmentSample] {
        var periods: [PlaceID: [ClosedRange<Timestamp>]] = [:]
        for (_, record) in batch.executions {
            let start = record.started.happened
            let end = record.completed?.happened ?? Timestamp(milliseconds: .max)
            let rooms = [record.room].compactMap(\.self).map { $0.naming(Place.self) }
            for place in rooms + record.equipment.map({ $0.naming(Place.self) }) {
                periods[place, default: []].append(start...max(start, end))
            }
        }
        return environmentSamples.values.filter { sample in
            periods[sample.place, default: []].contains { $0.overlaps(sample.period) }
        }.sorted { $0.taken.entry < $1.taken.entry }
    }
}
