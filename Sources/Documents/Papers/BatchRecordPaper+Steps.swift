import Facility
import Ledger

extension PaperSource {
    /// One step of a batch record: what was asked for, what was done, and who signed.
    func blocks(of step: MasterStep, number: Int, in batch: Batch) -> [PaperBlock] {
        var blocks: [PaperBlock] = [.heading("\(number). \(step.name)", level: 3)]
        if let instruction = step.instruction { blocks.append(.paragraph(PaperText(instruction))) }
        guard let record = batch.steps[step.id] else {
            return blocks + [.note(.warning, "Not started.")]
        }
        return blocks
            + done(in: step, record, clearance: batch.clearances[step.id])
    }

    /// What was done in one execution of a step, and who signed.
    private func done(
        in step: MasterStep, _ record: StepRecord, clearance: LineClearance?
    ) -> [PaperBlock] {
        var blocks: [PaperBlock] = [.facts(circumstances(of: step, record, clearance))]
        if !step.parameters.isEmpty { blocks.append(.table(parameters(of: step, record))) }
        if !step.checks.isEmpty { blocks.append(.table(checks(of: step, record))) }
        if !step.materials.isEmpty || !record.materials.isEmpty {
            blocks.append(.table(materials(of: step, record)))
        }
        if !record.counts.isEmpty { blocks.append(.table(counts(of: record))) }
        if !record.traces.isEmpty { blocks.append(.table(traces(of: step, record))) }
        if !record.interventions.isEmpty { blocks.append(.table(interventions(of: record))) }
        let signatures =
            self.signatures("performed", record.completed)
            + self.signatures("verified by a second person", record.verified)
        if !signatures.isEmpty { blocks.append(.signatures(signatures)) }
        if record.completed == nil { blocks.append(.note(.warning, "Not completed.")) }
        if step.needsVerification, record.completed != nil, record.verified == nil {
            blocks.append(.note(.warning, "Waits for its second person."))
        }
        return blocks
    }

    private func circumstances(
        of step: MasterStep, _ record: StepRecord, _ clearance: LineClearance?
    ) -> [PaperFact] {
        var facts = [PaperFact("Step", step.id), PaperFact("Started", who(record.started))]
        if let room = record.room {
            facts.append(PaperFact("Room", "\(room), \(state.rooms[room]?.name ?? "")"))
        }
        if !record.equipment.isEmpty {
            let equipment = record.equipment.map { piece in
                state.equipment[piece].map { "\(piece), \($0.name)" } ?? piece.text
            }
            facts.append(PaperFact("Equipment", equipment.joined(separator: "; ")))
        }
        if let clearance {
            facts.append(
                PaperFact("Line cleared", "room \(clearance.room), \(who(clearance.stamp))"))
        }
        return facts
    }

    /// Each return to an earlier step, with what was done before it and no longer counts.
    func reprocessings(of batch: Batch, _ stage: MasterStage) -> [PaperBlock] {
        guard !batch.reprocessings.isEmpty else { return [] }
        var blocks: [PaperBlock] = [.heading("Reprocessing", level: 2)]
        for reprocessing in batch.reprocessings {
            let way = stage.reprocessing?.first { $0.id == reprocessing.provision }
            blocks.append(.heading(way?.name ?? reprocessing.provision, level: 3))
            var facts = [
                PaperFact("Way back", reprocessing.provision),
                PaperFact("Event", reprocessing.deviation.text),
                PaperFact("Reason", reprocessing.reason),
            ]
            if let way {
                facts.insert(PaperFact("Allowed when", way.condition), at: 1)
                facts.insert(PaperFact("Allowed how often", "\(way.maximum)"), at: 2)
            }
            blocks.append(.facts(facts))
            blocks.append(.signatures(signatures("approved by quality", reprocessing.approved)))
            for step in stage.steps {
                guard let record = reprocessing.replaced[step.id] else { continue }
                blocks.append(.heading("\(step.name), before it was done again", level: 3))
                blocks += done(in: step, record, clearance: reprocessing.clearances[step.id])
            }
        }
        return blocks
    }

    private func parameters(of step: MasterStep, _ record: StepRecord) -> PaperTable {
        PaperTable(
            columns: [
                "Parameter", "Normal operating range", "Proven acceptable range", "Value",
                "Judgement", "Entered by",
            ],
            rows: step.parameters.map { parameter in
                let entries = record.values[parameter.id] ?? []
                let name = parameter.name + (parameter.isCritical ? " (critical)" : "")
                guard let last = entries.last else {
                    return [PaperText(name), "", "", .verdict("no value", .warning)]
                }
                let judgement = try? parameter.judge(last.value)
                return [
                    PaperText(name), PaperText(parameter.normal.map { "\($0)" } ?? "–"),
                    PaperText(parameter.proven.map { "\($0)" } ?? "–"),
                    .changed(from: entries.dropLast().map { "\($0.value)" }, to: "\(last.value)"),
                    judgement.map { .verdict($0.title, $0.tone) } ?? "–",
                    PaperText(entries.map { who($0.stamp) }.joined(separator: "; ")),
                ]
            })
    }

    private func checks(of step: MasterStep, _ record: StepRecord) -> PaperTable {
        PaperTable(
            columns: ["In-process control", "Criterion", "Result", "Verdict", "Entered by"],
            rows: step.checks.map { check in
                let entries = record.checks[check.id] ?? []
                guard let last = entries.last else {
                    return [
                        PaperText(check.name), PaperText(printed(check.criterion)),
                        .verdict("no result", .warning),
                    ]
                }
                let verdict: PaperText =
                    switch try? check.criterion.isMet(by: last.observation) {
                    case true?: .verdict("met", .good)
                    case false?: .verdict("not met", .bad)
                    case nil: "reported"
                    }
                return [
                    PaperText(check.name), PaperText(printed(check.criterion)),
                    .changed(
                        from: entries.dropLast().map { "\($0.observation)" },
                        to: "\(last.observation)"), verdict,
                    PaperText(entries.map { who($0.stamp) }.joined(separator: "; ")),
                ]
            })
    }

    private func materials(of step: MasterStep, _ record: StepRecord) -> PaperTable {
        PaperTable(
            columns: [
                "Material", "Planned", "Lot", "Supplier's lot", "Expiry", "Used", "Entered by",
            ],
            words: record.materials.map { use in
                let lot = state.lots[use.lot]
                let planned = step.materials.first { $0.material == lot?.material }?.quantity
                return [
                    lot?.material ?? "", planned.map { "\($0)" } ?? "–", use.lot.text,
                    lot.map { "\($0.supplierLot), \($0.supplier)" } ?? "",
                    lot.map { "\($0.expiry)" } ?? "", "\(use.quantity)", who(use.stamp),
                ]
            })
    }

    private func traces(of step: MasterStep, _ record: StepRecord) -> PaperTable {
        PaperTable(
            columns: [
                "Trace of", "From", "To", "Readings", "Lowest", "Highest", "Came by", "SHA-256",
                "By",
            ],
            words: record.traces.map { trace in
                [
                    step.parameter(trace.parameter)?.name ?? trace.parameter, printed(trace.from),
                    printed(trace.to), "\(trace.readings)", "\(trace.lowest)",
                    "\(trace.highest)", trace.origin, trace.file.hex, who(trace.stamp),
                ]
            })
    }

    private func interventions(of record: StepRecord) -> PaperTable {
        PaperTable(
            columns: ["Intervention", "Minutes", "Entered by"],
            words: record.interventions.map {
                [$0.what, $0.minutes.map { "\($0)" } ?? "–", who($0.stamp)]
            })
    }

    private func counts(of record: StepRecord) -> PaperTable {
        PaperTable(
            columns: [
                "Count", "Total cells, replicates", "Viability", "Volume",
                "Viable cells (mean × viability × volume)", "Entered by",
            ],
            words: record.counts.map { count in
                [
                    count.point.rawValue,
                    count.concentrations.map { "\($0)" }.joined(separator: ", "),
                    "\(count.viability)", "\(count.volume)",
                    count.viableCells.map { "\(Figure($0))" } ?? "–", who(count.stamp),
                ]
            })
    }

    /// Every value of a batch that was changed after it had been entered, oldest first.
    func changes(of batch: Batch, _ stage: MasterStage) -> [PaperChange] {
        var changes = resultChanges(of: batch)
        for step in stage.steps {
            for record in batch.executions(of: step.id) {
                changes += self.changes(of: step, record)
            }
        }
        return changes.sorted { ($0.entry, $0.what) < ($1.entry, $1.what) }
    }

    private func changes(of step: MasterStep, _ record: StepRecord) -> [PaperChange] {
        var changes: [PaperChange] = []
        for (id, entries) in record.values {
            let name = step.parameter(id)?.name ?? id
            for (old, new) in zip(entries, entries.dropFirst()) {
                changes.append(
                    change(
                        "\(step.name): \(name)", "\(old.value)", "\(new.value)",
                        new.reason ?? "", new.stamp))
            }
        }
        for (id, entries) in record.checks {
            let name = step.check(id)?.name ?? id
            for (old, new) in zip(entries, entries.dropFirst()) {
                changes.append(
                    change(
                        "\(step.name): \(name)", "\(old.observation)", "\(new.observation)",
                        "in-process control repeated", new.stamp))
            }
        }
        return changes
    }

    /// The same of several batches.
    func changes(of batches: [Batch]) throws(Rejection) -> [PaperChange] {
        var changes: [PaperChange] = []
        for batch in batches { changes += self.changes(of: batch, try state.stage(of: batch)) }
        return changes.sorted { ($0.entry, $0.what) < ($1.entry, $1.what) }
    }

    func change(
        _ what: String, _ old: String, _ new: String, _ reason: String, _ stamp: Stamp
    ) -> PaperChange {
        PaperChange(
            what: what, old: old, new: new, reason: reason, by: name(of: stamp.person),
            instant: printed(stamp.happened), entry: stamp.entry)
    }
}

extension Judgement {
    /// How the judgement reads at a glance.
    var tone: PaperTone {
        switch self {
        case .withinNormal: .good
        case .outsideNormal: .warning
        case .outsideProven: .bad
        }
    }
}
