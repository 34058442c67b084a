import Charts
import Facility

// The pages of the kinds of events, each with the commands that take it on.

extension StorageExcursion: ShownEvent {
    func write(for viewer: Viewer, into html: inout HTML) {
        let (state, id) = (viewer.state, self.id.text)
        html.add(
            PageHead(
                id, kind: "Storage excursion",
                status: assessment == nil
                    ? Badge("open", .bad) : Badge("assessed", .good),
                under: "\(unit) reached \(extreme)",
                actions: assessment == nil
                    ? viewer.actions(
                        [AssessExcursion.self], ["excursion": id], returnTo: .event(id)) : []))
        var facts = Facts()
        facts.add("Unit") { html in
            html(.a, .href(StoragePlace(unit).address), text: unit)
        }
        facts.add("From", from.description)
        facts.add("To", to.description)
        facts.add("Recorded", state.signed(recorded))
        facts.add("Disposition", assessment?.disposition.rawValue)
        facts.add("Because", assessment?.reason)
        facts.add("Assessed", (assessment?.stamp).map(state.signed))
        html(.section, .class("panel")) { $0.add(facts) }
    }
}

extension Complaint: ShownEvent {
    func write(for viewer: Viewer, into html: inout HTML) {
        let (state, id) = (viewer.state, self.id.text)
        html.add(
            PageHead(
                id, kind: "Complaint",
                status: isOpen ? Badge("open", .attention) : Badge("closed", .inactive),
                under: description,
                actions: isOpen
                    ? viewer.actions([CloseComplaint.self], ["complaint": id], returnTo: .event(id))
                        + viewer.actions(
                            [BeginRecall.self], ["thing": subject.text],
                            returnTo: .event(id)) : []))
        var facts = Facts()
        facts.add("About", subject.text, to: Link(to: subject.text, in: state))
        facts.add("From", from)
        facts.add("Received", state.signed(received))
        facts.add("Finding", closure?.finding)
        facts.add("Quality defect", closure.map { $0.isQualityDefect ? "yes" : "no" })
        facts.add("Conclusion", closure?.conclusion)
        if let deviation = closure?.deviation {
            facts.add("Deviation", deviation.text, to: .event(deviation.text))
        }
        facts.add("Other containers", closure?.holdsSisters.map { $0 ? "held" : "not held" })
        if let recall = closure?.recall {
            facts.add("Recall", recall.text, to: .event(recall.text))
        }
        facts.add("No recall", closure?.noRecall)
        facts.add("Closed", (closure?.stamp).map(state.signed))
        html(.section, .class("panel")) { $0.add(facts) }
    }
}

extension Recall: ShownEvent {
    func write(for viewer: Viewer, into html: inout HTML) {
        let (state, id) = (viewer.state, self.id.text)
        html.add(
            PageHead(
                id, kind: isMock ? "Recall exercise" : "Recall",
                status: closed == nil
                    ? Badge("under way", isMock ? .attention : .bad)
                    : Badge("closed", .inactive),
                under: reason,
                actions: [("Genealogy", Address(.genealogy(node: thing.text)))]
                    + (closed == nil
                        ? viewer.actions(
                            [RecordRecallContact.self, CloseRecall.self], ["recall": id],
                            returnTo: .event(id)) : [])))
        var facts = Facts()
        facts.add("Recalled", thing.text, to: Link(to: thing.text, in: state))
        facts.add("Begun", state.signed(begun))
        facts.add("Taken", secondsTaken.map { "\($0 / 60) min" })
        facts.add("Conclusion", closed?.conclusion)
        html(.section, .class("panel")) { $0.add(facts) }
        html.panel("Contacts") { html in
            html.add(
                RowsTable(
                    of: "contacts", contacts,
                    columns: [
                        Column("whom", "Whom", { $0.whom }),
                        Column("shipment", "Shipment", { $0.shipment?.text ?? "" }) {
                            contact, html in
                            if let shipment = contact.shipment {
                                html(
                                    .a, .href(.shipment(shipment.text)), text: shipment.text)
                            }
                        },
                        Column("answer", "Answer", { $0.answer }),
                        Column("when", "When and who") { state.signed($0.stamp) },
                    ]))
        }
        let reached =
            state.genealogy.trace(from: thing.text, .forward).map(\.node)
            .compactMap { ContainerID($0).flatMap { state.containers[$0] } }
            .sorted { $0.id < $1.id }
        html.panel("Containers it reaches") { html in
            html.add(
                RowsTable(
                    of: "containers", reached, columns: ContainerColumns.all,
                    nothing: "It reaches no container."))
        }
    }
}

extension CorrectiveAction: ShownEvent {
    func write(for viewer: Viewer, into html: inout HTML) {
        let (state, id) = (viewer.state, self.id.text)
        let types: [any Command.Type] =
            completed == nil
            ? [CompleteCorrectiveAction.self] : isOpen ? [CheckCorrectiveAction.self] : []
        html.add(
            PageHead(
                id, kind: "Corrective action",
                status: Badge(standing.words, standing.tone), under: action,
                actions: viewer.actions(types, ["capa": id], returnTo: .event(id)),
                more: isOpen
                    ? viewer.actions([MoveDue.self], ["event": id], returnTo: .event(id)) : []))
        var facts = Facts()
        facts.add("Because of", source.text, to: Link(to: source.text, in: state))
        facts.add("Owner", state.name(of: owner), to: .person(owner.text))
        facts.add("Due", due.description)
        facts.add("Effective when", effectMeasure)
        facts.add("Opened", state.signed(opened))
        facts.add("Completed", completed.map(state.signed))
        html(.section, .class("panel")) { $0.add(facts) }
        html.add(DueMoves(moves: dueMoves, state: state))
        guard !checks.isEmpty else { return }
        html.panel("Checks of the effect") { html in
            html.add(
                RowsTable(
                    of: "checks", checks,
                    columns: [
                        .status("effective", "Result") {
                            $0.isEffective ? ("effective", .good) : ("not effective", .bad)
                        },
                        Column("evidence", "Evidence", { $0.evidence }),
                        Column("when", "When and who") { state.signed($0.stamp) },
                    ]))
        }
    }
}

extension ChangeControl: ShownEvent {
    func write(for viewer: Viewer, into html: inout HTML) {
        let (state, id) = (viewer.state, self.id.text)
        let types: [any Command.Type] =
            approved == nil
            ? [ApproveChange.self]
            : implemented == nil
                ? [ImplementChange.self] : isOpen ? [CloseChange.self] : []
        html.add(
            PageHead(
                id, kind: "Change, \(impact.rawValue) impact",
                status: Badge(standing.words, standing.tone), under: title,
                actions: viewer.actions(types, ["change": id], returnTo: .event(id)),
                more: isOpen
                    ? viewer.actions([MoveDue.self], ["event": id], returnTo: .event(id)) : []))
        var facts = Facts()
        facts.add("Assessment", assessment)
        facts.add("Needs comparability", impact.needsComparability ? "yes" : "no")
        facts.add("Touches") { html in
            for thing in touches {
                html(.a, .href(Link(to: thing.text, in: state)), text: thing.text)
                html.text(" ")
            }
        }
        facts.add("Due", due?.description)
        facts.add("Proposed", state.signed(proposed))
        facts.add("Approved", approved.map(state.signed))
        facts.add("Implemented", implemented.map(state.signed))
        facts.add("Effect", closed?.effect)
        facts.add("Closed", (closed?.stamp).map(state.signed))
        html(.section, .class("panel")) { $0.add(facts) }
        html.add(DueMoves(moves: dueMoves, state: state))
    }
}

/// How the day of an action or a change was moved; nothing where it stayed.
private struct DueMoves: Component {
    let moves: [DueMove]
    let state: SiteState

    func write(into html: inout HTML) {
        guard !moves.isEmpty else { return }
        html.panel("How its day was moved") { html in
            html.add(
                RowsTable(
                    of: "moves", moves,
                    columns: [
                        Column("from", "From", { $0.from?.description ?? "no day" }),
                        Column("to", "To", { $0.due.description }),
                        Column("reason", "Reason", { $0.reason }).roomy,
                        Column("when", "When and who") { state.signed($0.stamp) },
                    ]))
        }
    }
}
