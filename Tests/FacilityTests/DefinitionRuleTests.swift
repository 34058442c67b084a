import Facility
import Foundation
import Ledger
import Testing

/// What the definition asks for is done, or an event says that it was not.
@Suite struct DefinitionRuleTests {
    @Test func connectionsOfAClosedSystemAreLookedAt() throws {
        var site = try TestSite.withClosedThawing()
        try site.perform(
            "batch.use-container", ["batch": "B-2", "step": "thaw", "container": "MCS-1-001"],
            as: "operator-1")
        try site.perform(
            "batch.record-parameter",
            ["batch": "B-2", "step": "thaw", "parameter": "time", "value": "2.5 min"],
            as: "operator-1")
        let complete: JSONValue = ["batch": "B-2", "step": "thaw"]
        #expect(
            site.refusal("batch.complete-step", complete, as: "operator-1")
                == "batch.step-incomplete")
        #expect(try site.recordConnections("tight") == ["batch.check-recorded/1"])
        try site.perform("batch.complete-step", complete, as: "operator-1")
        #expect(site.state.deviations.isEmpty)
    }

    /// Samples at the beginning and at the end, a millilitre each: as planned. Without the last, or
    /// with less, an event.
    @Test(arguments: [
        (["begin", "end"], "1 mL", 0), (["begin"], "2 mL", 1), (["begin", "end"], "0.9 mL", 1),
        ([], "2 mL", 1),
    ])
    func sterilitySamplesAreThoseOfThePlan(
        points: [String], volume: String, events: Int
    ) throws {
        var site = try TestSite.withSterilityPlan()
        try site.makeProduct(whileFilling: { site in
            for (place, point) in points.enumerated() {
                try site.perform(
                    "sample.take",
                    [
                        "sample": .string("SA-\(place)"), "origin": "B-2", "step": "fill",
                        "quantity": .string(volume), "purpose": "release",
                        "point": .string(point),
                    ], as: "operator-1")
            }
        })
        let found = site.state.deviations.inOrder.filter { $0.rule == "sterility-sample-plan" }
        #expect(found.count == events)
    }

    /// By hand: 8e6 cells/mL · 90 % · 1 mL over 2 g are 3.6e6 cells/g.
    @Test(arguments: [("1e4..4e6 cells/g", true), ("1e4..3e6 cells/g", false)])
    func theIsolationYieldIsWorkedOutAndHeldAgainstItsRange(
        range: String, isWithin: Bool
    ) throws {
        var site = try TestSite.founded()
        try site.registerVariant(
            "SMALL-1.0.0",
            [
                "          kind: isolate\n": """
                          kind: isolate
                          yield: { value: 1e6 cells/g, range: \(range) }

                """,
                "          parameters:\n            - { id: rinse": """
                          parameters:
                            - { id: mass, name: mass of the cord, target: 2 g, normal: 1..5 g }
                            - { id: rinse
                """,
            ])
        try site.receiveCord()
        try site.perform(
            "batch.open", ["batch": "B-1", "definition": "SMALL-1.0.0", "stage": "banking"],
            as: "supervisor")
        try site.perform("batch.start-step", ["batch": "B-1", "step": "isolate"], as: "operator-1")
        try site.perform(
            "batch.use-container", ["batch": "B-1", "step": "isolate", "container": "CORD-1"],
            as: "operator-1")
        let count: JSONValue = [
            "batch": "B-1", "step": "isolate", "point": "harvested",
            "concentrations": ["8e6 cells/mL"], "viability": "90 %", "volume": "1 mL",
        ]
        try site.perform("batch.record-count", count, as: "operator-1")
        #expect(site.state.isolationYields().isEmpty)
        try site.perform(
            "batch.record-parameter",
            ["batch": "B-1", "step": "isolate", "parameter": "mass", "value": "2 g"],
            as: "operator-1")
        try site.perform("batch.record-count", count, as: "operator-1")
        let yield = try #require(site.state.isolationYields().first)
        #expect(abs(yield.cellsPerGram - 3.6e6) < 1)
        #expect(yield.donors == [DonorID("D-1")!])
        #expect(yield.isWithin == isWithin)
        let events = site.state.deviations.inOrder.filter { $0.rule == "yield-in-range" }
        #expect(events.count == (isWithin ? 0 : 1))
    }

    @Test func anInvestigationalProductIsOrderedForATrial() throws {
        var site = try TestSite.founded()
        try site.registerVariant(
            "SMALL-1.0.0",
            [
                "specifications:\n": """
                trials:
                  - { id: trial-1, title: first trial, participants: 10 }
                  - { id: trial-3, title: third trial, participants: 10 }

                specifications:

                """
            ])
        try site.perform("patient.register", ["patient": "PT-1"], as: "supervisor")
        func order(_ more: [String: JSONValue]) -> JSONValue {
            .object(
                [
                    "order": "O-1", "patient": "PT-1", "hospital": "hospital",
                    "definition": "SMALL-1.0.0", "containers": 1,
                ].merging(more) { $1 })
        }
        #expect(
            site.refusal("order.place", order([:]), as: "supervisor") == "order.trial-missing")
        #expect(
            site.refusal("order.place", order(["trial": "trial-2"]), as: "supervisor")
                == "order.unknown-trial")
        try site.perform("order.place", order(["trial": "trial-1"]), as: "supervisor")
        #expect(site.state.orders[OrderID("O-1")!]?.trial == "trial-1")
        let change: [String: JSONValue] = ["order": "O-1", "reason": "randomised elsewhere"]
        for (trial, code) in [
            ("trial-2", "order.unknown-trial"), ("trial-1", "order.nothing-changes"),
        ] as [(JSONValue, String)] {
            #expect(
                site.refusal(
                    "order.change", .object(change.merging(["trial": trial]) { $1 }),
                    as: "supervisor") == code)
        }
        try site.perform(
            "order.change", .object(change.merging(["trial": "trial-3"]) { $1 }), as: "supervisor")
        #expect(site.state.orders[OrderID("O-1")!]?.trial == "trial-3")
    }
}
