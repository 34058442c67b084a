package import Ledger

/// The alert to physicians after a second-stage result outside the specification.
package struct ClinicalAlert: Sendable, Hashable, Codable {
    package var informed: String
    package var advice: String
    package var stamp: Stamp
}

/// Records that physicians were told of a second-stage result outside the specification.
package struct SendAlert: Command {
    package static let name = "batch.send-alert"
    package static let summary =
        "Record that physicians were told of a failed second-stage result."
    package static let permission = Permission.certify
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "batch": "which batch", "informed": "the physicians and authorities informed",
        "advice": "what they were told to do",
    ]

    package var batch: BatchID
    package var informed: String
    package var advice: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let batch = try site.batch(batch)
        try requireText(informed, "informed")
        try requireText(advice, "advice")
        guard batch.firstStage != nil, try site.failsSecondStage(batch) else {
            throw Rejection(
                "release.no-alert-due", "'\(batch.id)' has no failed second-stage result")
        }
        return [AlertSent(batch: batch.id, informed: informed, advice: advice)]
    }
}

/// Physicians were alerted.
package struct AlertSent: Fact {
    package static let kind = "batch.alert-sent/1"
    package var batch: BatchID
    package var informed: String
    package var advice: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.batches[batch]?.alert = ClinicalAlert(
            informed: informed, advice: advice, stamp: stamp)
    }
}

/// Ends the second stage: every result is there, and a failed one led to an alert.
package struct CloseSecondStage: Command {
    package static let name = "batch.close-second-stage"
    package static let summary = "End the second stage of a release once every result is judged."
    package static let permission = Permission.certify
    package static let signature: SignatureMeaning? = .certified
    package static let help = ["batch": "which batch"]

    package var batch: BatchID

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let batch = try site.batch(batch)
        guard batch.firstStage != nil, !batch.openTests.isEmpty else {
            throw Rejection("release.no-second-stage", "'\(batch.id)' waits for no second stage")
        }
        let pending = try site.standings(of: batch).filter {
            batch.openTests.contains($0.test.id) && $0.verdict == .pending
        }
        guard pending.isEmpty else {
            throw Rejection(
                "release.second-stage-pending",
                pending.map(\.test.attribute).joined(separator: ", "),
                help: "record the results first", rule: "release-two-stage-close")
        }
        if try site.failsSecondStage(batch), batch.alert == nil {
            throw Rejection(
                "release.alert-missing", "a second-stage result of '\(batch.id)' fails",
                help: "tell the physicians first: batch.send-alert", rule: "release-two-stage-close"
            )
        }
        return [SecondStageClosed(batch: batch.id)]
    }
}

/// The second stage ended.
package struct SecondStageClosed: Fact {
    package static let kind = "batch.second-stage-closed/1"
    package var batch: BatchID

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.batches[batch]?.openTests = []
    }
}

extension SiteState {
    fileprivate func failsSecondStage(_ batch: Batch) throws(Rejection) -> Bool {
        try standings(of: batch).contains {
            batch.openTests.contains($0.test.id) && $0.verdict == .fails
        }
    }
}
