package import Ledger
import Quantities

/// A return of a batch to an earlier step, with what had been done until then.
package struct Reprocessing: Sendable, Codable {
    /// The way back, by its id in the definition.
    package var provision: String
    /// The event that made it necessary.
    package var deviation: DeviationID
    package var reason: String
    /// The approval of quality.
    package var approved: Stamp
    /// The executions that stand in the record but no longer count, by step id.
    package var replaced = Table<String, StepRecord>()
    /// Line clearances for them.
    package var clearances: [String: LineClearance] = [:]
}

/// Sends a batch back to an earlier step, along a way that its definition allows.
///
/// Reprocessing is exceptional: it needs a way in the approved definition, an open event of the
/// batch, and the signature of quality (PIC/S PE 009-17 Part I 5.67). What was done before stays in
/// the record; lots and containers that were used stay used.
package struct ReprocessBatch: Command {
    package static let name = "batch.reprocess"
    package static let summary =
        "Approve that a batch goes back to an earlier step, along a way its definition allows."
    package static let permission = Permission.review
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "batch": "which batch", "provision": "which way back, as the definition calls it",
        "deviation": "the open event of the batch that made it necessary",
        "reason": "why the condition of the definition is met",
    ]

    package var batch: BatchID
    package var provision: String
    package var deviation: DeviationID
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let batch = try site.executing(batch)
        let stage = try site.stage(of: batch)
        let way = try stage.requireReprocessing(provision)
        try requireText(reason, "reason")
        try site.requireEvent(deviation, of: batch)
        let earlier = batch.reprocessings.count { $0.provision == way.id }
        guard earlier < way.maximum else {
            throw Rejection(
                "batch.reprocessed-too-often",
                "'\(batch.id)' was reprocessed by '\(way.id)' \(earlier) times, "
                    + "\(way.maximum) are allowed",
                help: "quality decides on the batch as it is: batch.reject, or go on")
        }
        try site.requireAt(way, batch, stage, moment)
        let repeated = stage.repeated(by: way)
        let own = repeated.first { step in
            guard let record = batch.steps[step] else { return false }
            return record.stamps.contains { $0.person == moment.person }
        }
        if let own {
            throw Rejection(
                "batch.reprocessing-own-work", "'\(moment.person)' worked on step '\(own)'",
                help: "somebody of quality who had no part in it approves it")
        }
        return [
            BatchReprocessed(
                batch: batch.id, provision: way.id, steps: repeated, deviation: deviation,
                reason: reason)
        ]
    }
}

/// A batch went back to an earlier step.
package struct BatchReprocessed: Fact {
    package static let kind = "batch.reprocessed/1"
    package var batch: BatchID
    package var provision: String
    /// The steps that are done again, in their order.
    package var steps: [String]
    package var deviation: DeviationID
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        var reprocessing = Reprocessing(
            provision: provision, deviation: deviation, reason: reason, approved: stamp)
        for step in steps {
            reprocessing.replaced[step] = site.batches[batch]?.steps[step]
            site.batches[batch]?.steps[step] = nil
            reprocessing.clearances[step] = site.batches[batch]?.clearances[step]
            site.batches[batch]?.clearances[step] = nil
        }
        site.batches[batch]?.reprocessings.append(reprocessing)
    }
}

extension Batch {
    /// Every execution of every step, in the order of their ids: those that were replaced first.
    package var executions: [(step: String, record: StepRecord)] {
        let ids = Set(steps.keys).union(reprocessings.flatMap { $0.replaced.keys })
        return ids.sorted().flatMap { id in executions(of: id).map { (id, $0) } }
    }

    /// Every execution of one step, the one in force last.
    package func executions(of step: String) -> [StepRecord] {
        (reprocessings.map { $0.replaced[step] } + [steps[step]]).compactMap(\.self)
    }
}

extension SiteState {
    /// Whether the cells of a batch, or cells pooled into it, were reprocessed.
    package func wasReprocessed(_ batch: Batch) -> Bool {
        var (waiting, found) = ([batch], false)
        // A batch that was pooled into another is at its end: there is no way round in a circle.
        while let next = waiting.popLast(), !found {
            found = !next.reprocessings.isEmpty
            waiting += next.pooledFrom.compactMap { batches[$0] }
        }
        return found
    }

    /// Refuses an event that is not an open one of the batch.
    fileprivate func requireEvent(
        _ id: DeviationID, of batch: Batch
    ) throws(Rejection) {
        let deviation = try deviation(id)
        guard batch.deviations.contains(id) else {
            throw Rejection(
                "batch.event-of-another", "'\(id)' is no event of '\(batch.id)'",
                help: didYouMean(id.text, among: batch.deviations.map(\.text)))
        }
        guard deviation.isOpen else {
            throw Rejection(
                "batch.event-closed", "'\(id)' is closed",
                help: "open an event for what is wrong now: deviation.open")
        }
    }

    /// Refuses a batch that does not stand where the way back begins.
    fileprivate func requireAt(
        _ way: MasterReprocessing, _ batch: Batch, _ stage: MasterStage, _ moment: Moment
    ) throws(Rejection) {
        guard batch.outputs.isEmpty else {
            throw Rejection("batch.filled", "'\(batch.id)' has filled containers")
        }
        guard let record = batch.steps[way.after], let completed = record.completed,
            record.verified != nil || stage.step(way.after)?.needsVerification != true
        else {
            throw Rejection(
                "batch.reprocessing-too-early",
                "step '\(way.after)' of '\(batch.id)' is not completed and verified",
                help: "complete it first: what was done stays in the record")
        }
        if let open = stage.repeated(by: way).first(where: { id in
            batch.steps[id].map { $0.completed == nil } ?? false
        }) {
            throw Rejection(
                "batch.reprocessing-too-early", "step '\(open)' of '\(batch.id)' is not completed",
                help: "complete it first: what was done stays in the record")
        }
        let later = stage.steps.drop { $0.id != way.after }.dropFirst()
        if let begun = later.first(where: { batch.steps[$0.id] != nil }) {
            throw Rejection(
                "batch.reprocessing-too-late",
                "step '\(begun.id)' of '\(batch.id)' was started",
                help: "'\(way.id)' is allowed right after step '\(way.after)'")
        }
        guard let within = way.within else { return }
        let hour = try? Unit("h")
        let limit = hour.flatMap { try? within.doubleValue(in: $0) } ?? 0
        let waited =
            Double(moment.happened.milliseconds - completed.happened.milliseconds) / 3_600_000
        guard waited <= limit else {
            throw Rejection(
                "batch.reprocessing-too-late",
                "step '\(way.after)' ended at \(completed.happened), the limit is \(within)",
                help: "quality decides on the batch as it is")
        }
    }
}

extension MasterStage {
    fileprivate func requireReprocessing(_ id: String) throws(Rejection) -> MasterReprocessing {
        let ways = reprocessing ?? []
        if let way = ways.first(where: { $0.id == id }) { return way }
        throw Rejection(
            "batch.reprocessing-not-allowed",
            "stage '\(self.id)' has no way back called '\(id)'",
            help: ways.isEmpty
                ? "the definition allows no reprocessing in this stage"
                : didYouMean(id, among: ways.map(\.id)))
    }

    /// The steps that `way` has done again, in their order.
    fileprivate func repeated(by way: MasterReprocessing) -> [String] {
        guard let start = steps.firstIndex(where: { $0.id == way.backTo }),
            let end = steps.firstIndex(where: { $0.id == way.after }), start <= end
        else { return [] }
        return steps[start...end].map(\.id)
    }
}
