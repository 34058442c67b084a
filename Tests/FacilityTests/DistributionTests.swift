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

    @Test func whatCannotHaveBeenIsRefused() throws {
        var site = try ordered()
        try site.perform(
            "shipment.dispatch",
            ["shipment": "S-1", "order": "O-1", "containers": ["B-2-001"], "shipper": "4"],
            as: "supervisor")
        let left = site.now
        for temperature in ["-1700 °C", "-160 mL", "-273.15 °C"] as [JSONValue] {
            #expect(
                site.refusal(
                    "shipment.receive", ["shipment": "S-1", "highestTemperature": temperature],
                    as: "supervisor") == "storage.not-a-temperature")
        }
        let receive: JSONValue = ["shipment": "S-1", "highestTemperature": "-160 °C"]
        #expect(
            site.refusal(
                "shipment.receive", receive, as: "supervisor",
                happened: left.advanced(bySeconds: -600)) == "shipment.before-dispatch")
        try site.perform("shipment.receive", receive, as: "supervisor")
        func give(_ thawed: Timestamp?) -> JSONValue {
            var body: [String: JSONValue] = ["container": "B-2-001", "patient": "P-7"]
            body["thawed"] = thawed.map { .string($0.description) }
            return .object(body)
        }
        #expect(
            site.refusal("dose.administer", give(left), as: "supervisor")
                == "dose.thawed-before-arrival")
        #expect(site.refusal("dose.administer", give(nil), as: "supervisor") == "dose.thaw-missing")
        // The log of the way was not read: the dose was given, and an event is opened.
        try site.perform("dose.administer", give(site.now), as: "supervisor")
        #expect(site.state.deviations.values.map(\.rule) == ["transport-qualified"])
    }

    @Test func aFreshProductIsGivenWithoutAThaw() throws {
        var site = try TestSite.founded()
        try site.registerVariant(
            "SMALL-1.0.0",
            [
                "{ state: frozen, temperature: \"<= -140 °C\" }":
                    "{ state: fresh, temperature: 2..8 °C }"
            ])
        try site.makeCertifiedBatch()
        try site.order(containers: ["B-2-001"])
        try site.perform(
            "shipment.receive", ["shipment": "S-1", "highestTemperature": "6 °C"], as: "supervisor")
        let give: [String: JSONValue] = ["container": "B-2-001", "patient": "PT-1"]
        #expect(
            site.refusal(
                "dose.administer",
                .object(give.merging(["thawed": .string(site.now.description)]) { $1 }),
                as: "supervisor") == "dose.never-frozen")
        try site.perform("dose.administer", .object(give), as: "supervisor")
    }

    @Test(
        arguments: [
            (5, ["death"], nil, DeviationGrade.critical, 7),
            (3, ["hospitalisation"], false, .critical, 15), (3, [], true, .major, nil),
            (2, [], false, nil, nil),
        ] as [(Int, [JSONValue], Bool?, DeviationGrade?, Int?)])
    func aReactionIsAsGraveAndAsUrgentAsItIs(
        grade: Int, criteria: [JSONValue], isExpected: Bool?, opened: DeviationGrade?, days: Int?
    ) throws {
        var site = try ThreadTests.treated()
        var body: [String: JSONValue] = [
            "patient": "P-7", "description": "sepsis", "grade": .number(Double(grade)),
            "relation": "certain", "onset": "2026-01-05", "criteria": .array(criteria),
            "holdsSisters": true,
        ]
        body["isExpected"] = isExpected.map { .bool($0) }
        try site.perform("patient.record-adverse-event", .object(body), as: "supervisor")
        let deviation = site.state.deviations.inOrder.first
        #expect(deviation?.grade == opened)
        #expect(opened == nil || deviation?.batch?.text == "B-2")
        #expect(opened == nil || deviation?.description.contains("order O-1, donor D-1") == true)
        #expect(try !site.state.container(ContainerID("B-2-002")!).holds.isEmpty)
        func reports() -> [CalendarDate?] {
            site.state.due(asOf: site.now.date, within: 40).filter { $0.kind == .safetyReport }
                .map(\.due)
        }
        let today = site.now.date
        #expect(reports() == [days].compactMap(\.self).map { today.advanced(byDays: $0) })
        guard days == 7 else { return }
        let report: [String: JSONValue] = [
            "patient": "P-7", "event": 1, "authority": "the authority", "reference": "SUSAR-1",
        ]
        try site.perform("patient.report-adverse-event", .object(report), as: "reviewer")
        #expect(reports() == [today.advanced(byDays: 15)])
        try site.perform(
            "patient.report-adverse-event",
            .object(report.merging(["reference": "SUSAR-1/2"]) { $1 }), as: "reviewer")
        #expect(reports().isEmpty)
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
