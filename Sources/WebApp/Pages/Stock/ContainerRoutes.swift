import Charts
import Facility
import Hummingbird
import Quantities

/// `/containers/{container}`: one cord, vial or dose.
struct ContainerRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("containers/{container}") { request, context in try page(request, context) }
    }

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let text = try context.parameters.require("container")
        let container = try viewer.found("container", text, ContainerID.init) {
            id throws(Rejection) in try state.container(id)
        }
        let id = container.id.text
        return reception.page(id, in: nil, for: viewer) { html in
            html.add(
                PageHead(
                    id, kind: container.kindInWords,
                    status: Badge(container.standing.words, container.standing.tone),
                    under: state.describe(id),
                    actions: [("Genealogy", Address(.genealogy(node: id)))]
                        + (container.isInStock
                            ? viewer.actions(
                                [MoveContainers.self], ["containers": id], returnTo: .container(id))
                            : []),
                    more: Self.rarely(container, viewer)))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            html.add(
                Holds(
                    holds: container.holdRecords, thing: id, viewer: viewer, link: .container(id)))
            var facts = Facts()
            switch container.content {
            case .startingMaterial(let donor, let material):
                facts.add("Material", material)
                facts.add("Donor", donor.text, to: .donor(donor.text))
            case .vial(let bank): facts.add("Bank", bank.text, to: .bank(bank.text))
            case .dose(let batch): facts.add("Batch", batch.text, to: .batch(batch.text))
            }
            facts.add("Disposition", container.status.rawValue)
            facts.add(container.isInStock ? "Place" : "Last place", container.place)
            if let order = container.reservation {
                facts.add("Kept for", order.text, to: .order(order.text))
            }
            facts.add("Cells", container.cells?.description)
            facts.add("Created", state.signed(container.created))
            facts.add("Expires", container.expires?.description)
            html(.section, .class("panel")) { $0.add(facts) }
            actions(container, viewer, &html)
        }
    }

    /// What is rarely done with a container.
    private static func rarely(
        _ container: Container, _ viewer: Viewer
    ) -> [(title: String, address: Address)] {
        let (id, page) = (container.id.text, Link.container(container.id.text))
        var more: [(title: String, address: Address)] = []
        if container.isInStock {
            // What stands in quarantine is decided over on the page itself.
            if case .startingMaterial = container.content, container.status == .released {
                more += viewer.actions([RejectDonation.self], ["container": id], returnTo: page)
            }
            more += viewer.actions([DestroyContainers.self], ["containers": id], returnTo: page)
        }
        return more
            + viewer.eventActions(about: id, canBeHeld: container.isInStock, returnTo: page)
    }

    private func actions(_ container: Container, _ viewer: Viewer, _ html: inout HTML) {
        let page = Link.container(container.id.text)
        switch (container.content, container.location) {
        case (.startingMaterial, .stored) where container.status == .quarantine:
            html.add(
                Disposition(
                    release: ReleaseDonation.self, reject: RejectDonation.self, thing: "donation",
                    fixed: ["container": container.id.text], page: page, viewer: viewer))
        case (.dose, .received(let shipment)):
            guard viewer.may(AdministerDose.self) else { return }
            let patient = viewer.state.shipments[shipment]
                .flatMap { viewer.state.orders[$0.order]?.patient }
            html.panel(CommandForm.verb(of: AdministerDose.name)) { html in
                var form = CommandForm(type: AdministerDose.self, viewer: viewer)
                form.fixed = ["container": container.id.text, "patient": patient?.text ?? ""]
                form.returnTo = Address(page)
                html.add(form)
            }
        default: return
        }
    }
}
