package import Quantities

/// How far infusions diluted the blood of a donor before it was sampled.
///
/// Infused volumes are held against what the body holds: with blood volume BV = m · 66.7 mL/kg and
/// plasma volume PV = m · 40 mL/kg of body mass m, the plasma is diluted by more than a half when
/// colloids and crystalloids together exceed PV, or all infusions exceed BV (FDA, Eligibility
/// determination for donors of HCT/Ps, 2007, appendix on plasma dilution; 21 CFR 1271.80(d)(2);
/// Directive 2006/17/EC Annex II 2.3).
package struct DilutionAssessment: Sendable, Hashable, Codable {
    /// The day of the blood sample.
    package var sampled: CalendarDate
    /// Body mass, in a unit of mass.
    package var mass: Quantity
    /// Blood and its cells given in the 48 hours before the sample.
    package var blood: Quantity?
    /// Colloids, plasma and platelets given in the 48 hours before the sample.
    package var colloids: Quantity?
    /// Crystalloids given in the hour before the sample.
    package var crystalloids: Quantity?
    package var stamp: Stamp

    private static let plasmaVolumePerMass = 40.0
    private static let bloodVolumePerMass = 66.7

    /// Whether the sample is too diluted to be tested.
    package var isDiluted: Bool {
        guard let kilogram = try? Unit("kg"), let millilitre = try? Unit("mL"),
            let mass = try? mass.doubleValue(in: kilogram)
        else { return true }
        let volumes = [blood, colloids, crystalloids].map { volume in
            volume.flatMap { try? $0.doubleValue(in: millilitre) } ?? 0
        }
        return volumes[1] + volumes[2] > mass * Self.plasmaVolumePerMass
            || volumes.reduce(0, +) > mass * Self.bloodVolumePerMass
    }
}

/// Assesses how far infusions diluted a donor's blood sample.
package struct AssessDilution: Command {
    package static let name = "donor.assess-dilution"
    package static let summary =
        "Record the infusions before a donor's blood sample; the site works out the dilution."
    package static let permission = Permission.test
    package static let help = [
        "donor": "whose blood", "sampled": "the day of the blood sample",
        "mass": "the donor's body mass",
        "blood": "blood and its cells given in the 48 h before",
        "colloids":
            "colloids, plasma and platelets given in the 48 h before",
        "crystalloids": "crystalloids given in the hour before",
    ]

    package var donor: DonorID
    package var sampled: CalendarDate
    package var mass: Quantity
    package var blood: Quantity?
    package var colloids: Quantity?
    package var crystalloids: Quantity?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let donor = try site.donor(donor)
        guard sampled <= moment.now.date else {
            throw Rejection(
                "donor.sample-in-future", "the sample is dated \(sampled), after today")
        }
        try require(mass, "mass", in: "kg", upTo: 400)
        guard mass.value > ExactDecimal(0) else {
            throw Rejection("donor.infusion", "'mass' is \(mass), not above zero")
        }
        for (volume, field) in [
            (blood, "blood"), (colloids, "colloids"), (crystalloids, "crystalloids"),
        ] {
            if let volume { try require(volume, field, in: "L", upTo: 100) }
        }
        return [
            DilutionAssessed(
                donor: donor.id, sampled: sampled, mass: mass, blood: blood, colloids: colloids,
                crystalloids: crystalloids)
        ]
    }

    /// Refuses what is no such quantity, is below zero, or more than a person has.
    private func require(
        _ quantity: Quantity, _ field: String, in unit: String, upTo most: Double
    ) throws(Rejection) {
        guard let unit = try? Unit(unit), let value = try? quantity.doubleValue(in: unit),
            (0...most).contains(value)
        else {
            throw Rejection(
                "donor.infusion", "'\(field)' is \(quantity)",
                help: "enter it in \(unit), from 0 to \(Int(most))")
        }
    }
}

/// Infusions before a blood sample were assessed.
package struct DilutionAssessed: Fact {
    package static let kind = "donor.dilution-assessed/1"
    package var donor: DonorID
    package var sampled: CalendarDate
    package var mass: Quantity
    package var blood: Quantity?
    package var colloids: Quantity?
    package var crystalloids: Quantity?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.donors[donor]?.dilutions.append(
            DilutionAssessment(
                sampled: sampled, mass: mass, blood: blood, colloids: colloids,
                crystalloids: crystalloids, stamp: stamp))
    }
}

extension DeclareDonorEligible {
    /// Refuses a donor who received infusions before a sample that counts, and whose dilution was
    /// not assessed.
    func requireDilutionAssessed(_ donor: Donor, _ markers: [DonorMarker]) throws(Rejection) {
        guard donor.history?.receivedInfusions == true else { return }
        let days = Set(markers.compactMap { donor.latest($0)?.sampled })
        guard
            let open = days.sorted().first(where: { day in
                !donor.dilutions.contains { $0.sampled == day }
            })
        else { return }
        throw Rejection(
            "donor.dilution-not-assessed",
            "'\(donor.id)' received infusions; the dilution of the sample of \(open) is not known",
            help: "enter the volumes: donor.assess-dilution")
    }
}
