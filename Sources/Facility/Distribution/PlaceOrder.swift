/// Places an order of doses for one patient.
package struct PlaceOrder: Command {
    package static let name = "order.place"
    package static let summary = "Place an order of doses for one patient."
    package static let permission = Permission.distribute
    package static let help = [
        "order": "the order number", "patient": "for whom", "hospital": "where it will be given",
        "definition": "the product version ordered", "containers": "how many containers",
    ]

    package var order: OrderID
    package var patient: PatientID
    package var hospital: String
    package var definition: MasterRecordID
    package var containers: Int

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(order)
        _ = try site.patient(patient)
        _ = try site.master(definition)
        try requireText(hospital, "hospital")
        guard (1...100).contains(containers) else {
            throw Rejection(
                "order.container-count", "\(containers) containers, between 1 and 100 are meant")
        }
        return [
            OrderPlaced(
                order: order, patient: patient, hospital: hospital, definition: definition,
                containers: containers)
        ]
    }
}

/// An order was placed.
package struct OrderPlaced: Fact {
    package static let kind = "order.placed/1"
    package var order: OrderID
    package var patient: PatientID
    package var hospital: String
    package var definition: MasterRecordID
    package var containers: Int

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[order.text] = .order
        site.orders[order] = Order(
            id: order, patient: patient, hospital: hospital, definition: definition,
            containers: containers, placed: stamp)
    }
}
