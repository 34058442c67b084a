import Facility
import Ledger
import Testing

/// What stock asks for by a day: expiries, what open batches need, what is to be ordered.
@Suite struct StockDueTests {
    private func due(_ kind: DueKind, _ site: TestSite) -> [String] {
        site.state.due(asOf: site.now.date, within: 4000).filter { $0.kind == kind }.map {
            "\($0.subject) \($0.due?.description ?? "now"): \($0.task)"
        }
    }

    private func receive(
        _ lot: JSONValue, _ material: JSONValue, _ quantity: JSONValue, in site: inout TestSite
    ) throws {
        try site.perform(
            "material.receive",
            [
                "lot": lot, "material": material, "supplier": "supplier", "supplierLot": "78",
                "expiry": "2027-06-30", "quantity": quantity,
            ], as: "operator-1")
    }

    @Test func aLotIsUsedUpOrDestroyedByItsExpiry() throws {
        var site = try TestSite.founded()
        try site.registerDefinition()
        try site.receiveMaterials()
        #expect(
            due(.materialExpiry, site) == [
                "C-1 2027-01-31: use up or destroy lot C-1 of cryo: 1000 mL left",
                "M-1 2027-01-31: use up or destroy lot M-1 of medium: 1000 mL left",
            ])
        site.wait(days: 392)
        #expect(
            site.state.due(asOf: site.now.date).filter { $0.kind == .materialExpiry }
                .map { $0.isOverdue(on: site.now.date) } == [true, true])
        try site.perform(
            "material.destroy",
            ["lot": "M-1", "quantity": "1000 mL", "reason": "expired", "witness": "operator-2"],
            as: "operator-1")
        #expect(due(.materialExpiry, site).map { $0.prefix(3) } == ["C-1"])
        try site.perform("material.reject", ["lot": "C-1", "reason": "expired"], as: "reviewer")
        #expect(due(.materialExpiry, site).isEmpty)
    }

    @Test func dosesInStockAreNamedByTheDayTheFirstExpires() throws {
        let site = try TestSite.withCertifiedBatch()
        #expect(
            due(.productExpiry, site) == [
                "B-2 2027-01-05: supply or destroy 3 of 3 containers in stock"
            ])
    }

    @Test func anOpenBatchAsksForWhatItLacks() throws {
        var site = try TestSite.founded()
        try site.registerDefinition()
        try site.receiveCord()
        try receive("M-2", "medium", "60 mL", in: &site)
        #expect(due(.materialStock, site).isEmpty)
        try site.perform(
            "batch.open", ["batch": "B-1", "definition": "SMALL-1.0.0", "stage": "banking"],
            as: "supervisor")
        // What waits for its release may not be used, and of cryo nothing has come.
        #expect(
            due(.materialStock, site) == [
                "cryo now: order or release cryo: B-1 still needs 20 mL, 0 mL may be used",
                "medium now: order or release medium: B-1 still needs 100 mL, 0 mL may be used",
            ])
        try site.perform(
            "material.release", ["lot": "M-2", "certificate": "COA-1"], as: "reviewer")
        #expect(due(.materialStock, site).last?.hasSuffix("60 mL may be used") == true)
        try receive("M-3", "medium", "40 mL", in: &site)
        try site.perform(
            "material.allow-conditional-use",
            ["lot": "M-3", "batch": "B-1", "riskAssessment": "RA-1"], as: "reviewer")
        #expect(due(.materialStock, site).map { $0.prefix(4) } == ["cryo"])
        try site.perform("hold.place", ["thing": "M-2", "reason": "label"], as: "operator-1")
        #expect(due(.materialStock, site).last?.hasSuffix("40 mL may be used") == true)
    }

    @Test func whatAStepHasUsedIsNeededNoMore() throws {
        var site = try TestSite.withBank()
        try site.perform(
            "material.destroy",
            ["lot": "C-1", "quantity": "900 mL", "reason": "warm", "witness": "operator-2"],
            as: "operator-1")
        for batch in ["B-2", "B-3"] as [JSONValue] {
            try site.perform(
                "batch.open", ["batch": batch, "definition": "SMALL-1.0.0", "stage": "production"],
                as: "supervisor")
        }
        // 20 mL went into the bank: 80 mL are left for two fills of 50 mL.
        #expect(
            due(.materialStock, site) == [
                "cryo now: order or release cryo: B-2, B-3 still need 100 mL, 80 mL may be used"
            ])
        try site.perform("batch.abort", ["batch": "B-3", "reason": "no cryo"], as: "supervisor")
        #expect(due(.materialStock, site).isEmpty)
    }

    /// 100 mL of medium were used within the quarter, about 1.1 mL a day: 900 mL last 810 days.
    @Test func aMaterialIsOrderedWhileDeliveryCanStillCome() throws {
        var site = try TestSite.founded()
        try site.registerVariant(
            "SMALL-1.0.0",
            [
                "name: culture medium, role: raw material,":
                    "name: culture medium, role: raw material, lead-time: 8 weeks, "
                    + "safety-stock: 90 d,"
            ])
        try site.receiveCord()
        try site.receiveMaterials()
        #expect(due(.materialStock, site).isEmpty)
        try site.makeBank(counted: true)
        let day = site.now.date.advanced(byDays: 810 - 56 - 90)
        #expect(
            due(.materialStock, site) == [
                "medium \(day): order medium: 900 mL in stock, enough for 810 days; delivery takes "
                    + "8 weeks, 90 d are kept in hand"
            ])
        try site.perform("material.count", ["lot": "M-1", "counted": "150 mL"], as: "operator-1")
        #expect(
            due(.materialStock, site) == [
                "medium now: order medium: 150 mL in stock, enough for 135 days; delivery takes "
                    + "8 weeks, 90 d are kept in hand"
            ])
        // What was ordered has come, though it is not released yet.
        try receive("M-2", "medium", "1000 mL", in: &site)
        #expect(due(.materialStock, site).first?.hasPrefix("medium now") == false)
        // The pace is that of the last year: what was used before it says nothing.
        site.wait(days: 400)
        #expect(due(.materialStock, site).isEmpty)
    }
}
