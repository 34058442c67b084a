import Guidance

/// What follows from a corrected result: one that fails after all opens the investigation, and one
/// that failed is not typed over.
extension SiteState {
    func afterResult(
        _ id: BatchID, _ index: Int, _ change: CorrectedValue, in next: SiteState
    ) throws(Rejection) -> [any Fact] {
        guard change.field != "reference", let result = batches[id]?.results[index],
            let corrected = next.batches[id]?.results[index],
            let test = try specification(for: try batch(id))?.test(result.test)
        else { return [] }
        let isMet = try test.criterion.isMet(by: result.observation)
        try requireTypedOver(result, of: id, passes: isMet, test.criterion)
        guard try test.criterion.isMet(by: corrected.observation) == false else { return [] }
        let failed = event(
            .outOfSpecification, id, step: result.test,
            "\(test.attribute): \(corrected.observation), criterion \(test.criterion), corrected from "
                + "\(result.observation)",
            rule: "release-all-pass", after: 0)
        return [failed]
            + HoldPlaced.facts(
                holding: inStock(try batch(id).outputs),
                reason: "corrected result outside the specification: \(result.test)", source: nil)
    }

    func afterLotResult(
        _ id: LotID, _ index: Int, _ change: CorrectedValue, in next: SiteState
    ) throws(Rejection) -> [any Fact] {
        guard change.field != "reference", let result = lots[id]?.results[index],
            let corrected = next.lots[id]?.results[index]
        else { return [] }
        try requireTypedOver(result, of: id, passes: result.passes, nil)
        guard !corrected.passes else { return [] }
        let failed = event(
            .outOfSpecification, nil, about: [id.naming(Thing.self)], step: result.test,
            "lot \(id), \(result.test): \(corrected.observation), which does not pass by its "
                + "corrected entry", rule: "release-all-pass", after: 0)
        // Batches that used the lot on the strength of the result are looked at as well.
        let used = Set((lots[id]?.uses ?? []).map(\.batch)).sorted()
        return [failed]
            + used.enumerated().map { offset, batch in
                event(
                    .materialUnfit, batch, about: [id.naming(Thing.self)],
                    "lot \(id) was used, and failed '\(result.test)' by its corrected entry",
                    rule: "material-released-at-use", after: 1 + offset)
            }
    }

    func afterBankTest(
        _ id: BankID, _ index: Int, _ change: CorrectedValue, in next: SiteState
    ) throws(Rejection) -> [any Fact] {
        guard change.field != "reference", let bank = banks[id], let after = next.banks[id],
            let test = BankTest.test(bank.tests[index].test)
        else { return [] }
        let (result, corrected) = (bank.tests[index], after.tests[index])
        let asked = criterion(of: test, for: bank)
        // Throws for a number in a unit the criterion does not have.
        _ = try asked?.isMet(by: corrected.observation)
        try requireTypedOver(result, of: id, passes: verdict(on: result, of: bank), asked)
        guard next.verdict(on: corrected, of: after) == false else { return [] }
        return [
            event(
                .outOfSpecification, nil, about: [id.naming(Thing.self)], step: result.test,
                "bank \(id), \(test.title): \(corrected.observation)"
                    + (asked.map { ", criterion \($0)" } ?? ", which does not pass")
                    + ", by its corrected entry",
                rule: test.rule ?? "bank-released-before-use", after: 0)
        ]
    }

    func afterStudyResult(
        _ id: StudyID, _ index: Int, _ change: CorrectedValue, in next: SiteState
    ) throws(Rejection) -> [any Fact] {
        guard change.field != "reference", let study = studies[id],
            let corrected = next.studies[id]?.results[index]
        else { return [] }
        let result = study.results[index]
        let asked = study.tests.first { $0.test == result.test }?.criterion
        try requireTypedOver(
            result, of: id, passes: try asked?.isMet(by: result.observation), asked)
        var facts: [any Fact] = []
        if let asked, try asked.isMet(by: corrected.observation) == false {
            facts.append(
                event(
                    .studyCriterionNotMet, batches[study.subject.naming(Batch.self)]?.id,
                    about: [id.naming(Thing.self)], step: result.test,
                    "study \(id) of \(study.subject): \(result.test) \(corrected.observation), "
                        + "criterion \(asked), by its corrected entry",
                    rule: study.kind == .comparability ? "comparability-equivalence" : nil,
                    after: 0))
        }
        // Somebody concluded it with the old value before their eyes.
        if study.conclusion != nil {
            facts.append(
                event(
                    .entryCorrected, nil, about: [id.naming(Thing.self)], step: result.test,
                    "\(result.test) \(change.old), corrected to \(change.new) after study \(id) "
                        + "was concluded", rule: nil, after: facts.count))
        }
        return facts
    }

    /// Refuses to type over a result that does not count, and one that failed: also a slip of the pen
    /// is found by the laboratory phase (FDA guidance on out-of-specification results, III).
    private func requireTypedOver(
        _ result: some InvestigatedResult, of thing: some CustomStringConvertible, passes: Bool?,
        _ criterion: Criterion?
    ) throws(Rejection) {
        guard result.isInForce else {
            throw Rejection(
                "entry.invalidated", "the result of '\(result.test)' was invalidated",
                help: "correct the result that is in force")
        }
        guard passes != false else {
            throw Rejection(
                "testing.result-fails",
                "'\(result.test)' of '\(thing)' is \(result.observation)"
                    + (criterion.map { ", criterion \($0)" } ?? ""),
                help: "record the error as its cause: oos.record-laboratory-phase, then "
                    + "oos.invalidate-result and the right result", rule: "release-all-pass")
        }
    }
}
