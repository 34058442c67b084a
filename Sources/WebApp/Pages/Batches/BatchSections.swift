import Charts
import Facility
import Quantities

/// The sections of a batch page: exceptions first, then testing, disposition, material and history.
struct BatchSections {
    let view: BatchView
    let viewer: Viewer

    private var batch: Batch { view.batch }
    private var state: SiteState { viewer.state }

    func write(into html: inout HTML) {
        exceptions(&html)
        testing(&html)
        html(.section, .class("panel"), .id("disposition")) { html in
            html(.h2, text: "Disposition")
            BatchActions(view: view, viewer: viewer).disposition(&html)
        }
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
        let deviations = batch.deviations.compactMap { state.deviations[$0] }
        let corrections = view.steps.flatMap { step in
            (step.record?.values ?? [:]).sorted { $0.key < $1.key }.flatMap { id, entries in
                entries.dropFirst().enumerated().map { index, entry in
                    (step: step.definition, id: id, before: entries[index], after: entry)
                }
            }
        }
        html.panel("Exceptions") { html in
            if deviations.isEmpty && corrections.isEmpty {
                html(
                    .p, .class("nothing"), text: "No event and no corrected entry: all as planned.")
                return
            }
            if !deviations.isEmpty {
                html(.div, .class("wide")) { html in
                    html(.table) { html in
                        Self.head(["Event", "Status", "What", "Step", "Opened"], &html)
                        html(.tbody) { html in
                            for deviation in deviations { line(deviation, &html) }
                        }
                    }
                }
            }
            for correction in corrections {
                html(.p, .class("correction")) { html in
                    html(
                        .a,
                        .href(.batchStep(batch: batch.id.text, step: correction.step.id)),
                        text: correction.step.parameter(correction.id)?.name ?? correction.id)
                    html.text(" changed from ")
                    html(.span, .class("old"), text: correction.before.value.description)
                    html.text(" to ")
                    html(.strong, text: correction.after.value.description)
                    html.text(
                        ": \(correction.after.reason ?? "") "
                            + "(\(state.signed(correction.after.stamp)))")
                }
            }
        }
    }

    static func head(_ titles: [String], _ html: inout HTML) {
        html(.thead) { html in
            html(.tr) { html in
                for title in titles { html(.th, .columnScope, text: title) }
            }
        }
    }

    private func line(_ deviation: Deviation, _ html: inout HTML) {
        html(.tr, .tone(deviation.tone)) { html in
            html(.td) { $0(.a, .href(.event(deviation.id.text)), text: deviation.id.text) }
            html(.td) { $0.add(deviation.badge) }
            html(.td, text: deviation.description)
            html(.td, text: deviation.step ?? "")
            html(.td) { $0.add(deviation.opened.instant) }
        }
    }

    // MARK: Testing

    private func testing(_ html: inout HTML) {
        let standings = (try? state.standings(of: batch)) ?? []
        guard !standings.isEmpty else { return }
        let specification = (try? state.specification(for: batch)) ?? nil
        html(.section, .class("panel"), .id("testing")) { html in
            html(.div, .class("panel-head")) { html in
                html(.h2, text: "Results against \(specification?.name ?? "the specification")")
            }
            html(.div, .class("wide")) { html in
                html(.table) { html in
                    Self.head(
                        ["Attribute", "Limit", "Result", "Verdict", "Reference", ""], &html)
                    html(.tbody) { html in
                        for standing in standings { line(standing, &html) }
                    }
                }
            }
        }
    }

    private func line(_ standing: TestStanding, _ html: inout HTML) {
        html(.tr, .when(standing.verdict == .fails, .tone(.bad))) { html in
            html(.td) { html in
                html.text(standing.test.attribute)
                html(.span, .class("help"), text: " \(standing.test.category)")
            }
            html(.td, text: standing.test.criterion.description)
            html(.td) { html in
                for result in standing.results.dropLast() {
                    html(.span, .class("old"), text: result.observation.description)
                    html.text(" ")
                }
                if let last = standing.results.last {
                    html(.strong, text: last.observation.description)
                }
            }
            html(.td) { $0.add(standing.verdict.badge) }
            html(.td, text: standing.results.last?.reference ?? "")
            html(.td) { html in
                guard viewer.may(RecordResult.self), !batch.status.isFinal,
                    standing.verdict == .pending || standing.verdict == .fails,
                    !batch.outputs.isEmpty
                else { return }
                html(
                    .a,
                    .href(
                        Address(
                            .command(RecordResult.name),
                            query: [
                                .init(name: "batch", value: batch.id.text),
                                .init(name: "test", value: standing.test.id),
                                .init(
                                    name: CommandForm.returnField,
                                    value: Link.batch(batch.id.text).path),
                            ])), text: standing.verdict == .fails ? "Repeat" : "Enter")
            }
        }
    }

    // MARK: Material

    private func inputs(_ html: inout HTML) {
        let lots = view.steps.flatMap { $0.record?.materials ?? [] }
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
