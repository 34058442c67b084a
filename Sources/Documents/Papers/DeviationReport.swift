import Facility

extension PaperSource {
    /// The report of a deviation, from its opening to its closure and what follows from it.
    func deviationReport(of deviation: Deviation) -> Paper {
        let batch = deviation.batch.flatMap { state.batches[$0] }
        let master = batch.flatMap { state.masters[$0.master] }
        var blocks: [PaperBlock] = [
            .facts(opening(of: deviation))
        ]
        blocks += concerned(by: deviation)
        blocks += investigation(of: deviation)
        blocks.append(.heading("Conclusion", level: 2))
        if let closure = deviation.closure {
            blocks.append(
                .facts([
                    PaperFact("Root cause", closure.rootCause),
                    PaperFact("Impact on quality", closure.impact),
                    PaperFact(
                        "Disposition",
                        .verdict(
                            closure.disposition.rawValue,
                            closure.disposition == .acceptable ? .good : .bad)),
                    PaperFact("Closed", who(closure.stamp)),
                ]))
        } else {
            blocks.append(.note(.warning, "The deviation is open."))
        }
        blocks += actions(after: deviation)
        let signatures =
            self.signatures("phase I of the investigation", deviation.laboratoryPhase?.stamp)
            + self.signatures("phase II of the investigation", deviation.fullPhase?.stamp)
            + self.signatures("deviation closed", deviation.closure?.stamp)
        if !signatures.isEmpty {
            blocks += [.heading("Signatures", level: 2), .signatures(signatures)]
        }
        var changes: [PaperChange] = []
        if let classified = deviation.classified,
            classified.grade != deviation.cause.usualGrade
        {
            changes.append(
                change(
                    "grade", deviation.cause.usualGrade.rawValue, classified.grade.rawValue,
                    classified.reason, classified.stamp))
        }
        if let result = state.result(behind: deviation), let end = result.invalidated {
            changes.append(
                change(
                    "result of \(result.test)", "\(result.observation)", "invalidated",
                    end.reason, end.stamp))
        }
        return Paper(
            kind: SitePaper.deviationReport.title, subject: deviation.id.text,
            issuer: state.name ?? "", under: deviation.isOpen ? "open" : "closed", blocks: blocks,
            changes: changes, basis: basis(of: deviation.stamps(in: state), under: master))
    }

    /// The particulars of a deviation with its conclusion, as batch records print them.
    func facts(of deviation: Deviation) -> [PaperFact] {
        guard let closure = deviation.closure else { return opening(of: deviation) }
        return opening(of: deviation) + [
            PaperFact("Root cause", closure.rootCause), PaperFact("Impact", closure.impact),
            PaperFact("Disposition", closure.disposition.rawValue),
            PaperFact("Closed", who(closure.stamp)),
        ]
    }

    /// What is known of a deviation before its conclusion.
    private func opening(of deviation: Deviation) -> [PaperFact] {
        var facts = [
            PaperFact("Deviation", .strong(deviation.id.text)),
            PaperFact("Status", deviation.isOpen ? .verdict("open", .bad) : "closed"),
            PaperFact("Cause", deviation.cause.rawValue),
            PaperFact(
                "Grade",
                .changed(
                    from: deviation.classified.map { classified in
                        let usual = deviation.cause.usualGrade
                        return classified.grade == usual ? [] : [usual.rawValue]
                    } ?? [], to: deviation.grade.rawValue)),
            PaperFact("What happened", deviation.description),
            PaperFact("Opened", who(deviation.opened)),
        ]
        if let batch = deviation.batch { facts.append(PaperFact("Batch", batch.text)) }
        if !deviation.subjects.isEmpty {
            facts.append(PaperFact("About", deviation.subjects.map(\.text).joined(separator: ", ")))
        }
        for extended in deviation.extensions {
            let things = extended.subjects.map(\.text).joined(separator: ", ")
            facts.append(
                PaperFact("Extended to", "\(things), \(extended.reason): \(who(extended.stamp))"))
        }
        if let step = deviation.step { facts.append(PaperFact("Step or test", step)) }
        if let classified = deviation.classified {
            facts.append(
                PaperFact("Classified", "\(classified.reason): \(who(classified.stamp))"))
        }
        return facts
    }

    private func concerned(by deviation: Deviation) -> [PaperBlock] {
        let batches = state.batches.inOrder.filter { $0.deviations.contains(deviation.id) }
        guard !batches.isEmpty else { return [] }
        return [
            .heading("Batches concerned", level: 2),
            .table(
                PaperTable(
                    columns: ["Batch", "Stage", "Status", "Containers"],
                    words: batches.map {
                        [$0.id.text, $0.stage, $0.status.rawValue, "\($0.outputs.count)"]
                    })),
        ]
    }

    private func investigation(of deviation: Deviation) -> [PaperBlock] {
        var facts: [PaperFact] = []
        if let result = state.result(behind: deviation) {
            facts.append(
                PaperFact(
                    "Result",
                    "\(result.test) \(result.observation), \(result.reference): "
                        + who(result.stamp)))
            if let end = result.invalidated {
                facts.append(PaperFact("Result invalidated", "\(end.reason): \(who(end.stamp))"))
            }
        }
        if let phase = deviation.laboratoryPhase {
            facts += [
                PaperFact(
                    "Phase I, laboratory",
                    phase.assignableCause
                        ? "an error of the laboratory explains the result"
                        : "no cause in the laboratory"),
                PaperFact("Evidence", phase.evidence),
                PaperFact("Recorded", who(phase.stamp)),
            ]
        }
        if let phase = deviation.fullPhase {
            facts += [
                PaperFact("Phase II, production", phase.review),
                PaperFact("Conclusion", phase.conclusion),
                PaperFact("Recorded", who(phase.stamp)),
            ]
        }
        return facts.isEmpty ? [] : [.heading("Investigation", level: 2), .facts(facts)]
    }

    private func actions(after deviation: Deviation) -> [PaperBlock] {
        let actions = deviation.correctiveActions(in: state)
        guard !actions.isEmpty else { return [] }
        return [
            .heading("Corrective and preventive actions", level: 2),
            .table(
                PaperTable(
                    columns: ["Number", "Action", "Owner", "Due", "Completed", "Effect"],
                    words: actions.map { action in
                        [
                            action.id.text, action.action, name(of: action.owner),
                            "\(action.due)", action.completed.map(who) ?? "open",
                            action.checks.map {
                                ($0.isEffective ? "effective" : "not effective") + ": "
                                    + $0.evidence
                            }.joined(separator: "; "),
                        ]
                    })),
        ]
    }
}
