import Foundation
import Planner
import TestSupport
import Testing

/// Queues with a known answer, run through the engine that runs campaigns: batches are customers,
/// a resource is the servers.
@Suite struct QueueTests {
    /// One run of many customers, with the mean wait of each replication.
    private func waits(
        rate: Double, service: Distribution, servers: Int, customers: Int, replications: Int
    ) throws -> CampaignResult {
        let serve = CampaignOperation(
            "serve", crew: [.init("server", 1)], duration: service, startsInShift: false)
        var campaign = UmbilicalCordCampaign()
        campaign.batches = customers
        var plan = campaign.plan
        plan.name = "queue"
        plan.schedule = CampaignSchedule(
            batches: customers, starts: .atRandom(meanInterval: 1 / rate))
        plan.material = StartingMaterial(
            origin: .tissue(medianCells: 1, sdLogDonor: 0, sdLogBatch: 0), donors: .donors(1),
            cost: 0)
        plan.growth.sdLogBatch = 0
        plan.resources = [CampaignResource(id: "server", name: "servers", units: servers)]
        plan.steps = [CampaignStep("serve", .operate(serve))]
        plan.draws = DrawLayout()
        return try CampaignSimulation(try Campaign(plan), seed: 11)
            .run(replications: replications, threads: 2, chunk: 1)
    }

    /// The probability that a customer waits in M/M/c (A. K. Erlang 1917), by the recursion of the
    /// loss formula.
    private func erlangC(load: Double, servers: Int) -> Double {
        var blocking = 1.0
        for server in 1...servers {
            blocking = load * blocking / (Double(server) + load * blocking)
        }
        let use = load / Double(servers)
        return blocking / (1 - use * (1 - blocking))
    }

    private func expect(_ result: CampaignResult, wait: Double, use: Double) {
        let found = result.waitingPerBatch
        // Four standard errors, and the short time in which the empty system fills.
        #expect(
            abs(found.mean - wait) <= 4 * found.standardError + 0.005 * wait,
            "wait \(found.mean) ± \(found.standardError) for \(wait)")
        #expect(found.standardError < 0.05 * wait)
        #expect(abs((result.resources.first?.use.mean ?? 0) - use) < 0.02)
        #expect(result.littleGap < 1e-9)
    }

    private let customers = 6000
    private let replications = 24

    @Test(arguments: [(1, 0.6), (2, 1.4), (5, 3.5)])
    func manyServersAgreeWithErlang(servers: Int, load: Double) throws {
        let result = try waits(
            rate: load, service: .exponential(mean: 1), servers: servers, customers: customers,
            replications: replications)
        let wait = erlangC(load: load, servers: servers) / (Double(servers) - load)
        expect(result, wait: wait, use: load / Double(servers))
    }

    /// W = ρ S (1 + C²) / (2 (1 − ρ)), with C the coefficient of variation of the service time
    /// (F. Pollaczek 1930, A. Y. Khinchine 1932).
    @Test func constantServiceAgreesWithPollaczekAndKhinchine() throws {
        let result = try waits(
            rate: 0.7, service: .fixed(1), servers: 1, customers: customers,
            replications: replications)
        expect(result, wait: 0.7 / (2 * 0.3), use: 0.7)
    }

    @Test func lognormalServiceAgreesWithPollaczekAndKhinchine() throws {
        let sd = 0.5
        let service = Distribution.lognormal(median: exp(-0.5 * sd * sd), sdLog: sd)
        let result = try waits(
            rate: 0.65, service: service, servers: 1, customers: customers,
            replications: replications)
        let squared = exp(sd * sd) - 1
        expect(result, wait: 0.65 * (1 + squared) / (2 * 0.35), use: 0.65)
    }
}
