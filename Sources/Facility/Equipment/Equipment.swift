/// A piece of equipment.
package struct Equipment: Sendable, Codable {
    package var id: EquipmentID
    package var name: String
    /// The id by which definitions name this kind; several pieces may serve as the same one.
    package var servesAs: String
    /// Where it stands; `nil` when it is carried about.
    package var room: RoomID?
    /// The grade of the air inside, for cabinets and isolators.
    package var grade: AreaGrade?
    package var needsCalibration: Bool
    /// True for an isolator or RABS, whose gloves are tested.
    package var hasGloves: Bool
    package var registered: Stamp
    package var isInService = true
    package var qualifications: [EquipmentQualification] = []
    package var calibrations: [Calibration] = []
    package var gloveTests: [GloveTest] = []
    /// The steps it was used in, in the order they were started.
    package var occupations: [Occupation] = []
    /// The tests it was an instrument of, oldest first.
    package var tests: [TestUse] = []

    /// Limits of the level of nitrogen in it, oldest first; none for what is no vessel of nitrogen.
    package var levelLimits: [LevelLimit] = []
    /// Readings of that level, in the order they were taken.
    package var levels: [LevelReading] = []

    /// The last day its qualification holds.
    package var qualifiedUntil: CalendarDate? { qualifications.last?.until }
    /// The last day its calibration holds.
    package var calibratedUntil: CalendarDate? { calibrations.last?.due }
}

/// One qualification of a piece of equipment.
package struct EquipmentQualification: Sendable, Hashable, Codable {
    package var report: String
    package var until: CalendarDate
    package var stamp: Stamp
}

/// Registers a piece of equipment.
package struct RegisterEquipment: Command {
    package static let name = "equipment.register"
    package static let summary = "Register a piece of equipment; it is used once it is qualified."
    package static let permission = Permission.managePremises
    package static let help = [
        "equipment": "the number on its label", "name": "what it is",
        "servesAs": "the id by which the definition names this kind of equipment",
        "room": "where it stands, unless it is carried about",
        "grade": "the grade of the air inside, for cabinets and isolators",
        "needsCalibration": "whether it measures or controls something that is calibrated",
        "hasGloves": "whether it has gloves that are tested",
    ]

    package var equipment: EquipmentID
    package var name: String
    package var servesAs: String
    package var room: RoomID?
    package var grade: AreaGrade?
    package var needsCalibration: Bool
    package var hasGloves: Bool

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(equipment)
        try requireText(name, "name")
        try requireText(servesAs, "servesAs")
        if let room { _ = try site.room(room) }
        return [
            EquipmentRegistered(
                equipment: equipment, name: name, servesAs: servesAs, room: room, grade: grade,
                needsCalibration: needsCalibration, hasGloves: hasGloves)
        ]
    }
}

/// A piece of equipment was registered.
package struct EquipmentRegistered: Fact {
    package static let kind = "equipment.registered/1"
    package var equipment: EquipmentID
    package var name: String
    package var servesAs: String
    package var room: RoomID?
    package var grade: AreaGrade?
    package var needsCalibration: Bool
    package var hasGloves: Bool

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[equipment.text] = .equipment
        site.equipment[equipment] = Equipment(
            id: equipment, name: name, servesAs: servesAs, room: room, grade: grade,
            needsCalibration: needsCalibration, hasGloves: hasGloves, registered: stamp)
    }
}
