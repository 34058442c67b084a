import Charts
import Facility

/// One deviation, from its opening to its closure.
struct DeviationPage: Component {
    let deviation: Deviation
    let viewer: Viewer

    func write(into html: inout HTML) {
        let state = viewer.state
        let id = deviation.id.text
        var types: [any Command.Type] = [
            ClassifyDeviation.self, ExtendDeviation.self, OpenCorrectiveAction.self,
        ]
        if state.isInvestigated(deviation) {
            types += [RecordLaboratoryPhase.self, InvalidateResult.self, RecordFullPhase.self]
        }
        let actions = deviation.isOpen ? types : [OpenCorrectiveAction.self]
        html.add(
            PageHead(
                id, kind: "Deviation, \(deviation.grade.rawValue)", status: deviation.badge,
                under: deviation.description,
                actions: actions.flatMap { type in
                    viewer.actions(
                        [type],
                        [type == OpenCorrectiveAction.self ? "source" : "deviation": id],
                        returnTo: .event(id))
                } + [("Report", Address(.papers(of: id)))]))
        var facts = Facts()
        facts.add("Cause", deviation.cause.rawValue.replacing("-", with: " "))
        if let batch = deviation.batch {
            facts.add("Batch", batch.text, to: .batch(batch.text))
            if let step = deviation.step {
                if state.isInvestigated(deviation) {
                    facts.add("Test", step)
                } else {
                    facts.add("Step", step, to: .batchStep(batch: batch.text, step: step))
                }
            }
        }
        let subjects = deviation.things.filter { $0.text != deviation.batch?.text }
        if !subjects.isEmpty {
            facts.add("About") { html in
                for subject in subjects {
                    html(.a, .href(Link(to: subject.text, in: state)), text: subject.text)
                    html.text(" ")
                }
            }
        }
        facts.add("Opened", state.signed(deviation.opened))
        facts.add("Grade because", deviation.classified?.reason)
        facts.add("Asks for a sample", deviation.sampleAsked?.what)
        facts.add("Root cause", deviation.closure?.rootCause)
        facts.add("Impact", deviation.closure?.impact)
        facts.add("Disposition", deviation.closure?.disposition.rawValue)
        facts.add("Closed", (deviation.closure?.stamp).map(state.signed))
        html(.section, .class("panel")) { $0.add(facts) }
        let affected = state.batches.values.filter { $0.deviations.contains(deviation.id) }
            .map(\.id).filter { $0 != deviation.batch }.sorted()
        if !affected.isEmpty {
            html.panel("Batches it may have touched") { html in
                html(.ul, .class("plain")) { html in
                    for batch in affected {
                        html(.li) { $0(.a, .href(.batch(batch.text)), text: batch.text) }
                    }
                }
            }
        }
        let measures = state.correctiveActions.inOrder.filter { $0.source.text == id }
        if !measures.isEmpty {
            html.panel("Corrective actions") { html in
                html.add(
                    RowsTable(
                        of: "corrective actions", measures,
                        columns: [
                            .link("action", "Action", { $0.id.text }, to: { .event($0.id.text) }),
                            .status("status", "Status", { $0.standing }),
                            Column("what", "What", { $0.action }),
                            Column("due", "Due") { $0.due.description },
                        ]))
            }
        }
        guard deviation.isOpen else { return }
        html.panel("Closure") { html in
            if deviation.opened.person == viewer.person.id {
                html(
                    .p, .class("help"),
                    text: "You made the entry that opened it; another person closes it.")
            } else if viewer.may(CloseDeviation.self) {
                var form = CommandForm(type: CloseDeviation.self, viewer: viewer)
                form.fixed = ["deviation": id]
                form.returnTo = Address(.event(id))
                form.button = "Sign and close"
                html.add(form)
            } else {
                let roles = CloseDeviation.permission.roles.map(\.title)
                html(.p, .class("help"), text: "For: \(roles.joined(separator: ", ")).")
            }
        }
    }
}

extension Deviation: ShownEvent {
    func write(for viewer: Viewer, into html: inout HTML) {
        html.add(DeviationPage(deviation: self, viewer: viewer))
    }
}
