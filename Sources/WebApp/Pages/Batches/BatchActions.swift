import Charts
import Facility

/// What can be done with a batch as a whole, by the one who asks.
struct BatchActions {
    let view: BatchView
    let viewer: Viewer

    /// Where to come back to.
    let here: Address

    init(view: BatchView, viewer: Viewer, here: Address? = nil) {
        self.view = view
        self.viewer = viewer
        self.here = here ?? Address(.batch(view.batch.id.text))
    }

    private var batch: Batch { view.batch }

    /// The way to the step where the work is, or the end of execution.
    func nextStep(_ html: inout HTML) {
        guard batch.status == .open else { return }
        if let current = view.current {
            html(.p, .class("next")) { html in
                html(
                    .a, .class("button primary"),
                    .href(
                        viewer.sameTime(
                            .batchStep(batch: batch.id.text, step: current.definition.id))),
                    text: "Go to \(current.definition.name)")
                html(.span, .class("help"), text: current.phase.words)
            }
        } else if viewer.may(CompleteBatch.self) {
            form(CompleteBatch.self, button: "Complete the batch", &html)
        } else {
            html(.p, .class("help"), text: "Every step is done; a supervisor completes the batch.")
        }
    }

    /// Review, certification, release of the bank, or rejection.
    func disposition(_ html: inout HTML) {
        switch batch.status {
        case .open:
            html(.p, .class("help"), text: "Execution comes first.")
            if view.stage?.reprocessing != nil, viewer.may(ReprocessBatch.self) {
                html(.details) { html in
                    html(.summary, text: "Send the batch back to an earlier step")
                    for way in view.stage?.reprocessing ?? [] {
                        html(
                            .p, .class("help"),
                            text: "\(way.id): \(way.name), after '\(way.after)' back to "
                                + "'\(way.backTo)', when \(way.condition)")
                    }
                    form(ReprocessBatch.self, button: "Approve the reprocessing", &html)
                }
            }
        case .completed:
            if let bank = batch.bank {
                html(.p) { html in
                    html.text("The bank ")
                    html(.a, .href(.bank(bank.text)), text: bank.text)
                    html.text(" is released on its own page.")
                }
            } else if viewer.may(ReviewBatch.self) {
                form(ReviewBatch.self, button: "Sign the review", &html)
            } else {
                html(.p, .class("help"), text: "A QA reviewer reviews the executed record.")
            }
        case .reviewed:
            if viewer.may(CertifyBatch.self) {
                form(CertifyBatch.self, button: "Certify the batch", &html)
            } else {
                html(.p, .class("help"), text: "A Qualified Person certifies the batch.")
            }
        case .certified, .released, .rejected, .aborted, .pooled:
            if let disposed = batch.disposed {
                html(.p) { html in
                    html.add(batch.status.badge)
                    html.text(" \(viewer.state.signed(disposed))")
                    if let reason = batch.lossReason { html.text(": \(reason)") }
                }
            }
        }
        if !batch.status.isFinal, viewer.may(RejectBatch.self) {
            html(.details) { html in
                html(.summary, text: "Reject the batch instead")
                form(RejectBatch.self, button: "Reject the batch", &html)
            }
        }
    }

    private func form(_ type: any Command.Type, button: String, _ html: inout HTML) {
        var form = CommandForm(type: type, viewer: viewer)
        form.fixed = ["batch": batch.id.text]
        form.returnTo = here
        form.button = button
        html.add(form)
    }
}
