import Charts
import Facility

/// The pages of the other kinds of events, each with the commands that take it on.
enum EventPages {
    static func write(_ excursion: StorageExcursion, _ viewer: Viewer, _ html: inout HTML) {
        let (state, id) = (viewer.state, excursion.id.text)
        html.add(
            PageHead(
                id, kind: "Storage excursion",
                status: excursion.assessment == nil
                    ? Badge("open", .bad) : Badge("assessed", .good),
                under: "\(excursion.unit) reached \(excursion.extreme)",
                actions: excursion.assessment == nil
                    ? viewer.actions(
                        [AssessExcursion.self], ["excursion": id], returnTo: .event(id)) : []))
        var facts = Facts()
        facts.add("Unit") { html in
            html(.a, .href(StoragePlace(excursion.unit).address), text: excursion.unit)
        }
        facts.add("From", excursion.from.description)
        facts.add("To", excursion.to.description)
        facts.add("Recorded", state.signed(excursion.recorded))
        facts.add("Disposition", excursion.assessment?.disposition.rawValue)
        facts.add("Because", excursion.assessment?.reason)
        facts.add("Assessed", (excursion.assessment?.stamp).map(state.signed))
        html(.section, .class("panel")) { $0.add(facts) }
    }

    static func write(_ complaint: Complaint, _ viewer: Viewer, _ html: inout HTML) {
        let (state, id) = (viewer.state, complaint.id.text)
        html.add(
            PageHead(
                id, kind: "Complaint",
                status: complaint.isOpen ? Badge("open", .attention) : Badge("closed", .inactive),
                under: complaint.description,
                actions: complaint.isOpen
                    ? viewer.actions([CloseComplaint.self], ["complaint": id], returnTo: .event(id))
                        + viewer.actions(
                            [BeginRecall.self], ["thing": complaint.subject.text],
                            returnTo: .event(id)) : []))
        var facts = Facts()
        facts.add("About", complaint.subject.text, to: Link(to: complaint.subject.text, in: state))
        facts.add("From", complaint.from)
        facts.add("Received", state.signed(complaint.received))
        facts.add("Finding", complaint.closure?.finding)
        facts.add("Quality defect", complaint.closure.map { $0.isQualityDefect ? "yes" : "no" })
        facts.add("Closed", (complaint.closure?.stamp).map(state.signed))
        html(.section, .class("panel")) { $0.add(facts) }
    }

    static func write(_ recall: Recall, _ viewer: Viewer, _ html: inout HTML) {
        let (state, id) = (viewer.state, recall.id.text)
        html.add(
            PageHead(
                id, kind: recall.isMock ? "Recall exercise" : "Recall",
                status: recall.closed == nil
                    ? Badge("under way", recall.isMock ? .attention : .bad)
                    : Badge("closed", .inactive),
                under: recall.reason,
                actions: [("Genealogy", Address(.genealogy(node: recall.thing.text)))]
                    + (recall.closed == nil
                        ? viewer.actions(
                            [RecordRecallContact.self, CloseRecall.self], ["recall": id],
                            returnTo: .event(id)) : [])))
        var facts = Facts()
        facts.add("Recalled", recall.thing.text, to: Link(to: recall.thing.text, in: state))
        facts.add("Begun", state.signed(recall.begun))
        facts.add("Taken", recall.secondsTaken.map { "\($0 / 60) min" })
        facts.add("Conclusion", recall.closed?.conclusion)
        html(.section, .class("panel")) { $0.add(facts) }
        html.panel("Contacts") { html in
            html.add(
                RowsTable(
                    of: "contacts", recall.contacts,
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
            state.genealogy.trace(from: recall.thing.text, .forward).map(\.node)
            .compactMap { ContainerID($0).flatMap { state.containers[$0] } }
            .sorted { $0.id < $1.id }
        html.panel("Containers it reaches") { html in
            html.add(
                RowsTable(
                    of: "containers", reached, columns: ContainerColumns.all,
                    nothing: "It reaches no container."))
        }
    }

    static func write(_ action: CorrectiveAction, _ viewer: Viewer, _ html: inout HTML) {
        let (state, id) = (viewer.state, action.id.text)
        let types: [any Command.Type] =
            action.completed == nil
            ? [CompleteCorrectiveAction.self] : action.isOpen ? [CheckCorrectiveAction.self] : []
        html.add(
            PageHead(
                id, kind: "Corrective action",
                status: Badge(action.standing.words, action.standing.tone), under: action.action,
                actions: viewer.actions(types, ["capa": id], returnTo: .event(id))))
        var facts = Facts()
        facts.add("Because of", action.source.text, to: Link(to: action.source.text, in: state))
        facts.add("Owner", state.name(of: action.owner), to: .person(action.owner.text))
        facts.add("Due", action.due.description)
        facts.add("Effective when", action.effectMeasure)
        facts.add("Opened", state.signed(action.opened))
        facts.add("Completed", action.completed.map(state.signed))
        html(.section, .class("panel")) { $0.add(facts) }
        guard !action.checks.isEmpty else { return }
        html.panel("Checks of the effect") { html in
            html.add(
                RowsTable(
                    of: "checks", action.checks,
                    columns: [
                        .status("effective", "Result") {
                            $0.isEffective ? ("effective", .good) : ("not effective", .bad)
                        },
                        Column("evidence", "Evidence", { $0.evidence }),
                        Column("when", "When and who") { state.signed($0.stamp) },
                    ]))
        }
    }

    static func write(_ change: ChangeControl, _ viewer: Viewer, _ html: inout HTML) {
        let (state, id) = (viewer.state, change.id.text)
        let types: [any Command.Type] =
            change.approved == nil
            ? [ApproveChange.self]
            : change.implemented == nil
                ? [ImplementChange.self] : change.isOpen ? [CloseChange.self] : []
        html.add(
            PageHead(
                id, kind: "Change, \(change.impact.rawValue) impact",
                status: Badge(change.standing.words, change.standing.tone), under: change.title,
                actions: viewer.actions(types, ["change": id], returnTo: .event(id))))
        var facts = Facts()
        facts.add("Assessment", change.assessment)
        facts.add("Needs comparability", change.impact.needsComparability ? "yes" : "no")
        facts.add("Touches") { html in
            for thing in change.touches {
                html(.a, .href(Link(to: thing.text, in: state)), text: thing.text)
                html.text(" ")
            }
        }
        facts.add("Proposed", state.signed(change.proposed))
        facts.add("Approved", change.approved.map(state.signed))
        facts.add("Implemented", change.implemented.map(state.signed))
        facts.add("Effect", change.closed?.effect)
        facts.add("Closed", (change.closed?.stamp).map(state.signed))
        html(.section, .class("panel")) { $0.add(facts) }
    }
}
