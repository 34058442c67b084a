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
        if month == nil, !study.months.isEmpty {
            throw Rejection(
                "study.month-missing", "'\(study.id)' has time points and no month is said",
                help: "pulled: \(study.pulls.map { "\($0.month)" }.joined(separator: ", "))")
        }
        let recorded = StudyResultRecorded(
            study: study.id, month: month, test: test, observation: observation,
            reference: reference)
        // A study from before criteria were entered has none: its results are kept as they are.
        guard !study.tests.isEmpty else { return [recorded] }
        guard let known = study.tests.first(where: { $0.test == test }) else {
            let names = study.tests.map(\.test)
            throw Rejection(
                "study.unknown-test", "'\(study.id)' does not test '\(test)'",
                help: didYouMean(test, among: names) ?? "tests: \(names.joined(separator: ", "))")
        }
        guard try known.criterion.isMet(by: observation) == false else { return [recorded] }
        return [
            recorded,
            DeviationOpened(
                deviation: site.nextDeviation(),
                batch: site.batches[study.subject.naming(Batch.self)]?.id, step: nil,
                cause: .studyCriterionNotMet,
                description: "study \(study.id) of \(study.subject)"
                    + (month.map { ", \($0) months" } ?? "")
                    + ": \(test) \(observation), criterion \(known.criterion)",
                rule: study.kind == .comparability ? "comparability-equivalence" : nil),
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
    package static let summary =
        "Conclude a study: the site holds its results against the criteria."
    package static let permission = Permission.review
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "study": "which study", "summary": "what was found",
        "isStopped": "true to end it before everything is tested: it is then not met",
    ]

    package var study: StudyID
    package var summary: String
    package var isStopped: Bool?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let study = try site.openStudy(study)
        try requireText(summary, "summary")
        let open = study.openTests
        guard open.isEmpty || isStopped == true else {
            throw Rejection(
                "study.incomplete",
                "'\(study.id)' lacks \(open.count) results: "
                    + open.prefix(5).joined(separator: ", ") + (open.count > 5 ? ", …" : ""),
                help: "record them first: study.record-result; or end it with 'isStopped'")
        }
        let isMet = open.isEmpty && isStopped != true && study.isMet
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

extension Study {
    /// Tests without a result, with their time points.
    fileprivate var openTests: [String] {
        guard !tests.isEmpty else { return ["every test: no criterion was entered"] }
        let points: [Int?] = months.isEmpty ? [nil] : months
        return points.flatMap { month in
            tests.filter { test in
                !results.contains { $0.test == test.test && $0.month == month }
            }.map { $0.test + (month.map { " at \($0) months" } ?? "") }
        }
    }

    /// Whether every result meets its criterion.
    fileprivate var isMet: Bool {
        results.allSatisfy { result in
            guard let test = tests.first(where: { $0.test == result.test }) else { return false }
            return ((try? test.criterion.isMet(by: result.observation)) ?? nil) != false
        }
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
