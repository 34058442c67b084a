import Facility
import Guidance
import Ledger
import Testing

/// The transfer of a process to the site, stage by stage.
@Suite struct TransferTests {
    private func stage(
        _ study: JSONValue, _ stage: JSONValue, batches: JSONValue = .null,
        test: JSONValue = "viability", criterion: JSONValue = ">= 80 %"
    ) -> JSONValue {
        [
            "study": study, "kind": "technology-transfer", "subject": "SMALL-1.0.0",
            "protocolNumber": "TTP-1", "months": [], "windowDays": 0, "stage": stage,
            "batches": batches, "tests": [["test": test, "criterion": criterion]],
        ]
    }

    private func conclude(_ study: JSONValue) -> JSONValue {
        ["study": study, "summary": "as the protocol asks"]
    }

    /// A site at which the first stage is concluded by documents.
    private func begun() throws -> TestSite {
        var site = try TestSite.withBank()
        try site.perform(
            "study.open",
            stage("TT-1", "due-diligence", test: "gaps", criterion: "'all have an owner'"),
            as: "reviewer")
        try site.perform(
            "study.record-result",
            [
                "study": "TT-1", "test": "gaps", "observation": "all have an owner",
                "reference": "DD-1",
            ], as: "analyst")
        try site.answerItems(of: "TT-1")
        try site.perform("study.conclude", conclude("TT-1"), as: "reviewer")
        return site
    }

    @Test func stagesComeInOrder() throws {
        var site = try TestSite.withBank()
        #expect(
            site.refusal("study.open", stage("TT-2", "pilot", batches: 1), as: "reviewer")
                == "study.stage-before")
        #expect(
            site.refusal("study.open", stage("TT-2", .null, batches: 1), as: "reviewer")
                == "study.stage-missing")
        site = try begun()
        #expect(
            site.refusal("study.open", stage("TT-3", "validation", batches: 3), as: "reviewer")
                == "study.stage-before")
        #expect(
            site.refusal("study.open", stage("TT-2", "pilot"), as: "reviewer") == "study.batches")
        try site.perform("study.open", stage("TT-2", "pilot", batches: 1), as: "reviewer")
        #expect(
            site.refusal(
                "study.open",
                [
                    "study": "ST-9", "kind": "process-validation", "subject": "SMALL-1.0.0",
                    "protocolNumber": "P", "months": [], "windowDays": 0, "stage": "pilot",
                    "tests": [["test": "all", "criterion": ">= 1 %"]],
                ], as: "reviewer") == "study.no-stages")
    }

    @Test func aStageIsJudgedByTheBatchesMadeForIt() throws {
        var site = try begun()
        try site.makeProduct(batch: "B-2")
        try site.perform("study.open", stage("TT-2", "pilot", batches: 1), as: "reviewer")
        #expect(
            site.refusal(
                "study.assign-batch", ["study": "TT-2", "batch": "B-2"], as: "supervisor")
                == "study.batch-before-protocol")
        #expect(
            site.refusal(
                "study.record-result",
                [
                    "study": "TT-2", "test": "viability", "observation": "99 %",
                    "reference": "Q",
                ], as: "analyst") == "study.judged-by-batches")
        #expect(
            site.refusal("study.conclude", conclude("TT-2"), as: "reviewer") == "study.incomplete")
        try site.makeProduct(batch: "B-3", vial: "MCS-1-002")
        try site.perform(
            "study.assign-batch", ["study": "TT-2", "batch": "B-3"], as: "supervisor")
        #expect(
            site.refusal(
                "study.assign-batch", ["study": "TT-2", "batch": "B-3"], as: "supervisor")
                == "study.batch-assigned")
        #expect(
            site.refusal("study.conclude", conclude("TT-2"), as: "reviewer") == "study.incomplete")
        // Inside the specification, which asks for 70 %, and outside what the transfer asks for.
        try site.testProduct(batch: "B-3", viability: "78 %")
        try site.answerItems(of: "TT-2")
        try site.perform("study.conclude", conclude("TT-2"), as: "reviewer")
        #expect(try site.state.study(StudyID("TT-2")!).conclusion?.isMet == false)
        let opened = try #require(site.state.deviations.inOrder.last)
        #expect(opened.rule == "tt-stage-gate")
        #expect(opened.things.map(\.text) == ["TT-2"])
        #expect(opened.description.contains("viability of B-3 78 %, criterion >= 80 %"))
        // Another attempt under a protocol of its own.
        try site.perform("study.open", stage("TT-2b", "pilot", batches: 1), as: "reviewer")
        try site.makeProduct(batch: "B-4", vial: "MCS-1-003")
        try site.perform(
            "study.assign-batch", ["study": "TT-2b", "batch": "B-4"], as: "supervisor")
        try site.testProduct(batch: "B-4", viability: "91 %")
        try site.answerItems(of: "TT-2b")
        try site.perform("study.conclude", conclude("TT-2b"), as: "reviewer")
        #expect(try site.state.study(StudyID("TT-2b")!).conclusion?.isMet == true)
    }

    @Test func anAbortedBatchIsNotLeftOut() throws {
        var site = try begun()
        try site.perform("study.open", stage("TT-2", "pilot", batches: 1), as: "reviewer")
        try site.perform(
            "batch.open", ["batch": "B-3", "definition": "SMALL-1.0.0", "stage": "production"],
            as: "supervisor")
        try site.perform(
            "study.assign-batch", ["study": "TT-2", "batch": "B-3"], as: "supervisor")
        try site.perform("batch.abort", ["batch": "B-3", "reason": "bag leaked"], as: "supervisor")
        try site.answerItems(of: "TT-2")
        try site.perform("study.conclude", conclude("TT-2"), as: "reviewer")
        #expect(try site.state.study(StudyID("TT-2")!).conclusion?.isMet == false)
    }

    /// Nothing goes to patients from a site that is still learning the process.
    @Test func noBatchIsCertifiedBeforeTheTransferIsConcluded() throws {
        var site = try begun()
        for (study, stage, batch, vial) in [
            ("TT-2", "pilot", "B-2", "MCS-1-001"), ("TT-3", "validation", "B-3", "MCS-1-002"),
        ] {
            try site.perform(
                "study.open", self.stage(.string(study), .string(stage), batches: 1),
                as: "reviewer")
            try site.makeProduct(batch: batch, vial: vial)
            try site.perform(
                "study.assign-batch", ["study": .string(study), "batch": .string(batch)],
                as: "supervisor")
            try site.testProduct(batch: .string(batch), viability: "90 %")
            try site.perform("batch.review", ["batch": .string(batch)], as: "reviewer")
            try site.confirmPoints(batch: batch)
            #expect(
                site.refusal("batch.certify", ["batch": .string(batch)], as: "qp")
                    == "release.transfer-open")
            let points = try site.state.review(of: BatchID(batch)!).points
            #expect(points.contains { $0.answer == .against && $0.evidence.contains("transfer") })
            try site.answerItems(of: study)
            try site.perform("study.conclude", conclude(.string(study)), as: "reviewer")
        }
        try site.perform("batch.certify", ["batch": "B-3"], as: "qp")
    }

    /// A site with the first stage open and its criterion met.
    private func inDueDiligence() throws -> TestSite {
        var site = try TestSite.withBank()
        try site.perform(
            "study.open",
            stage("TT-1", "due-diligence", test: "gaps", criterion: "'all have an owner'"),
            as: "reviewer")
        try site.perform(
            "study.record-result",
            [
                "study": "TT-1", "test": "gaps", "observation": "all have an owner",
                "reference": "DD-1",
            ], as: "analyst")
        return site
    }

    @Test func aStageIsLeftWithEveryItemAnswered() throws {
        var site = try inDueDiligence()
        #expect(
            site.refusal("study.conclude", conclude("TT-1"), as: "reviewer") == "study.items-open")
        try site.answerItems(of: "TT-1", except: ["TT-07"])
        #expect(
            site.refusal("study.conclude", conclude("TT-1"), as: "reviewer") == "study.items-open")
        let due = site.state.due(asOf: site.now.date).filter { $0.kind == .transferItem }
        #expect(due.map(\.task) == ["answer the items of the stage: TT-07"])
        try site.perform(
            "study.answer-items",
            ["study": "TT-1", "items": ["TT-07"], "notApplicable": "no pluripotent line"],
            as: "reviewer")
        #expect(site.state.due(asOf: site.now.date).allSatisfy { $0.kind != .transferItem })
        try site.perform("study.conclude", conclude("TT-1"), as: "reviewer")
        #expect(try site.state.study(StudyID("TT-1")!).conclusion?.isMet == true)
    }

    /// A stage that is given up leaves its items as they are, and opens nothing after it.
    @Test func aStoppedStageNeedsNoAnswers() throws {
        var site = try inDueDiligence()
        try site.perform(
            "study.conclude",
            ["study": "TT-1", "summary": "the licence was withdrawn", "isStopped": true],
            as: "reviewer")
        #expect(
            site.refusal("study.open", stage("TT-2", "pilot", batches: 1), as: "reviewer")
                == "study.stage-before")
    }

    @Test func anAnswerIsShownOrNotApplicable() throws {
        var site = try inDueDiligence()
        for (answer, code) in [
            ([:], "study.item-answer"),
            (["document": "DD-1", "notApplicable": "none"], "study.item-answer"),
            (["document": " "], "site.text-missing"),
            (["records": ["NO-SUCH"]], "site.unknown-identifier"),
            (["records": ["TT-1"]], "study.record-shows-nothing"),
            (["records": ["SUP-1", "SUP-1"]], "study.item-records"),
        ] as [([String: JSONValue], String)] {
            let body = answer.merging(["study": "TT-1", "items": ["TT-06"]]) { said, _ in said }
            #expect(site.refusal("study.answer-items", .object(body), as: "reviewer") == code)
        }
        #expect(
            site.refusal(
                "study.answer-items", ["study": "TT-1", "items": ["TT-14"], "document": "DD-1"],
                as: "reviewer") == "study.no-such-item")
        // The answer stands until another is given; both are kept.
        for document in ["DD-1", "DD-2"] as [JSONValue] {
            try site.perform(
                "study.answer-items",
                ["study": "TT-1", "items": ["TT-06"], "records": ["SUP-1"], "document": document],
                as: "reviewer")
        }
        let study = try site.state.study(StudyID("TT-1")!)
        #expect(study.answers.map(\.document) == ["DD-1", "DD-2"])
        let item = try #require(site.state.items(of: study).first { $0.item.id == "TT-06" })
        #expect(item.words == "SUP-1, DD-2")
    }
}
