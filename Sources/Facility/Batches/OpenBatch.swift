/// Opens a batch: one execution of a stage of an approved definition version.
package struct OpenBatch: Command {
    package static let name = "batch.open"
    package static let summary = "Open a batch of a stage of an approved definition version."
    package static let permission = Permission.openBatch
    package static let help = [
        "batch": "the batch number, as it stands on labels",
        "definition": "the approved definition version", "stage": "the stage to execute",
    ]

    package var batch: BatchID
    package var definition: MasterRecordID
    package var stage: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(batch)
        let master = try site.master(definition)
        guard master.approved != nil else {
            throw Rejection(
                "batch.definition-not-approved", "'\(master.id)' is not approved",
                help: "a QA reviewer approves it first", rule: "batch-version-authorised")
        }
        try master.requireInUse()
        guard let stage = master.stage(stage) else {
            throw Rejection(
                "batch.stage-unknown", "'\(master.id)' has no stage '\(self.stage)'",
                help: didYouMean(self.stage, among: master.stages.map(\.id)))
        }
        if site.binds("production-qc-separate", on: master) { try site.requireHeads() }
        return [BatchOpened(batch: batch, definition: master.id, stage: stage.id)]
    }
}

/// A batch was opened.
package struct BatchOpened: Fact {
    package static let kind = "batch.opened/1"
    package var batch: BatchID
    package var definition: MasterRecordID
    package var stage: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[batch.text] = .batch
        site.batches[batch] = Batch(
            id: batch, master: definition, stage: stage, opened: stamp, status: .open)
    }
}
