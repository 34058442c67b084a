/// Samples held against the sampling plan of their place.
extension SiteState {
    /// The plan of a place in force at `instant`, as known before `entry`; `nil` where there is none.
    package func monitoringPlan(
        of place: PlaceID, at instant: Timestamp, before entry: UInt64 = .max
    ) -> MonitoringPlan? {
        monitoringPlans[place]?.last {
            $0.stamp.entry < entry && $0.stamp.happened <= instant
        }
    }

    /// Refuses a location that the plan of the place does not have for this method, unless a reason
    /// is given: an investigation samples where it must.
    func requirePlanned(
        _ location: String, _ method: MonitoringMethod, at place: PlaceID, because reason: String?,
        _ moment: Moment
    ) throws(Rejection) {
        guard let plan = monitoringPlan(of: place, at: moment.happened),
            reason?.isEmpty != false
        else { return }
        let planned = plan.points.filter { $0.method == method }.map(\.location)
        guard !planned.contains(location) else { return }
        throw Rejection(
            "environment.not-in-plan",
            "version \(plan.version) of the plan of '\(place)' has no \(method.rawValue) at "
                + "'\(location)'",
            help: [
                didYouMean(location, among: planned),
                "for a sample outside the plan say in 'reason' why it is taken",
            ].compactMap(\.self).joined(separator: "; "),
            rule: method.rule)
    }

    /// Samples that the plan asks for at an open operation and that were not taken.
    package struct MissingSamples: Sendable {
        package var step: String
        package var place: PlaceID
        package var points: [MonitoringPoint]
        /// The start of the operation.
        package var started: Stamp

        /// A name that stays the same while the record grows.
        package var id: String { "monitoring-\(place)-\(started.entry)" }
    }

    /// What the plans in force asked for during the open operations of a batch and nobody took, in
    /// the order of the steps (EU GMP Annex 1 9.22-9.25, 10.10).
    ///
    /// A sample counts while the operation went on and for an hour after. What is counted all the
    /// time in grade A is judged by `monitoringGaps`, which no decision makes good.
    package func missingSamples(of batch: Batch) -> [MissingSamples] {
        guard binds("environment-linked", on: batch), let stage = try? stage(of: batch) else {
            return []
        }
        var missing: [MissingSamples] = []
        var beside: [EnvironmentSample]?
        for step in stage.steps where step.isOpen == true {
            for record in batch.executions(of: step.id) {
                guard let completed = record.completed?.happened else { continue }
                let start = record.started
                let end = completed.advanced(bySeconds: EnvironmentSample.secondsAfterWork)
                let period = start.happened...max(start.happened, end)
                let places =
                    [record.room].compactMap(\.self).map { $0.naming(Place.self) }
                    + record.equipment.map { $0.naming(Place.self) }
                for place in places {
                    guard
                        let plan = monitoringPlan(
                            of: place, at: start.happened, before: start.entry)
                    else { continue }
                    let samples = beside ?? self.samples(beside: batch)
                    beside = samples
                    let points = plan.points.filter { point in
                        point.eachOperation == true
                            && !isTaken(point, at: place, during: period, among: samples)
                    }
                    guard !points.isEmpty else { continue }
                    missing.append(
                        MissingSamples(
                            step: step.id, place: place, points: points, started: start))
                }
            }
        }
        return missing
    }

    private func isTaken(
        _ point: MonitoringPoint, at place: PlaceID, during period: ClosedRange<Timestamp>,
        among samples: [EnvironmentSample]
    ) -> Bool {
        let series = particleSeries[place] ?? []
        switch point.method {
        case .continuousParticles:
            return (try? self.place(place))?.grade == .a
                || series.contains { $0.file != nil && $0.period.overlaps(period) }
        case .particles:
            return series.contains {
                ($0.location ?? point.location) == point.location && $0.period.overlaps(period)
            }
        case .activeAir, .settlePlate, .contactPlate, .glovePrint:
            return samples.contains {
                $0.place == place && $0.location == point.location
                    && $0.method == point.method.viable && $0.period.overlaps(period)
            }
        }
    }
}

/// When the points of plans were last sampled, from one pass over the samples of the site.
package struct LastSamples {
    private struct Spot: Hashable {
        var place: PlaceID
        var method: ViableMethod
        var location: String
    }

    private var viable: [Spot: CalendarDate] = [:]
    private let particles: Table<PlaceID, [ParticleSeries]>

    /// The last samples of `site`.
    package init(of site: SiteState) {
        particles = site.particleSeries
        for sample in site.environmentSamples.values {
            let spot = Spot(place: sample.place, method: sample.method, location: sample.location)
            let taken = sample.taken.happened.date
            viable[spot] = max(viable[spot] ?? taken, taken)
        }
    }

    /// The day a point was last sampled; `nil` when it never was.
    package func day(of point: MonitoringPoint, at place: PlaceID) -> CalendarDate? {
        guard let method = point.method.viable else {
            return (particles[place] ?? []).filter {
                point.method == .particles
                    ? ($0.location ?? point.location) == point.location : $0.file != nil
            }.map(\.period.upperBound.date).max()
        }
        return viable[Spot(place: place, method: method, location: point.location)]
    }
}
