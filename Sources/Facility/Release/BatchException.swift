/// One thing of a batch that was not as planned, with what quality made of it.
package struct BatchException: Codable, Hashable, Sendable {
    /// A name that stays the same while the record grows: the deviation, or the entry concerned.
    package var id: String
    package var kind: Kind
    package var step: String?
    /// What was not as planned, with values.
    package var description: String
    /// What quality decided; `nil` while it is open.
    package var disposition: String?

    package var isOpen: Bool { disposition == nil }

    /// What kind of exception it is.
    package enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
        case deviation
        case correction
        case lateEntry = "late-entry"
        case repeatedCheck = "repeated-in-process-control"
        case invalidatedResult = "invalidated-result"
        case testRun = "test-run"
        case unverifiedResult = "unverified-result"
        case monitoring
        case missingSample = "missing-sample"
        case conditionalMaterial = "conditional-material"
        case hold
        case pause
        case reprocessing
        case labels
        case change
        case complaint
    }
}

/// A decision of quality on one exception of a batch.
package struct ExceptionDisposition: Sendable, Hashable, Codable {
    package var exception: String
    package var disposition: DeviationDisposition
    package var reason: String
    package var stamp: Stamp
}

extension SiteState {
    /// Minutes after which an entry counts as late (the rule `entry-contemporaneous`).
    package static let lateEntryMinutes: Int64 = 15

    /// What was not as planned in a batch, in the order it happened: all a reviewer has to read.
    ///
    /// A deviation is settled by its closure, conditional material by the release of the lot, a
    /// change or complaint by its closure; everything else by a decision of quality.
    package func exceptions(of batch: Batch) -> [BatchException] {
        exceptionEntries(of: batch)
            .sorted { ($0.entry, $0.exception.id) < ($1.entry, $1.exception.id) }.map(\.exception)
    }

    private func exceptionEntries(
        of batch: Batch
    ) -> [(entry: UInt64, exception: BatchException)] {
        var found: [(entry: UInt64, exception: BatchException)] = []
        func add(
            _ stamp: Stamp, _ id: String, _ kind: BatchException.Kind, step: String? = nil,
            _ description: String, settled: String?
        ) {
            found.append(
                (
                    stamp.entry,
                    BatchException(
                        id: id, kind: kind, step: step, description: description,
                        disposition: settled ?? batch.decision(on: id))
                ))
        }
        for deviation in batch.deviations.compactMap({ deviations[$0] }) {
            add(
                deviation.opened, deviation.id.text, .deviation, step: deviation.step,
                "\(deviation.grade.rawValue), \(deviation.cause.rawValue): \(deviation.description)",
                settled: deviation.closure.map { "\($0.disposition.rawValue): \($0.impact)" })
        }
        for obstacle in obstacles(behind: batch.id.text)
        where !batch.deviations.contains(obstacle.deviation.id) {
            let deviation = obstacle.deviation
            add(
                deviation.opened, deviation.id.text, .deviation,
                "about \(obstacle.subject), \(deviation.grade.rawValue), "
                    + "\(deviation.cause.rawValue): \(deviation.description)",
                settled: deviation.closure.map { "\($0.disposition.rawValue): \($0.impact)" })
        }
        for (step, record) in batch.executions {
            for late in record.stamps where late.isLate {
                add(
                    late, "late-\(late.entry)", .lateEntry, step: step,
                    "happened \(late.happened), entered \(late.recorded)",
                    settled: nil)
            }
            for (parameter, entries) in record.values.sorted(by: { $0.key < $1.key }) {
                for (old, new) in zip(entries, entries.dropFirst()) {
                    add(
                        new.stamp, "correction-\(new.stamp.entry)", .correction, step: step,
                        "\(parameter): \(old.value) corrected to \(new.value), "
                            + (new.reason ?? "no reason"),
                        settled: nil)
                }
            }
            for (check, entries) in record.checks.sorted(by: { $0.key < $1.key })
            where entries.count > 1 {
                let values = entries.map(\.observation.description).joined(separator: ", ")
                guard let last = entries.last else { continue }
                add(
                    last.stamp, "repeated-\(last.stamp.entry)", .repeatedCheck, step: step,
                    "\(check): \(values)", settled: nil)
            }
        }
        for correction in corrections(of: batch.id) {
            add(
                correction.stamp, "correction-\(correction.stamp.entry)", .correction,
                "entry \(correction.entry), \(correction.field): \(correction.old) corrected to "
                    + "\(correction.new), \(correction.reason)",
                settled: nil)
        }
        for result in batch.results {
            guard let invalid = result.invalidated else { continue }
            add(
                invalid.stamp, "invalidated-\(invalid.stamp.entry)", .invalidatedResult,
                step: result.test, "\(result.test) \(result.observation): \(invalid.reason)",
                settled: deviations[invalid.deviation]?.closure.map { $0.disposition.rawValue })
        }
        for run in runsToJudge(of: batch) {
            add(run.stamp, run.id, .testRun, run.description, settled: run.settled)
        }
        for (method, run) in invalidRuns(of: batch.id.text) {
            add(
                run.stamp, "invalid-run-\(run.stamp.entry)", .testRun,
                "run \(run.reference) of \(method) does not count: \(run.reason)", settled: nil)
        }
        let unverified = batch.results.filter(\.isUnverified)
        let lines = (try? specification(for: batch)) ?? nil
        if let last = unverified.last {
            add(
                last.stamp, "results-unverified", .unverifiedResult,
                "not verified by a second person: "
                    + unverified.map { lines?.test($0.test)?.attribute ?? $0.test }
                    .joined(separator: "; "),
                settled: binds("critical-entry-checked", on: batch)
                    ? nil : "no second person is asked for at this phase")
        }
        for sample in samplesAskedFor(of: batch) {
            add(
                sample.asked, sample.id, .missingSample, step: sample.step,
                "not taken: \(sample.task)", settled: nil)
        }
        for missing in missingSamples(of: batch) {
            add(
                missing.started, missing.id, .monitoring, step: missing.step,
                "not taken in \(missing.place): "
                    + missing.points.map(\.description).joined(separator: ", "),
                settled: nil)
        }
        for lot in Set(batch.materialLots).sorted().compactMap({ lots[$0] }) {
            guard let use = lot.conditionalUses.last(where: { $0.batch == batch.id }) else {
                continue
            }
            add(
                use.stamp, "conditional-\(lot.id)", .conditionalMaterial,
                "lot \(lot.id) of \(lot.material) used before its release, \(use.riskAssessment)",
                settled: lot.status == .released ? "released later" : nil)
        }
        for container in (batch.inputs + batch.outputs).compactMap({ containers[$0] }) {
            for hold in container.holdRecords {
                add(
                    hold.placed, "hold-\(container.id)-\(hold.placed.entry)", .hold,
                    "\(container.id): \(hold.reason)", settled: hold.lifted.map(\.reason))
            }
        }
        for pause in batch.pauses {
            add(
                pause.began, "pause-\(pause.began.entry)", .pause,
                "paused \(pause.began.happened): \(pause.reason)", settled: nil)
        }
        for (number, reprocessing) in batch.reprocessings.enumerated() {
            add(
                reprocessing.approved, "reprocessing-\(number + 1)",
                .reprocessing, step: reprocessing.replaced.keys.min(),
                "\(reprocessing.provision), after \(reprocessing.deviation): "
                    + reprocessing.reason,
                settled: nil)
        }
        if let labels = batch.labels, let counted = labels.reconciled,
            labels.difference != 0
        {
            add(
                counted, "labels", .labels,
                "\(labels.issued) labels issued, \(labels.reprinted) printed again, "
                    + "\(labels.used) used, \(labels.destroyed) destroyed",
                settled: nil)
        }
        for change in openChanges(touching: batch) {
            add(change.proposed, change.id.text, .change, change.title, settled: nil)
        }
        for complaint in openComplaints(about: batch) {
            add(
                complaint.received, complaint.id.text, .complaint, complaint.description,
                settled: nil)
        }
        // What was not as planned in cells that were pooled is so in the pool as well.
        var known = Set(found.map(\.exception.id))
        for source in batch.pooledFrom.compactMap({ batches[$0] }) {
            for (entry, exception) in exceptionEntries(of: source)
            where known.insert(exception.id).inserted {
                var exception = exception
                exception.disposition = exception.disposition ?? batch.decision(on: exception.id)
                found.append((entry, exception))
            }
        }
        return found
    }
}

extension Batch {
    /// What quality decided on an exception; `nil` while it is open.
    fileprivate func decision(on exception: String) -> String? {
        dispositions.last { $0.exception == exception }.map {
            "\($0.disposition.rawValue): \($0.reason)"
        }
    }
}

extension StepRecord {
    /// Every stamp of the step, in the order of its entries.
    package var stamps: [Stamp] {
        let all =
            [started] + [completed, verified].compactMap { $0 }
            + values.values.flatMap { $0.map(\.stamp) } + checks.values.flatMap { $0.map(\.stamp) }
            + materials.map(\.stamp) + containers.map(\.stamp) + counts.map(\.stamp)
            + traces.map(\.stamp) + interventions.map(\.stamp)
        return Dictionary(all.map { ($0.entry, $0) }) { first, _ in first }
            .sorted { $0.key < $1.key }.map(\.value)
    }
}

extension Stamp {
    /// True when it was entered more than a quarter of an hour after it happened.
    package var isLate: Bool {
        recorded.milliseconds - happened.milliseconds > SiteState.lateEntryMinutes * 60_000
    }
}

extension Batch {
    /// The lots used in its steps, in the order of the steps' names.
    package var materialLots: [LotID] {
        executions.flatMap { $0.record.materials.map(\.lot) }
    }
}

extension SiteState {
    /// The lots used in a batch and in those that were pooled into it.
    func materialLots(of batch: Batch) -> [LotID] {
        batch.materialLots
            + batch.pooledFrom.compactMap { batches[$0] }.flatMap { materialLots(of: $0) }
    }
}

/// Decides on one exception of a batch: quality, during its review.
package struct DisposeException: Command {
    package static let name = "batch.dispose-exception"
    package static let summary = "Decide on one exception of a batch, with the reason."
    package static let permission = Permission.review
    package static let help = [
        "batch": "which batch", "exception": "which exception, as 'seedlot review' lists it",
        "disposition": "whether the batch may go on", "reason": "why",
    ]

    package var batch: BatchID
    package var exception: String
    package var disposition: DeviationDisposition
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let batch = try site.batch(batch)
        try requireText(reason, "reason")
        let exceptions = site.exceptions(of: batch)
        guard let found = exceptions.first(where: { $0.id == exception }) else {
            throw Rejection(
                "release.unknown-exception", "'\(batch.id)' has no exception '\(exception)'",
                help: didYouMean(exception, among: exceptions.map(\.id)))
        }
        switch found.kind {
        case .deviation, .conditionalMaterial, .hold, .change, .complaint, .unverifiedResult:
            throw Rejection(
                "release.settled-elsewhere",
                "'\(found.id)' is a \(found.kind.rawValue), which has a record of its own",
                help: "close that record")
        case .correction, .lateEntry, .repeatedCheck, .invalidatedResult, .pause, .reprocessing,
            .labels, .testRun, .monitoring, .missingSample:
            break
        }
        guard !batch.status.isFinal else {
            throw Rejection("batch.final", "batch '\(batch.id)' is \(batch.status.rawValue)")
        }
        return [
            ExceptionDisposed(
                batch: batch.id, exception: exception, disposition: disposition, reason: reason)
        ]
    }
}

/// Quality decided on an exception.
package struct ExceptionDisposed: Fact {
    package static let kind = "batch.exception-disposed/1"
    package var batch: BatchID
    package var exception: String
    package var disposition: DeviationDisposition
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.batches[batch]?.dispositions.append(
            ExceptionDisposition(
                exception: exception, disposition: disposition, reason: reason, stamp: stamp))
    }
}
