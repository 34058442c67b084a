import Quantities

/// A value that is corrected, as it was and as it will be.
struct CorrectedValue {
    var entry: CorrectableEntry
    var field: String
    var old: String
    var new: String
}

/// What follows from a correction, worked out anew on the record as it will be.
///
/// `site` is as it stands, `next` as it will be with the corrected value. Nothing is taken back that an
/// event or a hold has said: quality closes those with the correction before it.
extension SiteState {
    func consequences(
        of change: CorrectedValue, in next: SiteState, at moment: Moment
    ) throws(Rejection) -> [any Fact] {
        var facts: [any Fact]
        switch change.entry {
        case .result(let batch, let index):
            facts = try afterResult(batch, index, change, in: next)
        case .count(let batch, let step, let index):
            facts = try afterCount(batch, step, index, in: next, at: moment)
        case .materialUse(let batch, let step, let index):
            facts = try afterUse(batch, step, index, in: next)
        case .split(let batch, let index):
            facts = try afterSplit(batch, index, in: next, at: moment)
        case .receipt(let lot): facts = try afterReceipt(lot, in: next)
        case .preparation(let lot): facts = try afterPreparation(lot, in: next)
        case .lotResult(let lot, let index):
            facts = try afterLotResult(lot, index, change, in: next)
        case .bankTest(let bank, let index):
            facts = try afterBankTest(bank, index, change, in: next)
        case .studyResult(let study, let index):
            facts = try afterStudyResult(study, index, change, in: next)
        case .donation(let donor, let index):
            facts = try afterDonation(donor, index, change, in: next)
        case .arrival(let shipment): facts = try afterArrival(shipment, in: next)
        case .adverseEvent(let patient, let index):
            facts = try afterAdverseEvent(patient, index, in: next, at: moment)
        case .visit, .outcome: facts = []
        }
        if let batch = change.entry.batch {
            facts += reopening(batch, because: change, after: facts)
        }
        return facts
    }

    /// The event of a batch that somebody answered for with the old value before their eyes.
    func reopening(
        _ id: BatchID, because change: CorrectedValue, after facts: [any Fact]
    ) -> [any Fact] {
        guard let batch = batches[id], batch.status.isAnsweredFor else { return [] }
        return [
            event(
                .entryCorrected, id,
                "\(change.entry.title), \(change.field) \(change.old), corrected to \(change.new) "
                    + "after the batch was \(batch.status.rawValue)",
                rule: "release-points", after: facts.count { $0 is DeviationOpened })
        ]
    }

    /// An event that a correction opens.
    ///
    /// - Parameters:
    ///   - subjects: what it is about besides the batch.
    ///   - count: how many the same correction has opened before.
    func event(
        _ cause: DeviationCause, _ batch: BatchID?, about subjects: [ThingID]? = nil,
        step: String? = nil, _ description: String, rule: String?, after count: Int
    ) -> DeviationOpened {
        DeviationOpened(
            deviation: nextDeviation(after: count), batch: batch, step: step, cause: cause,
            description: description, rule: rule, subjects: subjects)
    }

    // MARK: Material

    private func afterUse(
        _ id: BatchID, _ stepID: String, _ index: Int, in next: SiteState
    ) throws(Rejection) -> [any Fact] {
        guard let after = next.batches[id], let record = after.steps[stepID],
            let lot = next.lots[record.materials[index].lot]
        else { return [] }
        guard !lot.balances[lot.stockAccount].value.isNegative else {
            throw Rejection(
                "material.not-enough",
                "\(record.materials[index].quantity) of '\(lot.id)' are more than there were",
                help: "check the quantity and the lot")
        }
        guard record.completed != nil, let step = try stage(of: after).step(stepID) else {
            return []
        }
        let known = amountEvents(
            of: step, batches[id]?.steps[stepID] ?? record, in: after, after: 0)
        let descriptions = known.compactMap { ($0 as? DeviationOpened)?.description }
        var facts: [any Fact] = []
        for case let opened as DeviationOpened
            in next.amountEvents(of: step, record, in: after, after: 0)
        where !descriptions.contains(opened.description) {
            facts.append(
                event(
                    opened.cause, id, step: stepID, opened.description, rule: opened.rule,
                    after: facts.count))
        }
        return facts
    }

    // MARK: Transport and patients

    private func afterArrival(
        _ id: ShipmentID, in next: SiteState
    ) throws(Rejection) -> [any Fact] {
        let shipment = try next.shipment(id)
        guard let highest = shipment.highestTemperature,
            let range = try master(try order(shipment.order).definition).product.storageTemperature
        else { return [] }
        guard let isKept = try? range.contains(highest), !isKept else { return [] }
        return transportExcursion(
            of: shipment, because: "\(highest) by its corrected entry, limit \(range)")
    }
}
