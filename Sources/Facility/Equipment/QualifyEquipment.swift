package import Ledger

/// Declares a piece of equipment qualified (EU GMP Annex 15 §3).
package struct QualifyEquipment: Command {
    package static let name = "equipment.qualify"
    package static let summary = "Declare a piece of equipment qualified for a number of months."
    package static let permission = Permission.qualify
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "equipment": "which equipment", "report": "the qualification report",
        "months": "how long the qualification holds; at most 6 for air of grade A or B",
    ]

    /// Months a qualification holds at most.
    package static let monthsMax = 60

    package var equipment: EquipmentID
    package var report: String
    package var months: Int

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let equipment = try site.equipment(equipment)
        try requireText(report, "report")
        let isAseptic = equipment.grade.map { $0 >= .b } ?? false
        let limit = isAseptic ? 6 : Self.monthsMax
        guard (1...limit).contains(months) else {
            throw Rejection(
                "equipment.qualification-interval",
                "\(months) months are not between 1 and \(limit)",
                help: "choose an interval inside the limit",
                rule: isAseptic ? "room-requalification" : "equipment-in-date")
        }
        return [EquipmentQualified(equipment: equipment.id, report: report, months: months)]
    }
}

/// A piece of equipment was qualified.
package struct EquipmentQualified: Fact {
    package static let kind = "equipment.qualified/1"
    package var equipment: EquipmentID
    package var report: String
    package var months: Int

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.equipment[equipment]?.qualifications.append(
            EquipmentQualification(
                report: report, until: stamp.happened.date.advanced(byMonths: months),
                stamp: stamp))
    }
}

/// Takes equipment out of service, or back.
package struct ChangeService: Command {
    package static let name = "equipment.change-service"
    package static let summary = "Take a piece of equipment out of service, or back into it."
    package static let permission = Permission.managePremises
    package static let help = [
        "equipment": "which equipment", "inService": "whether it may be used from now on",
        "reason": "why",
    ]

    package var equipment: EquipmentID
    package var inService: Bool
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let equipment = try site.equipment(equipment)
        try requireText(reason, "reason")
        guard equipment.isInService != inService else {
            throw Rejection(
                "equipment.service-unchanged",
                "'\(equipment.id)' is \(inService ? "in" : "out of") service already")
        }
        return [
            EquipmentServiceChanged(
                equipment: equipment.id, inService: inService, reason: reason)
        ]
    }
}

/// Equipment was taken out of service or back.
package struct EquipmentServiceChanged: Fact {
    package static let kind = "equipment.service-changed/1"
    package var equipment: EquipmentID
    package var inService: Bool
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.equipment[equipment]?.isInService = inService
    }
}
