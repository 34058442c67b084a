import Facility

extension PaperSource {
    /// The certificate of analysis of a lot: every test of its specification with method, limit,
    /// result and verdict.
    func certificateOfAnalysis(of batch: Batch) throws(Rejection) -> Paper {
        let master = try state.master(batch.master)
        let standings = try state.standings(of: batch)
        guard let specification = try state.specification(for: batch) else {
            throw Rejection(
                "paper.no-specification", "no specification applies to '\(batch.id)'",
                help: "write one in the definition for what stage '\(batch.stage)' gives")
        }
        let failed = standings.filter { $0.verdict == .fails }
        let pending = standings.filter { $0.verdict == .pending }
        var blocks: [PaperBlock] = [
            .facts(try lotFacts(of: batch, master)),
            .heading("Results against \(specification.name)", level: 2),
            .table(results(of: standings, in: batch)),
        ]
        if !failed.isEmpty {
            blocks.append(
                .note(
                    .bad,
                    "Outside the specification: "
                        + PaperText(failed.map(\.test.attribute).joined(separator: ", "))))
        }
        blocks.append(
            pending.isEmpty
                ? .paragraph(
                    failed.isEmpty
                        ? "Every test of the specification has a result, and none is outside its limit."
                        : "Every test of the specification has a result.")
                : .note(
                    .warning,
                    "No result yet: "
                        + PaperText(pending.map(\.test.attribute).joined(separator: ", "))))
        let methods = methods(of: standings, version: master.product.version)
        if !methods.rows.isEmpty {
            blocks += [.heading("Methods", level: 2), .table(methods)]
        }
        let investigated = batch.results.filter { !$0.isInForce }
        if !investigated.isEmpty {
            blocks += [
                .heading("Results that do not count", level: 2),
                .table(invalidated(investigated, standings)),
            ]
        }
        let signatures =
            self.signatures("record reviewed", batch.reviewed)
            + self.signatures("batch \(batch.status.rawValue)", batch.disposed)
        if !signatures.isEmpty {
            blocks += [.heading("Signatures", level: 2), .signatures(signatures)]
        }
        let stamps =
            [batch.opened] + batch.testingStamps
            + [batch.reviewed, batch.disposed].compactMap { $0 }
        return Paper(
            kind: SitePaper.certificateOfAnalysis.title, subject: batch.id.text,
            issuer: state.name ?? "", under: master.product.name, blocks: blocks,
            changes: resultChanges(of: batch), basis: basis(of: stamps, under: master))
    }

    /// What was tested: the lot, its containers, its dates.
    func lotFacts(of batch: Batch, _ master: MasterRecord) throws(Rejection) -> [PaperFact] {
        let containers = batch.outputs.compactMap { state.containers[$0] }
        var facts = [
            PaperFact("Product", "\(master.product.name), version \(master.product.version)"),
            PaperFact("Lot", .strong(batch.id.text)),
            PaperFact("Stage", try state.stage(of: batch).name),
            PaperFact("Limits", "those of the phase '\(master.product.phase)'"),
            PaperFact("Status", batch.status.rawValue),
        ]
        if let bank = batch.bank { facts.append(PaperFact("Bank", bank.text)) }
        if let first = containers.first, let last = containers.last {
            facts.append(
                PaperFact(
                    "Containers",
                    containers.count == 1
                        ? first.id.text : "\(containers.count), \(first.id) to \(last.id)"))
            if let cells = first.cells { facts.append(PaperFact("Cells in each", "\(cells)")) }
            facts.append(PaperFact("Filled", printed(first.created.happened)))
            if let expires = first.expires { facts.append(PaperFact("Expires", "\(expires)")) }
        }
        if let storage = master.product.storage { facts.append(PaperFact("Storage", storage)) }
        return facts
    }

    /// The method; for a cytometer also the version of the gates it was read by.
    private func method(of test: MasterTest, in batch: Batch) -> String {
        guard let assay = test.assay else { return "–" }
        let gates = state.cytometryResults(of: batch.id, test: test.id).last.map {
            ", read with \($0.analysis.id) version \($0.result.version)"
        }
        return "\(assay)\(gates ?? "")"
    }

    private func results(of standings: [TestStanding], in batch: Batch) -> PaperTable {
        PaperTable(
            columns: [
                "Test", "Method", "Limit", "Result", "Verdict", "Reference", "Recorded", "Entry",
            ],
            shares: [16, 12, 17, 16, 10, 11, 12, 6],
            rows: standings.map { standing in
                let inForce = standing.inForce
                let earlier = standing.results.filter { !$0.isInForce }
                    .map { "\($0.observation) (invalidated)" }
                return [
                    PaperText(standing.test.attribute),
                    PaperText(method(of: standing.test, in: batch)),
                    PaperText(printed(standing.test.criterion)),
                    inForce.map { .changed(from: earlier, to: $0.observation.description) } ?? "–",
                    .verdict(standing.verdict.rawValue, standing.verdict.tone),
                    PaperText(inForce?.reference ?? ""),
                    PaperText(
                        inForce.map { result in
                            whoAndDay(result.stamp)
                                + (result.verified.map { ", verified by \(whoAndDay($0))" } ?? "")
                        } ?? ""),
                    PaperText(inForce.map { "\($0.stamp.entry)" } ?? ""),
                ]
            }, figures: [7])
    }

    private func methods(of standings: [TestStanding], version: String) -> PaperTable {
        var seen: Set<String> = []
        let tests = standings.map(\.test).filter { test in
            test.assay.map { seen.insert($0).inserted } ?? false
        }
        return PaperTable(
            caption: "The version of a method is that of the definition that describes it.",
            columns: ["Method", "Version", "What it is", "Compendial reference", "Validation"],
            words: tests.map {
                [
                    $0.assay ?? "", version, $0.method ?? "as the definition says",
                    $0.compendial ?? "–", $0.validation ?? "–",
                ]
            })
    }

    private func invalidated(_ results: [TestResult], _ standings: [TestStanding]) -> PaperTable {
        PaperTable(
            columns: [
                "Test", "Result", "Reference", "Investigation", "Why it does not count", "By",
            ],
            rows: results.map { result in
                let name = standings.first { $0.test.id == result.test }?.test.attribute
                return [
                    PaperText(name ?? result.test), PaperText(result.observation.description),
                    PaperText(result.reference),
                    PaperText(result.invalidated?.deviation.text ?? ""),
                    PaperText(result.invalidated?.reason ?? ""),
                    PaperText(result.invalidated.map { who($0.stamp) } ?? ""),
                ]
            })
    }

    /// Results that were invalidated, with the result that took their place.
    func resultChanges(of batch: Batch) -> [PaperChange] {
        batch.results.enumerated().compactMap { place, result in
            guard let end = result.invalidated else { return nil }
            let next = batch.results.dropFirst(place + 1).first { $0.test == result.test }
            return PaperChange(
                what: "result of \(result.test)", old: result.observation.description,
                new: next?.observation.description ?? "no result yet", reason: end.reason,
                by: name(of: end.stamp.person), instant: printed(end.stamp.happened),
                entry: end.stamp.entry)
        }
    }
}

extension TestStanding.Verdict {
    /// How the verdict reads at a glance.
    var tone: PaperTone {
        switch self {
        case .passes: .good
        case .fails: .bad
        case .pending: .warning
        case .reported: .plain
        }
    }
}
