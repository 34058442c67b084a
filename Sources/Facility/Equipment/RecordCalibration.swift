/// One calibration.
package struct Calibration: Sendable, Hashable, Codable {
    package var certificate: String
    package var asFound: CalibrationFinding
    /// The last day it holds.
    package var due: CalendarDate
    package var stamp: Stamp
}

/// How a piece of equipment measured before it was adjusted.
package enum CalibrationFinding: String, Choice, Sendable, Hashable {
    case inTolerance = "in-tolerance"
    case outOfTolerance = "out-of-tolerance"
}

/// Records a calibration. Found out of tolerance, it opens a deviation for every batch made or tested
/// with the equipment since the calibration before.
package struct RecordCalibration: Command {
    package static let name = "equipment.record-calibration"
    package static let summary =
        "Record a calibration; what was out of tolerance opens a deviation."
    package static let permission = Permission.maintain
    package static let help = [
        "equipment": "which equipment", "certificate": "the calibration certificate",
        "asFound": "how it measured before it was adjusted",
        "due": "the last day the calibration holds",
    ]

    package var equipment: EquipmentID
    package var certificate: String
    package var asFound: CalibrationFinding
    package var due: CalendarDate

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let equipment = try site.equipment(equipment)
        try requireText(certificate, "certificate")
        guard equipment.needsCalibration else {
            throw Rejection(
                "equipment.not-calibrated", "'\(equipment.id)' is not calibrated",
                help: "it was registered as equipment without calibration")
        }
        guard due > moment.happened.date else {
            throw Rejection(
                "equipment.calibration-over", "\(due) is not after the calibration",
                help: "enter the last day it holds", rule: "equipment-in-date")
        }
        let recorded = EquipmentCalibrated(
            equipment: equipment.id, certificate: certificate, asFound: asFound, due: due)
        guard asFound == .outOfTolerance else { return [recorded] }
        let since = equipment.calibrations.last?.stamp.happened ?? equipment.registered.happened
        let made = site.batches(
            among: equipment.occupations, during: since...max(since, moment.happened))
        let tested = site.batches(testedIn: equipment.tests, since: since)
        let batches = made + tested.filter { !made.contains($0) }
        return [recorded]
            + site.event(
                .equipment, "'\(equipment.id)' was out of tolerance at calibration \(certificate)",
                about: [equipment.id.naming(Thing.self)],
                affecting: batches, rule: "equipment-in-date")
    }
}

/// Equipment was calibrated.
package struct EquipmentCalibrated: Fact {
    package static let kind = "equipment.calibrated/1"
    package var equipment: EquipmentID
    package var certificate: String
    package var asFound: CalibrationFinding
    package var due: CalendarDate

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.equipment[equipment]?.calibrations.append(
            Calibration(certificate: certificate, asFound: asFound, due: due, stamp: stamp))
    }
}

extension Equipment {
    /// Refuses equipment that is out of service, not qualified, or not in calibration
    /// (EU GMP Annex 15 §3-4; 21 CFR 211.68).
    func requireFit(on date: CalendarDate) throws(Rejection) {
        func refuse(_ code: String, _ reason: String, _ help: String) -> Rejection {
            Rejection(
                "equipment.\(code)", "'\(id)' \(reason)", help: help, rule: "equipment-in-date")
        }
        guard isInService else {
            throw refuse("out-of-service", "is out of service", "use another one")
        }
        guard let until = qualifiedUntil else {
            throw refuse("not-qualified", "is not qualified", "qualify it: equipment.qualify")
        }
        guard until >= date else {
            throw refuse(
                "qualification-over", "was qualified until \(until)",
                "qualify it again: equipment.qualify")
        }
        guard needsCalibration else { return }
        guard let due = calibratedUntil else {
            throw refuse(
                "never-calibrated", "was never calibrated",
                "calibrate it: equipment.record-calibration")
        }
        guard due >= date else {
            throw refuse(
                "calibration-due", "was due for calibration on \(due)",
                "calibrate it: equipment.record-calibration")
        }
    }
}
