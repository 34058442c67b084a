import Facility
import Ledger
import Testing

/// Studies are judged by what was set before the first result.
@Suite struct StudyTests {
    private func open(_ more: [String: JSONValue] = [:]) -> JSONValue {
        .object(
            [
                "study": "ST-1", "kind": "stability", "subject": "B-2", "plan": "stab-long",
                "protocolNumber": "STAB-1", "months": [], "windowDays": 14,
            ].merging(more) { $1 })
    }

    private func result(
        _ test: JSONValue, _ observation: JSONValue, month: JSONValue = 0
    ) -> JSONValue {
        [
            "study": "ST-1", "month": month, "test": test, "observation": observation,
            "reference": "Q-1",
        ]
    }

    private func site() throws -> TestSite {
        var site = try TestSite.founded()
        try site.registerVariant("SMALL-1.0.0", TestSite.plannedStability)
        try site.makeCertifiedBatch()
        return site
    }

    @Test(
        arguments: [
            (["plan": "stab-lung"], "study.unknown-plan"), (["plan": .null], "study.plan-missing"),
            (["protocolNumber": "no such protocol"], "study.another-protocol"),
            (["months": [0, 2]], "study.no-such-time-point"),
            (["tests": [["test": "viability", "criterion": ">= 3 %"]]], "study.tests-planned"),
            (["kind": "process-validation", "plan": .null], "study.criteria-missing"),
        ] as [([String: JSONValue], String)])
    func aStudyFollowsThePlanOfTheDefinition(changes: [String: JSONValue], code: String) throws {
        var site = try site()
        #expect(site.refusal("study.open", open(changes), as: "reviewer") == code)
    }

    @Test func resultsAreJudgedAsTheyAreEnteredAndTheVerdictIsWorkedOut() throws {
        var site = try site()
        try site.perform("study.open", open(["months": [0]]), as: "reviewer")
        try site.perform(
            "study.pull",
            ["study": "ST-1", "month": 0, "container": "B-2-003", "sample": "SA-1"], as: "analyst")
        #expect(
            site.refusal("study.record-result", result("viabilty", "3 %"), as: "analyst")
                == "study.unknown-test")
        try site.perform("study.record-result", result("viability", "81 %"), as: "analyst")
        let conclude: JSONValue = ["study": "ST-1", "summary": "stable"]
        #expect(site.refusal("study.conclude", conclude, as: "reviewer") == "study.incomplete")
        try site.perform("study.record-result", result("sterility", "growth"), as: "analyst")
        #expect(site.state.deviations.values.map(\.cause) == [.studyCriterionNotMet])
        #expect(site.state.deviations.values.map(\.batch?.text) == ["B-2"])
        try site.perform("study.conclude", conclude, as: "reviewer")
        #expect(try site.state.study(StudyID("ST-1")!).conclusion?.isMet == false)
    }

    @Test func aStudyThatMeetsEveryCriterionIsMetAndAStoppedOneIsNot() throws {
        for isStopped in [false, true] {
            var site = try site()
            try site.perform("study.open", open(["months": [0]]), as: "reviewer")
            try site.perform(
                "study.pull",
                ["study": "ST-1", "month": 0, "container": "B-2-003", "sample": "SA-1"],
                as: "analyst")
            try site.perform("study.record-result", result("viability", "81 %"), as: "analyst")
            try site.perform(
                "study.record-result", result("sterility", "no growth"), as: "analyst")
            try site.perform(
                "study.conclude",
                ["study": "ST-1", "summary": "done", "isStopped": .bool(isStopped)],
                as: "reviewer")
            #expect(
                try site.state.study(StudyID("ST-1")!).conclusion?.isMet == !isStopped)
        }
    }
}
