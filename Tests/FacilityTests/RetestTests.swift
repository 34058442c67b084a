import Facility
import Ledger
import Testing

/// Lots are tested again by a day, or not used.
@Suite struct RetestTests {
    /// A released medium with a retest date a month ahead, and a batch that uses it.
    private func ready() throws -> TestSite {
        var site = try TestSite.founded()
        try site.registerDefinition()
        try site.receiveCord()
        try site.perform(
            "material.receive",
            [
                "lot": "M-1", "material": "medium", "supplier": "supplier", "supplierLot": "77",
                "expiry": "2027-01-31", "quantity": "1000 mL", "retest": "2026-02-05",
            ], as: "operator-1")
        try site.perform(
            "material.release", ["lot": "M-1", "certificate": "COA-77"], as: "reviewer")
        try site.perform(
            "batch.open", ["batch": "B-1", "definition": "SMALL-1.0.0", "stage": "banking"],
            as: "supervisor")
        try site.perform("batch.start-step", ["batch": "B-1", "step": "isolate"], as: "operator-1")
        return site
    }

    private let use: JSONValue = [
        "batch": "B-1", "step": "isolate", "lot": "M-1", "quantity": "10 mL",
    ]

    private func due(_ site: TestSite) -> [String] {
        site.state.due(asOf: site.now.date, within: 400).filter { $0.kind == .materialRetest }
            .map { "\($0.subject) \($0.due?.description ?? "")" }
    }

    @Test func aLotIsUsedToItsRetestDateAndAfterAPassedRetest() throws {
        var site = try ready()
        #expect(due(site) == ["M-1 2026-02-05"])
        site.wait(days: 31)
        try site.perform("batch.consume-material", use, as: "operator-1")
        site.wait(days: 1)
        #expect(
            try site.rule("batch.consume-material", use, as: "operator-1")
                == "material-released-at-use")
        try site.perform(
            "material.retest",
            ["lot": "M-1", "report": "QC-3", "passes": true, "next": "2026-08-05"],
            as: "reviewer")
        try site.perform("batch.consume-material", use, as: "operator-1")
        #expect(due(site) == ["M-1 2026-08-05"])
        try site.perform(
            "material.retest", ["lot": "M-1", "report": "QC-4", "passes": true], as: "reviewer")
        #expect(due(site).isEmpty)
    }

    @Test func aFailedRetestRejectsTheLotAndReportsTheBatches() throws {
        var site = try ready()
        try site.perform("batch.consume-material", use, as: "operator-1")
        try site.perform(
            "material.retest", ["lot": "M-1", "report": "QC-3", "passes": false], as: "reviewer")
        #expect(site.state.lots[LotID("M-1")!]?.status == .rejected)
        #expect(site.state.deviations.inOrder.map(\.batch?.text) == ["B-1"])
        #expect(due(site).isEmpty)
        #expect(site.state.balance().closes)
    }

    @Test(arguments: ["2026-01-05", "2027-02-01"]) func theNextRetestLiesBetweenTodayAndExpiry(
        next: JSONValue
    ) throws {
        var site = try ready()
        #expect(
            site.refusal(
                "material.retest",
                ["lot": "M-1", "report": "QC-3", "passes": true, "next": next], as: "reviewer")
                == "material.retest-date")
    }
}
