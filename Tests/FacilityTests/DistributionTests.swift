import Facility
import Ledger
import Quantities
import Testing

/// Orders, reservation, transport, administration and what follows.
@Suite struct DistributionTests {
    private func ordered() throws -> TestSite {
        var site = try TestSite.withCertifiedBatch()
        try site.perform("patient.register", ["patient": "P-7"], as: "supervisor")
        try site.perform(
            "order.place",
            [
                "order": "O-1", "patient": "P-7", "hospital": "hospital",
                "definition": "SMALL-1.0.0", "containers": 2,
            ], as: "supervisor")
        return site
    }

    @Test func aDoseByWeightNeedsEnoughContainers() throws {
        var site = try ordered()
        // 1e6 cells/kg for 70 kg are 70 million cells: two containers of 50 million.
        let order: (Int, JSONValue?) -> JSONValue = { count, weight in
            var body: [String: JSONValue] = [
                "order": "O-2", "patient": "P-7", "hospital": "h", "definition": "SMALL-1.0.0",
                "containers": .number(Double(count)), "dose": "1e6 cells/kg",
            ]
            body["weight"] = weight
            return .object(body)
        }
        #expect(
            site.refusal("order.place", order(1, "70 kg"), as: "supervisor")
                == "order.too-few-containers")
        #expect(
            site.refusal("order.place", order(2, nil), as: "supervisor") == "order.weight-missing")
        #expect(
            site.refusal("order.place", order(2, "70 mL"), as: "supervisor") == "order.dose-unit")
        try site.perform("order.place", order(2, "70 kg"), as: "supervisor")
    }

    @Test func aReservedContainerGoesToItsOrderAlone() throws {
        var site = try ordered()
        try site.perform(
            "order.reserve", ["order": "O-1", "containers": ["B-2-001"]], as: "supervisor")
        try site.perform(
            "order.place",
            [
                "order": "O-2", "patient": "P-7", "hospital": "h", "definition": "SMALL-1.0.0",
                "containers": 1,
            ], as: "supervisor")
        let send: JSONValue = [
            "shipment": "S-2", "order": "O-2", "containers": ["B-2-001"], "shipper": "4",
        ]
        #expect(site.refusal("shipment.dispatch", send, as: "supervisor") == "container.reserved")
        try site.perform("order.free", ["order": "O-1", "reason": "postponed"], as: "supervisor")
        try site.perform("shipment.dispatch", send, as: "supervisor")
    }

    @Test func aShipmentThatWarmedUpIsHeld() throws {
        var site = try ordered()
        try site.perform(
            "shipment.dispatch",
            ["shipment": "S-1", "order": "O-1", "containers": ["B-2-001"], "shipper": "4"],
            as: "supervisor")
        try site.perform(
            "shipment.receive", ["shipment": "S-1", "highestTemperature": "-90 °C"],
            as: "supervisor")
        #expect(site.state.deviations.inOrder.map(\.cause) == [.transportExcursion])
        #expect(
            site.refusal(
                "dose.administer",
                [
                    "container": "B-2-001", "patient": "P-7",
                    "thawed": .string(site.now.description),
                ], as: "supervisor") == "container.on-hold")
        try site.perform(
            "shipment.return",
            ["shipment": "S-1", "containers": ["B-2-001"], "reason": "warm"], as: "supervisor")
        try site.perform(
            "container.destroy",
            ["containers": ["B-2-001"], "reason": "warm", "witness": "operator-2"],
            as: "operator-1")
        #expect(site.state.balance().closes)
    }

    @Test func followUpEventsAndOutcomesAreKeptWithThePatient() throws {
        var site = try ThreadTests.treated()
        try site.perform(
            "patient.plan-follow-up", ["patient": "P-7", "hazard": "tumour", "months": [1, 12]],
            as: "supervisor")
        try site.perform(
            "patient.record-follow-up",
            ["patient": "P-7", "hazard": "tumour", "month": 1, "finding": "none"],
            as: "supervisor")
        try site.perform(
            "patient.record-adverse-event",
            [
                "patient": "P-7", "description": "fever", "grade": 3, "relation": "possible",
                "onset": "2026-01-05",
            ], as: "supervisor")
        #expect(site.state.deviations.inOrder.count == 1)
        try site.perform(
            "patient.record-outcome",
            ["patient": "P-7", "endpoint": "day 28 response", "observation": "complete"],
            as: "supervisor")
        let pairs = site.state.outcomes(ofTest: "potency", endpoint: "day 28 response")
        #expect(pairs.map(\.result.description) == ["2.3"])
    }
}
