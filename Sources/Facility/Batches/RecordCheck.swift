/// Records the result of an in-process control.
package struct RecordCheck: Command {
    package static let name = "batch.record-check"
    package static let summary =
        "Record an in-process control; a result that misses its criterion opens a deviation."
    package static let permission = Permission.execute
    package static let help = [
        "batch": "which batch", "step": "which step", "check": "which in-process control",
        "observation": "what was found: a number with its unit, or words",
    ]

    package var batch: BatchID
    package var step: String
    package var check: String
    package var observation: Observation

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let (batch, step, _) = try site.openStep(step, of: batch)
        guard let check = step.check(check) else {
            throw Rejection(
                "batch.unknown-check",
                "step '\(step.id)' has no in-process control '\(self.check)'",
                help: didYouMean(self.check, among: step.checks.map(\.id)))
        }
        let recorded = CheckRecorded(
            batch: batch.id, step: step.id, check: check.id, observation: observation)
        guard try check.criterion.isMet(by: observation) == false else { return [recorded] }
        let deviation = DeviationOpened(
            deviation: site.nextDeviation(), batch: batch.id, step: step.id, cause: .controlNotMet,
            description: "\(check.name): \(observation), criterion \(check.criterion)",
            rule: check.rule ?? "ipc-decision-kept")
        return [recorded, deviation]
    }
}

/// An in-process control was recorded.
package struct CheckRecorded: Fact {
    package static let kind = "batch.check-recorded/1"
    package var batch: BatchID
    package var step: String
    package var check: String
    package var observation: Observation

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.batches[batch]?.steps[step]?.checks[check, default: []].append(
            CheckEntry(observation: observation, stamp: stamp))
    }
}
