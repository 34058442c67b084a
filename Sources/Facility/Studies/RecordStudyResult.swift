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
        try site.requireByHand(test, of: study)
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
                batch: site.batches[study.subject.naming(Batch.self)]?.id, step: test,
                cause: .studyCriterionNotMet,
                description: "study \(study.id) of \(study.subject)"
                    + (month.map { ", \($0) months" } ?? "")
                    + ": \(test) \(observation), criterion \(known.criterion)",
                rule: study.kind == .comparability ? "comparability-equivalence" : nil,
                subjects: [study.id.naming(Thing.self)]),
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

/// A result of a study was invalidated.
package struct StudyResultInvalidated: Fact {
    package static let kind = "study.result-invalidated/1"
    package var study: StudyID
    package var month: Int?
    package var test: String
    package var reference: String
    package var deviation: DeviationID
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        let index = site.studies[study]?.results.lastIndex {
            $0.test == test && $0.month == month && $0.reference == reference
                && $0.invalidated == nil
        }
        guard let index else { return }
        site.studies[study]?.results[index].invalidated = .init(
            deviation: deviation, reason: reason, stamp: stamp)
    }
}

extension SiteState {
    /// A study that is not concluded.
    func openStudy(_ id: StudyID) throws(Rejection) -> Study {
        let study = try study(id)
        guard study.conclusion == nil else {
            throw Rejection("study.concluded", "'\(id)' is concluded")
        }
        return study
    }
}
