import Facility
import Ledger
import Testing

/// What was lost in a period, and by what, read off the records.
@Suite struct DispositionTallyTests {
    private func tally(
        _ site: TestSite, _ kind: DispositionTally.Kind, product: String? = "SMALL"
    ) throws -> DispositionTally {
        let period = CalendarDate("2026-01-01")!...site.now.date
        return try #require(
            site.state.dispositionTallies(of: product, in: period).first { $0.kind == kind })
    }

    private func causes(_ tally: DispositionTally) -> [String] {
        tally.causes.map {
            "\($0.kind.rawValue) \($0.words): "
                + $0.things.map(\.text).joined(separator: " ")
        }
    }

    @Test func aBatchThatFailedATestIsLostByItsAttribute() throws {
        var site = try TestSite.withBank()
        try site.makeProduct()
        var result = try #require(TestSite.viability().objectValue)
        (result["observation"], result["instruments"], result["reagents"]) = ("12 %", nil, nil)
        try site.perform("testing.record-result", .object(result), as: "analyst")
        try site.perform("batch.reject", ["batch": "B-2", "reason": "viability"], as: "reviewer")
        let batches = try tally(site, .batch)
        #expect(batches.started == 2 && batches.released == 1)
        #expect(batches.rejected == 1 && batches.aborted == 0 && batches.disposed == 2)
        // The event of the result says the same again and does not count beside it.
        #expect(causes(batches) == ["failed-test viability after thawing: B-2"])
    }

    @Test func growthIsContamination() throws {
        var site = try TestSite.withBank()
        try site.makeProduct()
        try site.perform(
            "testing.record-result",
            [
                "batch": "B-2", "test": "sterility", "observation": "growth",
                "reference": "QC-4",
            ], as: "analyst")
        try site.perform("batch.reject", ["batch": "B-2", "reason": "growth"], as: "reviewer")
        #expect(try tally(site, .batch).causes.map(\.kind) == [.contamination])
    }

    @Test func aLossWithNothingOnTheRecordCountsUnderItsReason() throws {
        var site = try TestSite.withBank()
        try site.makeProduct()
        try site.perform("batch.reject", ["batch": "B-2", "reason": "order fell"], as: "reviewer")
        #expect(causes(try tally(site, .batch)) == ["decision order fell: B-2"])
    }

    @Test func anEventCountsUnlessItWasFoundAcceptable() throws {
        for (isAcceptable, cause) in [
            (true, "decision bag: B-2"), (false, "deviation observed: B-2"),
        ] {
            var site = try TestSite.withBank()
            try site.makeProduct()
            try site.perform(
                "deviation.open", ["batch": "B-2", "description": "bag leaked"],
                as: "operator-1")
            if isAcceptable {
                let deviation = site.state.deviations.inOrder[0].id
                try site.perform(
                    "deviation.close",
                    [
                        "deviation": .string(deviation.text), "rootCause": "condensate",
                        "impact": "none", "disposition": "acceptable",
                    ], as: "reviewer")
            }
            try site.perform("batch.reject", ["batch": "B-2", "reason": "bag"], as: "reviewer")
            #expect(causes(try tally(site, .batch)) == [cause])
        }
    }

    @Test func banksAndLotsAreCountedAsBatchesAre() throws {
        var site = try TestSite.withBank()
        try site.receiveStain("R-9", isReleased: false)
        try site.perform("material.reject", ["lot": "R-9", "reason": "thawed"], as: "reviewer")
        // A stain is no material of the product: only the whole site counts it.
        #expect(try tally(site, .lot).rejected == 0)
        let lots = try tally(site, .lot, product: nil)
        #expect(lots.rejected == 1)
        #expect(causes(lots) == ["decision thawed: R-9"])
        let banks = try tally(site, .bank)
        #expect(banks.started == 1 && banks.released == 1 && banks.lost == 0)
        let before = CalendarDate("2025-01-01")!...CalendarDate("2025-12-31")!
        #expect(
            site.state.dispositionTallies(in: before).allSatisfy {
                $0.started == 0 && $0.disposed == 0 && $0.causes.isEmpty
            })
    }
}
