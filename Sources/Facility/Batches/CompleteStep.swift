package import Ledger

/// Completes a step: everything the definition asks for was recorded.
package struct CompleteStep: Command {
    package static let name = "batch.complete-step"
    package static let summary = "Complete a step and sign it as performed."
    package static let permission = Permission.execute
    package static let signature: SignatureMeaning? = .performed
    package static let help = ["batch": "which batch", "step": "which step"]

    package var batch: BatchID
    package var step: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let (batch, step, record) = try site.openStep(step, of: batch)
        try site.requireTrained(moment.person, for: batch, at: moment)
        let missing =
            step.parameters.filter { record.values[$0.id] == nil }.map { parameter in
                parameter.name + (parameter.formula.map { " (\($0.source))" } ?? "")
            }
            + step.checks.filter { record.checks[$0.id] == nil }.map(\.name)
            + step.materials.filter { use in
                !record.materials.contains { site.lots[$0.lot]?.material == use.material }
            }.map(\.material)
        guard missing.isEmpty else {
            throw Rejection(
                "batch.step-incomplete",
                "step '\(step.id)' lacks: \(missing.joined(separator: ", "))",
                help: "record them first", rule: "batch-record-complete")
        }
        if step.fillsContainers, batch.outputs.isEmpty {
            throw Rejection(
                "batch.nothing-filled", "step '\(step.id)' fills containers and none is recorded",
                help: "record the fill first: batch.fill")
        }
        guard record.started.happened <= moment.happened else {
            throw Rejection(
                "batch.completed-before-start",
                "completed at \(moment.happened), before it started at \(record.started.happened)")
        }
        let late = site.openTimeEvent(of: step, record, in: batch, until: moment.happened)
        return [StepCompleted(batch: batch.id, step: step.id)] + late
            + site.amountEvents(of: step, record, in: batch, after: late.count)
    }
}

/// A step was completed.
package struct StepCompleted: Fact {
    package static let kind = "batch.step-completed/1"
    package var batch: BatchID
    package var step: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.batches[batch]?.steps[step]?.completed = stamp
    }
}

/// Confirms a completed step as the second person.
package struct VerifyStep: Command {
    package static let name = "batch.verify-step"
    package static let summary = "Confirm a completed step as the second person."
    package static let permission = Permission.execute
    package static let signature: SignatureMeaning? = .verified
    package static let help = ["batch": "which batch", "step": "which step"]

    package var batch: BatchID
    package var step: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let batch = try site.executing(batch)
        let step = try site.step(step, of: batch)
        guard let record = batch.steps[step.id], record.completed != nil else {
            throw Rejection(
                "batch.step-not-completed", "step '\(step.id)' is not completed",
                help: "its performer completes it first")
        }
        guard record.verified == nil else {
            throw Rejection("batch.step-verified", "step '\(step.id)' is verified already")
        }
        guard !record.stamps.contains(where: { $0.person == moment.person }) else {
            throw Rejection(
                "batch.own-step", "'\(moment.person)' took part in step '\(step.id)'",
                help: "a second person verifies it", rule: "critical-entry-checked")
        }
        try site.requireTrained(moment.person, for: batch, at: moment)
        return [StepVerified(batch: batch.id, step: step.id)]
    }
}

/// A step was confirmed by a second person.
package struct StepVerified: Fact {
    package static let kind = "batch.step-verified/1"
    package var batch: BatchID
    package var step: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.batches[batch]?.steps[step]?.verified = stamp
    }
}
