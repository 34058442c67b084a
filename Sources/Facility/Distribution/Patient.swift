package import Quantities

/// A person who is treated, under a pseudonym given by the hospital.
package struct Patient: Sendable, Codable {
    package var id: PatientID
    package var registered: Stamp
    /// Whose cells the patient receives, for an autologous or matched product.
    package var donor: DonorID?
    package var given: [Administration] = []
    package var followUp: [FollowUpVisit] = []
    package var events: [AdverseEvent] = []
    package var outcomes: [Outcome] = []

    /// The day of a planned visit, counted from the first dose; `nil` before that.
    package func day(of visit: FollowUpVisit) -> CalendarDate? {
        given.first?.stamp.happened.date.advanced(byMonths: visit.month)
    }
}

/// A dose that was given.
package struct Administration: Sendable, Hashable, Codable {
    package var container: ContainerID
    package var stamp: Stamp
}

/// A hospital's request for doses for one patient.
package struct Order: Sendable, Codable {
    package var id: OrderID
    package var patient: PatientID
    package var hospital: String
    package var definition: MasterRecordID
    package var containers: Int
    package var placed: Stamp
    package var dose: Quantity?
    package var weight: Quantity?
    /// Why the dose lies outside those of the published trials.
    package var reason: String?
    package var shipments: [ShipmentID] = []
    /// Why and when it was cancelled; `nil` while it stands.
    package var cancelled: Cancellation?

    /// How an order ended before anything was sent.
    package struct Cancellation: Sendable, Hashable, Codable {
        package var reason: String
        package var stamp: Stamp
    }
}

/// Containers on their way to a hospital.
package struct Shipment: Sendable, Codable {
    package var id: ShipmentID
    package var order: OrderID
    package var containers: [ContainerID]
    package var shipper: String
    package var dispatched: Stamp
    package var received: Stamp?
    package var highestTemperature: Quantity?
    /// The log of its way, once imported.
    package var log: TemperatureLog?
}

/// Registers a patient under the hospital's pseudonym.
package struct RegisterPatient: Command {
    package static let name = "patient.register"
    package static let summary = "Register a patient under the hospital's pseudonym."
    package static let permission = Permission.distribute
    package static let help = [
        "patient": "the pseudonym; never a name or a date of birth",
        "donor": "whose cells the patient receives, for an autologous or matched product",
    ]

    package var patient: PatientID
    package var donor: DonorID?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(patient)
        if let donor { _ = try site.donor(donor) }
        return [PatientRegistered(patient: patient, donor: donor)]
    }
}

/// A patient was registered.
package struct PatientRegistered: Fact {
    package static let kind = "patient.registered/1"
    package var patient: PatientID
    package var donor: DonorID?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[patient.text] = .patient
        site.patients[patient] = Patient(id: patient, registered: stamp, donor: donor)
    }
}
