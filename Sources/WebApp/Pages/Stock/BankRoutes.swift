import Charts
import Facility
import Hummingbird
import Quantities

/// `/banks` and `/banks/{bank}`: the cell banks and the vials of one.
struct BankRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("banks") { request, context in try list(request, context) }
        group.get("banks/{bank}") { request, context in try page(request, context) }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let listing = Listing(
            at: .banks, of: "banks",
            state.banks.values.sorted { $0.filled.entry < $1.filled.entry },
            columns: [
                .link("bank", "Bank", { $0.id.text }, to: { .bank($0.id.text) }),
                .status("status", "Status", { ($0.status.rawValue, $0.status.tone) }),
                Column("tier", "Tier") { state.definition(of: $0)?.tier.title ?? $0.kind },
                // The batch of a bank that was made elsewhere has no page here.
                Column("batch", "Filled by", { $0.batch.text }) { bank, html in
                    guard bank.arrival == nil else { return html.text(bank.batch.text) }
                    html(.a, .href(.batch(bank.batch.text)), text: bank.batch.text)
                },
                .figure(
                    "laid-down", "Laid down", { Double($0.vials.count) }, { "\($0.vials.count)" }),
                .figure(
                    "in-store", "In store", { Double(state.stock(of: $0).count) },
                    { "\(state.stock(of: $0).count)" }),
                .instant("filled", "Filled") { $0.filled.happened.description },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Cell banks", in: .banks, request: request, for: viewer
        ) { html in
            html.add(PageHead("Cell banks", under: "Seed stocks, master and working banks."))
            if !state.banks.isEmpty {
                html.panel("Levels") { html in
                    html.figure(BankPictures.levels(state), named: "levels", fits: true)
                }
            }
        }
    }

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let text = try context.parameters.require("bank")
        let bank = try viewer.found("bank", text, BankID.init) { id throws(Rejection) in
            try state.bank(id)
        }
        let definition = state.definition(of: bank)
        let vials = Listing(
            at: .bank(bank.id.text), of: "vials", bank.vials.compactMap { state.containers[$0] },
            columns: ContainerColumns.all, query: ListQuery(request.queryPairs))
        if let file = vials.file(asked: request) { return file }
        return reception.page(
            bank.id.text, in: .banks, trail: [("Cell banks", .banks)], for: viewer
        ) { html in
            html.add(
                PageHead(
                    bank.id.text, kind: definition?.tier.title ?? "Bank",
                    status: bank.status.badge, under: definition?.name,
                    actions: [("Genealogy", Address(.genealogy(node: bank.id.text)))]
                        + (bank.arrival == nil
                            ? [("Its batch", Address(.batch(bank.batch.text)))] : [])
                        + (bank.status == .quarantine
                            ? viewer.verifying(
                                bank.tests, of: bank.id.text, returnTo: .bank(bank.id.text)) : []),
                    more: (bank.status == .released
                        ? viewer.actions(
                            [RejectBank.self], ["bank": bank.id.text],
                            returnTo: .bank(bank.id.text)) : [])
                        + viewer.eventActions(
                            about: bank.id.text, canBeHeld: true, returnTo: .bank(bank.id.text))))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            var facts = Facts()
            facts.add("Filled", state.signed(bank.filled))
            if let line = bank.arrival?.line {
                facts.add("Line", line.text, to: .line(line.text))
            }
            facts.add("Disposition", bank.disposed.map(state.signed))
            facts.add("Rejected because", bank.lossReason)
            facts.add("Vials laid down", "\(bank.vials.count)")
            facts.add("In store", "\(state.stock(of: bank).count)")
            facts.add("Cells in each", definition?.cellsPerVial?.description)
            facts.add("Doublings at most", definition?.maximumDoublings?.description)
            facts.add("Definition", bank.master.text, to: .definition(bank.master.text))
            html(.section, .class("panel")) { $0.add(facts) }
            BankMatrix(bank: bank, viewer: viewer).write(into: &html)
            html.add(InvalidRunsSection(subject: bank.id.text, state: state))
            if bank.status == .quarantine {
                html.add(
                    Disposition(
                        release: ReleaseBank.self, reject: RejectBank.self, thing: "bank",
                        fixed: ["bank": bank.id.text], page: .bank(bank.id.text), viewer: viewer))
            }
            html.panel("Vials") { $0.add(vials) }
        }
    }
}

/// Pictures of banks.
enum BankPictures {
    /// Banks in a picture; the list holds the rest.
    private static let banksMax = 12

    static func levels(_ state: SiteState) -> Picture {
        let banks = state.banks.newestFirst(\.filled.entry)
            .prefix(banksMax)
        return BankLevels(
            title: "Vials in store",
            banks: banks.map { bank in
                BankLevels.Bank(
                    name: bank.id.text, kind: state.definition(of: bank)?.tier.title ?? bank.kind,
                    laidDown: bank.vials.count, inStore: state.stock(of: bank).count,
                    tone: bank.status.tone, path: PicturePath(Link.bank(bank.id.text).path))
            }
        ).picture()
    }
}

/// The columns of a list of containers.
enum ContainerColumns {
    static var all: [Column<Container>] {
        [
            .link("container", "Container", { $0.id.text }, to: { .container($0.id.text) }),
            .status("status", "Status", { $0.standing }),
            Column("place", "Place") { $0.isInStock ? $0.place : "" },
            Column("cells", "Cells") { $0.cells?.description ?? "" },
            Column("expires", "Expires") { $0.expires?.description ?? "" },
        ]
    }
}
