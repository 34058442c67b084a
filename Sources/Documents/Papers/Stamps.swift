import Facility

// The entries a paper is made from.

extension Batch {
    /// The stamps of everything a batch record shows, in no order.
    func stamps(in state: SiteState) -> [Stamp] {
        var stamps = [opened]
        stamps += [completed, reviewed, disposed, firstStage, alert?.stamp].compactMap { $0 }
        if let exceptionalSupply { stamps.append(exceptionalSupply.stamp) }
        stamps += executions.flatMap(\.record.stamps)
        stamps += clearances.values.map(\.stamp)
        stamps += reprocessings.flatMap { [$0.approved] + $0.clearances.values.map(\.stamp) }
        stamps += dispositions.map(\.stamp) + points.map(\.stamp)
        stamps += pauses.flatMap { [$0.began] + [$0.ended].compactMap { $0 } }
        stamps += (labels?.issues.map(\.stamp) ?? []) + [labels?.reconciled].compactMap { $0 }
        stamps += testingStamps
        stamps += outputs.compactMap { state.containers[$0]?.created }
        for deviation in deviations.compactMap({ state.deviations[$0] }) {
            stamps += deviation.ownStamps
        }
        return stamps
    }

    /// The stamps of its test results.
    var testingStamps: [Stamp] {
        results.flatMap { [$0.stamp] + [$0.invalidated?.stamp].compactMap { $0 } }
    }
}

extension Deviation {
    /// The stamps of the deviation itself.
    var ownStamps: [Stamp] {
        [opened]
            + [classified?.stamp, laboratoryPhase?.stamp, fullPhase?.stamp, closure?.stamp]
            .compactMap { $0 }
    }

    /// The stamps of the deviation, of the result that opened it, and of what follows from it.
    func stamps(in state: SiteState) -> [Stamp] {
        var stamps = ownStamps
        if let result = state.investigatedResult(of: self) {
            stamps += [result.stamp] + [result.invalidated?.stamp].compactMap { $0 }
        }
        for action in correctiveActions(in: state) {
            stamps +=
                [action.opened] + [action.completed].compactMap { $0 }
                + action.checks.map(\.stamp)
        }
        return stamps
    }

    /// The corrective and preventive actions that follow from it.
    func correctiveActions(in state: SiteState) -> [CorrectiveAction] {
        state.correctiveActions.inOrder.filter { $0.source.text == id.text }
    }
}
