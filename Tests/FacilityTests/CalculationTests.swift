import Facility
import Foundation
import Ledger
import Quantities
import Testing

/// What the site works out, and nobody types.
@Suite struct CalculationTests {
    private func isolating() throws -> TestSite {
        var site = try TestSite.founded()
        try site.registerVariant()
        try site.receiveCord()
        try site.receiveMaterials()
        try site.perform(
            "batch.open", ["batch": "B-1", "definition": "SMALL-1.0.0", "stage": "banking"],
            as: "supervisor")
        try site.perform("batch.start-step", ["batch": "B-1", "step": "isolate"], as: "operator-1")
        try site.perform(
            "batch.use-container", ["batch": "B-1", "step": "isolate", "container": "CORD-1"],
            as: "operator-1")
        return site
    }

    private func value(_ parameter: String, in site: TestSite) -> String? {
        site.state.batches[BatchID("B-1")!]?.steps["isolate"]?.values[parameter]?.last?.value
            .description
    }

    @Test func doublingsAndRecoveryFollowFromTheCounts() throws {
        var site = try isolating()
        try site.count("B-1")
        #expect(value("doublings", in: site) == "3 PD")
        #expect(value("recovery", in: site) == "90 %")
        #expect(site.state.deviations.isEmpty)
    }

    @Test(arguments: ["doublings", "recovery"]) func aCalculatedValueIsNotTyped(
        parameter: JSONValue
    ) throws {
        var site = try isolating()
        #expect(
            site.refusal(
                "batch.record-parameter",
                ["batch": "B-1", "step": "isolate", "parameter": parameter, "value": "90 %"],
                as: "operator-1") == "batch.calculated")
    }

    @Test func aLossOutsideItsRangeOpensADeviation() throws {
        var site = try isolating()
        for (point, volume) in [("seeded", "1 mL"), ("harvested", "8 mL"), ("formulated", "2 mL")]
            as [(JSONValue, JSONValue)]
        {
            try site.perform(
                "batch.record-count",
                [
                    "batch": "B-1", "step": "isolate", "point": point,
                    "concentrations": ["1e6 cells/mL"], "viability": "90 %", "volume": volume,
                ], as: "operator-1")
        }
        #expect(value("recovery", in: site) == "25 %")
        #expect(site.state.deviations.values.map(\.rule) == ["yield-in-range"])
    }
}
