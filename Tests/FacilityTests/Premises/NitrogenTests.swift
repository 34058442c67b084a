import Facility
import Ledger
import Quantities
import Testing

/// The level of liquid nitrogen of a storage vessel: limits, readings, and what follows from them.
@Suite struct NitrogenTests {
    private let record = "storage.record-level"

    /// A certified batch whose doses stand in LN2-2, which is read every three days.
    private func watched() throws -> TestSite {
        var site = try TestSite.withCertifiedBatch()
        try site.registerUnit()
        try site.setLevelLimits()
        return site
    }

    private func level(_ level: JSONValue) -> JSONValue { ["unit": "LN2-2", "level": level] }

    private func dose(_ site: TestSite) throws -> Container {
        try site.state.container(ContainerID("B-2-001")!)
    }

    /// The file of a level logger: a reading an hour, the last one now.
    private func series(_ site: TestSite, _ values: [String], hours: Int64 = 1) -> JSONValue {
        let lines = values.enumerated().map { index, value in
            let seconds = (Int64(index) + 1 - Int64(values.count)) * hours * 3_600
            return "\(site.now.advanced(bySeconds: seconds)),\(value)"
        }
        return [
            "unit": "LN2-2", "measures": "nitrogen-level",
            "series": ["name": "level.csv", "text": .string(lines.joined(separator: "\n"))],
        ]
    }

    @Test func limitsAndReadingsThatAreNoneAreRefused() throws {
        var site = try TestSite.withCertifiedBatch()
        try site.registerUnit()
        #expect(
            site.refusal(record, level("20 cm"), as: "operator-2")
                == "storage.level-without-limits")
        #expect(
            site.refusal("storage.import-log", series(site, ["20"]), as: "operator-2")
                == "storage.level-without-limits")
        for (field, value, code) in [
            ("alert", "8 cm", "storage.alert-below-action"),
            ("alert", "15 kg", "storage.level-unit"), ("alert", "-1 cm", "storage.not-a-level"),
            ("everyHours", 0, "storage.level-interval"),
            ("everyHours", 337, "storage.level-interval"), ("basis", " ", "site.text-missing"),
            ("unit", "LN2-7", "site.unknown-identifier"),
        ] as [(String, JSONValue, String)] {
            var body = try #require(TestSite.levelLimits().objectValue)
            body[field] = value
            #expect(
                site.refusal("storage.set-level-limits", .object(body), as: "reviewer") == code,
                "\(field) \(value)")
        }
        try site.setLevelLimits()
        for (value, code) in [
            ("20 kg", "storage.level-unit"), ("-2 cm", "storage.not-a-level"),
        ] as [(JSONValue, String)] {
            #expect(site.refusal(record, level(value), as: "operator-2") == code)
        }
        var inKilograms = try #require(TestSite.levelLimits().objectValue)
        (inKilograms["alert"], inKilograms["action"]) = ("15 kg", "10 kg")
        #expect(
            site.refusal("storage.set-level-limits", .object(inKilograms), as: "reviewer")
                == "storage.level-unit")
    }

    @Test func aLevelBelowItsActionLimitHoldsWhatIsInTheVesselOnce() throws {
        var site = try watched()
        try site.perform(record, level("150 mm"), as: "operator-2")
        #expect(site.state.levelStandings().map(\.verdict) == ["within"])
        try site.perform(record, level("14 cm"), as: "operator-2")
        #expect(site.state.levelStandings().map(\.verdict) == ["alert"])
        #expect(site.state.excursions.isEmpty && site.state.deviations.isEmpty)
        try site.perform(record, level("9 cm"), as: "operator-2")
        #expect(site.state.excursions.values.map(\.unit) == ["LN2-2"])
        #expect(site.state.deviations.values.map(\.rule) == ["bank-storage-monitored"])
        #expect(site.state.deviations.values.map(\.cause) == [.storageExcursion])
        #expect(try !dose(site).holds.isEmpty)
        #expect(try site.state.container(ContainerID("MCS-1-002")!).holds.isEmpty)
        // The next reading is of the same excursion until somebody has assessed it.
        try site.perform(record, level("8 cm"), as: "operator-2")
        #expect(site.state.excursions.count == 1)
        let excursion = site.state.excursions.inOrder[0].id
        try site.perform(
            "storage.assess-excursion",
            [
                "excursion": .string(excursion.text), "disposition": "acceptable",
                "reason": "-178 °C at the neck throughout",
            ], as: "reviewer")
        #expect(try dose(site).holds.isEmpty)
        try site.perform(record, level("8 cm"), as: "operator-2")
        #expect(site.state.excursions.count == 2)
    }

    @Test func aReadingThatCameTooLateOpensAnEvent() throws {
        var site = try watched()
        site.wait(days: 3)
        try site.perform(record, level("20 cm"), as: "operator-2")
        #expect(site.state.deviations.values.map(\.rule) == ["bank-storage-monitored"])
        #expect(site.state.deviations.values.flatMap(\.things).map(\.text) == ["LN2-2"])
        site.wait(days: 2)
        try site.perform(record, level("20 cm"), as: "operator-2")
        #expect(site.state.deviations.count == 1)
        // Too late and too low at once: two events.
        site.wait(days: 5)
        try site.perform(record, level("3 cm"), as: "operator-2")
        #expect(site.state.deviations.count == 3)
        #expect(site.state.excursions.count == 1)
    }

    @Test func anEmptyVesselOpensNothing() throws {
        var site = try TestSite.withCertifiedBatch()
        try site.registerUnit("LN2-9")
        try site.setLevelLimits("LN2-9")
        site.wait(days: 9)
        try site.perform(record, ["unit": "LN2-9", "level": "0 cm"], as: "operator-2")
        #expect(site.state.deviations.isEmpty && site.state.excursions.isEmpty)
        #expect(site.state.levelStandings().map(\.verdict) == ["action"])
    }

    @Test func theSeriesOfALoggerIsReadAsReadingsAre() throws {
        var site = try watched()
        site.wait(days: 1)
        try site.perform(
            "storage.import-log", series(site, ["20", "19.5", "250 mm", "19"]), as: "operator-2")
        let reading = try #require(site.state.equipment[EquipmentID("LN2-2")!]?.levels.last)
        #expect(reading.readings == 4 && reading.isTyped == false)
        #expect(reading.lowest.description == "19 cm")
        #expect(reading.highest.description == "250 mm")
        #expect(site.state.storageLogs["LN2-2"] == nil)
        #expect(
            site.refusal("storage.import-log", series(site, ["20", "19"]), as: "operator-2")
                == "storage.log-overlap")
        #expect(
            site.refusal("storage.import-log", series(site, ["3", "-3"]), as: "operator-2")
                == "storage.not-a-level")
        // Readings four days apart, where every third day is asked for.
        site.wait(days: 9)
        try site.perform(
            "storage.import-log", series(site, ["20", "9.9"], hours: 96), as: "operator-2")
        #expect(
            Set(site.state.deviations.values.map(\.cause)) == [.observed, .storageExcursion])
        #expect(site.state.excursions.values.map(\.extreme.description) == ["9.9 cm"])
        #expect(try !dose(site).holds.isEmpty)
    }

    @Test func aVesselIsDueToBeReadAndToBeFilled() throws {
        var site = try watched()
        func tasks(_ days: Int) -> [String] {
            site.state.due(asOf: site.now.date.advanced(byDays: days))
                .filter { $0.kind == .storageReading }.map { "\($0.subject): \($0.task)" }
        }
        #expect(tasks(2).isEmpty)
        #expect(tasks(3) == ["LN2-2: read the nitrogen level of vapour tank"])
        try site.perform(record, level("12 cm"), as: "operator-2")
        #expect(tasks(0) == ["LN2-2: fill vapour tank: 12 cm, alert at 15 cm"])
        try site.perform(record, level("30 cm"), as: "operator-2")
        #expect(tasks(0).isEmpty)
        try site.perform(
            "equipment.change-service",
            ["equipment": "LN2-2", "inService": false, "reason": "emptied"], as: "supervisor")
        #expect(tasks(30).isEmpty && site.state.levelStandings().isEmpty)
    }

    /// A reading that is entered late stands where it was taken.
    @Test func readingsStandInTheOrderTheyWereTaken() throws {
        var site = try watched()
        let morning = site.now
        site.wait(days: 1)
        try site.perform(record, level("20 cm"), as: "operator-2")
        try site.perform(
            record, level("25 cm"), as: "operator-2", happened: morning.advanced(bySeconds: 600))
        let levels = try #require(site.state.equipment[EquipmentID("LN2-2")!]?.levels)
        #expect(levels.map(\.lowest.description) == ["25 cm", "20 cm"])
        #expect(levels.map(\.to) == levels.map(\.to).sorted())
    }
}

extension TestSite {
    /// Limits of the nitrogen of a vessel that is read every three days.
    static func levelLimits(_ unit: JSONValue = "LN2-2") -> JSONValue {
        [
            "unit": unit, "alert": "15 cm", "action": "10 cm", "everyHours": 72,
            "basis": "PQ-LN2, static holding time of 9 days",
        ]
    }

    mutating func setLevelLimits(_ unit: JSONValue = "LN2-2") throws {
        try perform("storage.set-level-limits", Self.levelLimits(unit), as: "reviewer")
    }
}
