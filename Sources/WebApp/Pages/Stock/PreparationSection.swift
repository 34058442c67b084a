import Charts
import Facility
import Quantities

/// How a lot was made at the site, what it was tested for, and what waits to be done.
struct PreparationSection: Component {
    let lot: Lot
    let viewer: Viewer

    func write(into html: inout HTML) {
        if let preparation = lot.preparation { write(preparation, into: &html) }
        let mayTest = lot.status == .quarantine && viewer.may(RecordMaterialTest.self)
        if !lot.results.isEmpty || mayTest && lot.preparation != nil { results(&html) }
        guard !lot.preparations.isEmpty else { return }
        html.panel("Prepared from it") { html in
            html.add(
                RowsTable(
                    of: "preparations", lot.preparations.reversed(),
                    columns: [
                        .link("into", "Into", { $0.into.text }, to: { .lot($0.into.text) }),
                        Column("quantity", "Quantity") { $0.quantity.description },
                        Column("when", "When and who") { viewer.state.signed($0.stamp) },
                    ]))
        }
    }

    private func write(_ preparation: Preparation, into html: inout HTML) {
        let state = viewer.state
        html.panel("Preparation") { html in
            var facts = Facts()
            facts.add("Instruction", preparation.instruction)
            facts.add(
                "Filter",
                preparation.filter.map {
                    "\($0), \(preparation.filterIntact == true ? "whole" : "not whole") after use"
                })
            facts.add("Prepared", state.signed(lot.arrived))
            facts.add(
                "Checked", preparation.checked.map(state.signed) ?? "waits for a second person")
            html.add(facts)
            html.add(
                RowsTable(
                    of: "ingredients", preparation.ingredients,
                    columns: [
                        .link("lot", "Lot", { $0.lot.text }, to: { .lot($0.lot.text) }),
                        Column("material", "Material") { state.lots[$0.lot]?.material ?? "" },
                        Column("quantity", "Quantity") { $0.quantity.description },
                    ]))
            guard preparation.checked == nil, viewer.may(CheckPreparation.self) else { return }
            html.add(form(CheckPreparation.self))
        }
    }

    private func results(_ html: inout HTML) {
        let state = viewer.state
        html.panel("Tests of the lot") { html in
            html.add(
                RowsTable(
                    of: "results", lot.results.reversed(),
                    columns: [
                        Column("test", "Test", { $0.test }),
                        Column("result", "Result") { $0.observation.description },
                        .status("status", "Status") {
                            if $0.invalidated != nil { return ("does not count", .inactive) }
                            return $0.passes ? ("passes", .good) : ("fails", .bad)
                        },
                        Column("reference", "Reference", { $0.reference }),
                        .things(
                            "instruments", "Measured with",
                            { ($0.run?.instruments ?? []).map(\.text) }, nothing: "not named",
                            in: state),
                        Column("when", "When and who") { state.recorded($0) },
                    ], nothing: "Nothing was tested yet."))
            for action in viewer.verifying(
                lot.results, of: lot.id.text, returnTo: .lot(lot.id.text))
            {
                html(.p) { html in
                    html(.a, .class("button"), .href(action.address), text: action.title)
                }
            }
            guard lot.status == .quarantine, viewer.may(RecordMaterialTest.self) else { return }
            html(.details) { html in
                html(.summary, text: "Enter a result")
                html.add(form(RecordMaterialTest.self))
            }
        }
    }

    private func form(_ type: any Command.Type) -> CommandForm {
        var form = CommandForm(type: type, viewer: viewer)
        form.fixed = ["lot": lot.id.text]
        form.returnTo = Address(.lot(lot.id.text))
        return form
    }
}
