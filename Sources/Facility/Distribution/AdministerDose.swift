import Quantities

/// Records that a dose was given to the patient it was ordered for.
package struct AdministerDose: Command {
    package static let name = "dose.administer"
    package static let summary =
        "Record that a dose was given: the follow-up of the definition begins."
    package static let permission = Permission.distribute
    package static let help = [
        "container": "the dose", "patient": "who received it", "thawed": "when it was thawed",
    ]

    package var container: ContainerID
    package var patient: PatientID
    package var thawed: Timestamp

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let container = try site.container(container)
        let patient = try site.patient(patient)
        guard case .received(let shipmentID) = container.location else {
            throw Rejection(
                "dose.not-at-hospital", "'\(container.id)' was not received by a hospital",
                help: "record its arrival first: shipment.receive")
        }
        let order = try site.order(try site.shipment(shipmentID).order)
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
        guard thawed <= moment.happened else {
            throw Rejection(
                "dose.given-before-thaw",
                "given at \(moment.happened), before it was thawed at \(thawed)")
        }
        let given = DoseAdministered(
            container: container.id, patient: patient.id, thawed: thawed)
        let facts =
            [given as any Fact] + plan(of: try site.master(order.definition), for: patient)
        let problems = try problems(with: container, of: order, on: site, at: moment)
        guard !problems.isEmpty else { return facts }
        // The dose was given: the record says so, and what was wrong with it is looked into.
        return facts + [
            DeviationOpened(
                deviation: site.nextDeviation(), batch: nil, step: nil, cause: .observed,
                description: "dose \(container.id): \(problems.joined(separator: "; "))",
                rule: "in-use-time", subjects: [container.id.naming(Thing.self)])
        ]
    }
}

extension AdministerDose {
    private func problems(
        with container: Container, of order: Order, on site: SiteState, at moment: Moment
    ) throws(Rejection) -> [String] {
        var problems: [String] = []
        if let limit = try site.master(order.definition).product.inUseTime,
            let second = try? Unit("s"), let seconds = try? limit.doubleValue(in: second)
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

/// A dose was given.
package struct DoseAdministered: Fact {
    package static let kind = "dose.administered/1"
    package var container: ContainerID
    package var patient: PatientID
    package var thawed: Timestamp

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.relocate(container, to: .administered(patient))
        site.patients[patient]?.given.append(Administration(container: container, stamp: stamp))
        site.genealogy.link(container, to: patient)
    }
}
