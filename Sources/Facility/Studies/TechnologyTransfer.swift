/// A stage of the transfer of a process from a sending unit to this site.
///
/// Zhang & Stacey 2022, doi:10.1111/cpr.13203, Table 1: what is known is gathered and its gaps are
/// found; pilot batches make process and methods reliable; site and process are validated. A stage is
/// a study: its protocol sets the criteria before the first batch, and it opens when the one before
/// has met its own.
package enum TransferStage: String, Choice, Sendable, Hashable {
    case dueDiligence = "due-diligence"
    case pilot
    case validation

    /// The stage as people say it.
    package var title: String {
        switch self {
        case .dueDiligence: "due diligence and gap analysis"
        case .pilot: "pilot batches and methods"
        case .validation: "validation of site and process"
        }
    }

    /// The stage that has to be concluded first.
    package var before: TransferStage? {
        switch self {
        case .dueDiligence: nil
        case .pilot: .dueDiligence
        case .validation: .pilot
        }
    }
}

extension OpenStudy {
    /// Batches a protocol of a transfer may ask for.
    private static var batchesMax: Int { 100 }

    /// Refuses a stage of a transfer before the one before it was met, and a stage without a number of
    /// batches.
    func requireStage(on site: SiteState) throws(Rejection) {
        guard kind == .technologyTransfer else {
            guard stage == nil, batches == nil else {
                throw Rejection(
                    "study.no-stages",
                    "a \(kind.rawValue) study has no stage and assigns no batches",
                    help: "leave 'stage' and 'batches' out")
            }
            return
        }
        guard let stage else {
            throw Rejection(
                "study.stage-missing", "nothing says which stage of the transfer it is",
                help: "name it in 'stage': "
                    + TransferStage.allCases.map(\.rawValue).joined(separator: ", "))
        }
        // Due diligence may go by documents alone; what comes after goes by batches made here.
        let least = stage == .dueDiligence ? 0 : 1
        guard (least...Self.batchesMax).contains(batches ?? 0) else {
            throw Rejection(
                "study.batches",
                "\(batches ?? 0) batches, \(least) to \(Self.batchesMax) are meant",
                help: "enter in 'batches' how many the protocol asks for")
        }
        guard months.isEmpty else {
            throw Rejection(
                "study.schedule", "a stage of a transfer has no time points",
                help: "leave 'months' empty: its batches are assigned to it")
        }
        let product = try site.master(subject.naming(MasterRecord.self)).product.id
        guard let before = stage.before, !site.isConcluded(before, ofTransferOf: product) else {
            return
        }
        throw Rejection(
            "study.stage-before",
            "\(before.title) of '\(product)' is not concluded with its criteria met",
            help: "conclude it first: study.conclude", rule: "tt-stage-gate")
    }
}

/// Assigns a batch to a stage of a technology transfer, before anything of it is known.
package struct AssignBatch: Command {
    package static let name = "study.assign-batch"
    package static let summary = "Assign a batch to a stage of a technology transfer."
    package static let permission = Permission.openBatch
    package static let help = ["study": "the stage of the transfer", "batch": "which batch"]

    package var study: StudyID
    package var batch: BatchID

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let study = try site.openStudy(study)
        let batch = try site.batch(batch)
        guard study.stage != nil else {
            throw Rejection(
                "study.no-stages", "'\(study.id)' is a \(study.kind.rawValue) study",
                help: "name a stage of a technology transfer")
        }
        let product = try site.master(study.subject.naming(MasterRecord.self)).product.id
        guard try site.master(batch.master).product.id == product else {
            throw Rejection(
                "study.another-product", "'\(batch.id)' is no batch of '\(product)'",
                help: "assign a batch of the product that is transferred")
        }
        let other = site.studies.inOrder.first { $0.batches.contains(batch.id) }
        guard other == nil else {
            throw Rejection(
                "study.batch-assigned", "'\(batch.id)' is assigned to '\(other?.id.text ?? "")'",
                help: "a batch serves one stage")
        }
        let known = batch.results.map(\.stamp.entry).min() ?? .max
        guard known > study.opened.entry, batch.opened.entry > study.opened.entry else {
            throw Rejection(
                "study.batch-before-protocol",
                "'\(batch.id)' was opened before the protocol of '\(study.id)' was approved",
                help: "criteria are set before the batches are made: assign a later one",
                rule: "tt-stage-gate")
        }
        return [StudyBatchAssigned(study: study.id, batch: batch.id)]
    }
}

/// A batch was assigned to a stage of a transfer.
package struct StudyBatchAssigned: Fact {
    package static let kind = "study.batch-assigned/1"
    package var study: StudyID
    package var batch: BatchID

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.studies[study]?.batches.append(batch)
    }
}

extension SiteState {
    /// The stages of the transfer of a product that were opened, oldest first.
    package func transfer(of product: String) -> [Study] {
        studies.values.filter { study in
            study.stage != nil
                && masters[study.subject.naming(MasterRecord.self)]?.product.id == product
        }.sorted { $0.opened.entry < $1.opened.entry }
    }

    /// Whether a stage of the transfer of a product met its criteria.
    package func isConcluded(_ stage: TransferStage, ofTransferOf product: String) -> Bool {
        transfer(of: product).contains { $0.stage == stage && $0.conclusion?.isMet == true }
    }

    /// What is open of the transfer of a process to this site, in words; `nil` once its last stage is
    /// concluded, and for a process that is not transferred: no stage was opened here, and the
    /// definition tells of none where the rule binds.
    func openTransfer(of master: MasterRecord) -> String? {
        let product = master.product.id
        let isAsked = master.product.isTransferred == true && binds("tt-stage-gate", on: master)
        let stages = transfer(of: product)
        guard isAsked || !stages.isEmpty, !isConcluded(.validation, ofTransferOf: product) else {
            return nil
        }
        let underway = stages.filter { $0.conclusion == nil }.map { study in
            "\(study.id) has \(items(of: study).count(where: \.isOpen)) open items"
        }
        return (["transfer of '\(product)' without \(TransferStage.validation.title)"] + underway)
            .joined(separator: "; ")
    }

    /// Refuses a batch for patients while the process is being transferred to this site.
    func requireTransferred(for batch: Batch) throws(Rejection) {
        guard let open = openTransfer(of: try master(batch.master)) else { return }
        throw Rejection(
            "release.transfer-open", open,
            help: "conclude the stages first: study.open of kind "
                + "\(StudyKind.technologyTransfer.rawValue), study.answer-items, study.conclude",
            rule: "tt-stage-gate")
    }

    /// Whether a test of a stage is read off the results of its batches: where it is a line of the
    /// specification of the product.
    package func isJudgedByBatches(_ test: String, of study: Study) -> Bool {
        guard study.stage != nil, study.batchesPlanned ?? 0 > 0,
            let master = masters[study.subject.naming(MasterRecord.self)],
            let specification = master.product.specification.flatMap(master.specification)
        else { return false }
        return specification.test(test) != nil
    }

    /// Refuses to enter what is read off the batches.
    func requireByHand(_ test: String, of study: Study) throws(Rejection) {
        guard isJudgedByBatches(test, of: study) else { return }
        throw Rejection(
            "study.judged-by-batches", "'\(test)' is read off the results of the batches assigned",
            help: "record it for the batch: testing.record-result")
    }

    /// The batches that a stage of a transfer still waits for.
    func openBatches(of study: Study) -> [String] {
        let missing = (study.batchesPlanned ?? 0) - study.batches.count
        let unmade = study.batches.compactMap { batches[$0] }.filter { $0.status == .open }
        return (missing > 0 ? ["\(missing) more batches"] : [])
            + unmade.map { "the completion of \($0.id)" }
    }
}
