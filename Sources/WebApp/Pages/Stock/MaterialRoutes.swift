import Charts
import Facility
import Hummingbird
import Ledger
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
                    actions: [("Genealogy", Address(.genealogy(node: id)))]
                        + viewer.actions(
                            [CountMaterial.self, MoveLot.self], ["lot": id], returnTo: .lot(id)),
                    more: viewer.actions(
                        [
                            RetestMaterial.self, AllowConditionalUse.self, ReturnMaterial.self,
                            DestroyMaterial.self,
                        ] + (lot.status == .released ? [RejectMaterial.self] : []), ["lot": id],
                        returnTo: .lot(id))
                        + viewer.eventActions(about: id, canBeHeld: true, returnTo: .lot(id))))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            html.add(Holds(holds: lot.holdRecords, thing: id, viewer: viewer, link: .lot(id)))
            var facts = Facts()
            if lot.preparation == nil {
                facts.add("Supplier", lot.supplier)
                facts.add("Supplier's lot", lot.supplierLot)
            }
            facts.add("Expires", lot.expiry.description)
            facts.add("Retest by", lot.retest?.description)
            facts.add(lot.preparation == nil ? "Received" : "Prepared", lot.received.description)
            facts.add("Left", lot.remaining.description)
            facts.add("Place", lot.place)
            if let certificate = lot.certificate {
                facts.add(
                    "Certificate of analysis", certificate.name, to: .file(certificate.digest.hex))
            }
            facts.add("Arrived", state.signed(lot.arrived))
            facts.add("Disposition", lot.disposed.map(state.signed))
            facts.add("Rejected because", lot.lossReason)
            html(.section, .class("panel")) { $0.add(facts) }
            html.add(PreparationSection(lot: lot, viewer: viewer))
            if lot.status == .quarantine {
                html.add(
                    Disposition(
                        release: ReleaseMaterial.self, reject: RejectMaterial.self, thing: "lot",
                        fixed: ["lot": id], page: .lot(id), viewer: viewer))
            }
            html.add(InvalidRunsSection(subject: id, state: state))
            html.panel("Movements") { Self.movements(lot, state, &$0) }
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

    /// Every movement of the lot between its accounts, the latest first.
    private static func movements(_ lot: Lot, _ state: SiteState, _ html: inout HTML) {
        html.add(
            RowsTable(
                of: "movements", lot.movements.reversed(),
                columns: [
                    .figure("quantity", "Quantity", { _ in nil }, { $0.quantity.description }),
                    Column("from", "From", { $0.from.rawValue }),
                    Column("to", "To", { $0.to.rawValue }),
                    Column("occasion", "For", { $0.occasion }).roomy,
                    Column("when", "When and who") { state.signed($0.stamp) },
                ], nothing: "All of it stands where it arrived: in quarantine."))
    }
}
