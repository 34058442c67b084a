/// Qualification of rooms and equipment, calibration, plates to read and isolates to name.
enum PremisesDue: DueSource {
    static func due(for site: SiteState, on date: CalendarDate) -> [DueItem] {
        site.rooms.values.flatMap(room) + site.equipment.values.flatMap(equipment)
            + site.environmentSamples.values.flatMap { sample($0, site) }
    }

    private static func room(_ room: Room) -> [DueItem] {
        guard room.grade.cleanroom != nil else { return [] }
        return [
            DueItem(
                .roomQualification, room.id.text, "qualify \(room.name)",
                due: room.qualifiedUntil, rule: "room-requalification")
        ]
    }

    private static func equipment(_ piece: Equipment) -> [DueItem] {
        guard piece.isInService else { return [] }
        var items = [
            DueItem(
                .equipmentQualification, piece.id.text, "qualify \(piece.name)",
                due: piece.qualifiedUntil, rule: "equipment-in-date")
        ]
        if piece.needsCalibration {
            items.append(
                DueItem(
                    .calibration, piece.id.text, "calibrate \(piece.name)",
                    due: piece.calibratedUntil, rule: "equipment-in-date"))
        }
        return items
    }

    /// Days after which a plate is read at the latest: five of incubation (Ph. Eur. 2.6.12) and
    /// two of a weekend.
    private static let readingDays = 7

    private static func sample(_ sample: EnvironmentSample, _ site: SiteState) -> [DueItem] {
        guard let reading = sample.reading else {
            return [
                DueItem(
                    .plateReading, sample.id.text, "read the \(sample.method.rawValue)",
                    due: sample.taken.happened.date.advanced(byDays: readingDays),
                    rule: "em-viable")
            ]
        }
        let grade = (try? site.place(sample.place))?.grade ?? .unclassified
        guard grade >= .b, reading.colonies > 0, sample.species.isEmpty else { return [] }
        return [
            DueItem(
                .isolate, sample.id.text, "name the species that grew in grade \(grade.rawValue)",
                due: nil, rule: "em-species")
        ]
    }
}
