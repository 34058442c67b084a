import Facility
import Guidance
import Ledger
import Quantities
import Testing

/// Samples, counts and pressures against their limits, and what an excursion does to the batches
/// that were there.
@Suite struct EnvironmentTests {
    /// A site with batch B-9 at work in the isolator ISO-1, in room R-1.
    private func atWork() throws -> TestSite {
        var site = try TestSite.readyToIsolate()
        #expect(try site.startIsolation() == nil)
        return site
    }

    private func sample(
        _ site: inout TestSite, _ id: JSONValue, at place: JSONValue, colonies: JSONValue,
        method: JSONValue = "contact-plate"
    ) throws {
        try site.perform(
            "environment.take-sample",
            [
                "sample": id, "place": place, "location": "P1", "method": method,
                "state": "in-operation", "litres": 1000, "exposedMinutes": 60,
            ], as: "operator-2")
        try site.perform(
            "environment.read-sample", ["sample": id, "colonies": colonies], as: "analyst")
    }

    @Test(arguments: [
        ("R-1", 25, 0), ("R-1", 26, 1), ("ISO-1", 0, 0), ("ISO-1", 1, 1),
    ])
    func growthAboveTheLimitOfTheGradeTouchesTheBatchThere(
        place: String, colonies: Int, events: Int
    ) throws {
        var site = try atWork()
        try sample(
            &site, "EM-1", at: .string(place), colonies: .number(Double(colonies)))
        #expect(site.openEvents(of: "B-9").count == events)
    }

    @Test func aBatchThatWasNotThereIsNotTouched() throws {
        var site = try TestSite.readyToIsolate()
        try sample(&site, "EM-1", at: "ISO-1", colonies: 4)
        #expect(site.openEvents(of: "B-9").isEmpty)
        #expect(site.state.deviations.count == 1)
    }

    @Test func theSecondAlertInARowOpensAnEvent() throws {
        var site = try TestSite.readyToIsolate()
        try site.perform(
            "environment.set-limits",
            [
                "place": "R-1", "method": "contact-plate", "alert": 10, "action": 20,
                "basis": "first quarter",
            ], as: "reviewer")
        try sample(&site, "EM-1", at: "R-1", colonies: 12)
        #expect(site.state.deviations.isEmpty)
        try sample(&site, "EM-2", at: "R-1", colonies: 11)
        #expect(site.state.deviations.count == 1)
        let sample = try #require(site.state.environmentSamples[EnvironmentSampleID("EM-1")!])
        #expect(site.state.verdict(on: sample) == .alert)
    }

    @Test func aLimitAboveThePublishedOneIsRefused() throws {
        var site = try TestSite.readyToIsolate()
        let rule = try site.rule(
            "environment.set-limits",
            [
                "place": "R-1", "method": "active-air", "alert": 50, "action": 101,
                "basis": "too much",
            ], as: "reviewer")
        #expect(rule == "em-viable")
    }

    @Test func aSampleIsJudgedByTheLimitsInForceWhenItWasTaken() throws {
        var site = try TestSite.readyToIsolate()
        try site.perform(
            "environment.take-sample",
            [
                "sample": "EM-1", "place": "R-1", "location": "P1", "method": "contact-plate",
                "state": "at-rest",
            ], as: "operator-2")
        try site.perform(
            "environment.set-limits",
            [
                "place": "R-1", "method": "contact-plate", "alert": 2, "action": 5,
                "basis": "stricter from now on",
            ], as: "reviewer")
        try site.perform(
            "environment.read-sample", ["sample": "EM-1", "colonies": 20], as: "analyst")
        #expect(site.state.deviations.isEmpty)
    }

    @Test func airIsJudgedPerCubicMetre() throws {
        var site = try TestSite.readyToIsolate()
        try site.perform(
            "environment.take-sample",
            [
                "sample": "EM-1", "place": "R-1", "location": "P1", "method": "active-air",
                "state": "at-rest", "litres": 500,
            ], as: "operator-2")
        // 51 colonies in half a cubic metre are 102 CFU/m3; grade C allows 100.
        try site.perform(
            "environment.read-sample", ["sample": "EM-1", "colonies": 51], as: "analyst")
        #expect(site.state.deviations.count == 1)
    }

    @Test func nobodyReadsTheirOwnPlate() throws {
        var site = try TestSite.readyToIsolate()
        try site.perform(
            "environment.take-sample",
            [
                "sample": "EM-1", "place": "R-1", "location": "P1", "method": "contact-plate",
                "state": "at-rest",
            ], as: "analyst")
        let read: JSONValue = ["sample": "EM-1", "colonies": 0]
        #expect(
            site.refusal("environment.read-sample", read, as: "analyst")
                == "environment.own-sample")
        #expect(
            site.refusal("environment.read-sample", read, as: "operator-1")
                == "people.not-permitted")
    }

    @Test func aSettlePlateOpenTooLongOpensAnEvent() throws {
        var site = try atWork()
        try site.perform(
            "environment.take-sample",
            [
                "sample": "EM-1", "place": "ISO-1", "location": "P1", "method": "settle-plate",
                "state": "in-operation", "exposedMinutes": 241,
            ], as: "operator-2")
        #expect(site.openEvents(of: "B-9").first?.contains("settle-plate-time") == true)
    }

    @Test(arguments: [(3520, 29, 0), (3521, 29, 1), (3520, 30, 1)])
    func aParticleSeriesInGradeAIsJudgedByTheLimitsOfMonitoring(
        half: Int, five: Int, events: Int
    ) throws {
        var site = try atWork()
        let from = site.now
        site.now = site.now.advanced(bySeconds: 3600)
        try site.perform(
            "environment.import-particle-series",
            [
                "place": "ISO-1", "state": "in-operation", "from": .string(from.description),
                "to": .string(site.now.description), "flow": "28.3 L/min", "samples": 60,
                "halfMicrometreMax": .number(Double(half)),
                "fiveMicrometresMax": .number(Double(five)),
                "file": .string(Digest.sha256(of: [1]).hex),
            ], as: "operator-2")
        #expect(site.openEvents(of: "B-9").count == events)
    }

    @Test func aSlowCounterAndASecondImportAreSeen() throws {
        var site = try atWork()
        let from = site.now
        site.now = site.now.advanced(bySeconds: 3600)
        let series: JSONValue = [
            "place": "ISO-1", "state": "in-operation", "from": .string(from.description),
            "to": .string(site.now.description), "flow": "2.8 L/min", "samples": 60,
            "halfMicrometreMax": 10, "fiveMicrometresMax": 0,
            "file": .string(Digest.sha256(of: [1]).hex),
        ]
        try site.perform("environment.import-particle-series", series, as: "operator-2")
        #expect(site.openEvents(of: "B-9").first?.contains("28 L/min") == true)
        #expect(
            site.refusal("environment.import-particle-series", series, as: "operator-2")
                == "environment.series-imported")
    }

    @Test(arguments: [("10 Pa", 0), ("9.9 Pa", 1), ("0.15 mbar", 0)])
    func aPressureStepTooSmallOpensAnEvent(difference: String, events: Int) throws {
        var site = try atWork()
        try site.perform(
            "environment.record-pressure",
            ["room": "R-1", "beside": "R-2", "difference": .string(difference)], as: "operator-2")
        #expect(site.openEvents(of: "B-9").count == events)
    }

    /// The air of the cleaner room flows out of it, never in.
    @Test func aReversedPressureStepOpensAnEvent() throws {
        var site = try atWork()
        let grades = try ["R-1", "R-2"].map { try site.state.room(RoomID($0)!).grade }
        try #require(grades[0] > grades[1])
        try site.perform(
            "environment.record-pressure",
            ["room": "R-2", "beside": "R-1", "difference": "15 Pa"], as: "operator-2")
        #expect(site.state.deviations.inOrder.last?.rule == "pressure-cascade")
    }

    /// A recorder's series touches the batches that were in the room while it ran.
    @Test func aSeriesOfPressureIsJudgedByItsLowestReading() throws {
        var site = try atWork()
        func series(_ difference: JSONValue, _ named: [String: JSONValue] = [:]) -> JSONValue {
            let whole: [String: JSONValue] = [
                "room": "R-1", "beside": "R-2", "difference": difference,
                "from": .string(site.now.advanced(bySeconds: -3600).description),
                "to": .string(site.now.description), "readings": 60,
                "file": TestSite.digest("pressure.csv"),
            ]
            return .object(whole.merging(named) { _, new in new })
        }
        let record = "environment.record-pressure"
        #expect(
            site.refusal(record, series("12 Pa", ["file": .null]), as: "operator-2")
                == "environment.series-empty")
        #expect(
            site.refusal(
                record, series("12 Pa", ["to": "2099-01-01T00:00:00Z"]), as: "operator-2")
                == "environment.series-period")
        try site.perform(record, series("9 Pa"), as: "operator-2")
        #expect(site.openEvents(of: "B-9").count == 1)
        #expect(
            site.refusal(record, series("9 Pa"), as: "operator-2")
                == "environment.series-imported")
        #expect(try site.state.room(RoomID("R-1")!).pressures.map(\.readings) == [60])
    }

    @Test func growthInGradeAIsNamed() throws {
        var site = try TestSite.readyToIsolate()
        try sample(&site, "EM-1", at: "ISO-1", colonies: 1)
        let today = site.now.date
        #expect(site.state.due(asOf: today).contains { $0.kind == .isolate })
        try site.perform(
            "environment.identify-isolate",
            ["sample": "EM-1", "species": ["Micrococcus luteus"]], as: "analyst")
        #expect(!site.state.due(asOf: today).contains { $0.kind == .isolate })
    }

    @Test func aLeakingGloveTouchesTheBatchesSinceTheLastTest() throws {
        var site = try atWork()
        try site.perform(
            "equipment.test-gloves",
            ["equipment": "ISO-1", "point": "end", "method": "pressure", "isIntact": false],
            as: "operator-1")
        #expect(site.openEvents(of: "B-9") == ["a glove of 'ISO-1' leaks"])
    }

    @Test func calibrationOutOfToleranceTouchesTheBatchesMadeWithIt() throws {
        var site = try atWork()
        try site.calibrateIsolator(due: "2027-01-31", asFound: "out-of-tolerance")
        #expect(site.openEvents(of: "B-9").count == 1)
    }

    @Test func aRoomAboveItsClassIsNotQualified() throws {
        var site = try TestSite.withCleanroomDefinition()
        try site.registerPremises()
        try site.qualifyRoom(atRest: 352_001)
        #expect(site.state.rooms[RoomID("R-1")!]?.qualifiedUntil == nil)
        #expect(site.state.deviations.count == 1)
        let rule = try site.rule(
            "room.change-condition",
            ["room": "R-1", "condition": "ready", "reason": "try"], as: "supervisor")
        #expect(rule == "room-requalification")
    }
}

/// What the record of a batch must show of its air.
@Suite struct BatchEnvironmentTests {
    private func series(
        _ site: inout TestSite, from: Timestamp, to: Timestamp, file: UInt8
    ) throws {
        try site.perform(
            "environment.import-particle-series",
            [
                "place": "ISO-1", "state": "in-operation", "from": .string(from.description),
                "to": .string(to.description), "flow": "28.3 L/min", "samples": 30,
                "halfMicrometreMax": 100, "fiveMicrometresMax": 0,
                "file": .string(Digest.sha256(of: [file]).hex),
            ], as: "operator-2")
    }

    @Test func theWholeTimeOfAnOpenStepIsCounted() throws {
        var site = try TestSite.readyToIsolate()
        try site.makeCleanBank()
        let record = try #require(site.state.batches[BatchID("B-9")!]?.steps["isolate"])
        let start = record.started.happened
        let end = try #require(record.completed?.happened)
        func gaps(_ site: TestSite) throws -> Int {
            try site.state.monitoringGaps(of: site.state.batch(BatchID("B-9")!)).count
        }
        #expect(try gaps(site) == 1)
        let middle = start.advanced(bySeconds: 60)
        try series(&site, from: start, to: middle, file: 1)
        #expect(try gaps(site) == 1)
        try series(&site, from: middle.advanced(bySeconds: 1), to: end, file: 2)
        #expect(try gaps(site) == 1)
        try series(&site, from: start.advanced(bySeconds: -60), to: end, file: 3)
        #expect(try gaps(site) == 0)
    }

    @Test func aBatchIsNotReleasedBeforeItsAirIsShown() throws {
        var site = try TestSite.readyToIsolate()
        try site.makeCleanBank()
        let record = try #require(site.state.batches[BatchID("B-9")!]?.steps["isolate"])
        try site.perform(
            "equipment.test-gloves",
            ["equipment": "ISO-1", "point": "end", "method": "pressure", "isIntact": true],
            as: "operator-1")
        try site.perform("batch.complete", ["batch": "B-9"], as: "supervisor")
        try site.perform(
            "testing.record-result",
            ["batch": "B-9", "test": "sterility", "observation": "no growth", "reference": "1"],
            as: "analyst")
        try site.testBank("MCS-9")
        let release: JSONValue = ["bank": "MCS-9"]
        #expect(try site.rule("bank.release", release, as: "reviewer") == "em-particles")
        try series(
            &site, from: record.started.happened, to: try #require(record.completed?.happened),
            file: 1)
        try site.perform("bank.release", release, as: "reviewer")
    }
}
