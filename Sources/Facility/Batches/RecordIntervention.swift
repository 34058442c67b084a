/// A hand or a tool in the aseptic zone while the product was open.
package struct Intervention: Sendable, Hashable, Codable {
    package var step: String
    package var what: String
    /// How long it took, in minutes.
    package var minutes: Int?
    package var stamp: Stamp
}

/// Records an intervention in a step (EU GMP Annex 1 8.16, 9.34; 21 CFR 211.188).
///
/// The interventions that are allowed are those of the programme of process simulations: the list is
/// authorised, and each was made in a simulation (8.16, 9.34). In an open step, one outside that list
/// opens an event, and so does every one where the definition has no list for the step: nothing shows
/// that it does not contaminate. The entry is never refused, because it happened. Where the specification asks for sterility
/// samples after interventions, the sample is due from now on (Annex 1 10.6).
package struct RecordIntervention: Command {
    package static let name = "batch.record-intervention"
    package static let summary =
        "Record an intervention in a step; one that no simulation covers opens an event."
    package static let permission = Permission.execute
    package static let help = [
        "batch": "which batch", "step": "which step",
        "intervention": "what was done, as the programme of simulations calls it",
        "minutes": "how long it took",
    ]

    package var batch: BatchID
    package var step: String
    package var intervention: String
    package var minutes: Int?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let (batch, step, record) = try site.openStep(step, of: batch)
        try requireText(intervention, "intervention")
        guard record.started.happened <= moment.happened else {
            throw Rejection(
                "batch.before-start",
                "\(moment.happened) is before step '\(step.id)' started at "
                    + "\(record.started.happened)", help: "enter when it happened")
        }
        let recorded = InterventionRecorded(
            batch: batch.id, step: step.id, intervention: intervention, minutes: minutes)
        let programme = try site.master(batch.master).simulation
        let covered =
            programme.map { $0.covers.contains(step.id) ? $0.interventions : [] } ?? []
        guard step.isOpen == true, site.binds("aps-coverage", on: batch),
            !covered.contains(intervention)
        else { return [recorded] }
        let known =
            covered.isEmpty
            ? "and the definition has no programme with interventions for step '\(step.id)'"
            : "covered: " + covered.joined(separator: ", ")
        return [
            recorded,
            DeviationOpened(
                deviation: site.nextDeviation(), batch: batch.id, step: step.id, cause: .observed,
                description: "intervention '\(intervention)' is in no process simulation; \(known)",
                rule: "aps-coverage"),
        ]
    }
}

/// There was an intervention.
package struct InterventionRecorded: Fact {
    package static let kind = "batch.intervention-recorded/1"
    package var batch: BatchID
    package var step: String
    package var intervention: String
    package var minutes: Int?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.batches[batch]?.steps[step]?.interventions.append(
            Intervention(step: step, what: intervention, minutes: minutes, stamp: stamp))
    }
}

extension Batch {
    /// The interventions in all its steps, also in those that were replaced, as they were recorded.
    package var interventions: [Intervention] {
        executions.flatMap(\.record.interventions).sorted { $0.stamp.entry < $1.stamp.entry }
    }
}
