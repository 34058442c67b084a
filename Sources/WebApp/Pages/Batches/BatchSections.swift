import Charts
import Facility
import Quantities

/// The sections of a batch page: exceptions first, then testing, disposition, material and history.
struct BatchSections {
    let view: BatchView
    let viewer: Viewer
    let results: Listing<TestLine>

    private var batch: Batch { view.batch }
    private var state: SiteState { viewer.state }

    func write(into html: inout HTML) {
        exceptions(&html)
        testing(&html)
        html(.section, .class("panel"), .id("disposition")) { html in
            html(.h2, text: "Disposition")
            BatchActions(view: view, viewer: viewer).disposition(&html)
        }
        progress(&html)
        html(.div, .class("columns")) { html in
            html.panel("Made from") { inputs(&$0) }
            html.panel("Gave") { outputs(&$0) }
        }
        let history = BatchHistory(view: view, state: state).history
        html(.details, .class("panel")) { html in
            html(.summary, text: "Whole record, \(history.happenings.count) entries")
            html.add(history)
        }
    }

    // MARK: Exceptions

    private func exceptions(_ html: inout HTML) {
        let exceptions = state.exceptions(of: batch)
        html.panel("Exceptions", more: ("Review", viewer.sameTime(.batchReview(batch.id.text)))) {
            html in
            html.add(
                RowsTable(
                    of: "exceptions",
                    exceptions.filter(\.isOpen) + exceptions.filter { !$0.isOpen },
                    columns: [
                        Column("what", "What", { $0.description }).roomy,
                        Column("kind", "Kind") { $0.kind.rawValue.replacing("-", with: " ") },
                        .status("status", "Status") {
                            $0.isOpen ? ("open", .attention) : ("decided", .good)
                        },
                        Column("record", "Record", { $0.id }) { exception, html in
                            if state.things[exception.id] != nil {
                                html(
                                    .a, .href(Link(to: exception.id, in: state)),
                                    text: exception.id)
                            } else if let step = exception.step {
                                html(
                                    .a,
                                    .href(
                                        viewer.sameTime(
                                            .batchStep(batch: batch.id.text, step: step))),
                                    text: view.step(step)?.definition.name ?? step)
                            }
                        },
                        Column("disposition", "Decision", { $0.disposition ?? "" }).roomy,
                    ], nothing: "No event and no corrected entry: all as planned.",
                    tone: { $0.isOpen ? .attention : nil }))
        }
    }

    static func head(_ titles: [String], _ html: inout HTML) {
        html(.thead) { html in
            html(.tr) { html in
                for title in titles { html(.th, .columnScope, text: title) }
            }
        }
    }

    // MARK: Testing

    private func testing(_ html: inout HTML) {
        guard !TestLine.all(of: batch, in: state).isEmpty else { return }
        let specification = (try? state.specification(for: batch)) ?? nil
        html(.section, .class("panel"), .id("testing")) { html in
            html(.h2, text: "Results against \(specification?.name ?? "the specification")")
            html.add(results)
            guard !batch.status.isFinal else { return }
            for action in viewer.verifying(
                batch.results, of: batch.id.text, returnTo: .batch(batch.id.text))
            {
                html(.p) { html in
                    html(.a, .class("button"), .href(action.address), text: action.title)
                }
            }
        }
    }

    /// The results of `batch` as its page lists them.
    static func results(
        of batch: Batch, for viewer: Viewer, asked query: ListQuery
    ) -> Listing<TestLine> {
        let columns = TestLine.columns(
            viewer.state, only: ["attribute", "limit", "result", "verdict", "reference"])
        return Listing(
            at: .batch(batch.id.text), of: "tests", TestLine.all(of: batch, in: viewer.state),
            columns: columns + [
                Column("entry", "Entry", order: .unsorted, { _ in "" }) { line, html in
                    guard let entry = viewer.entering(line) else { return }
                    html(.a, .href(entry.address), text: entry.title)
                }
            ], query: query)
    }

    // MARK: Progress

    /// When each step was done, and how the cells grew.
    private func progress(_ html: inout HTML) {
        let rows = view.steps.compactMap { $0.timelineRow(of: batch.id, at: viewer.sameTime) }
        if rows.count > 1 {
            html.panel("Time") { html in
                html.figure(
                    BatchTimeline(
                        title: "Steps of \(batch.id) in time", rows: rows,
                        now: viewer.now.milliseconds / 1000, isOver: batch.completed != nil
                    ).picture(), named: "time", fits: true)
            }
        }
        BatchGrowth(view: view, state: state).write(into: &html)
    }

    // MARK: Material

    private func inputs(_ html: inout HTML) {
        let lots = batch.executions.flatMap(\.record.materials)
        guard !batch.inputs.isEmpty || !lots.isEmpty else {
            html(.p, .class("nothing"), text: "Nothing was used yet.")
            return
        }
        chips(batch.inputs, &html)
        html(.ul, .class("plain")) { html in
            for lot in lots.map(\.lot).uniqued() {
                let used = lots.filter { $0.lot == lot }.map(\.quantity.description)
                html(.li) { html in
                    html(.a, .href(.lot(lot.text)), text: lot.text)
                    html(
                        .span, .class("help"),
                        text: " \(state.lots[lot]?.material ?? ""): "
                            + used.joined(separator: " + "))
                }
            }
        }
    }

    /// Containers in a picture of chips; the page of a bank lists the rest.
    private static let chipsMax = 60

    private func chips(_ containers: [ContainerID], _ html: inout HTML) {
        html(.ul, .class("chips")) { html in
            for id in containers.prefix(Self.chipsMax) {
                html(.li) { html in
                    let container = state.containers[id]
                    html(
                        .a, .href(.container(id.text)), .title(container?.standing.words ?? ""),
                        .tone(container?.standing.tone ?? .inactive), text: id.text)
                }
            }
            if containers.count > Self.chipsMax {
                html(.li, text: "and \(containers.count - Self.chipsMax) more")
            }
        }
    }

    private func outputs(_ html: inout HTML) {
        guard !batch.outputs.isEmpty else {
            html(.p, .class("nothing"), text: "Nothing was filled yet.")
            return
        }
        var facts = Facts()
        if let bank = batch.bank { facts.add("Bank", bank.text, to: .bank(bank.text)) }
        facts.add("Containers", "\(batch.outputs.count)")
        facts.add(
            "Cells in each",
            batch.outputs.first.flatMap { state.containers[$0]?.cells?.description })
        facts.add(
            "Expires", batch.outputs.first.flatMap { state.containers[$0]?.expires?.description })
        html.add(facts)
        chips(batch.outputs, &html)
    }
}
