import Facility
import Ledger
import Quantities
import Testing

/// What a container holds is worked out, and held against what there was.
@Suite struct FilledContentTests {
    /// A batch of the product whose filling is begun.
    private func filling(counted millilitres: Int? = nil) throws -> TestSite {
        var site = try TestSite.withBank()
        try site.perform(
            "batch.open", ["batch": "B-2", "definition": "SMALL-1.0.0", "stage": "production"],
            as: "supervisor")
        try site.perform("batch.start-step", ["batch": "B-2", "step": "thaw"], as: "operator-1")
        try site.perform(
            "batch.use-container", ["batch": "B-2", "step": "thaw", "container": "MCS-1-001"],
            as: "operator-1")
        try site.perform(
            "batch.record-parameter",
            ["batch": "B-2", "step": "thaw", "parameter": "time", "value": "2.5 min"],
            as: "operator-1")
        try site.perform("batch.complete-step", ["batch": "B-2", "step": "thaw"], as: "operator-1")
        try site.perform("batch.start-step", ["batch": "B-2", "step": "fill"], as: "operator-1")
        guard let millilitres else { return site }
        try site.count("formulated", millilitres)
        return site
    }

    private func fill(_ more: [String: JSONValue] = [:]) -> JSONValue {
        .object(
            ["batch": "B-2", "step": "fill", "count": 3, "place": "LN2-2/A"].merging(more) { $1 })
    }

    @Test func withoutACountNothingIsFilled() throws {
        var site = try filling()
        #expect(
            site.refusal("batch.fill", fill(["cells": "5e12 cells"]), as: "operator-1")
                == "batch.content-unknown")
    }

    @Test func aTypedContentAgreesWithTheCountOrIsRefused() throws {
        var site = try filling(counted: 15)
        #expect(
            site.refusal("batch.fill", fill(["cells": "5e12 cells"]), as: "operator-1")
                == "batch.content-disagrees")
        try site.perform("batch.fill", fill(["cells": "52e6 cells"]), as: "operator-1")
        let dose = try site.state.container(ContainerID("B-2-001")!)
        #expect(try dose.cells?.doubleValue(in: .cells) == 5e7)
        #expect(site.state.deviations.isEmpty)
    }

    @Test func theFillVolumeTakesItsShareOfTheSuspension() throws {
        var site = try filling(counted: 15)
        #expect(
            site.refusal("batch.fill", fill(["volume": "6 mL"]), as: "operator-1")
                == "batch.volume-short")
        #expect(
            site.refusal("batch.fill", fill(["volume": "6 g"]), as: "operator-1")
                == "batch.fill-volume")
        try site.perform("batch.fill", fill(["volume": "4.8 mL"]), as: "operator-1")
        let dose = try site.state.container(ContainerID("B-2-001")!)
        #expect(try dose.cells?.doubleValue(in: .cells) == 4.8e7)
    }

    @Test func moreThanWasHarvestedIsNotFilled() throws {
        var site = try filling()
        try site.count("harvested", 12)
        try site.count("formulated", 15)
        #expect(site.refusal("batch.fill", fill(), as: "operator-1") == "batch.more-than-counted")
    }

    @Test func aContentOutsideTheContainersRangeOpensAnEvent() throws {
        var site = try filling(counted: 30)
        try site.perform("batch.fill", fill(), as: "operator-1")
        #expect(site.state.deviations.values.map(\.rule) == ["spec-dose-viable"])
        #expect(site.state.deviations.values.map(\.cause) == [.calculation])
    }

    @Test(
        arguments: [
            ("50 mL", nil), ("46 mL", nil), ("56 mL", DeviationCause.amountNotAsPlanned),
            ("0.01 mL", .amountFarFromPlanned), ("110 mL", .amountFarFromPlanned),
        ] as [(String, DeviationCause?)])
    func whatWasUsedIsHeldAgainstThePlan(quantity: String, cause: DeviationCause?) throws {
        var site = try filling(counted: 15)
        try site.perform(
            "batch.consume-material",
            ["batch": "B-2", "step": "fill", "lot": "C-1", "quantity": .string(quantity)],
            as: "operator-1")
        try site.perform("batch.fill", fill(), as: "operator-1")
        try site.perform("batch.complete-step", ["batch": "B-2", "step": "fill"], as: "operator-1")
        #expect(site.state.deviations.values.map(\.cause) == [cause].compactMap(\.self))
        let description = site.state.deviations.inOrder.first?.description ?? "planned 50 mL"
        #expect(description.contains("planned 50 mL"))
    }

    /// Where the definition says by how much an amount may differ, that holds and not the tenth.
    @Test(
        arguments: [
            ("20 %", "58 mL", 0), ("2 %", "52 mL", 1), ("2 %", "49.5 mL", 0), ("20 %", "62 mL", 1),
        ] as [(String, String, Int)])
    func theDefinitionSaysByHowMuchAnAmountMayDiffer(
        tolerance: String, quantity: String, events: Int
    ) throws {
        var site = try TestSite.founded()
        try site.registerVariant(
            "SMALL-1.0.0",
            [
                "{ material: cryo, amount: 50 mL }":
                    "{ material: cryo, amount: 50 mL, tolerance: \(tolerance) }"
            ])
        try site.receiveCord()
        try site.receiveMaterials()
        try site.makeBank(counted: true)
        try site.releaseBank()
        try site.makeProduct(whileFilling: { site in
            let entry = try site.entry(of: "batch.material-consumed/1", "batch", "B-2")
            try site.perform(
                "entry.correct",
                [
                    "thing": "B-2", "entry": .number(Double(entry)), "field": "quantity",
                    "value": .string(quantity), "reason": "read off the wrong line",
                    "witness": "operator-2",
                ], as: "operator-1")
        })
        let amounts = site.state.deviations.values.filter { $0.cause == .amountNotAsPlanned }
        #expect(amounts.count == events)
    }

    /// 1e6 cells/kg for 90 kg are two containers of 5e7 cells by the label, three of what is in them.
    @Test func anOrderIsCountedByWhatTheContainersHold() throws {
        var site = try TestSite.withBank()
        try site.makeProduct(millilitres: 9)
        try site.testProduct()
        let opened = try #require(site.state.deviations.inOrder.first)
        try site.perform(
            "deviation.close",
            [
                "deviation": .string(opened.id.text), "rootCause": "few cells", "impact": "dose",
                "disposition": "acceptable",
            ], as: "reviewer")
        try site.perform("batch.review", ["batch": "B-2"], as: "reviewer")
        try site.confirmPoints()
        try site.perform("batch.certify", ["batch": "B-2"], as: "qp")
        try site.perform("patient.register", ["patient": "P-7"], as: "supervisor")
        try site.perform(
            "order.place",
            [
                "order": "O-1", "patient": "P-7", "hospital": "h", "definition": "SMALL-1.0.0",
                "containers": 2, "dose": "1e6 cells/kg", "weight": "90 kg",
            ], as: "supervisor")
        let containers: JSONValue = ["B-2-001", "B-2-002"]
        #expect(
            site.refusal(
                "order.reserve", ["order": "O-1", "containers": containers], as: "supervisor")
                == "order.too-few-cells")
        #expect(
            site.refusal(
                "shipment.dispatch",
                ["shipment": "S-1", "order": "O-1", "containers": containers, "shipper": "4"],
                as: "supervisor") == "order.too-few-cells")
    }
}

extension TestSite {
    fileprivate mutating func count(_ point: JSONValue, _ millilitres: Int) throws {
        try perform(
            "batch.record-count",
            [
                "batch": "B-2", "step": "fill", "point": point,
                "concentrations": ["1e7 cells/mL"], "viability": "100 %",
                "volume": .string("\(millilitres) mL"),
            ], as: "operator-1")
    }
}
