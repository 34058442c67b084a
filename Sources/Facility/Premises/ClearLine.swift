/// Records that the line is clear for a step: nothing of another batch is left (EU GMP Part I
/// 5.40).
package struct ClearLine: Command {
    package static let name = "batch.clear-line"
    package static let summary = "Record that the room is clear for a step of a batch."
    package static let permission = Permission.execute
    package static let help = [
        "batch": "the batch that follows", "step": "the step that follows",
        "room": "the room that was cleared",
        "findings": "what was found and removed, if anything",
    ]

    package var batch: BatchID
    package var step: String
    package var room: RoomID
    package var findings: String?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let batch = try site.executing(batch)
        let step = try site.step(step, of: batch)
        let room = try site.room(room)
        guard batch.steps[step.id] == nil else {
            throw Rejection(
                "batch.step-started", "step '\(step.id)' of '\(batch.id)' was started before",
                help: "the line is cleared before a step", rule: "line-clearance")
        }
        return [
            LineCleared(batch: batch.id, step: step.id, room: room.id, findings: findings)
        ]
    }
}

/// The line was cleared.
package struct LineCleared: Fact {
    package static let kind = "batch.line-cleared/1"
    package var batch: BatchID
    package var step: String
    package var room: RoomID
    package var findings: String?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.batches[batch]?.clearances[step] = LineClearance(
            room: room, occupations: site.rooms[room]?.occupations.count ?? 0, stamp: stamp)
    }
}

/// A line clearance for one step.
package struct LineClearance: Sendable, Hashable, Codable {
    package var room: RoomID
    /// How many steps had been started in the room when it was cleared.
    package var occupations: Int
    package var stamp: Stamp
}
