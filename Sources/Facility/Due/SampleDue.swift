/// Samples that a definition or an event asks for and that nobody took.
enum SampleDue: DueSource {
    static func due(for site: SiteState, on date: CalendarDate) -> [DueItem] {
        let batches = site.batches.values.filter { !$0.status.isFinal }
        let ofBatches = batches.flatMap { batch in
            let decided = Set(batch.dispositions.map(\.exception))
            return site.samplesAskedFor(of: batch).filter { !decided.contains($0.id) }
                .map { item($0, of: batch.id.text) }
        }
        let others = site.deviations.values.filter { $0.isOpen && $0.batch == nil }
            .compactMap { deviation in
                site.sampleAskedFor(by: deviation).map { item($0, of: deviation.id.text) }
            }
        return ofBatches + others.filter { other in !ofBatches.contains { $0.task == other.task } }
    }

    private static func item(_ sample: MissingSample, of subject: String) -> DueItem {
        DueItem(.sample, subject, "take the \(sample.task)", due: nil, rule: sample.rule)
    }
}
