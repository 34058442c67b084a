package import Ledger
import Quantities

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
    /// The day of the fill that the expiry on them was worked out from; `nil` for labels that carry
    /// the expiry of their containers, or none.
    package var fillOn: CalendarDate?
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
///
/// Labels of doses carry an expiry (Regulation (EC) 1394/2007, Annex III), which is counted from the
/// fill. Vials are labelled before they are filled, because nothing sticks to them afterwards: such
/// labels are issued for a fill on a day, and a fill on another day opens an event.
package struct IssueLabels: Command {
    package static let name = "label.issue"
    package static let summary = "Issue labels for the containers of a batch."
    package static let permission = Permission.openBatch
    package static let help = [
        "batch": "which batch", "count": "how many labels",
        "fillOn": "the day of the fill, for labels of doses that are printed before it",
    ]

    package var batch: BatchID
    package var count: Int
    package var fillOn: CalendarDate?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let batch = try site.executing(batch)
        guard (1...10_000).contains(count) else {
            throw Rejection("label.count", "\(count) labels, between 1 and 10,000 are meant")
        }
        guard batch.labels?.reconciled == nil else {
            throw Rejection("label.reconciled", "the labels of '\(batch.id)' are reconciled")
        }
        try requireFill(of: batch, on: site, at: moment)
        return [LabelsIssued(batch: batch.id, count: count, fillOn: fillOn)]
    }

    /// Refuses labels whose expiry cannot be known, or is known from the containers.
    private func requireFill(
        of batch: Batch, on site: SiteState, at moment: Moment
    ) throws(Rejection) {
        let today = moment.happened.date
        let expiry = try site.expiry(of: batch, filledOn: today)
        let needsDay = batch.outputs.isEmpty && expiry != nil
        guard needsDay else {
            guard let fillOn else { return }
            throw Rejection(
                "label.fill-day",
                "'fillOn' is \(fillOn), and "
                    + (batch.outputs.isEmpty
                        ? "what '\(batch.id)' fills has no expiry"
                        : "'\(batch.id)' is filled: its labels carry the expiry of the containers"),
                help: "leave it out")
        }
        guard let fillOn else {
            throw Rejection(
                "label.no-expiry",
                "'\(batch.id)' is not filled, and its labels carry an expiry counted from the fill",
                help: "name the day of the fill, fillOn, or issue them after it: batch.fill",
                rule: "label-content")
        }
        guard (today...today.advanced(byDays: Self.daysAhead)).contains(fillOn) else {
            throw Rejection(
                "label.fill-day", "'fillOn' is \(fillOn), today is \(today)",
                help: "labels are issued at most \(Self.daysAhead) days before the fill",
                rule: "label-content")
        }
    }

    /// Days before the fill on which labels may be issued: a fill that far away is not planned to the
    /// day.
    private static let daysAhead = 60
}

/// Labels were issued.
package struct LabelsIssued: Fact {
    package static let kind = "label.issued/1"
    package var batch: BatchID
    package var count: Int
    package var fillOn: CalendarDate?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.addLabels(
            LabelIssue(count: count, fillOn: fillOn, reprint: nil, stamp: stamp), of: batch)
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

    /// The last day of use of what `batch` gives when it is filled on `day`; `nil` when the definition
    /// counts no shelf life from the fill.
    package func expiry(of batch: Batch, filledOn day: CalendarDate) throws(Rejection)
        -> CalendarDate?
    {
        guard case .product = try stage(of: batch).output,
            let shelfLife = try master(batch.master).product.shelfLife
        else { return nil }
        let days: Double
        do throws(QuantityError) {
            days = try shelfLife.converted(to: try Unit("d")).value.doubleValue.rounded(.down)
        } catch {
            throw Rejection("definition.shelf-life", "shelf life \(shelfLife) is no time: \(error)")
        }
        guard (0...36_525).contains(days) else {
            throw Rejection(
                "definition.shelf-life", "shelf life \(shelfLife) is not between 0 and 100 years")
        }
        return day.advanced(byDays: Int(days))
    }

    /// The expiry that stands on the labels of an issue; `nil` for labels without one.
    ///
    /// - Parameter container: which label; `nil` for one that is on no container.
    package func expiry(on issue: LabelIssue, of batch: Batch, for container: ContainerID?)
        -> CalendarDate?
    {
        if issue.fillOn == nil, let first = container ?? batch.outputs.first,
            let filled = containers[first]
        {
            return filled.expires
        }
        let earlier = batch.labels?.issues.last {
            $0.fillOn != nil && $0.stamp.entry <= issue.stamp.entry
        }
        return (issue.fillOn ?? earlier?.fillOn).flatMap { try? expiry(of: batch, filledOn: $0) }
    }

    /// The event of labels that carry another expiry than the containers which are filled on `day`.
    func labelEvent(
        of batch: Batch, _ step: MasterStep, filledOn day: CalendarDate, after facts: [any Fact]
    ) throws(Rejection) -> [any Fact] {
        let right = try expiry(of: batch, filledOn: day)
        let days = (batch.labels?.issues ?? []).compactMap(\.fillOn)
        guard let right, let wrong = days.first(where: { $0 != day }) else { return [] }
        let printed = try expiry(of: batch, filledOn: wrong)
        return [
            DeviationOpened(
                deviation: nextDeviation(after: facts.count { $0 is DeviationOpened }),
                batch: batch.id, step: step.id, cause: .observed,
                description: "labels were issued for a fill on \(wrong) and say "
                    + "\(printed?.description ?? "no expiry"); the fill is on \(day), its containers "
                    + "expire on \(right)",
                rule: "label-content")
        ]
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
