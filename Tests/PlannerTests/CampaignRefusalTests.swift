import Planner
import TestSupport
import Testing

/// A plan that cannot be simulated is refused with the thing, its value and the way out.
@Suite struct CampaignRefusalTests {
    private func refusal(
        _ change: (inout CampaignPlan) -> Void, sourceLocation: SourceLocation = #_sourceLocation
    ) -> CampaignRefusal? {
        var plan = UmbilicalCordCampaign().plan
        change(&plan)
        do throws(CampaignRefusal) {
            _ = try Campaign(plan)
            Issue.record("the plan was accepted", sourceLocation: sourceLocation)
            return nil
        } catch {
            #expect(!error.wayOut.isEmpty, sourceLocation: sourceLocation)
            return error
        }
    }

    @Test func noCapacity() {
        #expect(refusal { $0.resources[1].units = 0 }?.kind == .noCapacity)
        #expect(refusal { $0.resources[2].units = 1 }?.kind == .noCapacity)
        let places = refusal { $0.resources[0].units = 15 }
        #expect(places?.kind == .noCapacity)
        #expect(places?.what.contains("16 of 'incubator'") == true)
        #expect(places?.what.contains("15") == true)
        #expect(
            refusal { $0.calendar.shutdownWeeks = Set(1...52) }?.kind == .noCapacity)
        #expect(refusal { $0.calendar.days = [] }?.kind == .noCapacity)
    }

    @Test func zeroYield() {
        #expect(refusal { $0.filling.recovery = 0 }?.kind == .zeroYield)
        #expect(refusal { $0.filling.cellsPerDose = 1e14 }?.kind == .zeroYield)
        #expect(refusal { $0.growth.harvestDensity = 3000 }?.kind == .zeroYield)
        #expect(
            refusal {
                $0.material.origin = .tissue(medianCells: 0, sdLogDonor: 0, sdLogBatch: 0)
            }?.kind == .zeroYield)
    }

    @Test func noDemand() {
        #expect(refusal { $0.schedule.batches = 0 }?.kind == .noDemand)
        #expect(
            refusal {
                $0.demand = CampaignDemand(
                    patientsPerYear: 0, need: .doses(.fixed(2)), patience: 100)
            }?.kind == .noDemand)
        #expect(refusal { $0.stockTarget = 10 }?.kind == .noDemand)
        #expect(refusal { $0.steps = [] }?.kind == .noDemand)
    }

    @Test func processesWithoutAnEnd() {
        let cycle = refusal { $0.steps[3].next = "seed-0" }
        #expect(cycle?.kind == .cyclicProcess)
        #expect(cycle?.what.contains("'seed-0'") == true)
        #expect(
            refusal { plan in
                guard case .operate(var test) = plan.steps[25].action else { return }
                test.repetition = .init(0.1, atMost: 0)
                plan.steps[25].action = .operate(test)
            }?.kind == .endlessLoop)
        #expect(
            refusal { plan in
                guard case .culture(var culture) = plan.steps[2].action else { return }
                culture.feedsAtMost = 1_000_000_000
                plan.steps[2].action = .culture(culture)
            }?.kind == .endlessLoop)
        #expect(
            refusal { plan in
                guard case .operate(var fill) = plan.steps[24].action else { return }
                fill.crew.reverse()
                plan.steps[24].action = .operate(fill)
            }?.kind == .endlessLoop, "two orders of taking could wait for each other for ever")
    }

    @Test func numbersThatAreNone() {
        #expect(refusal { $0.growth.doublingTime = .nan }?.kind == .badNumber)
        #expect(refusal { $0.growth.doublingTime = -32 }?.kind == .badNumber)
        #expect(refusal { $0.growth.lag = .infinity }?.kind == .badNumber)
        #expect(refusal { $0.fixedCost = -1 }?.kind == .badNumber)
        #expect(refusal { $0.schedule.starts = .every(-1) }?.kind == .badNumber)
        #expect(refusal { $0.schedule.starts = .at([1, 2]) }?.kind == .badNumber)
        #expect(refusal { $0.resources[0].units = -4 }?.kind == .badNumber)
        #expect(
            refusal { plan in
                guard case .operate(var fill) = plan.steps[24].action else { return }
                fill.contamination = 1.5
                plan.steps[24].action = .operate(fill)
            }?.kind == .badNumber)
        #expect(
            refusal { plan in
                guard case .operate(var fill) = plan.steps[24].action else { return }
                fill.duration = .lognormal(median: .nan, sdLog: 0.1)
                plan.steps[24].action = .operate(fill)
            }?.kind == .badNumber)
    }

    @Test func namesThatAreNotThere() {
        #expect(refusal { $0.resources.removeLast() }?.kind == .unknownName)
        #expect(refusal { $0.steps[4].id = $0.steps[3].id }?.kind == .unknownName)
        #expect(refusal { $0.steps[3].next = "nowhere" }?.kind == .unknownName)
        #expect(refusal { $0.steps[3].next = "fill" }?.kind == .unknownName)
        #expect(refusal { $0.resources.append($0.resources[0]) }?.kind == .unknownName)
        #expect(
            refusal { $0.draws.pinned["fill/duration"] = DrawSlot(number: 3) }?.kind
                == .unknownName)
    }

    @Test func moreThanARunMayHold() throws {
        #expect(refusal { $0.schedule.batches = 1_000_000_000 }?.kind == .tooLarge)
        let simulation = CampaignSimulation(
            try Campaign(UmbilicalCordCampaign().plan), seed: 1)
        #expect(throws: CampaignRefusal.self) {
            try simulation.run(replications: 1_000_000_000)
        }
        #expect(throws: CampaignRefusal.self) { try simulation.run(replications: 0) }
        #expect(throws: CampaignRefusal.self) { try simulation.run(replications: -5) }
        #expect(throws: CampaignRefusal.self) { try simulation.run(replications: 5, threads: 0) }
        #expect(throws: CampaignRefusal.self) { try simulation.run(replications: 5, chunk: 0) }
    }
}
