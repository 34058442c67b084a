/// Records a result of a study.
package struct RecordStudyResult: Command {
    package static let name = "study.record-result"
    package static let summary = "Record a result of a study."
    package static let permission = Permission.test
    package static let help = [
        "study": "which study", "month": "the time point, when the study has any",
        "test": "what was tested", "observation": "a number with its unit, or words",
        "reference": "the laboratory's number for the run",
        "instruments": TestRun.instrumentsHelp, "reagents": TestRun.reagentsHelp,
        "suitability": TestRun.suitabilityHelp,
    ]

    package var study: StudyID
    package var month: Int?
    package var test: String
    package var observation: Observation
    package var reference: String
    package var instruments: [EquipmentID]?
    package var reagents: [ReagentUse]?
    package var suitability: [ControlReading]?

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
        try site.requireRun(
            of: site.method(of: test, in: study), with: instruments, and: reagents,
            reading: suitability,
            on: month.flatMap { month in study.pulls.last { $0.month == month }?.sample },
            for: site.master(behind: study.subject), at: moment)
        let recorded = StudyResultRecorded(
            study: study.id, month: month, test: test, observation: observation,
            reference: reference, instruments: instruments, reagents: reagents,
            suitability: suitability)
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
    /// None in the first facts of this kind, and where nothing was named.
    package var instruments: [EquipmentID]?
    package var reagents: [ReagentUse]?
    package var suitability: [ControlReading]?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        let run = TestRun(instruments, reagents, suitability)
        site.studies[study]?.results.append(
            .init(
                month: month, test: test, observation: observation, reference: reference,
                stamp: stamp, run: run))
        site.book(run, of: test, on: study.naming(Thing.self), at: stamp)
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
        site.studies[study]?.results.invalidate(
            reference, of: test, .init(deviation: deviation, reason: reason, stamp: stamp)
        ) { $0.month == month }
    }
}

extension SiteState {
    /// The definition version behind what a study is about; `nil` for a change.
    func master(behind subject: ThingID) -> MasterRecord? {
        switch things[subject.text] {
        case .master: masters[subject.naming(MasterRecord.self)]
        case .batch: batches[subject.naming(Batch.self)].flatMap { masters[$0.master] }
        case .bank: banks[subject.naming(Bank.self)].flatMap { masters[$0.master] }
        default: nil
        }
    }

    /// The method a test of a study is done by: that of the line of a specification with its name,
    /// or the test itself.
    func method(of test: String, in study: Study) -> String {
        let lines = (master(behind: study.subject)?.specifications ?? []).flatMap(\.tests)
        return lines.first { $0.id == test }?.methodID ?? test
    }

    /// A study that is not concluded.
    func openStudy(_ id: StudyID) throws(Rejection) -> Study {
        let study = try study(id)
        guard study.conclusion == nil else {
            throw Rejection("study.concluded", "'\(id)' is concluded")
        }
        return study
    }
}
