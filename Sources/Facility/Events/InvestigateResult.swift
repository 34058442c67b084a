package import Ledger

// A result outside the specification is investigated in two phases (FDA guidance "Investigating
// Out-of-Specification Test Results for Pharmaceutical Production", revision 1, 2022, III and IV):
// first the laboratory, then production. Only a cause found in the laboratory invalidates it.

/// What the laboratory found: phase I.
package struct LaboratoryPhase: Sendable, Hashable, Codable {
    package var assignableCause: Bool
    package var evidence: String
    package var stamp: Stamp
}

/// What the review of production found: phase II.
package struct FullPhase: Sendable, Hashable, Codable {
    package var review: String
    package var conclusion: String
    package var stamp: Stamp
}

/// Records phase I: whether the laboratory itself caused the result.
package struct RecordLaboratoryPhase: Command {
    package static let name = "oos.record-laboratory-phase"
    package static let summary =
        "Record whether the laboratory itself caused an out-of-specification result."
    package static let permission = Permission.test
    package static let signature: SignatureMeaning? = .reviewed
    package static let help = [
        "deviation": "the deviation the result opened",
        "assignableCause": "true when an error of the laboratory explains the result",
        "evidence": "what was examined and found: analyst, instrument, standard, sample",
    ]

    package var deviation: DeviationID
    package var assignableCause: Bool
    package var evidence: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let deviation = try site.openInvestigation(deviation)
        try requireText(evidence, "evidence")
        guard deviation.laboratoryPhase == nil else {
            throw Rejection(
                "oos.laboratory-phase-recorded", "phase I of '\(deviation.id)' is recorded")
        }
        return [
            LaboratoryPhaseRecorded(
                deviation: deviation.id, assignableCause: assignableCause, evidence: evidence)
        ]
    }
}

/// Phase I of an investigation was recorded.
package struct LaboratoryPhaseRecorded: Fact {
    package static let kind = "oos.laboratory-phase-recorded/1"
    package var deviation: DeviationID
    package var assignableCause: Bool
    package var evidence: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.deviations[deviation]?.laboratoryPhase = LaboratoryPhase(
            assignableCause: assignableCause, evidence: evidence, stamp: stamp)
    }
}

/// Invalidates the result, so that the test may be repeated: quality alone.
package struct InvalidateResult: Command {
    package static let name = "oos.invalidate-result"
    package static let summary =
        "Invalidate a result that the laboratory caused; the test may then be repeated."
    package static let permission = Permission.closeDeviation
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "deviation": "the deviation the result opened", "reason": "why the result is not valid",
    ]

    package var deviation: DeviationID
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let deviation = try site.openInvestigation(deviation)
        try requireText(reason, "reason")
        guard deviation.laboratoryPhase?.assignableCause == true else {
            throw Rejection(
                "oos.no-assignable-cause",
                "no cause in the laboratory is recorded for '\(deviation.id)'",
                help: "a result stands unless the laboratory caused it", rule: "release-all-pass")
        }
        if deviation.cause == .outOfSpecification, let batch = deviation.batch,
            let result = site.investigatedResult(of: deviation),
            result.isInForce
        {
            return [
                ResultInvalidated(
                    batch: batch, test: result.test, reference: result.reference,
                    deviation: deviation.id, reason: reason)
            ]
        }
        if let (bank, result) = site.investigatedBankTest(of: deviation), result.isInForce {
            return [
                BankTestInvalidated(
                    bank: bank, test: result.test, reference: result.reference,
                    deviation: deviation.id, reason: reason)
            ]
        }
        if let (lot, result) = site.investigatedLotResult(of: deviation), result.isInForce {
            return [
                MaterialTestInvalidated(
                    lot: lot, test: result.test, reference: result.reference,
                    deviation: deviation.id, reason: reason)
            ]
        }
        if let (study, result) = site.investigatedStudyResult(of: deviation),
            result.isInForce
        {
            _ = try site.openStudy(study)
            return [
                StudyResultInvalidated(
                    study: study, month: result.month, test: result.test,
                    reference: result.reference, deviation: deviation.id, reason: reason)
            ]
        }
        throw Rejection("oos.no-result", "'\(deviation.id)' has no result that is in force")
    }
}

/// A result was invalidated.
package struct ResultInvalidated: Fact {
    package static let kind = "testing.result-invalidated/1"
    package var batch: BatchID
    package var test: String
    package var reference: String
    package var deviation: DeviationID
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.batches[batch]?.results.invalidate(
            reference, of: test, .init(deviation: deviation, reason: reason, stamp: stamp))
    }
}

/// A result of the bank test matrix was invalidated.
package struct BankTestInvalidated: Fact {
    package static let kind = "bank.test-invalidated/1"
    package var bank: BankID
    package var test: String
    package var reference: String
    package var deviation: DeviationID
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.banks[bank]?.tests.invalidate(
            reference, of: test, .init(deviation: deviation, reason: reason, stamp: stamp))
    }
}

/// Records phase II: what the review of production found.
package struct RecordFullPhase: Command {
    package static let name = "oos.record-full-phase"
    package static let summary =
        "Record what the review of production found for an out-of-specification result."
    package static let permission = Permission.closeDeviation
    package static let signature: SignatureMeaning? = .reviewed
    package static let help = [
        "deviation": "the deviation the result opened",
        "review": "what of production, materials and earlier batches was examined",
        "conclusion": "why the result was outside the specification",
    ]

    package var deviation: DeviationID
    package var review: String
    package var conclusion: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let deviation = try site.openInvestigation(deviation)
        try requireText(review, "review")
        try requireText(conclusion, "conclusion")
        guard deviation.laboratoryPhase != nil else {
            throw Rejection(
                "oos.laboratory-phase-missing", "phase I of '\(deviation.id)' is not recorded",
                help: "the laboratory comes first: oos.record-laboratory-phase")
        }
        return [
            FullPhaseRecorded(deviation: deviation.id, review: review, conclusion: conclusion)
        ]
    }
}

/// Phase II of an investigation was recorded.
package struct FullPhaseRecorded: Fact {
    package static let kind = "oos.full-phase-recorded/1"
    package var deviation: DeviationID
    package var review: String
    package var conclusion: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.deviations[deviation]?.fullPhase = FullPhase(
            review: review, conclusion: conclusion, stamp: stamp)
    }
}

extension SiteState {
    /// The result that opened `deviation`.
    package func investigatedResult(of deviation: Deviation) -> TestResult? {
        guard deviation.cause == .outOfSpecification, let batch = deviation.batch,
            let test = deviation.step
        else { return nil }
        return batches[batch]?.results.last(of: test, before: deviation.opened.entry)
    }

    /// The result of the bank test matrix that opened `deviation`, and the bank.
    package func investigatedBankTest(
        of deviation: Deviation
    ) -> (bank: BankID, result: BankTestResult)? {
        guard deviation.cause == .outOfSpecification, deviation.batch == nil,
            let test = deviation.step,
            let bank = deviation.subjects.first.flatMap({ banks[$0.naming(Bank.self)] }),
            let result = bank.tests.last(of: test, before: deviation.opened.entry)
        else { return nil }
        return (bank.id, result)
    }

    /// The result of testing a lot that opened `deviation`, and the lot.
    package func investigatedLotResult(
        of deviation: Deviation
    ) -> (lot: LotID, result: LotResult)? {
        guard deviation.cause == .outOfSpecification, deviation.batch == nil,
            let test = deviation.step,
            let lot = deviation.subjects.first.flatMap({ lots[$0.naming(Lot.self)] }),
            let result = lot.results.last(of: test, before: deviation.opened.entry)
        else { return nil }
        return (lot.id, result)
    }

    /// The result of a study that opened `deviation`, and the study.
    package func investigatedStudyResult(
        of deviation: Deviation
    ) -> (study: StudyID, result: Study.Result)? {
        guard deviation.cause == .studyCriterionNotMet, let test = deviation.step,
            let study = deviation.subjects.lazy.compactMap({
                studies[$0.naming(Study.self)]
            }).first,
            let result = study.results.last(of: test, before: deviation.opened.entry)
        else { return nil }
        return (study.id, result)
    }

    /// Whether a result opened `deviation` that is investigated in two phases.
    package func isInvestigated(_ deviation: Deviation) -> Bool {
        deviation.cause == .outOfSpecification || investigatedStudyResult(of: deviation) != nil
    }

    /// The result that opened `deviation`, of a batch, a bank, a lot or a study.
    package func result(behind deviation: Deviation) -> (any InvestigatedResult)? {
        if let result = investigatedResult(of: deviation) { return result }
        if let found = investigatedBankTest(of: deviation) { return found.result }
        if let found = investigatedLotResult(of: deviation) { return found.result }
        return investigatedStudyResult(of: deviation)?.result
    }

    /// True when the result that opened `deviation` was invalidated.
    func isResultInvalidated(of deviation: Deviation) -> Bool {
        result(behind: deviation)?.invalidated != nil
    }

    fileprivate func openInvestigation(_ id: DeviationID) throws(Rejection) -> Deviation {
        let deviation = try openDeviation(id)
        guard isInvestigated(deviation) else {
            throw Rejection(
                "oos.another-cause", "'\(id)' is \(deviation.cause.rawValue)",
                help: "a result outside the specification or the criterion of a study is "
                    + "investigated so")
        }
        return deviation
    }
}
