/// A sample that the definition or an event asks for and that nobody took.
package struct MissingSample: Sendable, Hashable {
    /// A name that stays the same while the record grows.
    package var id: String
    package var step: String?
    /// What is to be taken, in words.
    package var task: String
    /// What asked for it.
    package var asked: Stamp
    package var rule: String?
}

extension SiteState {
    /// The samples asked for of a batch that are not taken: a sterility sample after each
    /// intervention, where the specification has that point (EU GMP Annex 1 10.6), and what an event
    /// of the batch asks for.
    package func samplesAskedFor(of batch: Batch) -> [MissingSample] {
        afterInterventions(of: batch)
            + batch.deviations.compactMap { deviations[$0].flatMap(sampleAskedFor) }
    }

    private func afterInterventions(of batch: Batch) -> [MissingSample] {
        let interventions = batch.interventions
        guard !interventions.isEmpty, binds("sterility-sample-plan", on: batch),
            let points = (try? specification(for: batch))?.sterilityPoints,
            points.contains(.afterIntervention)
        else { return [] }
        let origin = batch.id.naming(Thing.self)
        let taken = samples.values.filter { $0.origin == origin && $0.point == .afterIntervention }
        return interventions.filter { intervention in
            // One sample stands for all that was done before it was taken.
            !taken.contains { $0.taken.happened >= intervention.stamp.happened }
        }.map {
            MissingSample(
                id: "intervention-\($0.stamp.entry)", step: $0.step,
                task: "sterility sample after the intervention '\($0.what)'", asked: $0.stamp,
                rule: "sterility-sample-plan")
        }
    }

    /// The sample an event asks for, unless it was taken.
    func sampleAskedFor(by deviation: Deviation) -> MissingSample? {
        guard let asked = deviation.sampleAsked,
            !samples.values.contains(where: { $0.deviation == deviation.id })
        else { return nil }
        return MissingSample(
            id: "asked-\(deviation.id)-\(asked.stamp.entry)", step: deviation.step,
            task: "\(asked.what), asked for by \(deviation.id)", asked: asked.stamp, rule: nil)
    }
}
