import Facility
import Ledger
import Testing

/// Suppliers and contractors: approval, audits, agreements, and what arrives without them.
@Suite struct OrganisationTests {
    private func receive(
        _ site: inout TestSite, _ lot: JSONValue, from supplier: JSONValue
    ) throws {
        try site.perform(
            "material.receive",
            [
                "lot": lot, "material": "medium", "supplier": supplier, "supplierLot": "7",
                "expiry": "2027-01-31", "quantity": "100 mL",
            ], as: "operator-1")
    }

    @Test(arguments: [("SUP-1", 0), ("supplier", 0), ("somebody", 1)])
    func aLotFromNobodyKnownIsReceivedWithAnEvent(supplier: String, events: Int) throws {
        var site = try TestSite.founded()
        try receive(&site, "M-9", from: .string(supplier))
        #expect(site.state.lots[LotID("M-9")!]?.status == .quarantine)
        #expect(site.state.deviations.count == events)
    }

    @Test func aSuspendedSupplierOpensAnEventUntilApprovedAgain() throws {
        var site = try TestSite.founded()
        try site.perform(
            "organisation.suspend", ["organisation": "SUP-1", "reason": "false certificate"],
            as: "reviewer")
        try receive(&site, "M-1", from: "supplier")
        #expect(site.state.deviations.values.map(\.cause) == [.supplierNotApproved])
    }

    @Test func aCriticalSupplierNeedsAnAuditAndAnAgreement() throws {
        var site = try TestSite.founded()
        let approve: JSONValue = [
            "organisation": "SUP-1", "materials": ["medium"], "isCritical": true,
        ]
        let command = "organisation.approve-supplier"
        #expect(try site.rule(command, approve, as: "reviewer") == "supplier-audit-interval")
        try site.perform(
            "organisation.record-audit",
            [
                "organisation": "SUP-1", "report": "AUD-1", "passed": true, "intervalMonths": 24,
            ], as: "reviewer")
        #expect(try site.rule(command, approve, as: "reviewer") == "quality-agreement")
        try site.perform(
            "organisation.record-agreement",
            [
                "organisation": "SUP-1", "document": "QA-1", "topics": ["quality"],
                "from": "2026-01-01", "until": "2028-12-31",
            ], as: "reviewer")
        try site.perform(command, approve, as: "reviewer")
        try receive(&site, "M-1", from: "supplier")
        #expect(site.state.deviations.isEmpty)
        // Two years and a day later the audit is overdue.
        site.wait(days: 732)
        #expect(
            site.state.objection(
                to: "supplier", of: "medium", on: site.now.date)?.rule == "supplier-audit-interval")
    }

    @Test func anAuthorisationHoldsInItsPeriodForItsActivities() throws {
        var site = try TestSite.founded()
        try site.perform(
            "organisation.record-authorisation",
            [
                "organisation": "SUP-1", "reference": "TE-7", "authority": "the authority",
                "activities": ["procurement"], "from": "2026-01-01", "until": "2026-06-30",
            ], as: "reviewer")
        let organisation = try #require(site.state.organisations[OrganisationID("SUP-1")!])
        #expect(organisation.isAuthorised(for: .procurement, on: CalendarDate("2026-06-30")!))
        #expect(!organisation.isAuthorised(for: .procurement, on: CalendarDate("2026-07-01")!))
        #expect(!organisation.isAuthorised(for: .testing, on: CalendarDate("2026-06-30")!))
    }

    @Test func productionDoesNotApproveSuppliers() throws {
        var site = try TestSite.founded()
        let code = site.refusal(
            "organisation.approve-supplier",
            ["organisation": "SUP-1", "materials": ["x"], "isCritical": false], as: "supervisor")
        #expect(code == "people.not-permitted")
    }
}
