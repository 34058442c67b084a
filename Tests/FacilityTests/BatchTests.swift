import Facility
import Ledger
import Quantities
import Testing

/// Executing a batch: order, ranges, materials, checks by a second person.
@Suite struct BatchTests {
    private func openBatch(_ site: inout TestSite) throws {
        try site.perform(
            "batch.open",
            ["batch": "B-9", "definition": "SMALL-1.0.0", "stage": "production"], as: "supervisor")
    }

    @Test func anUnapprovedDefinitionIsNotExecuted() throws {
        var site = try TestSite.founded()
        let code = site.refusal(
            "batch.open", ["batch": "B-9", "definition": "SMALL-1.0.0", "stage": "production"],
            as: "supervisor")
        #expect(code == "site.unknown-identifier")
    }

    @Test func stepsKeepTheirOrder() throws {
        var site = try TestSite.withBank()
        try openBatch(&site)
        let code = site.refusal(
            "batch.start-step", ["batch": "B-9", "step": "fill"], as: "operator-1")
        #expect(code == "batch.step-out-of-order")
    }

    /// Counting goes on beside the wash; the fill waits for both.
    @Test func stepsGoSideBySideWhereTheDefinitionSaysSo() throws {
        var site = try TestSite.founded()
        try site.registerWashing([
            "        - id: fill\n          kind: fill\n": """
                    - id: count
                      kind: inspect
                      after: thaw
                    - id: fill
                      kind: fill

            """
        ])
        try site.receiveCord()
        try site.receiveMaterials()
        try site.makeBank()
        try site.releaseBank()
        try openBatch(&site)
        func step(_ id: JSONValue) -> JSONValue { ["batch": "B-9", "step": id] }
        #expect(
            site.refusal("batch.start-step", step("count"), as: "operator-1")
                == "batch.step-out-of-order")
        try site.perform("batch.start-step", step("thaw"), as: "operator-1")
        try site.perform(
            "batch.use-container",
            ["batch": "B-9", "step": "thaw", "container": "MCS-1-001"], as: "operator-1")
        try site.perform(
            "batch.record-parameter",
            ["batch": "B-9", "step": "thaw", "parameter": "time", "value": "2.5 min"],
            as: "operator-1")
        try site.perform("batch.complete-step", step("thaw"), as: "operator-1")
        // The wash is not begun, and the count need not wait for it.
        try site.perform("batch.start-step", step("count"), as: "operator-1")
        try site.perform("batch.start-step", step("wash"), as: "operator-2")
        try site.perform("batch.complete-step", step("count"), as: "operator-1")
        #expect(
            site.refusal("batch.start-step", step("fill"), as: "operator-1")
                == "batch.step-out-of-order")
    }

    @Test(arguments: [
        ("2.5 min", nil), ("3.5 min", DeviationCause.outsideNormalRange),
        ("5 min", .outsideProvenRange), ("150 s", nil),
    ])
    func aValueOutsideItsRangeOpensADeviation(value: String, cause: DeviationCause?) throws {
        var site = try TestSite.withBank()
        try site.makeProduct(thawTime: .string(value))
        let batch = try #require(site.state.batches[BatchID("B-2")!])
        #expect(
            batch.deviations.compactMap { site.state.deviations[$0]?.cause }
                == [cause].compactMap { $0 })
    }

    @Test func aValueInAnotherDimensionIsRefused() throws {
        var site = try TestSite.withBank()
        try openBatch(&site)
        try site.perform("batch.start-step", ["batch": "B-9", "step": "thaw"], as: "operator-1")
        let code = site.refusal(
            "batch.record-parameter",
            ["batch": "B-9", "step": "thaw", "parameter": "time", "value": "3 mL"], as: "operator-1"
        )
        #expect(code == "batch.wrong-unit")
    }

    @Test func aStepThatLacksAnEntryIsNotCompleted() throws {
        var site = try TestSite.withBank()
        try openBatch(&site)
        try site.perform("batch.start-step", ["batch": "B-9", "step": "thaw"], as: "operator-1")
        let code = site.refusal(
            "batch.complete-step", ["batch": "B-9", "step": "thaw"], as: "operator-1")
        #expect(code == "batch.step-incomplete")
    }

    @Test func aCorrectionKeepsTheOldValue() throws {
        var site = try TestSite.withBank()
        try openBatch(&site)
        try site.perform("batch.start-step", ["batch": "B-9", "step": "thaw"], as: "operator-1")
        try site.perform(
            "batch.record-parameter",
            ["batch": "B-9", "step": "thaw", "parameter": "time", "value": "2.5 min"],
            as: "operator-1")
        try site.perform(
            "batch.correct-parameter",
            [
                "batch": "B-9", "step": "thaw", "parameter": "time", "value": "2.6 min",
                "reason": "read off the wrong line",
            ], as: "operator-1")
        let entries = site.state.batches[BatchID("B-9")!]?.steps["thaw"]?.values["time"] ?? []
        #expect(entries.map(\.value.description) == ["2.5 min", "2.6 min"])
        #expect(entries.last?.reason == "read off the wrong line")
    }

    @Test func nobodyVerifiesTheirOwnStep() throws {
        var site = try TestSite.founded()
        try site.registerDefinition()
        try site.receiveCord()
        try site.receiveMaterials()
        try site.perform(
            "batch.open", ["batch": "B-1", "definition": "SMALL-1.0.0", "stage": "banking"],
            as: "supervisor")
        try site.perform("batch.start-step", ["batch": "B-1", "step": "isolate"], as: "operator-1")
        try site.perform(
            "batch.use-container", ["batch": "B-1", "step": "isolate", "container": "CORD-1"],
            as: "operator-1")
        try site.perform(
            "batch.consume-material",
            ["batch": "B-1", "step": "isolate", "lot": "M-1", "quantity": "100 mL"],
            as: "operator-1")
        try site.perform(
            "batch.record-parameter",
            ["batch": "B-1", "step": "isolate", "parameter": "rinse", "value": "5 min"],
            as: "operator-1")
        try site.perform(
            "batch.record-check",
            [
                "batch": "B-1", "step": "isolate", "check": "morphology",
                "observation": "spindle-shaped",
            ], as: "operator-1")
        try site.perform(
            "batch.complete-step", ["batch": "B-1", "step": "isolate"], as: "operator-1")
        let own = site.refusal(
            "batch.verify-step", ["batch": "B-1", "step": "isolate"], as: "operator-1")
        #expect(own == "batch.own-step")
        let next = site.refusal(
            "batch.start-step", ["batch": "B-1", "step": "bank-fill"], as: "operator-1")
        #expect(next == "batch.step-not-verified")
    }

    @Test func moreThanALotHoldsIsNotUsed() throws {
        var site = try TestSite.withBank()
        try site.makeProduct()
        try openBatch(&site)
        try site.perform("batch.start-step", ["batch": "B-9", "step": "thaw"], as: "operator-1")
        // 20 mL went into the bank and 50 mL into the first batch.
        #expect(site.state.lots[LotID("C-1")!]?.remaining.description == "930 mL")
        let code = site.refusal(
            "batch.consume-material",
            ["batch": "B-9", "step": "thaw", "lot": "C-1", "quantity": "931 mL"], as: "operator-1")
        #expect(code == "batch.material-not-planned")
    }

    @Test func aVialIsUsedOnce() throws {
        var site = try TestSite.withBank()
        try site.makeProduct()
        try openBatch(&site)
        try site.perform("batch.start-step", ["batch": "B-9", "step": "thaw"], as: "operator-1")
        let code = site.refusal(
            "batch.use-container",
            ["batch": "B-9", "step": "thaw", "container": "MCS-1-001"], as: "operator-1")
        #expect(code == "container.not-in-stock")
    }

    @Test func aVialOfAnUnreleasedBankIsNotUsed() throws {
        var site = try TestSite.founded()
        try site.registerDefinition()
        try site.receiveCord()
        try site.receiveMaterials()
        try site.makeBank()
        try openBatch(&site)
        try site.perform("batch.start-step", ["batch": "B-9", "step": "thaw"], as: "operator-1")
        let code = site.refusal(
            "batch.use-container",
            ["batch": "B-9", "step": "thaw", "container": "MCS-1-001"], as: "operator-1")
        #expect(code == "container.not-released")
    }

    /// Whoever entered anything in a step is not its second person, though another completed it.
    @Test func nobodyVerifiesAStepTheyTookPartIn() throws {
        var site = try TestSite.founded()
        try site.registerDefinition()
        try site.receiveCord()
        try site.receiveMaterials()
        try site.perform(
            "batch.open", ["batch": "B-1", "definition": "SMALL-1.0.0", "stage": "banking"],
            as: "supervisor")
        let step: [String: JSONValue] = ["batch": "B-1", "step": "isolate"]
        func with(_ more: [String: JSONValue]) -> JSONValue {
            .object(step.merging(more) { $1 })
        }
        try site.perform("batch.start-step", .object(step), as: "operator-1")
        try site.perform("batch.use-container", with(["container": "CORD-1"]), as: "operator-2")
        try site.perform(
            "batch.consume-material", with(["lot": "M-1", "quantity": "100 mL"]), as: "operator-1")
        try site.perform(
            "batch.record-parameter", with(["parameter": "rinse", "value": "5 min"]),
            as: "operator-1")
        try site.perform(
            "batch.record-check",
            with(["check": "morphology", "observation": "spindle-shaped"]), as: "operator-1")
        try site.perform("batch.complete-step", .object(step), as: "operator-1")
        #expect(
            site.refusal("batch.verify-step", .object(step), as: "operator-2") == "batch.own-step")
    }

    /// A person who changes from production to quality does not decide on their own batch.
    @Test func nobodyReviewsABatchTheyTookPartIn() throws {
        var site = try TestSite.withBank()
        try site.makeProduct()
        try site.testProduct()
        try site.perform(
            "people.assign-roles",
            ["person": "operator-1", "roles": ["qa-reviewer"], "reason": "moved"], as: "admin")
        #expect(
            site.refusal("batch.review", ["batch": "B-2"], as: "operator-1") == "release.own-work")
        try site.perform("batch.review", ["batch": "B-2"], as: "reviewer")
    }
}
