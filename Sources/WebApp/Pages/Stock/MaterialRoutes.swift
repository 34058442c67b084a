import Charts
import Facility
import Hummingbird
import Quantities

/// `/materials` and `/materials/{lot}`: lots of raw materials, in double entry.
struct MaterialRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("materials") { request, context in try list(request, context) }
        group.get("materials/{lot}") { request, context in try page(request, context) }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let today = viewer.now.date
        let listing = Listing(
            at: .materials, of: "lots",
            state.lots.newestFirst(\.arrived.entry),
            columns: [
                .link("lot", "Lot", { $0.id.text }, to: { .lot($0.id.text) }),
                .status("status", "Status") { lot in
                    lot.expiry < today ? ("expired", .bad) : (lot.status.rawValue, lot.status.tone)
                },
                Column("material", "Material", { $0.material }),
                Column("supplier", "Supplier", { $0.supplier }),
                Column("supplier-lot", "Supplier's lot", { $0.supplierLot }),
                .figure(
                    "left", "Left", { Double($0.remaining.value.description) },
                    { $0.remaining.description }),
                Column("expiry", "Expires") { $0.expiry.description },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Materials", in: .materials, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Materials", under: "Lots of raw materials and reagents.",
                    actions: viewer.actions([ReceiveMaterial.self, PrepareMaterial.self], [:])))
        }
    }

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let text = try context.parameters.require("lot")
        let lot = try viewer.found("lot", text, LotID.init) { id throws(Rejection) in
            try state.lot(id)
        }
        let id = lot.id.text
        let uses = Listing(
            at: .lot(id), of: "uses", lot.uses,
            columns: [
                .link(
                    "batch", "Batch", { $0.batch.text }, to: { .batch($0.batch.text) }),
                Column("step", "Step", { $0.step }),
                .figure(
                    "quantity", "Quantity",
                    { Double($0.quantity.value.description) },
                    { $0.quantity.description }),
                Column("when", "When and who") { state.signed($0.stamp) },
            ], query: ListQuery(request.queryPairs))
        if let file = uses.file(asked: request) { return file }
        return reception.page(
            id, in: .materials, trail: [("Materials", .materials)], for: viewer
        ) { html in
            html.add(
                PageHead(
                    id, kind: "Lot of \(lot.material)", status: lot.status.badge,
                    actions: [("Genealogy", Address(.genealogy(node: id)))]))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            var facts = Facts()
            if lot.preparation == nil {
                facts.add("Supplier", lot.supplier)
                facts.add("Supplier's lot", lot.supplierLot)
            }
            facts.add("Expires", lot.expiry.description)
            facts.add(lot.preparation == nil ? "Received" : "Prepared", lot.received.description)
            facts.add("Left", lot.remaining.description)
            facts.add("Arrived", state.signed(lot.arrived))
            facts.add("Disposition", lot.disposed.map(state.signed))
            html(.section, .class("panel")) { $0.add(facts) }
            html.add(PreparationSection(lot: lot, viewer: viewer))
            if lot.status == .quarantine, viewer.may(ReleaseMaterial.self) {
                html.panel("Disposition") { html in
                    for type in [ReleaseMaterial.self, RejectMaterial.self] as [any Command.Type] {
                        var form = CommandForm(type: type, viewer: viewer)
                        form.fixed = ["lot": id]
                        form.returnTo = Address(.lot(id))
                        if type == RejectMaterial.self {
                            html(.details) { html in
                                html(.summary, text: "Reject the lot instead")
                                html.add(form)
                            }
                        } else {
                            html.add(form)
                        }
                    }
                }
            }
            html.panel("Uses") { $0.add(uses) }
            if !lot.tests.isEmpty {
                html.panel("Tests done with it") { html in
                    html.add(
                        RowsTable(
                            of: "tests", lot.tests.reversed(), columns: TestUse.columns(state)))
                }
            }
        }
    }
}
