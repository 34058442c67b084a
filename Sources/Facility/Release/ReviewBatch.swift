package import Ledger

extension SiteState {
    /// Refuses a batch that is not ready for a decision on its release.
    func requireReleasable(_ batch: Batch) throws(Rejection) {
        guard batch.completed != nil else {
            throw Rejection(
                "release.not-completed", "batch '\(batch.id)' is \(batch.status.rawValue)",
                help: "complete its execution first", rule: "batch-record-complete")
        }
        try requireMonitored(batch)
        let unclosed = openDeviations(of: batch)
        guard unclosed.isEmpty else {
            throw Rejection(
                "release.open-deviations",
                "open: \(unclosed.map(\.id.text).joined(separator: ", "))",
                help: "close them first", rule: "deviation-closed-for-release")
        }
        let rejecting = batch.deviations.compactMap { deviations[$0] }.filter {
            $0.closure?.disposition == .reject
        }
        guard rejecting.isEmpty else {
            throw Rejection(
                "release.deviation-rejects",
                "closed with rejection: \(rejecting.map(\.id.text).joined(separator: ", "))",
                help: "reject the batch")
        }
        try requireUndisputed(batch)
        try requireTested(batch)
        try requireVerified(batch.id.naming(Thing.self), of: masters[batch.master])
        let lots = Set(materialLots(of: batch)).sorted().compactMap { self.lots[$0] }
        if let unfit = lots.first(where: {
            $0.status != .released && !isUsedFresh($0, in: batch)
        }) {
            throw Rejection(
                "release.material-not-released",
                "lot '\(unfit.id)' of \(unfit.material) is \(unfit.status.rawValue)",
                help: "the batch waits for the release of the lot", rule: "material-released-at-use"
            )
        }
        let open = exceptions(of: batch).filter(\.isOpen)
        guard open.isEmpty else {
            throw Rejection(
                "release.exceptions-open",
                "open: \(open.prefix(5).map(\.id).joined(separator: ", "))"
                    + (open.count > 5 ? " and \(open.count - 5) more" : ""),
                help: "decide on each: batch.dispose-exception", rule: "release-points")
        }
        let refused = batch.dispositions.filter { $0.disposition == .reject }.map(\.exception)
        guard refused.isEmpty else {
            throw Rejection(
                "release.exception-rejects", "rejected: \(refused.joined(separator: ", "))",
                help: "reject the batch")
        }
        let held = batch.outputs.compactMap { containers[$0] }.first { !$0.holds.isEmpty }
        if let held {
            throw Rejection(
                "container.on-hold",
                "'\(held.id)' is on hold: \(held.holds.joined(separator: ", "))")
        }
    }
}

extension SiteState {
    /// Refuses a batch whose cells came from something that a deviation keeps from release.
    private func requireUndisputed(_ batch: Batch) throws(Rejection) {
        let obstacles = obstacles(behind: batch.id.text)
        guard let first = obstacles.first else { return }
        let names = obstacles.map { "\($0.deviation.id) about \($0.subject)" }
        guard first.deviation.isOpen else {
            throw Rejection(
                "release.deviation-rejects", "closed with rejection: \(names[0])",
                help: "reject the batch", rule: "deviation-closed-for-release")
        }
        throw Rejection(
            "release.open-deviations",
            "open about what '\(batch.id)' came from: \(names.joined(separator: ", "))",
            help: "close them first", rule: "deviation-closed-for-release")
    }

    /// Refuses a decision on a batch by somebody who made or tested it.
    func requireOthersWork(_ batch: Batch, by person: PersonID) throws(Rejection) {
        let stamps =
            [batch.opened] + [batch.completed].compactMap(\.self)
            + batch.steps.values.flatMap(\.stamps) + batch.results.map(\.stamp)
            + batch.pauses.flatMap { [$0.began] + [$0.ended].compactMap(\.self) }
            + batch.outputs.compactMap { containers[$0]?.created }
            + batch.clearances.values.map(\.stamp)
            + corrections(of: batch.id).map(\.stamp)
        guard stamps.contains(where: { $0.person == person }) else { return }
        throw Rejection(
            "release.own-work", "'\(person)' took part in '\(batch.id)'",
            help: "somebody else decides on it", rule: "production-qc-separate")
    }

    /// Refuses a batch with a test that has no passing result and may not wait for one.
    func requireTested(_ batch: Batch) throws(Rejection) {
        let standings = try standings(of: batch)
        guard !standings.isEmpty else {
            throw Rejection(
                "release.no-specification", "no specification applies to '\(batch.id)'",
                rule: "release-all-pass")
        }
        let unmet = standings.filter { !isSettled($0, for: batch) }
        guard unmet.isEmpty else {
            throw Rejection(
                "release.tests-not-passed",
                unmet.map { "\($0.test.attribute) \($0.verdict.rawValue)" }
                    .joined(separator: ", "),
                help: "every test of the specification must pass", rule: "release-all-pass")
        }
    }

    /// True when a line of the specification is no reason to wait: it passes, is only reported, or
    /// is authorised to come in the second stage of a two-stage release.
    func isSettled(_ standing: TestStanding, for batch: Batch) -> Bool {
        switch standing.verdict {
        case .passes, .reported: true
        case .fails: false
        case .pending: standing.test.isSecondStage == true && isReleasedInTwoStages(batch)
        }
    }

    /// True where a release in two stages is authorised for the specification of a batch.
    func isReleasedInTwoStages(_ batch: Batch) -> Bool {
        (try? specification(for: batch))?.twoStageRelease != nil
    }
}

/// Reviews the executed record of a batch for the quality unit.
package struct ReviewBatch: Command {
    package static let name = "batch.review"
    package static let summary = "Review the executed record of a batch for the quality unit."
    package static let permission = Permission.review
    package static let signature: SignatureMeaning? = .reviewed
    package static let help = ["batch": "which batch"]

    package var batch: BatchID

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let batch = try site.batch(batch)
        guard batch.status == .completed else {
            throw Rejection(
                "batch.not-completed", "batch '\(batch.id)' is \(batch.status.rawValue)",
                help: "only a completed batch is reviewed")
        }
        try site.requireOthersWork(batch, by: moment.person)
        try site.requireReleasable(batch)
        return [BatchReviewed(batch: batch.id)]
    }
}

/// The record of a batch was reviewed.
package struct BatchReviewed: Fact {
    package static let kind = "batch.reviewed/1"
    package var batch: BatchID

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.batches[batch]?.status = .reviewed
        site.batches[batch]?.reviewed = stamp
    }
}
