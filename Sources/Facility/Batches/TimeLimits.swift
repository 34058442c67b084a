package import Quantities

/// How long cells may wait after a step.
package struct MasterHold: Codable, Hashable, Sendable {
    /// What waits.
    package var name: String
    /// The longest validated time.
    package var maximum: Quantity
}

/// Steps that took, or waited, longer than was validated (EU GMP Annex 1 8.18).
///
/// The time is gone when it is noticed: the record goes on and an event is opened in the same
/// append, so that no reader ever sees the one without the other.
extension SiteState {
    /// The event of a step that is completed after its longest open time.
    func openTimeEvent(
        of step: MasterStep, _ record: StepRecord, in batch: Batch, until end: Timestamp
    ) -> [any Fact] {
        guard let limit = step.openTime, binds("hold-time-kept", on: batch),
            let time = Self.time(from: record.started.happened, to: end, over: limit)
        else { return [] }
        return [
            timeEvent(
                "'\(step.id)' was open for \(time), limit \(limit)", step: step.id, in: batch,
                after: 0)
        ]
    }

    /// The events of cells that waited too long between the step before `step` and its start.
    ///
    /// A step that is done again follows on itself: the way back has a limit of its own.
    func holdEvents(
        before step: MasterStep, of stage: MasterStage, in batch: Batch, until start: Timestamp
    ) -> [any Fact] {
        guard binds("hold-time-kept", on: batch), batch.executions(of: step.id).isEmpty,
            let last = stage.predecessors(of: step).last
        else { return [] }
        // Where steps go on side by side, what each of them leaves waits for the one that joins them.
        let before = step.after == nil ? [last] : stage.predecessors(of: step)
        var events: [any Fact] = []
        for earlier in before {
            guard let end = batch.steps[earlier.id]?.completed?.happened else { continue }
            for hold in earlier.holds ?? [] {
                guard let time = Self.time(from: end, to: start, over: hold.maximum) else {
                    continue
                }
                events.append(
                    timeEvent(
                        "\(hold.name) waited \(time) after '\(earlier.id)', limit \(hold.maximum)",
                        step: earlier.id, in: batch, after: events.count))
            }
        }
        return events
    }

    private func timeEvent(
        _ description: String, step: String, in batch: Batch, after count: Int
    ) -> DeviationOpened {
        DeviationOpened(
            deviation: nextDeviation(after: count), batch: batch.id, step: step,
            cause: .timeExceeded, description: description, rule: "hold-time-kept")
    }

    /// The time between two instants in whole minutes, when it is longer than `limit`.
    private static func time(
        from start: Timestamp, to end: Timestamp, over limit: Quantity
    ) -> Quantity? {
        guard let minute = try? Unit("min"), let allowed = try? limit.doubleValue(in: minute)
        else { return nil }
        let minutes = (end.milliseconds - start.milliseconds) / 60_000
        return Double(minutes) > allowed ? Quantity(ExactDecimal(Int(minutes)), minute) : nil
    }
}
