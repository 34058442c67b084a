/// An entry that may be corrected, by what it recorded.
enum CorrectableEntry {
    case result(BatchID, Int)
    case count(BatchID, step: String, Int)
    case materialUse(BatchID, step: String, Int)
    case split(BatchID, Int)
    case receipt(LotID)
    case preparation(LotID)
    case lotResult(LotID, Int)
    case bankTest(BankID, Int)
    case studyResult(StudyID, Int)
    case donation(DonorID, Int)
    case arrival(ShipmentID)
    case adverseEvent(PatientID, Int)
    case visit(PatientID, Int)
    case outcome(PatientID, Int)

    /// What it is, for messages.
    var title: String {
        switch self {
        case .result(let batch, _): "the test result of '\(batch)'"
        case .count(let batch, let step, _): "the count in step '\(step)' of '\(batch)'"
        case .materialUse(let batch, let step, _):
            "the use of material in step '\(step)' of '\(batch)'"
        case .split(let batch, _): "the split of '\(batch)'"
        case .receipt(let lot): "the receipt of '\(lot)'"
        case .preparation(let lot): "the preparation of '\(lot)'"
        case .lotResult(let lot, _): "the test result of '\(lot)'"
        case .bankTest(let bank, _): "the test result of '\(bank)'"
        case .studyResult(let study, _): "the result of '\(study)'"
        case .donation(let donor, _): "the donation of '\(donor)'"
        case .arrival(let shipment): "the arrival of '\(shipment)'"
        case .adverseEvent(let patient, _): "the adverse event of '\(patient)'"
        case .visit(let patient, _): "the follow-up visit of '\(patient)'"
        case .outcome(let patient, _): "the outcome of '\(patient)'"
        }
    }

    /// What one has to be allowed to correct it: the same as to make it.
    var permission: Permission {
        switch self {
        case .result, .lotResult, .bankTest, .studyResult: .test
        case .count, .materialUse, .preparation: .execute
        case .split: .openBatch
        case .receipt, .donation: .receive
        case .arrival, .adverseEvent, .visit, .outcome: .distribute
        }
    }

    /// The batch whose record it stands in.
    var batch: BatchID? {
        switch self {
        case .result(let batch, _), .count(let batch, _, _), .materialUse(let batch, _, _),
            .split(let batch, _):
            batch
        case .receipt, .preparation, .lotResult, .bankTest, .studyResult, .donation, .arrival,
            .adverseEvent, .visit, .outcome:
            nil
        }
    }
}

extension SiteState {
    /// The entry `entry` of the ledger, when it recorded something of `thing` that is corrected.
    func correctableEntry(
        _ entry: UInt64, of thing: ThingID
    ) throws(Rejection) -> CorrectableEntry {
        let found: CorrectableEntry?
        switch things[thing.text] {
        case .batch: found = try entryOfBatch(entry, thing.naming(Batch.self))
        case .lot:
            let lot = try lot(thing.naming(Lot.self))
            found =
                lot.arrived.entry == entry
                ? (lot.preparation == nil ? .receipt(lot.id) : .preparation(lot.id))
                : lot.results.firstIndex { $0.stamp.entry == entry }
                    .map { .lotResult(lot.id, $0) }
        case .bank:
            let bank = try bank(thing.naming(Bank.self))
            found = bank.tests.firstIndex { $0.stamp.entry == entry }
                .map { .bankTest(bank.id, $0) }
        case .study:
            let study = try study(thing.naming(Study.self))
            found = study.results.firstIndex { $0.stamp.entry == entry }
                .map { .studyResult(study.id, $0) }
        case .donor:
            let donor = try donor(thing.naming(Donor.self))
            found = donor.donations.firstIndex {
                containers[$0.container]?.created.entry == entry
            }.map { .donation(donor.id, $0) }
        case .shipment:
            let shipment = try shipment(thing.naming(Shipment.self))
            found = shipment.received?.entry == entry ? .arrival(shipment.id) : nil
        case .patient: found = try entryOfPatient(entry, thing.naming(Patient.self))
        case let other:
            throw Rejection(
                "entry.nothing-to-correct",
                "'\(thing)' is \(other.map { "a \($0.rawValue)" } ?? "unknown"), of which no entry "
                    + "is corrected so",
                help: "name a batch, lot, bank, study, shipment, patient or donor")
        }
        if let found { return found }
        throw Rejection(
            "entry.not-found", "entry \(entry) recorded nothing of '\(thing)' that is corrected",
            help:
                "the history of '\(thing)' has the numbers of its entries; a process parameter is "
                + "corrected with batch.correct-parameter")
    }

    /// The batches in whose record `entry` of `thing` stands: what was recorded before a
    /// batch was split is the record of each part.
    func records(of entry: UInt64, of thing: ThingID) -> [ThingID] {
        guard things[thing.text] == .batch else { return [thing] }
        let parts = parts(of: thing.naming(Batch.self)).filter { part in
            (try? entryOfBatch(entry, part)) != nil
        }
        return [thing] + parts.map { $0.naming(Thing.self) }
    }

    private func entryOfBatch(
        _ entry: UInt64, _ id: BatchID
    ) throws(Rejection) -> CorrectableEntry? {
        let batch = try batch(id)
        if let index = batch.results.firstIndex(where: { $0.stamp.entry == entry }) {
            return .result(id, index)
        }
        if let index = batch.partings.firstIndex(where: { $0.stamp.entry == entry }) {
            return .split(id, index)
        }
        for step in batch.steps.keys.sorted() {
            guard let record = batch.steps[step] else { continue }
            if let index = record.counts.firstIndex(where: { $0.stamp.entry == entry }) {
                return .count(id, step: step, index)
            }
            if let index = record.materials.firstIndex(where: { $0.stamp.entry == entry }) {
                return .materialUse(id, step: step, index)
            }
        }
        return nil
    }

    private func entryOfPatient(
        _ entry: UInt64, _ id: PatientID
    ) throws(Rejection) -> CorrectableEntry? {
        let patient = try patient(id)
        if let index = patient.events.firstIndex(where: { $0.stamp.entry == entry }) {
            return .adverseEvent(id, index)
        }
        if let index = patient.followUp.firstIndex(where: { $0.recorded?.entry == entry }) {
            return .visit(id, index)
        }
        return patient.outcomes.firstIndex { $0.stamp.entry == entry }.map { .outcome(id, $0) }
    }
}
