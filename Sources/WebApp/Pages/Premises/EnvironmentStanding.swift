import Facility

/// Every sample of the environment against its limits, as the first page of the environment shows
/// it.
struct EnvironmentStanding: Sendable {
    /// Samples by verdict; those that are not read yet under nil.
    let counts: [EnvironmentVerdict?: Int]
    /// Samples above a limit, the newest first.
    let beyond: [EnvironmentSample]
    /// Events of the environment, the newest first, each with the batches it concerns.
    let events: [Event]
    /// The samples of each place and method, as charts read them.
    let series: [EnvironmentSeries]

    /// An event with the batches it concerns.
    struct Event: Sendable {
        let deviation: Deviation
        let batches: [BatchID]
    }

    init(of state: SiteState) {
        var counts: [EnvironmentVerdict?: Int] = [:]
        var beyond: [EnvironmentSample] = []
        for sample in state.environmentSamples.values {
            let verdict = state.verdict(on: sample)
            counts[verdict, default: 0] += 1
            if let verdict, verdict > .within { beyond.append(sample) }
        }
        self.counts = counts
        self.beyond = beyond.sorted { $0.taken.entry > $1.taken.entry }
        let deviations = state.deviations.values.filter { $0.cause == .environment }
        let concerned = Set(deviations.map(\.id))
        var batches: [DeviationID: [BatchID]] = [:]
        for batch in state.batches.values {
            for id in batch.deviations where concerned.contains(id) {
                batches[id, default: []].append(batch.id)
            }
        }
        events = deviations.sorted { $0.opened.entry > $1.opened.entry }.map {
            Event(deviation: $0, batches: (batches[$0.id] ?? []).sorted())
        }
        series = EnvironmentSeries.all(in: state).filter { !$0.samples.isEmpty }
    }
}
