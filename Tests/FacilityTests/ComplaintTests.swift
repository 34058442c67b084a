import Facility
import Ledger
import Testing

/// What follows from the end of a complaint.
@Suite struct ComplaintTests {
    /// B-2 is certified and B-2-001 was given; a hospital complains about what `subject` names.
    private func complained(about subject: JSONValue = "B-2-001") throws -> TestSite {
        var site = try ThreadTests.treated()
        try site.perform(
            "people.enrol",
            [
                "person": "reviewer-2", "printedName": "Second reviewer",
                "roles": ["qa-reviewer"],
            ], as: "admin")
        try site.perform(
            "complaint.receive",
            [
                "complaint": "CP-1", "subject": subject, "from": "hospital",
                "description": "flakes after thawing",
            ], as: "supervisor")
        return site
    }

    private func closing(_ more: [String: JSONValue], isDefect: Bool = true) -> JSONValue {
        .object(
            [
                "complaint": "CP-1", "finding": "flakes confirmed",
                "isQualityDefect": .bool(isDefect),
            ].merging(more) { $1 })
    }

    private func refusal(
        _ more: [String: JSONValue], isDefect: Bool = true, at site: inout TestSite
    ) -> String? {
        site.refusal("complaint.close", closing(more, isDefect: isDefect), as: "reviewer")
    }

    @Test func withoutADefectTheConclusionIsSaid() throws {
        var site = try complained()
        #expect(refusal([:], isDefect: false, at: &site) == "complaint.conclusion-missing")
        #expect(
            refusal(["conclusion": "sound", "noRecall": "x"], isDefect: false, at: &site)
                == "complaint.no-defect")
        try site.perform(
            "complaint.close", closing(["conclusion": "ice, not flakes"], isDefect: false),
            as: "reviewer")
        #expect(site.state.deviations.isEmpty)
        #expect(
            site.state.complaints[ComplaintID("CP-1")!]?.closure?.conclusion == "ice, not flakes")
    }

    @Test func aDefectIsDecidedWhole() throws {
        var site = try complained()
        #expect(refusal([:], at: &site) == "complaint.sisters-undecided")
        #expect(refusal(["holdsSisters": true], at: &site) == "complaint.recall-undecided")
        #expect(
            refusal(["holdsSisters": true, "noRecall": " "], at: &site)
                == "complaint.recall-undecided")
        var batch = try complained(about: "B-2")
        #expect(
            refusal(["holdsSisters": false, "noRecall": "one"], at: &batch)
                == "complaint.sisters-of-batch")
    }

    @Test func aDefectHoldsTheSistersUntilItsDeviationIsClosed() throws {
        var site = try complained()
        try site.perform(
            "complaint.close", closing(["holdsSisters": true, "noRecall": "none is out"]),
            as: "reviewer")
        let deviation = try #require(site.state.deviations.inOrder.first)
        #expect(deviation.cause == .confirmedDefect)
        #expect(deviation.things.map(\.text) == ["B-2", "B-2-001"])
        let closure = site.state.complaints[ComplaintID("CP-1")!]?.closure
        #expect(closure?.deviation == deviation.id)
        let sister = try site.state.container(ContainerID("B-2-002")!)
        #expect(sister.holdRecords.map(\.source?.text) == [deviation.id.text])
        #expect(site.state.obligations.isEmpty)
        let lift: JSONValue = [
            "thing": "B-2-002", "source": .string(deviation.id.text), "reason": "sound",
        ]
        #expect(site.refusal("hold.lift", lift, as: "reviewer") == "hold.deviation-open")
        try site.perform(
            "deviation.close",
            [
                "deviation": .string(deviation.id.text), "rootCause": "slow cooling of one dose",
                "impact": "none of the others", "disposition": "acceptable",
            ], as: "reviewer-2")
        try site.perform("hold.lift", lift, as: "reviewer")
    }

    @Test func aDefectOfOneDoseAloneLeavesTheOthers() throws {
        var site = try complained()
        try site.perform(
            "complaint.close",
            closing(["holdsSisters": false, "noRecall": "a crack in this bag alone"]),
            as: "reviewer")
        #expect(site.state.containers[ContainerID("B-2-002")!]?.holds.isEmpty == true)
        #expect(site.state.deviations.inOrder.first?.things.map(\.text) == ["B-2-001"])
    }

    @Test func theDeviationNamedIsAboutTheProduct() throws {
        var site = try complained()
        for (subjects, number) in [("M-1", "DEV-0001"), ("B-2-001", "DEV-0002")] {
            try site.perform(
                "deviation.open",
                ["subjects": [.string(subjects)], "description": "seen in the laboratory"],
                as: "analyst")
            #expect(site.state.deviations[DeviationID(number)!] != nil)
        }
        let decided: [String: JSONValue] = ["holdsSisters": false, "noRecall": "one bag"]
        #expect(
            refusal(decided.merging(["deviation": "DEV-0001"]) { $1 }, at: &site)
                == "complaint.deviation-of-other")
        try site.perform(
            "complaint.close", closing(decided.merging(["deviation": "DEV-0002"]) { $1 }),
            as: "reviewer")
        #expect(site.state.deviations.count == 2)
    }

    /// What is recalled is told to the authority; the notice is due until it is recorded.
    @Test func aRecallIsOneOfTheProductAndIsToldToTheAuthority() throws {
        var site = try complained()
        for (recall, thing, isMock) in [
            ("RC-1", "C-1", true), ("RC-2", "MCS-1-005", false), ("RC-3", "B-2", false),
        ] {
            try site.perform(
                "recall.begin",
                [
                    "recall": .string(recall), "thing": .string(thing), "reason": "flakes",
                    "isMock": .bool(isMock),
                ], as: "reviewer")
        }
        for other in ["RC-1", "RC-2"] as [JSONValue] {
            #expect(
                refusal(["holdsSisters": true, "recall": other], at: &site)
                    == "complaint.recall-of-other")
        }
        try site.perform(
            "complaint.close", closing(["holdsSisters": true, "recall": "RC-3"]), as: "reviewer")
        let due = site.state.due(asOf: site.now.date).filter { $0.kind == .obligation }
        #expect(due.map(\.subject) == ["OBL-0001"])
        #expect(due.first?.due == site.now.date)
        #expect(due.first?.task.contains("complaint CP-1") == true)
        try site.perform(
            "obligation.fulfil", ["obligation": "OBL-0001", "evidence": "letter of today"],
            as: "reviewer")
        #expect(!site.state.due(asOf: site.now.date).contains { $0.kind == .obligation })
    }
}
