package import Ledger

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
        let open = site.openTests(of: study)
        guard open.isEmpty || isStopped == true else {
            throw Rejection(
                "study.incomplete",
                "'\(study.id)' lacks \(open.count) results: "
                    + open.prefix(5).joined(separator: ", ") + (open.count > 5 ? ", …" : ""),
                help: "record them first: study.record-result; or end it with 'isStopped'")
        }
        if isStopped != true {
            try site.requireItemsAnswered(of: study)
            try site.requireVerified(
                study.id.naming(Thing.self), of: site.master(behind: study.subject))
        }
        let failed = try site.failedCriteria(of: study)
        let isMet = open.isEmpty && isStopped != true && failed.isEmpty
        let concluded = StudyConcluded(study: study.id, isMet: isMet, summary: summary)
        // What failed in a study by hand opened its event when it was recorded.
        guard let stage = study.stage, !failed.isEmpty else { return [concluded] }
        return [
            concluded,
            DeviationOpened(
                deviation: site.nextDeviation(), batch: nil, step: nil,
                cause: .studyCriterionNotMet,
                description: "\(stage.title) of the transfer, study \(study.id): "
                    + failed.joined(separator: "; "),
                rule: "tt-stage-gate", subjects: [study.id.naming(Thing.self)]),
        ]
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
    /// Tests without a result that counts, with their time points or batches.
    func openTests(of study: Study) -> [String] {
        guard !study.tests.isEmpty else { return ["every test: no criterion was entered"] }
        let points: [Int?] = study.months.isEmpty ? [nil] : study.months
        var open = openBatches(of: study)
        for test in study.tests {
            if isJudgedByBatches(test.test, of: study) {
                open += study.batches.compactMap { batches[$0] }.filter {
                    $0.results.inForce(of: test.test) == nil
                        && ![.aborted, .rejected].contains($0.status)
                }.map { "\(test.test) of \($0.id)" }
            } else {
                open += points.filter { month in
                    !study.resultsInForce.contains { $0.test == test.test && $0.month == month }
                }.map { test.test + ($0.map { " at \($0) months" } ?? "") }
            }
        }
        return open
    }

    /// The criteria of `study` that a result that counts does not meet.
    func failedCriteria(of study: Study) throws(Rejection) -> [String] {
        var failed = study.batches.compactMap { batches[$0] }.filter(\.status.isLost)
            .map { "\($0.id) is \($0.status.rawValue)" }
        for test in study.tests {
            if isJudgedByBatches(test.test, of: study) {
                for batch in study.batches.compactMap({ batches[$0] }) {
                    guard let found = batch.results.inForce(of: test.test)?.observation,
                        try test.criterion.isMet(by: found) == false
                    else { continue }
                    failed.append(
                        "\(test.test) of \(batch.id) \(found), criterion \(test.criterion)")
                }
            } else {
                for result in study.resultsInForce where result.test == test.test {
                    guard ((try? test.criterion.isMet(by: result.observation)) ?? nil) == false
                    else {
                        continue
                    }
                    failed.append("\(test.test) \(result.observation), criterion \(test.criterion)")
                }
            }
        }
        for result in study.resultsInForce
        where !study.tests.contains(where: { $0.test == result.test }) {
            failed.append("\(result.test) has no criterion")
        }
        return failed
    }
}
