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
}
