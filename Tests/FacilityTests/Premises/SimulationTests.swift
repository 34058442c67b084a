import Facility
import Ledger
import Testing

/// Aseptic process simulations: reconciliation, coverage, failure, operators.
@Suite struct SimulationTests {
    private func run(_ changes: [String: JSONValue]) -> JSONValue {
        var members: [String: JSONValue] = [
            "simulation": "APS-9", "definition": "CLEAN-1", "steps": ["isolate"], "shift": "day",
            "operators": ["operator-1"], "interventions": ["glove change"], "duration": "8 h",
            "filled": 100, "incubated": 100,
        ]
        members.merge(changes) { $1 }
        return .object(members)
    }

    @Test(
        arguments: [
            (["incubated": 99], "aps-units"), (["filled": 99, "incubated": 99], "aps-units"),
            (["filled": 100, "incubated": 101], "aps-units"),
            (["interventions": []], "aps-coverage"), (["duration": "7 h"], "aps-coverage"),
            (["operators": []], "aps-coverage"),
        ] as [([String: JSONValue], String)])
    func aRunThatShowsTooLittleIsRefused(changes: [String: JSONValue], rule: String) throws {
        var site = try TestSite.withCleanroomDefinition()
        #expect(try site.rule("simulation.record", run(changes), as: "supervisor") == rule)
    }

    @Test func aFailureBlocksTheStepUntilThreeRunsPass() throws {
        var site = try TestSite.readyToIsolate()
        try site.simulate("APS-4", contaminated: 1)
        for run in 5...7 {
            #expect(try site.startIsolation() == "aps-failure-handled")
            try site.simulate("APS-\(run)")
        }
        #expect(try site.startIsolation() == nil)
    }

    @Test func aFailureTouchesTheBatchesSinceTheLastPass() throws {
        var site = try TestSite.readyToIsolate()
        #expect(try site.startIsolation() == nil)
        try site.simulate("APS-4", contaminated: 2)
        #expect(site.openEvents(of: "B-9").count == 1)
    }

    @Test func anOperatorWhoTookNoPartDoesNotStart() throws {
        var site = try TestSite.readyToIsolate(without: .simulations)
        for run in 1...3 { try site.simulate("APS-\(run)", operators: ["operator-2"]) }
        #expect(try site.startIsolation() == "aps-operator")
    }

    @Test func halfAYearLaterTheProcessIsSimulatedAgain() throws {
        var site = try TestSite.readyToIsolate()
        site.wait(days: 220)
        try site.perform(
            "equipment.qualify", ["equipment": "ISO-1", "report": "Q-7", "months": 6],
            as: "reviewer")
        try site.prepare(.gloves)
        #expect(try site.startIsolation() == "aps-six-monthly")
        try site.simulate("APS-8")
        // A third of a manual process: the newest run renews the part of the operator too.
        #expect(try site.startIsolation() == nil)
    }

    @Test func afterAYearWithoutWorkThreeRunsAreNeeded() throws {
        var site = try TestSite.readyToIsolate()
        try site.makeCleanBank()
        site.wait(days: 400)
        try site.perform(
            "batch.open", ["batch": "B-10", "definition": "CLEAN-1", "stage": "banking"],
            as: "supervisor")
        try site.perform(
            "equipment.qualify", ["equipment": "ISO-1", "report": "Q-7", "months": 6],
            as: "reviewer")
        try site.calibrateIsolator(due: "2028-01-31")
        try site.perform(
            "room.change-condition",
            ["room": "R-1", "condition": "closed", "reason": "pause"], as: "supervisor")
        for preparation in [TestSite.Preparation.room, .gloves, .gowning] {
            try site.prepare(preparation)
        }
        try site.perform(
            "batch.clear-line", ["batch": "B-10", "step": "isolate", "room": "R-1"],
            as: "operator-1")
        let start: JSONValue = ["batch": "B-10", "step": "isolate"]
        for run in 4...6 {
            try site.simulate("APS-\(run)")
            let rule = try site.rule("batch.start-step", start, as: "operator-1")
            #expect(rule == (run < 6 ? "aps-infrequent" : nil))
        }
    }

    @Test func nobodyReadsARunTheyTookPartIn() throws {
        var site = try TestSite.withCleanroomDefinition()
        try site.perform(
            "simulation.record", run(["operators": ["operator-1", "analyst"]]), as: "supervisor")
        let code = site.refusal(
            "simulation.read",
            ["simulation": "APS-9", "contaminated": 0, "report": "REP-9"], as: "analyst")
        #expect(code == "simulation.own-run")
    }
}
