package import Ledger

/// The labels of a batch: every one issued is used or destroyed.
package struct LabelAccount: Sendable, Hashable, Codable {
    package var issued = 0
    package var used = 0
    package var destroyed = 0
    package var reconciled: Stamp?

    /// Labels that are neither used nor destroyed.
    package var difference: Int { issued - used - destroyed }
}

/// Issues labels for a batch.
package struct IssueLabels: Command {
    package static let name = "label.issue"
    package static let summary = "Issue labels for the containers of a batch."
    package static let permission = Permission.openBatch
    package static let help = ["batch": "which batch", "count": "how many labels"]

    package var batch: BatchID
    package var count: Int

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let batch = try site.executing(batch)
        guard (1...10_000).contains(count) else {
            throw Rejection("label.count", "\(count) labels, between 1 and 10,000 are meant")
        }
        guard batch.labels?.reconciled == nil else {
            throw Rejection("label.reconciled", "the labels of '\(batch.id)' are reconciled")
        }
        return [LabelsIssued(batch: batch.id, count: count)]
    }
}

/// Labels were issued.
package struct LabelsIssued: Fact {
    package static let kind = "label.issued/1"
    package var batch: BatchID
    package var count: Int

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        var labels = site.batches[batch]?.labels ?? LabelAccount()
        labels.issued += count
        site.batches[batch]?.labels = labels
    }
}

/// Reconciles the labels of a batch.
package struct ReconcileLabels: Command {
    package static let name = "label.reconcile"
    package static let summary = "Account for every label of a batch: used or destroyed."
    package static let permission = Permission.openBatch
    package static let signature: SignatureMeaning? = .performed
    package static let help = [
        "batch": "which batch", "used": "labels on containers and records",
        "destroyed": "labels destroyed",
    ]

    package var batch: BatchID
    package var used: Int
    package var destroyed: Int

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let batch = try site.executing(batch)
        guard let labels = batch.labels else {
            throw Rejection("label.none-issued", "no labels were issued for '\(batch.id)'")
        }
        guard labels.reconciled == nil else {
            throw Rejection("label.reconciled", "the labels of '\(batch.id)' are reconciled")
        }
        guard used >= batch.outputs.count else {
            throw Rejection(
                "label.fewer-than-containers",
                "\(used) labels used, \(batch.outputs.count) containers filled",
                help: "count again")
        }
        return [LabelsReconciled(batch: batch.id, used: used, destroyed: destroyed)]
    }
}

/// The labels of a batch were accounted for.
package struct LabelsReconciled: Fact {
    package static let kind = "label.reconciled/1"
    package var batch: BatchID
    package var used: Int
    package var destroyed: Int

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.batches[batch]?.labels?.used = used
        site.batches[batch]?.labels?.destroyed = destroyed
        site.batches[batch]?.labels?.reconciled = stamp
    }
}
