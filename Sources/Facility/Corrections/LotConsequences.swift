import Quantities

/// What follows from a corrected lot: its receipt, its preparation, or a result of testing it.
extension SiteState {
    /// Uses and tests that the corrected expiry has before them, and lots made of it that keep longer.
    func afterReceipt(_ id: LotID, in next: SiteState) throws(Rejection) -> [any Fact] {
        let lot = try next.lot(id)
        var facts: [any Fact] = []
        let late = Set(lot.uses.filter { $0.stamp.happened.date > lot.expiry }.map(\.batch))
        for batch in late.sorted() {
            facts.append(
                event(
                    .materialUnfit, batch, about: [id.naming(Thing.self)],
                    "lot \(id) expired on \(lot.expiry) by its corrected entry, before its use",
                    rule: "material-released-at-use", after: facts.count))
        }
        let tested = Set(lot.tests.filter { $0.stamp.happened.date > lot.expiry }.map(\.subject))
        for subject in tested.sorted() {
            let batch = things[subject.text] == .batch ? subject.naming(Batch.self) : nil
            facts.append(
                event(
                    .materialUnfit, batch,
                    about: (batch == nil ? [subject] : []) + [id.naming(Thing.self)],
                    "reagent \(id) expired on \(lot.expiry) by its corrected entry, before it was "
                        + "used in tests of \(subject)",
                    rule: "material-released-at-use", after: facts.count))
        }
        return facts + outlived(lot, in: next, after: facts.count)
    }

    /// The event of lots that were made of `lot` and keep longer than it does.
    private func outlived(_ lot: Lot, in next: SiteState, after count: Int) -> [any Fact] {
        let made = Set(lot.preparations.map(\.into)).sorted().filter {
            next.lots[$0].map { $0.expiry > lot.expiry } ?? false
        }
        guard !made.isEmpty else { return [] }
        return [
            event(
                .materialUnfit, nil, about: made.map { $0.naming(Thing.self) },
                "lot \(lot.id) expires on \(lot.expiry) by its corrected entry, before what was made "
                    + "of it", rule: "material-released-at-use", after: count)
        ]
    }

    /// A lot that was made here keeps no longer than what is in it and than the definition says.
    func afterPreparation(_ id: LotID, in next: SiteState) throws(Rejection) -> [any Fact] {
        let lot = try next.lot(id)
        let ingredients = (lot.preparation?.ingredients ?? []).compactMap { lots[$0.lot] }
        try requireExpiry(
            lot.expiry, preparation(of: lot.material), ingredients,
            madeOn: lot.arrived.happened.date)
        return try afterReceipt(id, in: next)
    }

    /// A result that fails after all opens the investigation; one that failed is not typed over.
    func afterLotResult(
        _ id: LotID, _ index: Int, _ change: CorrectedValue, in next: SiteState
    ) throws(Rejection) -> [any Fact] {
        guard change.field != "reference", let result = lots[id]?.results[index],
            let corrected = next.lots[id]?.results[index]
        else { return [] }
        guard result.isInForce else {
            throw Rejection(
                "entry.invalidated", "the result of '\(result.test)' was invalidated",
                help: "correct the result that is in force")
        }
        guard result.passes else {
            throw Rejection(
                "testing.result-fails", "'\(result.test)' of '\(id)' is \(result.observation)",
                help: "record the error as its cause: oos.record-laboratory-phase, then "
                    + "oos.invalidate-result and the right result", rule: "release-all-pass")
        }
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
}
