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

    /// Each point in time is a result of its own: whoever recorded one verifies those of others.
    @Test func everyPointInTimeIsVerifiedBySomebodyElse() throws {
        var site = try site()
        try site.perform(
            "people.enrol",
            ["person": "analyst-2", "printedName": "Analyst 2", "roles": ["qc-analyst"]],
            as: "admin")
        try site.perform("study.open", open(["months": [0, 3]]), as: "reviewer")
        for (month, container, analyst) in [(0, "B-2-003", "analyst"), (3, "B-2-002", "analyst-2")]
        {
            let number = JSONValue.number(Double(month))
            try site.perform(
                "study.pull",
                [
                    "study": "ST-1", "month": number, "container": .string(container),
                    "sample": .string("SA-\(month)"),
                ], as: analyst)
            try site.perform(
                "study.record-result", result("viability", "84 %", month: number), as: analyst)
            site.wait(days: 91)
        }
        let verify: JSONValue = ["subject": "ST-1", "tests": ["viability"]]
        for person in ["analyst-2", "analyst"] {
            #expect(try site.state.unverifiedResults(of: ThingID("ST-1")!).count > 0)
            try site.perform("testing.verify-results", verify, as: person)
            #expect(
                site.refusal("testing.verify-results", verify, as: person)
                    == (person == "analyst" ? "testing.nothing-to-verify" : "testing.own-result"))
        }
        let results = try site.state.study(StudyID("ST-1")!).results
        #expect(results.map(\.verified?.person.text) == ["analyst-2", "analyst"])
    }

    /// A result that the laboratory caused is investigated, invalidated and replaced; one that stands
    /// leaves the criterion not met.
    @Test(arguments: [true, false])
    func aResultOutsideTheCriterionIsInvestigated(assignable: Bool) throws {
        var site = try site()
        try site.perform("study.open", open(["months": [0]]), as: "reviewer")
        try site.perform(
            "study.pull",
            ["study": "ST-1", "month": 0, "container": "B-2-003", "sample": "SA-1"], as: "analyst")
        try site.perform("study.record-result", result("sterility", "no growth"), as: "analyst")
        try site.perform("study.record-result", result("viability", "41 %"), as: "analyst")
        let deviation = try #require(site.state.deviations.inOrder.last)
        #expect(Set(deviation.things.map(\.text)) == ["B-2", "ST-1"])
        let id = JSONValue.string(deviation.id.text)
        let close: JSONValue = [
            "deviation": id, "rootCause": "found", "impact": "none", "disposition": "acceptable",
        ]
        #expect(site.refusal("deviation.close", close, as: "reviewer") == "oos.not-investigated")
        try site.perform(
            "oos.record-laboratory-phase",
            ["deviation": id, "assignableCause": .bool(assignable), "evidence": "stain"],
            as: "analyst")
        let invalidate: JSONValue = ["deviation": id, "reason": "the stain was out of date"]
        if assignable {
            try site.perform("oos.invalidate-result", invalidate, as: "reviewer")
            #expect(
                site.refusal("oos.invalidate-result", invalidate, as: "reviewer")
                    == "oos.no-result")
            try site.perform("study.record-result", result("viability", "84 %"), as: "analyst")
        } else {
            #expect(
                site.refusal("oos.invalidate-result", invalidate, as: "reviewer")
                    == "oos.no-assignable-cause")
            #expect(
                site.refusal("deviation.close", close, as: "reviewer") == "oos.full-phase-missing")
            try site.perform(
                "oos.record-full-phase",
                ["deviation": id, "review": "storage", "conclusion": "the cells age"],
                as: "reviewer")
        }
        try site.perform("deviation.close", close, as: "reviewer")
        try site.perform(
            "study.conclude", ["study": "ST-1", "summary": "done"], as: "reviewer")
        let study = try site.state.study(StudyID("ST-1")!)
        #expect(study.conclusion?.isMet == assignable)
        #expect(study.results.count == (assignable ? 3 : 2))
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
