package import Ledger

/// The labels of a batch: every one issued or printed again is used or destroyed.
package struct LabelAccount: Sendable, Hashable, Codable {
    /// Every issue, oldest first, reprints among them.
    package var issues: [LabelIssue] = []
    package var used = 0
    package var destroyed = 0
    package var reconciled: Stamp?

    /// Labels issued the first time.
    package var issued: Int { issues.filter { $0.reprint == nil }.map(\.count).reduce(0, +) }

    /// Labels printed again.
    package var reprinted: Int { issues.filter { $0.reprint != nil }.map(\.count).reduce(0, +) }

    /// Labels that are neither used nor destroyed.
    package var difference: Int { issued + reprinted - used - destroyed }
}

/// Labels that were issued together.
package struct LabelIssue: Sendable, Hashable, Codable {
    package var count: Int
    /// What was printed again and why; `nil` for a first issue.
    package var reprint: Reprint?
    package var stamp: Stamp

    /// A second print of labels.
    package struct Reprint: Sendable, Hashable, Codable {
        package var containers: [ContainerID]
        package var reason: String
    }
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
        site.addLabels(LabelIssue(count: count, reprint: nil, stamp: stamp), of: batch)
    }
}

/// Prints labels again, because those issued are spoiled or illegible.
package struct ReprintLabels: Command {
    package static let name = "label.reprint"
    package static let summary = "Print labels of a batch again, with the reason."
    package static let permission = Permission.openBatch
    package static let signature: SignatureMeaning? = .performed
    package static let help = [
        "batch": "which batch", "containers": "the containers whose labels are printed again",
        "reason": "why: spoiled in printing, illegible, torn",
    ]

    package var batch: BatchID
    package var containers: [ContainerID]
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let batch = try site.executing(batch)
        try requireText(reason, "reason")
        guard let labels = batch.labels, labels.issued > 0 else {
            throw Rejection(
                "label.none-issued", "no labels were issued for '\(batch.id)'",
                help: "issue them first: label.issue")
        }
        guard labels.reconciled == nil else {
            throw Rejection("label.reconciled", "the labels of '\(batch.id)' are reconciled")
        }
        guard (1...Self.containersMax).contains(containers.count),
            Set(containers).count == containers.count
        else {
            throw Rejection(
                "label.count",
                "\(containers.count) containers, between 1 and \(Self.containersMax) different "
                    + "ones are meant")
        }
        let known = Set(site.labelledContainers(of: batch))
        if let stranger = containers.first(where: { !known.contains($0) }) {
            throw Rejection(
                "label.another-batch", "no label of '\(stranger)' was issued for '\(batch.id)'",
                help: didYouMean(stranger.text, among: known.map(\.text)))
        }
        return [LabelsReprinted(batch: batch.id, containers: containers, reason: reason)]
    }

    /// Labels of one reprint: more at once is another issue, and fits an entry.
    package static let containersMax = 500
}

/// Labels were printed again.
package struct LabelsReprinted: Fact {
    package static let kind = "label.reprinted/1"
    package var batch: BatchID
    package var containers: [ContainerID]
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.addLabels(
            LabelIssue(
                count: containers.count, reprint: .init(containers: containers, reason: reason),
                stamp: stamp), of: batch)
    }
}

extension SiteState {
    fileprivate mutating func addLabels(_ issue: LabelIssue, of batch: BatchID) {
        var labels = batches[batch]?.labels ?? LabelAccount()
        labels.issues.append(issue)
        batches[batch]?.labels = labels
    }

    /// The containers the labels of a batch are for: those filled, and before the fill those that
    /// a product batch will number. A bank names its vials only when it is filled.
    package func labelledContainers(of batch: Batch) -> [ContainerID] {
        guard batch.outputs.isEmpty else { return batch.outputs }
        guard case .product? = (try? stage(of: batch))?.output, let labels = batch.labels,
            labels.issued > 0
        else { return [] }
        return (1...min(labels.issued, FillContainers.maximumCount)).compactMap {
            ContainerID("\(batch.id)-\(padded($0, to: 3))")
        }
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
