import Charts
import Facility
import Hummingbird
import Quantities

/// `/orders` and `/shipments`: from the order of a hospital to the doses that arrive there.
struct OrderRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("orders") { request, context in try orders(request, context) }
        group.get("orders/{order}") { request, context in try order(request, context) }
        group.get("shipments") { request, context in try shipments(request, context) }
        group.get("shipments/{shipment}") { request, context in try shipment(request, context) }
    }

    /// How far an order is, in words.
    private static func standing(_ order: Order, _ state: SiteState) -> (words: String, tone: Tone)
    {
        if order.cancelled != nil { return ("cancelled", .inactive) }
        let sent = state.containersSent(for: order)
        return sent >= order.containers
            ? ("sent", .good) : ("\(sent) of \(order.containers) sent", .underway)
    }

    private func orders(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let listing = Listing(
            at: .orders, of: "orders",
            state.orders.newestFirst(\.placed.entry),
            columns: [
                .link("order", "Order", { $0.id.text }, to: { .order($0.id.text) }),
                .status("status", "Status") { Self.standing($0, state) },
                Column("hospital", "Hospital", { $0.hospital }),
                .link("patient", "Patient", { $0.patient.text }, to: { .patient($0.patient.text) }),
                .link(
                    "definition", "Product", { $0.definition.text },
                    to: { .definition($0.definition.text) }),
                Column("placed", "Placed") { state.signed($0.placed) },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Orders", in: .orders, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Orders", under: "Doses for patients.",
                    actions: viewer.actions([PlaceOrder.self], [:])))
        }
    }

    private func order(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let order = try viewer.found(
            "order", context.parameters.require("order"), OrderID.init
        ) { id throws(Rejection) in try state.order(id) }
        let id = order.id.text
        let shipments = Listing(
            at: .order(id), of: "shipments",
            order.shipments.compactMap { state.shipments[$0] },
            columns: [
                .link(
                    "shipment", "Shipment", { $0.id.text },
                    to: { .shipment($0.id.text) }),
                .status("status", "Status") {
                    $0.received == nil ? ("on its way", .underway) : ("received", .good)
                },
                Column("shipper", "Shipper", { $0.shipper }),
                Column("containers", "Containers") {
                    $0.containers.map(\.text).joined(separator: ", ")
                },
            ], query: ListQuery(request.queryPairs))
        if let file = shipments.file(asked: request) { return file }
        return reception.page(id, in: .orders, trail: [("Orders", .orders)], for: viewer) { html in
            let sent = state.containersSent(for: order)
            let (standing, tone) = Self.standing(order, state)
            let isOpen = order.cancelled == nil && sent < order.containers
            html.add(
                PageHead(
                    id, kind: "Order",
                    status: Badge(standing, tone),
                    actions: isOpen
                        ? viewer.actions(
                            [
                                ReserveContainers.self, DispatchShipment.self, ChangeOrder.self,
                                CancelOrder.self,
                            ], ["order": id], returnTo: .order(id)) : []))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            var facts = Facts()
            facts.add("Hospital", order.hospital)
            facts.add("Patient", order.patient.text, to: .patient(order.patient.text))
            facts.add("Product", order.definition.text, to: .definition(order.definition.text))
            facts.add("Containers ordered", "\(order.containers)")
            facts.add("Dose", order.dose?.description)
            facts.add("Weight of the patient", order.weight?.description)
            facts.add("Dose outside those of published trials because", order.reason)
            facts.add("Containers sent", "\(sent)")
            facts.add("Placed", state.signed(order.placed))
            facts.add("Cancelled because", order.cancelled?.reason)
            facts.add("Cancelled", order.cancelled.map { state.signed($0.stamp) })
            html(.section, .class("panel")) { $0.add(facts) }
            html.panel("Shipments") { $0.add(shipments) }
        }
    }

    private func shipments(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let listing = Listing(
            at: .shipments, of: "shipments",
            state.shipments.newestFirst(\.dispatched.entry),
            columns: [
                .link("shipment", "Shipment", { $0.id.text }, to: { .shipment($0.id.text) }),
                .status("status", "Status") {
                    $0.received == nil ? ("on its way", .underway) : ("received", .good)
                },
                .link("order", "Order", { $0.order.text }, to: { .order($0.order.text) }),
                Column("hospital", "Hospital") { state.orders[$0.order]?.hospital ?? "" },
                Column("shipper", "Shipper", { $0.shipper }),
                .figure(
                    "containers", "Containers", { Double($0.containers.count) },
                    { "\($0.containers.count)" }),
                Column("highest", "Highest temperature") {
                    $0.highestTemperature?.description ?? ""
                },
                .instant("dispatched", "Dispatched") { $0.dispatched.happened.description },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Shipments", in: .shipments, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Shipments", under: "What left for the hospitals, and how it arrived.",
                    actions: viewer.actions([DispatchShipment.self], [:])))
        }
    }

    private func shipment(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let shipment = try viewer.found(
            "shipment", context.parameters.require("shipment"), ShipmentID.init
        ) { id throws(Rejection) in try state.shipment(id) }
        let id = shipment.id.text
        let containers = Listing(
            at: .shipment(id), of: "containers",
            shipment.containers.compactMap { state.containers[$0] },
            columns: ContainerColumns.all, query: ListQuery(request.queryPairs))
        if let file = containers.file(asked: request) { return file }
        return reception.page(
            id, in: .shipments,
            trail: [("Shipments", .shipments), (shipment.order.text, .order(shipment.order.text))],
            for: viewer
        ) { html in
            html.add(
                PageHead(
                    id, kind: "Shipment",
                    status: shipment.received == nil
                        ? Badge("on its way", .underway) : Badge("received", .good),
                    actions: viewer.actions(
                        (shipment.received == nil ? [ReceiveShipment.self] : [])
                            + (shipment.log == nil ? [ImportShipmentLog.self] : [])
                            + [ReturnContainers.self],
                        ["shipment": id], returnTo: .shipment(id)),
                    more: viewer.eventActions(about: id, returnTo: .shipment(id))))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            var facts = Facts()
            facts.add("Order", shipment.order.text, to: .order(shipment.order.text))
            facts.add("Shipper", shipment.shipper)
            facts.add("Dispatched", state.signed(shipment.dispatched))
            facts.add("Received", shipment.received.map(state.signed))
            facts.add(
                "Highest temperature", shipment.highestTemperature.map { "\($0), as typed" })
            if let log = shipment.log {
                facts.add("Logger", "\(log.readings) readings, \(log.lowest) to \(log.highest)")
                facts.add("Readings", log.origin)
                facts.add("File of the logger", log.file, to: .file(log.file))
            }
            html(.section, .class("panel")) { $0.add(facts) }
            html.panel("Containers") { $0.add(containers) }
        }
    }
}
