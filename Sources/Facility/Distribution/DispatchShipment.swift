package import Quantities

/// Sends certified doses to the hospital of an order.
package struct DispatchShipment: Command {
    package static let name = "shipment.dispatch"
    package static let summary = "Send certified doses to the hospital of an order."
    package static let permission = Permission.distribute
    package static let help = [
        "shipment": "the shipment number", "order": "which order",
        "containers": "the containers packed", "shipper": "the number of the shipping container",
    ]

    package var shipment: ShipmentID
    package var order: OrderID
    package var containers: [ContainerID]
    package var shipper: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(shipment)
        let order = try site.order(order)
        try requireText(shipper, "shipper")
        guard !containers.isEmpty, Set(containers).count == containers.count else {
            throw Rejection(
                "shipment.containers", "the list of containers is empty or names one twice")
        }
        let sent = order.shipments.flatMap { site.shipments[$0]?.containers ?? [] }
        guard sent.count + containers.count <= order.containers else {
            throw Rejection(
                "shipment.more-than-ordered",
                "\(sent.count + containers.count) containers, \(order.containers) are ordered")
        }
        for id in containers {
            let container = try site.container(id)
            try site.requireUsable(container, at: moment)
            try site.requireOrdered(container, by: order)
            guard container.reservation == nil || container.reservation == order.id else {
                throw Rejection(
                    "container.reserved", "'\(id)' is kept for another order",
                    help: "take another container")
            }
        }
        try site.requireDose(of: order, in: containers, earlier: sent)
        return [
            ShipmentDispatched(
                shipment: shipment, order: order.id, containers: containers, shipper: shipper)
        ]
    }
}

/// Doses left the site.
package struct ShipmentDispatched: Fact {
    package static let kind = "shipment.dispatched/1"
    package var shipment: ShipmentID
    package var order: OrderID
    package var containers: [ContainerID]
    package var shipper: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[shipment.text] = .shipment
        site.shipments[shipment] = Shipment(
            id: shipment, order: order, containers: containers, shipper: shipper,
            dispatched: stamp, received: nil, highestTemperature: nil)
        site.orders[order]?.shipments.append(shipment)
        for container in containers {
            site.relocate(container, to: .shipped(shipment))
            site.containers[container]?.shipment = shipment
            site.containers[container]?.reservation = nil
        }
    }
}

/// Records that a shipment arrived, with the highest temperature of its logger.
package struct ReceiveShipment: Command {
    package static let name = "shipment.receive"
    package static let summary = "Record that a shipment arrived, with its temperature."
    package static let permission = Permission.distribute
    package static let help = [
        "shipment": "which shipment", "highestTemperature": "the highest the logger saw",
    ]

    package var shipment: ShipmentID
    package var highestTemperature: Quantity

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let shipment = try site.shipment(shipment)
        guard shipment.received == nil else {
            throw Rejection("shipment.received", "'\(shipment.id)' was received before")
        }
        guard shipment.dispatched.happened <= moment.happened else {
            throw Rejection(
                "shipment.before-dispatch",
                "received at \(moment.happened), before it left at "
                    + "\(shipment.dispatched.happened)", help: "enter when it arrived")
        }
        try requireTemperature(highestTemperature, "highestTemperature")
        let received = ShipmentReceived(
            shipment: shipment.id, highestTemperature: highestTemperature)
        let order = try site.order(shipment.order)
        guard let range = try site.master(order.definition).product.storageTemperature else {
            return [received]
        }
        guard let isKept = try? range.contains(highestTemperature) else {
            throw Rejection(
                "shipment.temperature", "\(highestTemperature) cannot be held against \(range)",
                help: "enter the temperature of the logger")
        }
        guard !isKept else { return [received] }
        let why = "\(highestTemperature), limit \(range)"
        return [received] + site.transportExcursion(of: shipment, because: why)
    }
}

/// A shipment arrived.
package struct ShipmentReceived: Fact {
    package static let kind = "shipment.received/1"
    package var shipment: ShipmentID
    package var highestTemperature: Quantity

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        guard let containers = site.shipments[shipment]?.containers else { return }
        site.shipments[shipment]?.received = stamp
        site.shipments[shipment]?.highestTemperature = highestTemperature
        for container in containers
        where site.containers[container]?.location == .shipped(shipment) {
            site.relocate(container, to: .received(shipment))
        }
    }
}
