/// Starts a step of a batch, in the order of the definition.
package struct StartStep: Command {
    package static let name = "batch.start-step"
    package static let summary = "Start the next step of a batch."
    package static let permission = Permission.execute
    package static let help = [
        "batch": "which batch", "step": "which step",
        "room": "the room, when several serve as the one the definition names",
        "equipment": "the equipment, when several pieces serve as what the definition names",
    ]

    package var batch: BatchID
    package var step: String
    package var room: RoomID?
    package var equipment: [EquipmentID]?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let batch = try site.executing(batch)
        let stage = try site.stage(of: batch)
        let step = try site.step(step, of: batch)
        guard batch.steps[step.id] == nil else {
            throw Rejection(
                "batch.step-started", "step '\(step.id)' of '\(batch.id)' was started before")
        }
        for earlier in stage.predecessors(of: step) {
            guard let record = batch.steps[earlier.id], record.completed != nil else {
                throw Rejection(
                    "batch.step-out-of-order",
                    "step '\(earlier.id)' comes before '\(step.id)' and is not completed",
                    help: "complete '\(earlier.id)' first", rule: "sequence-enforced")
            }
            if earlier.needsVerification, record.verified == nil {
                throw Rejection(
                    "batch.step-not-verified",
                    "step '\(earlier.id)' waits for its second-person check",
                    help: "a second person verifies it first", rule: "critical-entry-checked")
            }
        }
        try site.requireControlsDecided(batch)
        let (room, equipment) = try site.requireReady(
            step, of: batch, in: self.room, with: self.equipment ?? [], at: moment)
        let started = StepStarted(
            batch: batch.id, step: step.id, room: room?.id, equipment: equipment.map(\.id))
        return [started]
            + site.holdEvents(before: step, of: stage, in: batch, until: moment.happened)
    }
}

/// A step was started.
package struct StepStarted: Fact {
    package static let kind = "batch.step-started/1"
    package var batch: BatchID
    package var step: String
    package var room: RoomID?
    package var equipment: [EquipmentID]?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        var record = StepRecord(started: stamp)
        record.room = room
        record.equipment = equipment ?? []
        site.batches[batch]?.steps[step] = record
        let occupation = Occupation(batch: batch, step: step)
        if let room { site.rooms[room]?.occupations.append(occupation) }
        for piece in record.equipment { site.equipment[piece]?.occupations.append(occupation) }
    }
}

extension SiteState {
    /// Refuses to go on while quality has not decided on a failed in-process control.
    fileprivate func requireControlsDecided(_ batch: Batch) throws(Rejection) {
        guard binds("ipc-decision-kept", on: batch) else { return }
        let waiting = openDeviations(of: batch).first {
            $0.cause == .controlNotMet && $0.classified == nil
        }
        guard let waiting else { return }
        throw Rejection(
            "batch.control-undecided",
            "'\(waiting.id)', \(waiting.description), waits for a decision",
            help: "quality decides first: deviation.classify or deviation.close",
            rule: "ipc-decision-kept")
    }
}
