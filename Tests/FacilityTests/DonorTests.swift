import Facility
import Ledger
import Quantities
import Testing

/// Donors: consent, tests, eligibility, and what happens to descendants when these change.
@Suite struct DonorTests {
    @Test func tissueWithoutConsentIsNotReceived() throws {
        var site = try TestSite.founded()
        try site.perform(
            "donor.register", ["donor": "D-1", "relation": "birth-mother"], as: "operator-1")
        let code = site.refusal(
            "donation.receive",
            [
                "container": "CORD-1", "donor": "D-1", "material": "cord",
                "collected": "2026-01-05T07:00:00Z", "place": "fridge",
            ], as: "operator-1")
        #expect(code == "donor.no-consent")
    }

    @Test func aReactiveResultMakesTheDonorIneligible() throws {
        var site = try TestSite.founded()
        try site.perform(
            "donor.register", ["donor": "D-1", "relation": "birth-mother"], as: "operator-1")
        try site.perform(
            "donor.record-consent",
            ["donor": "D-1", "version": "3", "scopes": ["allogeneic-medicine"]], as: "operator-1")
        for marker in DonorMarker.mandatory {
            try site.perform(
                "donor.record-test",
                [
                    "donor": "D-1", "marker": .string(marker.rawValue),
                    "result": marker == .syphilis ? "reactive" : "non-reactive",
                    "sampled": "2026-01-05", "laboratory": "virology",
                ], as: "analyst")
        }
        #expect(
            site.refusal("donor.declare-eligible", ["donor": "D-1"], as: "reviewer")
                == "donor.test-reactive")
    }

    @Test func withdrawnConsentHoldsEveryDescendantInStock() throws {
        var site = try TestSite.withCertifiedBatch()
        try site.perform(
            "donor.withdraw-consent", ["donor": "D-1", "reason": "changed her mind"],
            as: "operator-1")
        for id in ["MCS-1-002", "MCS-1-010", "B-2-001", "B-2-003"] {
            #expect(site.state.containers[ContainerID(id)!]?.holds.isEmpty == false, "\(id)")
        }
        // The vial that was used up is gone; there is nothing left to hold.
        #expect(site.state.containers[ContainerID("MCS-1-001")!]?.holds.isEmpty == true)
        try site.perform("patient.register", ["patient": "P-7"], as: "supervisor")
        try site.perform(
            "order.place",
            [
                "order": "O-1", "patient": "P-7", "hospital": "hospital",
                "definition": "SMALL-1.0.0", "containers": 1,
            ], as: "supervisor")
        let code = site.refusal(
            "shipment.dispatch",
            ["shipment": "S-1", "order": "O-1", "containers": ["B-2-001"], "shipper": "4"],
            as: "supervisor")
        #expect(code == "container.on-hold")
    }

    /// A reactive result after eligibility: everything that came from the donor is looked for.
    @Test func aLateReactiveResultStartsALookBack() throws {
        var site = try TestSite.withBank()
        try site.perform(
            "batch.open", ["batch": "B-9", "definition": "SMALL-1.0.0", "stage": "production"],
            as: "supervisor")
        try site.perform("batch.start-step", ["batch": "B-9", "step": "thaw"], as: "operator-1")
        try site.perform(
            "batch.use-container", ["batch": "B-9", "step": "thaw", "container": "MCS-1-001"],
            as: "operator-1")
        try site.perform(
            "donor.record-test",
            [
                "donor": "D-1", "marker": "HBsAg", "result": "reactive", "sampled": "2026-01-05",
                "laboratory": "virology",
            ], as: "analyst")
        #expect(site.state.containers[ContainerID("MCS-1-002")!]?.holds.count == 1)
        let batch = try site.state.batch(BatchID("B-9")!)
        #expect(site.state.openDeviations(of: batch).map(\.cause) == [.recalled])
    }

    /// 21 CFR 1271.85(b) asks for tests of leukocyte-rich tissue that the EU set does not have.
    @Test func theTestSetDependsOnTheJurisdiction() throws {
        var site = try TestSite.founded()
        try site.receiveCord()
        #expect(
            site.refusal(
                "donor.declare-eligible",
                ["donor": "D-1", "jurisdictions": ["EU", "US"], "isLeukocyteRich": true],
                as: "reviewer") == "donor.tests-missing")
    }

    /// Directive 2006/17/EC Annex II 2.5: within seven days after the donation.
    @Test func aSampleTakenTooLateDoesNotCount() throws {
        var site = try TestSite.founded()
        try site.perform(
            "donor.register", ["donor": "D-1", "relation": "birth-mother"], as: "operator-1")
        try site.perform(
            "donor.record-consent",
            ["donor": "D-1", "version": "3", "scopes": ["allogeneic-medicine"]], as: "operator-1")
        try site.perform(
            "donation.receive",
            [
                "container": "CORD-1", "donor": "D-1", "material": "cord",
                "collected": .string(site.now.description), "place": "fridge",
                "identifier": "ESABC123A00000000123B",
            ], as: "operator-1")
        site.now = Timestamp("2026-02-01T08:00:00Z")!
        for marker in DonorMarker.mandatory {
            try site.perform(
                "donor.record-test",
                [
                    "donor": "D-1", "marker": .string(marker.rawValue), "result": "non-reactive",
                    "sampled": "2026-01-20", "laboratory": "virology",
                ], as: "analyst")
        }
        #expect(
            site.refusal("donor.declare-eligible", ["donor": "D-1"], as: "reviewer")
                == "donor.sample-timing")
    }

    @Test(arguments: ["", "ES", "es00000000000000000AB", "ESABC123A00000000123BX"])
    func whatIsNoDonationIdentifierIsRefused(text: String) throws {
        var site = try TestSite.founded()
        try site.receiveCord()
        let code = site.refusal(
            "donation.receive",
            [
                "container": "CORD-2", "donor": "D-1", "material": "cord",
                "collected": .string(site.now.description), "place": "fridge",
                "identifier": .string(text),
            ], as: "operator-1")
        #expect(code == "donation.identifier")
    }
}
