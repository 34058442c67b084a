/// Keeps containers for an order.
package struct ReserveContainers: Command {
    package static let name = "order.reserve"
    package static let summary = "Keep containers for an order: nothing else may use them."
    package static let permission = Permission.distribute
    package static let help = ["order": "which order", "containers": "the containers kept for it"]

    package var order: OrderID
    package var containers: [ContainerID]

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let order = try site.order(order)
        guard (1...100).contains(containers.count), Set(containers).count == containers.count
        else { throw Rejection("order.containers", "1 to 100 different containers are meant") }
        for id in containers {
            let container = try site.container(id)
            try site.requireUsable(container, at: moment)
            try site.requireOrdered(container, by: order)
            guard container.reservation == nil else {
                throw Rejection(
                    "container.reserved", "'\(id)' is kept for an order already",
                    help: "choose another")
            }
        }
        let kept = site.containers.values.filter { $0.reservation == order.id }.map(\.id)
        let sent = order.shipments.flatMap { site.shipments[$0]?.containers ?? [] }
        try site.requireDose(of: order, in: containers, earlier: kept + sent)
        return [ContainersReserved(order: order.id, containers: containers)]
    }
}

/// Containers were kept for an order.
package struct ContainersReserved: Fact {
    package static let kind = "order.containers-reserved/1"
    package var order: OrderID
    package var containers: [ContainerID]

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        for container in containers { site.containers[container]?.reservation = order }
    }
}

/// Gives reserved containers of an order free again.
package struct FreeContainers: Command {
    package static let name = "order.free"
    package static let summary = "Give the reserved containers of an order free again."
    package static let permission = Permission.distribute
    package static let help = ["order": "which order", "reason": "why"]

    package var order: OrderID
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let order = try site.order(order)
        try requireText(reason, "reason")
        let kept = site.containers.values.filter { $0.reservation == order.id }.map(\.id).sorted()
        guard !kept.isEmpty else {
            throw Rejection("order.nothing-reserved", "nothing is kept for '\(order.id)'")
        }
        return [ContainersFreed(order: order.id, containers: kept, reason: reason)]
    }
}

/// Containers were given free.
package struct ContainersFreed: Fact {
    package static let kind = "order.containers-freed/1"
    package var order: OrderID
    package var containers: [ContainerID]
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        for container in containers { site.containers[container]?.reservation = nil }
    }
}

/// Records that containers came back from a hospital: they are destroyed, never used.
package struct ReturnContainers: Command {
    package static let name = "shipment.return"
    package static let summary = "Record that doses came back from a hospital."
    package static let permission = Permission.distribute
    package static let help = [
        "shipment": "the shipment they left with", "containers": "the containers scanned",
        "reason": "why they were not given",
    ]

    package var shipment: ShipmentID
    package var containers: [ContainerID]
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let shipment = try site.shipment(shipment)
        try requireText(reason, "reason")
        guard !containers.isEmpty, Set(containers).count == containers.count else {
            throw Rejection("shipment.containers", "the list is empty or names one twice")
        }
        for id in containers {
            switch try site.container(id).location {
            case .shipped(shipment.id), .received(shipment.id): continue
            default:
                throw Rejection(
                    "shipment.not-out", "'\(id)' is not out with '\(shipment.id)'",
                    help: "scan the container again")
            }
        }
        return [
            ContainersReturned(shipment: shipment.id, containers: containers, reason: reason)
        ]
    }
}

/// Containers came back.
package struct ContainersReturned: Fact {
    package static let kind = "shipment.containers-returned/1"
    package var shipment: ShipmentID
    package var containers: [ContainerID]
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        for container in containers { site.relocate(container, to: .returned(shipment)) }
    }
}

extension SiteState {
    /// Refuses a container that is not what an order asks for, or not for its patient.
    func requireOrdered(_ container: Container, by order: Order) throws(Rejection) {
        try order.requireOpen()
        let ordered = try master(order.definition).product.id
        guard case .dose(let id) = container.content else {
            throw Rejection(
                "shipment.not-the-ordered-product", "'\(container.id)' is no dose of \(ordered)",
                help: "scan the container again")
        }
        let batch = try batch(id)
        // A certified dose of any version of the product serves the order: which versions are
        // authorised is judged when a batch is certified.
        let made = try master(batch.master).product.id
        guard made == ordered else {
            throw Rejection(
                "shipment.not-the-ordered-product",
                "'\(container.id)' is a dose of \(made), \(ordered) is ordered",
                help: "stop: check the order and the container")
        }
        if let supply = batch.exceptionalSupply, supply.patient != order.patient {
            throw Rejection(
                "shipment.exceptional-supply",
                "'\(batch.id)' is supplied for '\(supply.patient)' alone",
                help: "stop: check the identity of patient and dose", rule: "oos-supply")
        }
        let origin = try master(batch.master).product.origin
        guard origin == "autologous" || origin == "matched" else { return }
        let donors = donors(behind: container.id.text)
        guard let donor = try patient(order.patient).donor, donors == [donor.text] else {
            throw Rejection(
                "shipment.chain-of-identity",
                "'\(container.id)' came from \(donors.sorted().joined(separator: ", ")), which is "
                    + "not the donor of '\(order.patient)'",
                help: "stop: check the identity of patient and dose", rule: "label-autologous")
        }
    }
}
