package import Quantities

/// Records the value of a process parameter and judges it as it is entered.
///
/// A value outside its range does not block the record: it happened. It opens a deviation in the
/// same append, so that no reader ever sees the one without the other.
package struct RecordParameter: Command {
    package static let name = "batch.record-parameter"
    package static let summary =
        "Record a process parameter; a value outside its range opens a deviation."
    package static let permission = Permission.execute
    package static let help = [
        "batch": "which batch", "step": "which step", "parameter": "which parameter",
        "value": "what was measured, with its unit",
    ]

    package var batch: BatchID
    package var step: String
    package var parameter: String
    package var value: Quantity

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let (batch, step, record) = try site.openStep(step, of: batch)
        let parameter = try step.requireParameter(parameter)
        try parameter.requireEntered()
        let judgement = try parameter.judge(value)
        guard record.values[parameter.id] == nil else {
            throw Rejection(
                "batch.parameter-recorded", "'\(parameter.id)' was recorded before",
                help: "correct it with a reason: batch.correct-parameter")
        }
        let entered = ParameterRecorded(
            batch: batch.id, step: step.id, parameter: parameter.id, value: value)
        return [entered]
            + site.deviation(from: judgement, of: parameter, value: value, batch, step)
    }
}

/// A parameter was recorded.
package struct ParameterRecorded: Fact {
    package static let kind = "batch.parameter-recorded/1"
    package var batch: BatchID
    package var step: String
    package var parameter: String
    package var value: Quantity

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.batches[batch]?.steps[step]?.values[parameter, default: []].append(
            ParameterEntry(value: value, reason: nil, stamp: stamp))
    }
}

/// Replaces a recorded value by another, with the reason; the old value stays in the record.
package struct CorrectParameter: Command {
    package static let name = "batch.correct-parameter"
    package static let summary = "Correct a recorded parameter with a reason; the old value stays."
    package static let permission = Permission.execute
    package static let help = [
        "batch": "which batch", "step": "which step", "parameter": "which parameter",
        "value": "the right value, with its unit", "reason": "why the recorded value is wrong",
        "witness": "the second person who saw the source, once the step is verified",
    ]

    package var batch: BatchID
    package var step: String
    package var parameter: String
    package var value: Quantity
    package var reason: String
    package var witness: PersonID?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let batch = try site.batch(batch)
        guard !batch.status.isFinal else {
            throw Rejection("batch.final", "batch '\(batch.id)' is \(batch.status.rawValue)")
        }
        let step = try site.step(step, of: batch)
        let parameter = try step.requireParameter(parameter)
        try parameter.requireEntered()
        try requireText(reason, "reason")
        guard let current = batch.steps[step.id]?.values[parameter.id]?.last else {
            throw Rejection(
                "batch.parameter-not-recorded", "'\(parameter.id)' has no value yet",
                help: "record it: batch.record-parameter")
        }
        guard current.value != value else {
            throw Rejection(
                "batch.parameter-unchanged", "'\(parameter.id)' is \(current.value) already")
        }
        if let witness {
            try site.requireWitness(witness, at: moment)
        } else if batch.steps[step.id]?.verified != nil {
            throw Rejection(
                "batch.step-verified", "step '\(step.id)' is verified by a second person",
                help: "name the second person who saw the source: witness",
                rule: "critical-entry-checked")
        }
        let judgement = try parameter.judge(value)
        // What was measured before a split is the value of every part of it.
        let parts = site.parts(of: batch.id).compactMap { site.batches[$0] }.filter {
            $0.steps[step.id]?.values[parameter.id]?.last?.stamp == current.stamp
        }
        let corrected = ParameterCorrected(
            batch: batch.id, step: step.id, parameter: parameter.id, value: value, reason: reason,
            witness: witness, parts: parts.isEmpty ? nil : parts.map(\.id))
        let outside = site.deviation(
            from: judgement, of: parameter, value: value, batch, step, about: parts)
        let answered = parts.filter(\.status.isAnsweredFor)
        return [corrected] + outside
            + answered.enumerated().map { offset, part in
                site.event(
                    .entryCorrected, part.id, step: step.id,
                    "\(parameter.name) \(current.value), corrected to \(value) in '\(batch.id)' "
                        + "after the batch was \(part.status.rawValue)",
                    rule: "release-points", after: outside.count + offset)
            }
    }
}

/// A recorded parameter was corrected.
package struct ParameterCorrected: Fact {
    package static let kind = "batch.parameter-corrected/1"
    package var batch: BatchID
    package var step: String
    package var parameter: String
    package var value: Quantity
    package var reason: String
    /// The second person, where one was needed.
    package var witness: PersonID?
    /// The parts of a split that have the value from before it.
    package var parts: [BatchID]?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        for batch in [batch] + (parts ?? []) {
            site.batches[batch]?.steps[step]?.values[parameter, default: []].append(
                ParameterEntry(value: value, reason: reason, stamp: stamp))
        }
    }
}

extension MasterStep {
    func requireParameter(_ name: String) throws(Rejection) -> MasterParameter {
        if let parameter = parameter(name) { return parameter }
        throw Rejection(
            "batch.unknown-parameter", "step '\(id)' has no parameter '\(name)'",
            help: didYouMean(name, among: parameters.map(\.id)))
    }
}

extension SiteState {
    /// The deviation a judged value opens, if any.
    ///
    /// - Parameter parts: other batches that have the value as well.
    func deviation(
        from judgement: Judgement, of parameter: MasterParameter, value: Quantity, _ batch: Batch,
        _ step: MasterStep, about parts: [Batch] = []
    ) -> [any Fact] {
        let cause: DeviationCause
        let range: QuantityRange?
        switch judgement {
        case .withinNormal: return []
        case .outsideNormal: (cause, range) = (.outsideNormalRange, parameter.normal)
        case .outsideProven: (cause, range) = (.outsideProvenRange, parameter.proven)
        }
        return [
            DeviationOpened(
                deviation: nextDeviation(), batch: batch.id, step: step.id, cause: cause,
                description: "\(parameter.name) \(value), limits "
                    + (range?.description ?? "none"),
                subjects: parts.isEmpty ? nil : parts.map { $0.id.naming(Thing.self) })
        ]
    }
}
