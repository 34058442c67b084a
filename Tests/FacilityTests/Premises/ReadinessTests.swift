import Facility
import Guidance
import Ledger
import Testing

/// What must hold before a step starts, and the rule each refusal names.
@Suite struct ReadinessTests {
    @Test func aStepStartsWhenEverythingIsReady() throws {
        var site = try TestSite.readyToIsolate()
        #expect(try site.startIsolation() == nil)
        let record = try #require(site.state.batches[BatchID("B-9")!]?.steps["isolate"])
        #expect(record.room == RoomID("R-1"))
        #expect(record.equipment == [EquipmentID("ISO-1")!])
    }

    @Test(arguments: [
        (TestSite.Preparation.training, "training-current"), (.room, "line-clearance"),
        (.isolator, "equipment-in-date"), (.gloves, "glove-integrity"),
        (.gowning, "gowning-annual"), (.simulations, "aps-initial-three"),
        (.clearance, "line-clearance"),
    ])
    func eachPreparationThatIsMissingIsNamed(
        missing: TestSite.Preparation, rule: String
    ) throws {
        var site = try TestSite.readyToIsolate(without: missing)
        #expect(try site.startIsolation() == rule)
        #expect(RuleCatalogue.rule(rule) != nil)
    }

    @Test(arguments: [
        (220, "equipment-in-date"), (400, "room-requalification"),
    ])
    func whatRanOutIsRefused(days: Int64, rule: String) throws {
        var site = try TestSite.readyToIsolate()
        site.wait(days: days)
        if rule == "equipment-in-date" {
            #expect(try site.startIsolation() == rule)
        } else {
            #expect(try site.startIsolation() == "room-requalification")
        }
    }

    @Test func aPlaceTheSiteDoesNotKnowIsRefusedWithTheWayOut() throws {
        var site = try TestSite.withCleanroomDefinition()
        try site.prepare(.training)
        do {
            try site.perform(
                "batch.start-step", ["batch": "B-9", "step": "isolate"], as: "operator-1")
            Issue.record("started")
        } catch let rejection as Rejection {
            #expect(rejection.code == "batch.room-unknown")
            #expect(rejection.help?.contains("room.register") == true)
        }
    }

    @Test func oneOfTwoIsolatorsIsNamed() throws {
        var site = try TestSite.readyToIsolate()
        try site.perform(
            "equipment.register",
            [
                "equipment": "ISO-2", "name": "isolator", "servesAs": "isolator", "room": "R-1",
                "grade": "A", "needsCalibration": false, "hasGloves": false,
            ], as: "supervisor")
        // Only one of the two is fit: it is taken.
        let start: JSONValue = ["batch": "B-9", "step": "isolate"]
        try site.perform(
            "equipment.qualify", ["equipment": "ISO-2", "report": "Q-9", "months": 6],
            as: "reviewer")
        #expect(
            site.refusal("batch.start-step", start, as: "operator-1")
                == "batch.equipment-to-choose")
        try site.perform(
            "batch.start-step", ["batch": "B-9", "step": "isolate", "equipment": ["ISO-2"]],
            as: "operator-1")
        #expect(
            site.state.batches[BatchID("B-9")!]?.steps["isolate"]?.equipment
                == [EquipmentID("ISO-2")!])
    }

    @Test func equipmentTheStepDoesNotUseIsRefused() throws {
        var site = try TestSite.readyToIsolate()
        let code = site.refusal(
            "batch.start-step", ["batch": "B-9", "step": "isolate", "equipment": ["FRZ-1"]],
            as: "operator-1")
        #expect(code == "batch.wrong-equipment")
    }

    @Test func openWorkBesideAnotherBatchIsRefused() throws {
        var site = try TestSite.readyToIsolate()
        try site.perform(
            "batch.open", ["batch": "B-10", "definition": "CLEAN-1", "stage": "banking"],
            as: "supervisor")
        try site.perform(
            "batch.clear-line", ["batch": "B-10", "step": "isolate", "room": "R-1"],
            as: "operator-1")
        #expect(try site.startIsolation() == nil)
        let second = try site.rule(
            "batch.start-step", ["batch": "B-10", "step": "isolate"], as: "operator-1")
        // The room was used for another batch since it was cleared, which is found first.
        #expect(second == "line-clearance")
        try site.perform(
            "batch.clear-line", ["batch": "B-10", "step": "isolate", "room": "R-1"],
            as: "operator-1")
        let third = try site.rule(
            "batch.start-step", ["batch": "B-10", "step": "isolate"], as: "operator-1")
        #expect(third == "segregation-concurrent")
    }

    @Test func aRoomTakenOutOfUseNeedsCleaning() throws {
        var site = try TestSite.readyToIsolate()
        try site.perform(
            "room.change-condition",
            ["room": "R-1", "condition": "maintenance", "reason": "filter change"],
            as: "supervisor")
        #expect(try site.startIsolation() != nil)
        let code = site.refusal(
            "room.change-condition",
            ["room": "R-1", "condition": "ready", "reason": "done"], as: "supervisor")
        #expect(code == "room.not-cleaned")
    }

    @Test func aBatchIsNotOpenedWithoutBothHeads() throws {
        var site = try TestSite.withCleanroomDefinition()
        try site.perform(
            "people.leave", ["person": "supervisor", "reason": "retired"], as: "admin")
        try site.perform(
            "people.enrol",
            ["person": "supervisor-2", "printedName": "New", "roles": ["supervisor"]], as: "admin")
        let rule = try site.rule(
            "batch.open", ["batch": "B-11", "definition": "CLEAN-1", "stage": "banking"],
            as: "supervisor-2")
        #expect(rule == "production-qc-separate")
    }

    @Test func aBatchIsNotCompletedBeforeTheGlovesAreTestedAgain() throws {
        var site = try TestSite.readyToIsolate()
        try site.makeCleanBank()
        let complete: JSONValue = ["batch": "B-9"]
        #expect(try site.rule("batch.complete", complete, as: "supervisor") == "glove-integrity")
        try site.perform(
            "equipment.test-gloves",
            ["equipment": "ISO-1", "point": "end", "method": "pressure", "isIntact": true],
            as: "operator-1")
        try site.perform("batch.complete", complete, as: "supervisor")
    }
}

extension TestSite {
    /// The whole of batch B-9 but its completion.
    mutating func makeCleanBank() throws {
        try receiveCord()
        #expect(try startIsolation() == nil)
        try perform(
            "batch.use-container",
            ["batch": "B-9", "step": "isolate", "container": "CORD-1"], as: "operator-1")
        try perform("batch.complete-step", ["batch": "B-9", "step": "isolate"], as: "operator-1")
        try perform(
            "equipment.qualify", ["equipment": "FRZ-1", "report": "Q-3", "months": 12],
            as: "reviewer")
        try perform(
            "room.record-cleaning", ["room": "R-2", "agent": "alcohol 3", "procedure": "SOP-1"],
            as: "operator-1")
        try perform(
            "room.change-condition",
            ["room": "R-2", "condition": "ready", "reason": "clean"], as: "supervisor")
        try perform("batch.start-step", ["batch": "B-9", "step": "bank-fill"], as: "operator-1")
        try fill("B-9", step: "bank-fill", bank: "MCS-9", count: 4, millilitres: 2, in: "LN2-1/A")
        try perform("batch.complete-step", ["batch": "B-9", "step": "bank-fill"], as: "operator-1")
    }
}
