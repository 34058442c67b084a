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
                    actions: [("Genealogy", Address(.genealogy(node: id)))]))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            for hold in container.holds { html.add(Notice(.bad, "On hold.", detail: hold)) }
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

    private func actions(_ container: Container, _ viewer: Viewer, _ html: inout HTML) {
        let type: any Command.Type
        let fixed: [String: String]
        switch (container.content, container.location) {
        case (.startingMaterial, .stored) where container.status == .quarantine:
            (type, fixed) = (ReleaseDonation.self, ["container": container.id.text])
        case (.dose, .received(let shipment)):
            let patient = viewer.state.shipments[shipment]
                .flatMap { viewer.state.orders[$0.order]?.patient }
            (type, fixed) = (
                AdministerDose.self,
                ["container": container.id.text, "patient": patient?.text ?? ""]
            )
        default: return
        }
        guard viewer.may(type) else { return }
        html.panel(CommandForm.verb(of: type.name)) { html in
            var form = CommandForm(type: type, viewer: viewer)
            form.fixed = fixed
            form.returnTo = Address(.container(container.id.text))
            html.add(form)
        }
    }
}
