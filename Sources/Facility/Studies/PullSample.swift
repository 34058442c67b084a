/// Takes a container out of storage for a time point of a study.
package struct PullSample: Command {
    package static let name = "study.pull"
    package static let summary = "Take a container for a time point of a study."
    package static let permission = Permission.takeSamples
    package static let help = [
        "study": "which study", "month": "which time point, in months",
        "container": "the container scanned", "sample": "the number of the sample",
    ]

    package var study: StudyID
    package var month: Int
    package var container: ContainerID
    package var sample: SampleID

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let study = try site.openStudy(study)
        try site.requireUnused(sample)
        let container = try site.container(container)
        try site.requireInStock(container)
        guard study.months.contains(month) else {
            throw Rejection(
                "study.no-such-time-point", "'\(study.id)' has no time point at \(month) months",
                help: "known: \(study.months.map { "\($0)" }.joined(separator: ", "))")
        }
        guard container.reservation == nil else {
            throw Rejection("container.reserved", "'\(container.id)' is kept for an order")
        }
        guard site.genealogy.parents(of: container.id.text).contains(study.subject.text) else {
            throw Rejection(
                "study.another-batch", "'\(container.id)' is not of '\(study.subject)'",
                help: "take a container of the batch that is studied")
        }
        let day = study.day(ofMonth: month)
        let late = moment.happened.date.daysSinceEpoch - day.daysSinceEpoch
        let taken = SampleTaken(
            sample: sample, origin: container.id.naming(Thing.self), step: nil, quantity: nil,
            purpose: .stability)
        let pulled = SamplePulled(study: study.id, month: month, sample: sample)
        guard abs(late) > study.windowDays else { return [taken, pulled] }
        return [
            taken, pulled,
            DeviationOpened(
                deviation: site.nextDeviation(), batch: nil, step: nil, cause: .observed,
                description: "study \(study.id), \(month) months: pulled \(abs(late)) d "
                    + "\(late > 0 ? "after" : "before") \(day), window \(study.windowDays) d",
                subjects: [study.id.naming(Thing.self)]),
        ]
    }
}

/// A container was taken for a time point.
package struct SamplePulled: Fact {
    package static let kind = "study.pulled/1"
    package var study: StudyID
    package var month: Int
    package var sample: SampleID

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.studies[study]?.pulls.append(.init(month: month, sample: sample, stamp: stamp))
    }
}
