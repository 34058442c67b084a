import Charts
import Facility
import HTTPTypes
import Hummingbird
import Ledger
import Operations

/// `/batches/{batch}/steps/{step}`: one step at a time, as the operator meets it.
///
/// The form records every value that was entered in one go, each as a command of its own: what is
/// refused stays in its field with the reason, what was recorded is recorded.
struct StepRoutes {
    let reception: Reception
    let shelf: DefinitionShelf

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("batches/{batch}/steps/{step}") { request, context in
            let viewer = try await reception.viewer(context, asking: request)
            return try page(
                viewer, context, entry: StepEntry(), done: request.query("done"),
                scanned: request.query("scanned"))
        }
        group.post("batches/{batch}/steps/{step}") { try await record($0, $1) }
    }

    private func record(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await SubmittedForm(in: request, of: context)
        let before = try reception.viewer(context)
        let (view, step) = try found(before, context)
        var entry = StepEntry()
        var recorded: UInt64?
        let commands = StepEntry.commands(
            from: form, batch: view.batch, step: step.definition, in: before.state)
        for command in commands {
            do {
                if let objection = command.objection { throw Refusal.rejected(objection) }
                let receipt = try await reception.perform(
                    command.name, command.body, by: before.person.id, formKey: form.key,
                    password: nil)
                recorded = recorded ?? receipt.firstEntry
            } catch let refusal as Refusal {
                entry.refuse(command, refusal)
            }
        }
        let address = Address(
            .batchStep(batch: view.batch.id.text, step: step.definition.id))
        if entry.refusals.isEmpty {
            if let recorded { return .seeOther(address.adding("done", String(recorded))) }
            return .seeOther(form[StepEntry.scan].map { address.adding("scanned", $0) } ?? address)
        }
        return try page(
            try reception.viewer(context), context, entry: entry,
            done: recorded.map { String($0) })
    }

    private func found(
        _ viewer: Viewer, _ context: SignedInContext
    ) throws -> (BatchView, BatchView.Step) {
        let view = BatchView(try viewer.batch(context), in: viewer.state)
        let id = try context.parameters.require("step")
        guard let step = view.step(id) else {
            throw WebFault.notFound("step '\(id.prefix(80))' of batch '\(view.batch.id)'")
        }
        return (view, step)
    }

    private func page(
        _ viewer: Viewer, _ context: SignedInContext, entry: StepEntry, done: String?,
        scanned: String? = nil
    ) throws -> Response {
        let (view, step) = try found(viewer, context)
        let batch = view.batch.id.text
        // A step can be done while the text of its definition cannot be read: the record carries
        // everything that binds.
        let book = view.master.flatMap { try? shelf.book(of: $0, on: viewer.now.date) }
        return reception.page(
            "\(step.definition.name), \(batch)", in: .batches,
            trail: [("Batches", .batches), (batch, .batch(batch))], for: viewer,
            status: entry.refusals.isEmpty ? .ok : .unprocessableContent
        ) { html in
            html.add(
                PageHead(
                    step.definition.name, kind: "Batch \(batch)",
                    status: Badge(step.phase.words, step.tone),
                    under: [
                        step.definition.room.map { "room \($0)" },
                        step.definition.equipment.isEmpty
                            ? nil : step.definition.equipment.joined(separator: ", "),
                    ].compactMap { $0 }.joined(separator: "; "),
                    actions: [("Whole batch", viewer.sameTime(.batch(batch)))]))
            if let done { html.add(Notice.recorded(done)) }
            // A scan of the right equipment records nothing, and says that it is the right one.
            if let scanned, step.record?.equipment.contains(where: { $0.text == scanned }) == true {
                html.add(Notice(.good, "\(scanned) is what the step was started with."))
            }
            html(.div, .class("split")) { html in
                html(.div) { html in
                    html.add(
                        StepPage(view: view, step: step, viewer: viewer, entry: entry, book: book))
                }
                html(.aside, .class("panel"), .label("Steps of the batch")) { html in
                    html(.h2, text: "Steps")
                    html.add(StepList(view: view, shown: step.definition.id, viewer: viewer))
                }
            }
        }
    }
}

/// The steps of a batch in their order, each a link, with how it stands.
struct StepList: Component {
    let view: BatchView
    let shown: String
    let viewer: Viewer

    func write(into html: inout HTML) {
        html(.ol, .class("steps")) { html in
            for (index, step) in view.steps.enumerated() {
                html(.li, .tone(step.tone)) { html in
                    html(
                        .a,
                        .href(
                            viewer.sameTime(
                                .batchStep(batch: view.batch.id.text, step: step.definition.id))),
                        .when(step.definition.id == shown, .currentStep)
                    ) { html in
                        html(.span, .class("number"), text: "\(index + 1)")
                        html(.span, text: step.definition.name)
                        html(
                            .span, .class("glyph"), .title(step.phase.words),
                            .label(step.phase.words), text: step.tone.glyph)
                    }
                }
            }
        }
    }
}
