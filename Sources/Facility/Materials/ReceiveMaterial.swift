package import Quantities

/// Receives a lot of a raw material into quarantine.
package struct ReceiveMaterial: Command {
    package static let name = "material.receive"
    package static let summary = "Receive a lot of a raw material into quarantine."
    package static let permission = Permission.receive
    package static let help = [
        "lot": "the site's number for the lot", "material": "the material's id in the definition",
        "supplier": "who supplied it", "supplierLot": "the supplier's lot number",
        "expiry": "the supplier's expiry date", "quantity": "how much arrived",
        "retest": "the last day it may be used before it is tested again, if the supplier sets one",
    ]

    package var lot: LotID
    package var material: String
    package var supplier: String
    package var supplierLot: String
    package var expiry: CalendarDate
    package var quantity: Quantity
    package var retest: CalendarDate?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(lot)
        try requireText(material, "material")
        try requireText(supplier, "supplier")
        try requireText(supplierLot, "supplierLot")
        try requirePositive(quantity, "quantity")
        try site.requirePlannable(material, quantity)
        guard expiry >= moment.happened.date else {
            throw Rejection(
                "material.expired", "the lot expired on \(expiry)",
                help: "return it to the supplier", rule: "material-released-at-use")
        }
        if let retest, retest > expiry {
            throw Rejection(
                "material.retest-date", "the retest on \(retest) is after the expiry on \(expiry)",
                help: "a retest date lies before the expiry")
        }
        let received = MaterialReceived(
            lot: lot, material: material, supplier: supplier, supplierLot: supplierLot,
            expiry: expiry, quantity: quantity, retest: retest)
        let objection = site.objection(to: supplier, of: material, on: moment.happened.date)
        guard let objection else { return [received] }
        return [received]
            + site.event(
                .supplierNotApproved, "lot '\(lot)' of \(material): \(objection.reason)",
                about: [lot.naming(Thing.self)],
                affecting: [], rule: objection.rule)
    }
}

/// A lot arrived.
package struct MaterialReceived: Fact {
    package static let kind = "material.received/1"
    package var lot: LotID
    package var material: String
    package var supplier: String
    package var supplierLot: String
    package var expiry: CalendarDate
    package var quantity: Quantity
    package var retest: CalendarDate?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[lot.text] = .lot
        site.lots[lot] = Lot(
            id: lot, material: material, supplier: supplier, supplierLot: supplierLot,
            expiry: expiry, retest: retest, received: quantity, arrived: stamp)
    }
}

/// Refuses a quantity that is not above zero.
func requirePositive(_ quantity: Quantity, _ field: String) throws(Rejection) {
    guard quantity.value > ExactDecimal(0) else {
        throw Rejection(
            "site.quantity-not-positive", "'\(field)' is \(quantity), not above zero",
            help: "enter what was measured")
    }
}
