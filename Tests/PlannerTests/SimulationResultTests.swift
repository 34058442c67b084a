import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Planner

/// What a run tells does not depend on how it was run.
@Suite struct SimulationResultTests {
    private func simulation() throws -> CampaignSimulation {
        var campaign = UmbilicalCordCampaign()
        campaign.batches = 12
        var plan = campaign.plan
        plan.demand = CampaignDemand(
            patientsPerYear: 60, need: .doses(.fixed(2)), patience: 24 * 60, from: 1500)
        return CampaignSimulation(try Campaign(plan), seed: 42)
    }

    @Test func threadsAndChunksDoNotChangeOneBit() throws {
        let simulation = try simulation()
        let reference = try simulation.run(replications: 150, threads: 1, chunk: 16)
        for (threads, chunk) in [(2, 16), (8, 16), (1, 1), (2, 64), (8, 1), (3, 7), (8, 1000)] {
            let other = try simulation.run(replications: 150, threads: threads, chunk: chunk)
            #expect(other == reference, "\(threads) threads, chunks of \(chunk)")
        }
    }

    @Test func aStoppedRunIsMarkedAndHoldsTheFirstReplications() throws {
        let simulation = try simulation()
        let asked = Atomic<Int>(0)
        let result = try simulation.run(
            replications: 5000, threads: 2,
            shouldStop: { asked.wrappingAdd(1, ordering: .relaxed).newValue > 90 })
        #expect(result.isPartial)
        #expect(result.replications < 5000)
        let same = try simulation.run(replications: max(result.replications, 1))
        #expect(!same.isPartial)
        if result.replications > 0 { #expect(same.cost == result.cost) }
        let none = try simulation.run(replications: 10, shouldStop: { true })
        #expect(none.isPartial && none.replications == 0)
        #expect(none.cost.mean == 0 && none.losses.isEmpty)
    }

    @Test func progressComesInOrderAndEndsAtTheNumberAsked() throws {
        var seen: [Int] = []
        _ = try simulation().run(
            replications: 40, threads: 2, chunk: 1, progress: { seen.append($0) })
        #expect(seen == seen.sorted())
        #expect(seen.last == 40)
    }

    @Test func resultsAreTheMeansOfTheReplications() throws {
        let simulation = try simulation()
        let result = try simulation.run(replications: 30)
        let runs = (0..<30).map { simulation.replication(UInt64($0)) }
        #expect(abs(result.doses.mean - runs.map(\.doses).reduce(0, +) / 30) < 1e-9)
        #expect(result.doses.least == runs.map(\.doses).min())
        #expect(abs(result.cost.mean - runs.map(\.cost).reduce(0, +) / 30) < 1e-3)
        let perDose = runs.map { $0.cost / $0.doses }
        #expect(abs(result.costPerDose.mean - perDose.reduce(0, +) / 30) < 1e-6)
        #expect(result.costPerDoseHistogram.counts.reduce(0, +) == 30)
        let lost = result.losses.map(\.batches.mean).reduce(0, +)
        #expect(
            abs(result.batchesStarted.mean - result.batchesReleased.mean - lost) < 1e-9)
        #expect(result.bottleneck != nil)
        for resource in result.resources {
            #expect(resource.use.mean > 0 && resource.use.greatest <= 1)
        }
    }

    @Test func littlesLawHoldsOnEveryRun() throws {
        var campaign = UmbilicalCordCampaign()
        campaign.batches = 40
        campaign.interval = 72
        let result = try CampaignSimulation(try Campaign(campaign.plan), seed: 3)
            .run(replications: 40)
        #expect(result.waitingPerBatch.mean > 1)
        #expect(result.littleGap < 1e-9)
    }

    @Test func supplyAndDemandBalance() throws {
        let result = try simulation().run(replications: 60)
        let supply = try #require(result.supply)
        #expect(supply.serviceLevel.mean > 0.5 && supply.serviceLevel.greatest <= 1)
        #expect(supply.servedAtOnce.mean <= supply.serviceLevel.mean)
        let balance =
            result.doses.mean - supply.used.mean - supply.expired.mean - supply.inStock.mean
        #expect(abs(balance) < 1e-6)
        // Patients come at 60 a year from hour 1500 to the end of the year.
        let expected = 60 * (8760 - 1500) / 8760.0
        #expect(
            abs(supply.patients.mean - expected) < 5 * supply.patients.standardError)
        #expect(supply.periods.count == 12)
        #expect(supply.periods.last?.until == 8760)
        #expect(
            abs(supply.periods.map(\.asked).reduce(0, +) - 2 * supply.patients.mean) < 1e-6)
    }

    /// A year that begins with stock serves its first patients from it, and the balance holds.
    @Test func stockAtTheStartIsUsed() throws {
        var campaign = UmbilicalCordCampaign()
        campaign.batches = 12
        var plan = campaign.plan
        plan.demand = CampaignDemand(
            patientsPerYear: 60, need: .doses(.fixed(2)), patience: 24 * 60)
        let empty = try CampaignSimulation(try Campaign(plan), seed: 42).run(replications: 20)
        plan.demand?.initialStock = 40
        let full = try CampaignSimulation(try Campaign(plan), seed: 42).run(replications: 20)
        let supply = try #require(full.supply)
        #expect(supply.servedAtOnce.mean > (empty.supply?.servedAtOnce.mean ?? 1) + 0.1)
        #expect(full.doses == empty.doses, "what is made does not change")
        let balance =
            40 + full.doses.mean - supply.used.mean - supply.expired.mean - supply.inStock.mean
        #expect(abs(balance) < 1e-6)
        plan.demand?.initialStock = -1
        #expect(throws: CampaignRefusal.self) { try Campaign(plan) }
    }

    /// The courses of the resources hold the same unit-hours as the sums of the run.
    @Test func useOverTimeAddsUpToTheUse() throws {
        let simulation = try simulation()
        let courses = simulation.resourceCourses(replications: 5)
        let runs = (0..<5).map { simulation.replication(UInt64($0)) }
        for course in courses {
            let open = UmbilicalCordCampaign().plan.calendar.openHours(until: 168)
            let hours =
                course.weeks.reduce(0, +) * Double(course.units)
                * (course.isKept ? 168 : open)
            let busy = runs.map { $0.busy[course.id] ?? 0 }.reduce(0, +) / 5
            #expect(abs(hours / busy - 1) < 1e-9, "\(course.id)")
            #expect(course.isKept == (course.id == "incubator"))
            #expect(course.peak > 0 && course.weeks.count <= CampaignSimulation.weeksAtMost)
        }
        #expect(simulation.resourceCourses(replications: 5, shouldStop: { true }).count == 4)
    }

    @Test func aStockTargetLeavesOutBatchesThatAreNotNeeded() throws {
        var plan = UmbilicalCordCampaign().plan
        plan.demand = CampaignDemand(
            patientsPerYear: 30, need: .doses(.fixed(1)), patience: 24 * 90)
        let without = try CampaignSimulation(try Campaign(plan), seed: 9).run(replications: 20)
        plan.stockTarget = 20
        let with = try CampaignSimulation(try Campaign(plan), seed: 9).run(replications: 20)
        #expect(with.batchesStarted.mean < without.batchesStarted.mean / 2)
        #expect((with.supply?.batchesLeftOut.mean ?? 0) > 5)
        #expect((with.supply?.inStock.mean ?? 0) < (without.supply?.inStock.mean ?? 0) / 3)
        #expect(
            (with.supply?.costPerPatient.mean ?? 0) < (without.supply?.costPerPatient.mean ?? 0))
    }

    @Test func stockExpires() throws {
        var plan = UmbilicalCordCampaign().plan
        plan.demand = CampaignDemand(
            patientsPerYear: 10, need: .doses(.fixed(1)), patience: 24 * 90)
        plan.demand?.shelfLife = 24 * 30
        let supply = try CampaignSimulation(try Campaign(plan), seed: 9)
            .run(replications: 10).supply
        #expect((supply?.expired.mean ?? 0) > 100)
    }

    @Test func aBankRunsOut() throws {
        var plan = UmbilicalCordCampaign().plan
        plan.material = StartingMaterial(
            origin: .vials(
                9, cellsPerVial: 5e6, recovery: .logitNormal(median: 0.85, sdLogit: 0.3)),
            donors: .batchesPerDonor(12), cost: 0)
        plan.bank = CampaignBank(vials: 26, vialsPerBatch: 9, banks: 5, costPerBank: 1000)
        let result = try CampaignSimulation(try Campaign(plan), seed: 9).run(replications: 10)
        let bank = try #require(result.bank)
        #expect(bank.runsOut == 1)
        #expect(bank.banks.mean == 5)
        #expect(bank.vials.mean == 90)
        #expect(result.batchesStarted.mean == 10)
        // Ten batches start every 336 h; the eleventh finds no vials.
        #expect(abs(bank.runsOutAt.mean - 3360) < 1)
    }

    /// Quantiles of 40,000 known values: exact below the limit, within a class above it.
    @Test func quantilesKeepTheirPromiseInBoundedMemory() {
        var exact = OutcomeCollector()
        for value in (1...9999).reversed() { exact.add(Double(value)) }
        #expect(exact.outcome().p50 == 5000)
        #expect(abs(exact.outcome().p5 - 500.9) < 1e-9)
        var many = OutcomeCollector()
        for value in 1...40_000 { many.add(Double(value)) }
        for (found, known) in [
            (many.outcome().p5, 2000.95), (many.outcome().p50, 20_000.5),
            (many.outcome().p95, 38_000.05),
        ] {
            #expect(abs(found - known) <= known / 512)
        }
        #expect(abs(many.outcome().mean - 20_000.5) < 1e-6)
        #expect(many.histogram(bins: 10).counts.reduce(0, +) == 40_000)
        var mixed = OutcomeCollector()
        for value in [-3.0, .nan, 1, .infinity, 2] { mixed.add(value) }
        #expect(mixed.outcome().count == 3)
        #expect(mixed.outcome().p50 == 1)
    }

    @Test func repetitionsFailuresAndShutdownsHaveTheirEffect() throws {
        var plan = UmbilicalCordCampaign().plan
        let place = try #require(plan.steps.firstIndex { $0.id == "test" })
        guard case .operate(var test) = plan.steps[place].action else { return }
        test.repetition = .init(0.5, atMost: 1)
        test.failure = .init(0.2, .process)
        plan.steps[place].action = .operate(test)
        let result = try CampaignSimulation(try Campaign(plan), seed: 4).run(replications: 60)
        let lost = Dictionary(
            uniqueKeysWithValues: result.losses.map { ($0.cause, $0.share) })
        // A quarter of those that reach the test stay without a valid result; a fifth of the
        // others fail.
        #expect(abs((lost[BatchLoss.noValidResult.name] ?? 0) - 0.25) < 0.05)
        #expect(abs((lost[BatchLoss.process.name] ?? 0) - 0.15) < 0.05)
        var closed = UmbilicalCordCampaign().plan
        closed.calendar.days = [0, 1, 2, 3, 4]
        closed.calendar.shutdownWeeks = [31, 32, 52]
        let run = CampaignSimulation(try Campaign(closed), seed: 4).replication(0, traced: true)
        for operation in run.operations
        where ["seed", "feed", "harvest", "fill"].contains(operation.label) {
            // What begins in a shift may have waited in it for others, never past a night.
            #expect(closed.calendar.works(onDay: Int(operation.start / 24)))
        }
    }
}
