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
        let open = openDeviations(of: batch)
        guard open.isEmpty else {
            throw Rejection(
                "release.open-deviations",
                "open: \(open.map(\.id.text).joined(separator: ", "))",
                help: "close them first", rule: "release-points")
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
        let standings = try standings(of: batch)
        guard !standings.isEmpty else {
            throw Rejection(
                "release.no-specification", "no specification applies to '\(batch.id)'",
                rule: "release-all-pass")
        }
        let unmet = standings.filter { $0.verdict == .pending || $0.verdict == .fails }
        guard unmet.isEmpty else {
            throw Rejection(
                "release.tests-not-passed",
                unmet.map { "\($0.test.attribute) \($0.verdict.rawValue)" }
                    .joined(separator: ", "),
                help: "every test of the specification must pass", rule: "release-all-pass")
        }
        let held = batch.outputs.compactMap { containers[$0] }.first { !$0.holds.isEmpty }
        if let held {
            throw Rejection(
                "container.on-hold",
                "'\(held.id)' is on hold: \(held.holds.joined(separator: ", "))")
        }
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
