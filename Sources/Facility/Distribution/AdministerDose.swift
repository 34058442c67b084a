import Quantities

/// Records that a dose was given to the patient it was ordered for.
package struct AdministerDose: Command {
    package static let name = "dose.administer"
    package static let summary =
        "Record that a dose was given: the follow-up of the definition begins."
    package static let permission = Permission.distribute
    package static let help = [
        "container": "the dose", "patient": "who received it",
        "thawed": "when it was thawed; left out for a product that is never frozen",
    ]

    package var container: ContainerID
    package var patient: PatientID
    package var thawed: Timestamp?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let container = try site.container(container)
        let patient = try site.patient(patient)
        guard case .received(let shipmentID) = container.location else {
            throw Rejection(
                "dose.not-at-hospital", "'\(container.id)' was not received by a hospital",
                help: "record its arrival first: shipment.receive")
        }
        let shipment = try site.shipment(shipmentID)
        let order = try site.order(shipment.order)
        guard order.patient == patient.id else {
            throw Rejection(
                "dose.another-patient",
                "'\(container.id)' was ordered for '\(order.patient)', not for '\(patient.id)'",
                help: "stop: check the identity of patient and dose")
        }
        guard container.holds.isEmpty else {
            throw Rejection(
                "container.on-hold",
                "'\(container.id)' is on hold: \(container.holds.joined(separator: ", "))",
                help: "do not give it")
        }
        let product = try site.master(order.definition).product
        try requireTimes(of: product, after: shipment, at: moment)
        let given = DoseAdministered(
            container: container.id, patient: patient.id, thawed: thawed)
        let problems = problems(with: container, of: product, at: moment)
        var events: [any Fact] = []
        func open(_ cause: DeviationCause, _ what: String, rule: String) {
            events.append(
                DeviationOpened(
                    deviation: site.nextDeviation(after: events.count), batch: nil, step: nil,
                    cause: cause, description: "dose \(container.id): \(what)", rule: rule,
                    subjects: [container.id.naming(Thing.self)]))
        }
        // The dose was given: the record says so, and what was wrong with it is looked into.
        if !problems.isEmpty {
            open(.observed, problems.joined(separator: "; "), rule: "in-use-time")
        }
        if product.storageTemperature != nil, shipment.log == nil {
            open(
                .transportExcursion,
                "given before the temperature log of shipment \(shipment.id) was read",
                rule: "transport-qualified")
        }
        return [given] + plan(of: try site.master(order.definition), for: patient) + events
    }
}

extension AdministerDose {
    /// Refuses a thaw that cannot have been: of a product that is never frozen, before the dose arrived,
    /// or after it was given.
    private func requireTimes(
        of product: MasterProduct, after shipment: Shipment, at moment: Moment
    ) throws(Rejection) {
        if let arrived = shipment.received?.happened, moment.happened < arrived {
            throw Rejection(
                "dose.given-before-arrival",
                "given at \(moment.happened), before it arrived at \(arrived)",
                help: "enter when it was given")
        }
        guard product.isFrozen else {
            guard thawed == nil else {
                throw Rejection(
                    "dose.never-frozen",
                    "'\(product.id)' is stored at \(product.storage ?? "an unstated temperature"), "
                        + "not frozen",
                    help: "leave 'thawed' out")
            }
            return
        }
        guard let thawed else {
            throw Rejection(
                "dose.thaw-missing", "'\(product.id)' is frozen and 'thawed' is not said",
                help: "enter when it was thawed", rule: "in-use-time")
        }
        guard thawed <= moment.happened else {
            throw Rejection(
                "dose.given-before-thaw",
                "given at \(moment.happened), before it was thawed at \(thawed)",
                help: "enter when it was thawed")
        }
        if let arrived = shipment.received?.happened, thawed < arrived {
            throw Rejection(
                "dose.thawed-before-arrival",
                "thawed at \(thawed), before '\(container)' arrived at \(arrived)",
                help: "enter when it was thawed; a dose that thawed on its way is not given",
                rule: "transport-qualified")
        }
    }

    private func problems(
        with container: Container, of product: MasterProduct, at moment: Moment
    ) -> [String] {
        var problems: [String] = []
        if let thawed, let limit = product.inUseTime, let second = try? Unit("s"),
            let seconds = try? limit.doubleValue(in: second)
        {
            let waited = moment.happened.milliseconds - thawed.milliseconds
            if Double(waited) > seconds * 1000 {
                problems.append("given \(waited / 60_000) min after thawing, limit \(limit)")
            }
        }
        if let expires = container.expires, expires < moment.happened.date {
            problems.append("given after its expiry on \(expires)")
        }
        return problems
    }
}

extension MasterProduct {
    /// Whether the product is stored frozen: all of its storage range lies below 0 °C. A product without
    /// a storage temperature counts as frozen, which asks for more and never for less.
    package var isFrozen: Bool {
        guard let range = storageTemperature else { return true }
        guard let upper = try? range.upper?.doubleValue(in: .kelvin) else { return false }
        return upper < 273.15
    }
}

/// A dose was given.
package struct DoseAdministered: Fact {
    package static let kind = "dose.administered/1"
    package var container: ContainerID
    package var patient: PatientID
    /// When it was thawed; `nil` for a product that is never frozen.
    package var thawed: Timestamp?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.relocate(container, to: .administered(patient))
        site.patients[patient]?.given.append(Administration(container: container, stamp: stamp))
        site.genealogy.link(container, to: patient)
    }
}
