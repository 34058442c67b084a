package import Ledger

/// Ends the execution of a batch: every step is completed and verified.
package struct CompleteBatch: Command {
    package static let name = "batch.complete"
    package static let summary = "End the execution of a batch: every step is done."
    package static let permission = Permission.openBatch
    package static let signature: SignatureMeaning? = .performed
    package static let help = ["batch": "which batch"]

    package var batch: BatchID

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let batch = try site.executing(batch)
        for step in try site.stage(of: batch).steps {
            guard let record = batch.steps[step.id], record.completed != nil,
                record.verified != nil || !step.needsVerification
            else {
                throw Rejection(
                    "batch.step-open", "step '\(step.id)' is not completed and verified",
                    help: "complete it first", rule: "batch-record-complete")
            }
        }
        guard !batch.outputs.isEmpty else {
            throw Rejection("batch.nothing-filled", "'\(batch.id)' gave no container")
        }
        if let labels = batch.labels, labels.reconciled == nil {
            throw Rejection(
                "label.not-reconciled",
                "\(labels.issued + labels.reprinted) labels of '\(batch.id)' are not reconciled",
                help: "account for them first: label.reconcile", rule: "batch-record-complete")
        }
        if site.binds("glove-integrity", on: batch) {
            try site.requireGlovesTestedAfterUse(by: batch)
        }
        return [BatchCompleted(batch: batch.id)] + (try site.samplingEvent(of: batch))
    }
}

/// The execution of a batch ended.
package struct BatchCompleted: Fact {
    package static let kind = "batch.completed/1"
    package var batch: BatchID

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.batches[batch]?.status = .completed
        site.batches[batch]?.completed = stamp
    }
}
