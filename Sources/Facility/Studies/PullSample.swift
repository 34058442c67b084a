package import Ledger

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

/// Records a result of a study.
package struct RecordStudyResult: Command {
    package static let name = "study.record-result"
    package static let summary = "Record a result of a study."
    package static let permission = Permission.test
    package static let help = [
        "study": "which study", "month": "the time point, when the study has any",
        "test": "what was tested", "observation": "a number with its unit, or words",
        "reference": "the laboratory's number for the run",
    ]

    package var study: StudyID
    package var month: Int?
    package var test: String
    package var observation: Observation
    package var reference: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let study = try site.openStudy(study)
        try requireText(test, "test")
        try requireText(reference, "reference")
        if let month, !study.pulls.contains(where: { $0.month == month }) {
            throw Rejection(
                "study.not-pulled", "nothing was pulled for \(month) months",
                help: "pull it first: study.pull")
        }
        return [
            StudyResultRecorded(
                study: study.id, month: month, test: test, observation: observation,
                reference: reference)
        ]
    }
}

/// A result of a study was recorded.
package struct StudyResultRecorded: Fact {
    package static let kind = "study.result-recorded/1"
    package var study: StudyID
    package var month: Int?
    package var test: String
    package var observation: Observation
    package var reference: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.studies[study]?.results.append(
            .init(
                month: month, test: test, observation: observation, reference: reference,
                stamp: stamp))
    }
}

/// Concludes a study against the criteria of its protocol.
package struct ConcludeStudy: Command {
    package static let name = "study.conclude"
    package static let summary = "Conclude a study against the criteria of its protocol."
    package static let permission = Permission.review
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "study": "which study", "isMet": "true when the criteria of the protocol are met",
        "summary": "what was found",
    ]

    package var study: StudyID
    package var isMet: Bool
    package var summary: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let study = try site.openStudy(study)
        try requireText(summary, "summary")
        guard !study.results.isEmpty || !isMet else {
            throw Rejection(
                "study.no-results", "'\(study.id)' has no result",
                help: "record results first: study.record-result")
        }
        return [StudyConcluded(study: study.id, isMet: isMet, summary: summary)]
    }
}

/// A study was concluded.
package struct StudyConcluded: Fact {
    package static let kind = "study.concluded/1"
    package var study: StudyID
    package var isMet: Bool
    package var summary: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.studies[study]?.conclusion = .init(isMet: isMet, summary: summary, stamp: stamp)
    }
}

extension SiteState {
    fileprivate func openStudy(_ id: StudyID) throws(Rejection) -> Study {
        let study = try study(id)
        guard study.conclusion == nil else {
            throw Rejection("study.concluded", "'\(id)' is concluded")
        }
        return study
    }
}
