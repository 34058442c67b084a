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
}
