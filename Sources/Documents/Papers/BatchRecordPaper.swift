import Facility

extension PaperSource {
    /// The executed record of a batch, complete: what was not as planned first, then every step
    /// with its instruction, values, materials, counts and signatures.
    func batchRecord(of batch: Batch) throws(Rejection) -> Paper {
        let master = try state.master(batch.master)
        let stage = try state.stage(of: batch)
        var blocks: [PaperBlock] = [
            .facts(try batchFacts(of: batch, master, stage)),
            .heading("Exceptions", level: 2), exceptions(of: batch),
        ]
        blocks += inputs(of: batch)
        blocks.append(.heading("Executed steps", level: 2))
        for (place, step) in stage.steps.enumerated() {
            blocks += self.blocks(of: step, number: place + 1, in: batch)
        }
        blocks += reprocessings(of: batch, stage)
        blocks += growth(of: batch)
        blocks += outputs(of: batch)
        blocks += labels(of: batch)
        blocks += environment(of: batch)
        blocks += testing(of: batch)
        blocks += deviations(of: batch)
        let signatures =
            self.signatures("execution completed", batch.completed)
            + self.signatures("record reviewed", batch.reviewed)
            + self.signatures("batch \(batch.status.rawValue)", batch.disposed)
        blocks.append(.heading("Signatures of the batch", level: 2))
        blocks.append(
            signatures.isEmpty
                ? .note(.warning, "The batch is open: nobody has signed for it as a whole.")
                : .signatures(signatures))
        return Paper(
            kind: SitePaper.batchRecord.title, subject: batch.id.text, issuer: state.name ?? "",
            under: "\(stage.name), \(master.product.name)", blocks: blocks,
            changes: changes(of: batch, stage),
            basis: basis(of: batch.stamps(in: state), under: master))
    }

    private func batchFacts(
        of batch: Batch, _ master: MasterRecord, _ stage: MasterStage
    ) throws(Rejection) -> [PaperFact] {
        var facts = try lotFacts(of: batch, master)
        facts.append(PaperFact("Starts from", stage.input.description))
        facts.append(PaperFact("Gives", stage.output.description))
        facts.append(PaperFact("Opened", who(batch.opened)))
        for parting in batch.partings {
            facts.append(
                PaperFact(
                    parting.isNewPart
                        ? "Split from \(parting.other)" : "\(parting.other) split off",
                    "\(state.words(parting, of: batch)): \(who(parting.stamp))"))
        }
        if !batch.pooledFrom.isEmpty {
            facts.append(
                PaperFact("Pooled from", batch.pooledFrom.map(\.text).joined(separator: ", ")))
        }
        if let reason = batch.lossReason {
            facts.append(
                PaperFact(
                    batch.status == .aborted ? "Ended because" : "Rejected because", reason))
        }
        for pause in batch.pauses {
            let end = pause.ended.map { "resumed: \(who($0))" } ?? "not resumed"
            facts.append(PaperFact("Paused", "\(pause.reason): \(who(pause.began)); \(end)"))
        }
        return facts
    }

    private func exceptions(of batch: Batch) -> PaperBlock {
        let exceptions = state.exceptions(of: batch)
        guard !exceptions.isEmpty else {
            return .paragraph("Everything went as planned: there is no exception.")
        }
        return .table(
            PaperTable(
                columns: ["Exception", "Kind", "Step", "What was not as planned", "Disposition"],
                rows: exceptions.map { exception in
                    [
                        PaperText(exception.id), PaperText(exception.kind.rawValue),
                        PaperText(exception.step ?? ""), PaperText(exception.description),
                        exception.disposition.map { PaperText($0) } ?? .verdict("open", .bad),
                    ]
                }))
    }

    private func inputs(of batch: Batch) -> [PaperBlock] {
        let containers = batch.inputs.compactMap { state.containers[$0] }
        guard !containers.isEmpty else { return [] }
        return [
            .heading("Cells it was made from", level: 2),
            .table(
                PaperTable(
                    columns: ["Container", "What it is", "Came from", "Cells"],
                    words: containers.map { container in
                        let donors = state.donors(behind: container.id.text).sorted()
                        return [
                            container.id.text, state.describe(container.id.text),
                            donors.isEmpty ? "" : "donor \(donors.joined(separator: ", "))",
                            container.cells.map { "\($0)" } ?? "",
                        ]
                    })),
        ]
    }

    private func growth(of batch: Batch) -> [PaperBlock] {
        let growth = state.growth(of: batch)
        guard !growth.passages.isEmpty else { return [] }
        return [
            .heading("Growth, worked out from the counts", level: 2),
            .table(
                PaperTable(
                    columns: [
                        "Passage", "Seeded", "Harvested", "Hours", "Population doublings",
                        "Doubling time",
                    ],
                    words: growth.passages.enumerated().map { place, passage in
                        [
                            "\(place + 1)", "\(Figure(passage.seeded)) viable cells",
                            "\(Figure(passage.harvested)) viable cells",
                            "\(Figure(passage.hours, digits: 4))",
                            (passage.isBound ? "at least " : "")
                                + "\(Figure(passage.doublings, digits: 3))",
                            passage.doublingTime.map { "\(Figure($0, digits: 3)) h" } ?? "–",
                        ]
                    })),
            .facts([
                PaperFact("Doublings the cells came with", "\(growth.inherited)"),
                PaperFact("Cumulative population doublings", "\(growth.cumulative)"),
            ]),
        ]
    }

    private func outputs(of batch: Batch) -> [PaperBlock] {
        let containers = batch.outputs.compactMap { state.containers[$0] }
        guard let first = containers.first, let last = containers.last else { return [] }
        var facts = [
            PaperFact("Containers", "\(containers.count), \(first.id) to \(last.id)"),
            PaperFact("Filled", who(first.created)),
        ]
        if let cells = first.cells { facts.append(PaperFact("Cells in each", "\(cells)")) }
        if let yield = state.fillYield(of: batch) {
            facts.append(
                PaperFact("Filled of the last harvest", "\(Figure(yield * 100, digits: 3)) %"))
        }
        return [.heading("Containers filled", level: 2), .facts(facts)]
    }

    private func labels(of batch: Batch) -> [PaperBlock] {
        guard let account = batch.labels else { return [] }
        return [.heading("Labels", level: 2)] + labelAccount(account)
    }

    /// The samples of the air, surfaces and gloves around the work, and what was not monitored.
    private func environment(of batch: Batch) -> [PaperBlock] {
        let samples = state.samples(beside: batch)
        let gaps = (try? state.monitoringGaps(of: batch)) ?? []
        guard !samples.isEmpty || !gaps.isEmpty else { return [] }
        var blocks: [PaperBlock] = [.heading("Environment", level: 2)]
        blocks += gaps.map { .note(.bad, PaperText($0)) }
        guard !samples.isEmpty else { return blocks }
        return blocks + [
            .table(
                PaperTable(
                    columns: ["Sample", "Place", "Method", "Taken", "Colonies", "Verdict", "Read"],
                    rows: samples.map { sample in
                        [
                            PaperText(sample.id.text),
                            PaperText("\(sample.place), \(sample.location)"),
                            PaperText(sample.method.rawValue.replacing("-", with: " ")),
                            PaperText(who(sample.taken)),
                            PaperText(sample.reading.map { "\($0.colonies)" } ?? "–"),
                            verdict(on: sample),
                            PaperText(sample.reading.map { who($0.stamp) } ?? ""),
                        ]
                    }))
        ]
    }

    private func verdict(on sample: EnvironmentSample) -> PaperText {
        switch state.verdict(on: sample) {
        case .within: .verdict("within limits", .good)
        case .alert: .verdict("above alert limit", .warning)
        case .action: .verdict("above action limit", .bad)
        case nil: .verdict("not read", .warning)
        }
    }

    private func testing(of batch: Batch) -> [PaperBlock] {
        guard let standings = try? state.standings(of: batch), !batch.results.isEmpty else {
            return []
        }
        return [
            .heading("Testing", level: 2),
            .table(
                PaperTable(
                    columns: [
                        "Test", "Limit", "Result", "Verdict", "Reference", "Done with",
                        "Recorded by, verified by",
                    ],
                    shares: [17, 15, 15, 10, 11, 14, 18],
                    rows: standings.map { standing in
                        let inForce = standing.inForce
                        let earlier = standing.results.filter { !$0.isInForce }
                            .map { "\($0.observation) (invalidated)" }
                        return [
                            PaperText(standing.test.attribute),
                            PaperText(printed(standing.test.criterion)),
                            inForce.map { .changed(from: earlier, to: "\($0.observation)") } ?? "–",
                            .verdict(standing.verdict.rawValue, standing.verdict.tone),
                            PaperText(inForce?.reference ?? ""),
                            PaperText(inForce.map(doneWith) ?? ""),
                            PaperText(
                                inForce.map { result in
                                    [result.stamp, result.verified].compactMap(\.self).map(who)
                                        .joined(separator: "; ")
                                } ?? ""),
                        ]
                    })),
        ]
    }

    /// Instruments and reagents of a result, or that none is named.
    private func doneWith(_ result: TestResult) -> String {
        guard let run = result.run else { return "not named" }
        let named = run.instruments.map(\.text) + run.reagents.map(\.lot.text)
        let controls = run.readings ?? []
        return (named + (controls.isEmpty ? [] : [controls.words])).joined(separator: ", ")
    }

    private func deviations(of batch: Batch) -> [PaperBlock] {
        let deviations = batch.deviations.compactMap { state.deviations[$0] }
        guard !deviations.isEmpty else { return [] }
        var blocks: [PaperBlock] = [.heading("Deviations", level: 2)]
        for deviation in deviations {
            blocks.append(.heading(deviation.id.text, level: 3))
            blocks.append(.facts(facts(of: deviation)))
            let signatures = self.signatures("deviation closed", deviation.closure?.stamp)
            if !signatures.isEmpty { blocks.append(.signatures(signatures)) }
        }
        return blocks
    }
}
