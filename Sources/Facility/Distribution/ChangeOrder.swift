package import Quantities

/// Changes what an order asks for: the prescription changed, or another version is supplied.
package struct ChangeOrder: Command {
    package static let name = "order.change"
    package static let summary = "Change what an order asks for, with the reason."
    package static let permission = Permission.distribute
    package static let help = [
        "order": "which order", "reason": "why: a new prescription, another version in supply",
        "definition": "the version ordered instead, of the same product",
        "containers": "how many containers instead",
        "dose": "the dose prescribed instead, in cells or cells per kilogram",
        "weight": "the body weight instead, for a dose by weight",
        "trial": "the trial in which it is given instead, by its id in the definition",
    ]

    package var order: OrderID
    package var reason: String
    package var definition: MasterRecordID?
    package var containers: Int?
    package var dose: Quantity?
    package var weight: Quantity?
    package var trial: String?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let order = try site.order(order)
        try requireText(reason, "reason")
        try order.requireOpen()
        let changed = OrderChanged(
            order: order.id, reason: reason, definition: definition ?? order.definition,
            containers: containers ?? order.containers, dose: dose ?? order.dose,
            weight: weight ?? order.weight, trial: trial ?? order.trial)
        guard
            changed.definition != order.definition || changed.containers != order.containers
                || changed.dose != order.dose || changed.weight != order.weight
                || changed.trial != order.trial
        else {
            throw Rejection(
                "order.nothing-changes", "'\(order.id)' asks for this already",
                help: "enter what is different")
        }
        let product = try site.master(changed.definition).product
        guard try product.id == site.master(order.definition).product.id else {
            throw Rejection(
                "order.other-product",
                "'\(changed.definition)' is a version of \(product.id), another product",
                help: "cancel this order and place one for the other product")
        }
        let sent = site.containersSent(for: order)
        guard changed.containers >= sent else {
            throw Rejection(
                "order.more-sent", "\(sent) containers were sent, \(changed.containers) are asked",
                help: "order at least what was sent")
        }
        guard changed.trial == order.trial || sent == 0 else {
            throw Rejection(
                "order.sent-in-trial",
                "\(sent) containers were sent in the trial '\(order.trial ?? "none")'",
                help: "change the order to what was sent and place one for the other trial")
        }
        let prescribed = PlaceOrder(
            order: order.id, patient: order.patient, hospital: order.hospital,
            definition: changed.definition, containers: changed.containers, dose: changed.dose,
            weight: changed.weight, reason: order.reason ?? reason, trial: changed.trial)
        try prescribed.requireTrial(of: product)
        try prescribed.requirePrescription(of: product)
        return [changed]
    }
}

/// An order asks for something else.
package struct OrderChanged: Fact {
    package static let kind = "order.changed/1"
    package var order: OrderID
    package var reason: String
    package var definition: MasterRecordID
    package var containers: Int
    package var dose: Quantity?
    package var weight: Quantity?
    /// The trial; `nil` where it stays as it was.
    package var trial: String?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.orders[order]?.definition = definition
        site.orders[order]?.containers = containers
        site.orders[order]?.dose = dose
        site.orders[order]?.weight = weight
        if let trial { site.orders[order]?.trial = trial }
    }
}

/// Cancels an order from which nothing was sent; what was kept for it is free again.
package struct CancelOrder: Command {
    package static let name = "order.cancel"
    package static let summary = "Cancel an order from which nothing was sent."
    package static let permission = Permission.distribute
    package static let help = ["order": "which order", "reason": "why"]

    package var order: OrderID
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let order = try site.order(order)
        try requireText(reason, "reason")
        try order.requireOpen()
        guard order.shipments.isEmpty else {
            throw Rejection(
                "order.sent", "\(site.containersSent(for: order)) containers were sent for it",
                help: "record their return, or change the order to what was sent")
        }
        let kept = site.containers.values.filter { $0.reservation == order.id }.map(\.id).sorted()
        let freed = ContainersFreed(order: order.id, containers: kept, reason: reason)
        return [OrderCancelled(order: order.id, reason: reason)] + (kept.isEmpty ? [] : [freed])
    }
}

/// An order was cancelled.
package struct OrderCancelled: Fact {
    package static let kind = "order.cancelled/1"
    package var order: OrderID
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.orders[order]?.cancelled = Order.Cancellation(reason: reason, stamp: stamp)
    }
}

extension Order {
    /// Refuses an order that was cancelled.
    func requireOpen() throws(Rejection) {
        guard let cancelled else { return }
        throw Rejection(
            "order.cancelled", "'\(id)' was cancelled: \(cancelled.reason)",
            help: "place a new order")
    }
}

extension SiteState {
    /// Containers that left for `order` so far.
    package func containersSent(for order: Order) -> Int {
        order.shipments.compactMap { shipments[$0]?.containers.count }.reduce(0, +)
    }
}
