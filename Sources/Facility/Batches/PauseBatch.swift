package import Ledger

/// A time in which a batch rests.
package struct Pause: Sendable, Hashable, Codable {
    package var reason: String
    package var began: Stamp
    package var ended: Stamp?
}

/// Pauses a batch: nothing is recorded in it until it is resumed.
package struct PauseBatch: Command {
    package static let name = "batch.pause"
    package static let summary = "Pause a batch: nothing is recorded until it is resumed."
    package static let permission = Permission.openBatch
    package static let help = ["batch": "which batch", "reason": "why it rests"]

    package var batch: BatchID
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let batch = try site.executing(batch)
        try requireText(reason, "reason")
        return [BatchPaused(batch: batch.id, reason: reason)]
    }
}

/// A batch was paused.
package struct BatchPaused: Fact {
    package static let kind = "batch.paused/1"
    package var batch: BatchID
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.batches[batch]?.pauses.append(Pause(reason: reason, began: stamp))
    }
}

/// Resumes a paused batch.
package struct ResumeBatch: Command {
    package static let name = "batch.resume"
    package static let summary = "Resume a paused batch."
    package static let permission = Permission.openBatch
    package static let help = ["batch": "which batch"]

    package var batch: BatchID

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let batch = try site.batch(batch)
        guard batch.status == .open, batch.pause != nil else {
            throw Rejection("batch.not-paused", "batch '\(batch.id)' is not paused")
        }
        return [BatchResumed(batch: batch.id)]
    }
}

/// A batch was resumed.
package struct BatchResumed: Fact {
    package static let kind = "batch.resumed/1"
    package var batch: BatchID

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        guard let last = site.batches[batch]?.pauses.indices.last else { return }
        site.batches[batch]?.pauses[last].ended = stamp
    }
}

/// Ends a batch before its completion: what it filled is rejected.
package struct AbortBatch: Command {
    package static let name = "batch.abort"
    package static let summary = "End a batch before its completion; what it filled is rejected."
    package static let permission = Permission.openBatch
    package static let signature: SignatureMeaning? = .rejected
    package static let help = ["batch": "which batch", "reason": "why it ends"]

    package var batch: BatchID
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let batch = try site.batch(batch)
        try requireText(reason, "reason")
        guard batch.status == .open else {
            throw Rejection(
                "batch.not-open", "batch '\(batch.id)' is \(batch.status.rawValue)",
                help: "a completed batch is rejected by quality: batch.reject")
        }
        return [BatchAborted(batch: batch.id, reason: reason)]
    }
}

/// A batch ended before its completion.
package struct BatchAborted: Fact {
    package static let kind = "batch.aborted/1"
    package var batch: BatchID
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.batches[batch]?.status = .aborted
        site.lose(batch, for: reason, at: stamp)
    }
}

extension SiteState {
    /// Notes why a batch was lost, and rejects everything it filled, its bank included.
    mutating func lose(_ batch: BatchID, for reason: String, at stamp: Stamp) {
        batches[batch]?.disposed = stamp
        batches[batch]?.lossReason = reason
        if let bank = batches[batch]?.bank {
            banks[bank]?.status = .rejected
            banks[bank]?.disposed = stamp
            banks[bank]?.lossReason = reason
        }
        for container in batches[batch]?.outputs ?? [] { containers[container]?.status = .rejected }
    }
}
