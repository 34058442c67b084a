import Foundation
import Planner
import TestSupport
import Testing

/// The engine gives the histories of a process-based simulator, draw by draw.
@Suite struct CampaignGoldenTests {
    @Test func allGoldenReplicationsComeOut() throws {
        let simulation = CampaignSimulation(
            try Campaign(SimulationGolden.campaign().plan), seed: SimulationGolden.seed)
        let table = try SimulationGolden.table("campaign_golden.csv")
        #expect(table.count == 200)
        for line in table {
            let number = try #require(UInt64(line[0]))
            let expected = try line.dropFirst().map { try #require(Double($0)) }
            expectRow(
                SimulationGolden.row(simulation.replication(number)), expected, "\(number)")
        }
    }

    @Test func otherLoadsOfTheModelComeOut() throws {
        for load in try SimulationGolden.loads() {
            var campaign = try SimulationGolden.campaign()
            campaign.change(load.changes)
            let simulation = CampaignSimulation(
                try Campaign(campaign.plan), seed: SimulationGolden.seed)
            for (number, expected) in load.rows.enumerated() {
                expectRow(
                    SimulationGolden.row(simulation.replication(UInt64(number))), expected,
                    "\(load.name), \(number)")
            }
        }
    }

    private func expectRow(_ row: [Double], _ expected: [Double], _ name: String) {
        #expect(row.count == expected.count)
        for (column, (value, known)) in zip(row, expected).enumerated() {
            #expect(
                abs(value - known) <= 1e-9 * max(1, abs(known)),
                "replication \(name), column \(column): \(value) for \(known)")
        }
    }

    @Test func theTraceOfTheFirstReplicationComesOut() throws {
        let simulation = CampaignSimulation(
            try Campaign(SimulationGolden.campaign().plan), seed: SimulationGolden.seed)
        let run = simulation.replication(0, traced: true)
        let table = try SimulationGolden.table("campaign_golden_trace_rep0.csv")
        // The table is in the order of starts, and of the tests it has only the hold after them.
        let operations = run.operations.filter { $0.label != "qc" }
            .sorted { ($0.start, $0.batch) < ($1.start, $1.batch) }
        #expect(table.count == operations.count)
        var feeds: [String: Int] = [:]
        for (line, operation) in zip(table, operations) {
            #expect(Int(line[0]) == operation.batch)
            #expect(Int(line[1]) == operation.passage)
            var label = operation.label
            if label == "feed" {
                let key = "\(operation.batch) \(operation.passage)"
                feeds[key, default: 0] += 1
                label += "\(feeds[key] ?? 0)"
            }
            #expect(String(line[2]) == label)
            #expect(abs(try #require(Double(line[3])) - operation.start) <= 1e-9)
            #expect(abs(try #require(Double(line[4])) - operation.end) <= 1e-9)
        }
        #expect(simulation.replication(0).operations.isEmpty)
    }

    /// A change in one step leaves every other draw as it was: operations that do not depend on
    /// it end at the same moment, to the last bit.
    @Test func changingOneStepLeavesAllOtherDrawsUnchanged() throws {
        var campaign = UmbilicalCordCampaign()
        campaign.batches = 4
        var before = campaign.plan
        before.draws = DrawLayout()
        var after = before
        let place = try #require(after.steps.firstIndex { $0.id == "test" })
        var second = CampaignOperation(
            "second test", crew: [.init("laboratory", 1)],
            duration: .lognormal(median: 5, sdLog: 0.5), startsInShift: false)
        second.cost = 100
        after.steps.insert(CampaignStep("second-test", .operate(second)), at: place)
        func run(_ plan: CampaignPlan) throws -> CampaignReplication {
            CampaignSimulation(try Campaign(plan), seed: 5).replication(3, traced: true)
        }
        let (first, other) = (try run(before), try run(after))
        let upstream = ["seed", "feed", "harvest", "fill"]
        #expect(
            first.operations.filter { upstream.contains($0.label) }
                == other.operations.filter { upstream.contains($0.label) })
        func tests(_ run: CampaignReplication) -> [Double] {
            run.operations.filter { $0.label == "qc" }.sorted { $0.batch < $1.batch }
                .map { $0.end - $0.start }
        }
        for (one, two) in zip(tests(first), tests(other)) { #expect(abs(one - two) < 1e-9) }
        #expect(first.losses == other.losses)
        #expect(first.makespan < other.makespan)
    }
}
