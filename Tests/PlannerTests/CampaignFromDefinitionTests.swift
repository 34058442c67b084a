import Foundation
import ProductDefinition
import TestSupport
import Testing

@testable import Planner

/// The definition that is checked and executed is the one that is simulated.
@Suite struct CampaignFromDefinitionTests {
    private func definition(_ name: String) throws -> Definition {
        let examples = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Examples")
        return try #require(
            DefinitionFiles.read(examples.appending(path: name).path()).definition)
    }

    /// The median batch of the engine stands where the deterministic plan puts it. The plan has
    /// no working hours: a night's wait lets cells grow on towards the plateau.
    @Test func theUmbilicalCordBatchIsThatOfThePlan() throws {
        let campaign = try Campaign(definition("uc-msc"))
        let plan = try Plan.make(
            PlanningCase(definition("uc-msc")), PlanOptions())
        let nominal = campaign.nominal
        #expect(nominal.cells > 0.97 * plan.batch.cells)
        #expect(nominal.cells < 1.35 * plan.batch.cells)
        #expect(nominal.vials >= 0)
        let donors = campaign.plan.material.donors
        #expect(donors == .batchesPerDonor(12))
        #expect(campaign.plan.resources.map(\.id).contains("isolator"))
        #expect(campaign.plan.calendar.shutdownWeeks == [31, 32, 52])
    }

    @Test func aYearOfTheUmbilicalCordProductIsSimulated() throws {
        let campaign = try Campaign(definition("uc-msc"))
        let result = try CampaignSimulation(campaign, seed: 1).run(replications: 60)
        #expect(result.batchesStarted.mean == 24)
        #expect(result.batchesReleased.mean > 18 && result.batchesReleased.mean < 24)
        #expect(result.littleGap < 1e-9)
        let supply = try #require(result.supply)
        #expect(supply.unit == "vials")
        #expect(abs(supply.patients.mean - 150) < 10)
        #expect(supply.costPerPatient.p50 > 10_000 && supply.costPerPatient.p50 < 60_000)
        #expect(result.bank?.runsOut == 0)
        #expect(result.currency == "EUR")
        let text = result.text
        #expect(text.contains("per patient served, EUR"))
        #expect(text.contains("<- bottleneck"))
    }

    @Test func noBatchIsWorkedOnInAShutdown() throws {
        let campaign = try Campaign(definition("uc-msc"))
        let run = CampaignSimulation(campaign, seed: 1).replication(0, traced: true)
        for operation in run.operations where operation.label != "results" {
            guard operation.label != "release", operation.label != "test" else { continue }
            let day = Int(operation.start / 24)
            #expect(campaign.plan.calendar.works(onDay: day), "\(operation.label) on day \(day)")
        }
    }

    @Test func aYearOfThePluripotentProductIsSimulated() throws {
        let campaign = try Campaign(definition("psc-dopaminergic"))
        #expect(campaign.plan.material.donors == .donors(1))
        let result = try CampaignSimulation(campaign, seed: 1).run(replications: 200)
        #expect(result.batchesStarted.mean == 4)
        // Differentiation 0.90, tests 0.85, a few open operations: about three of four.
        let share = result.batchesReleased.mean / result.batchesStarted.mean
        #expect(share > 0.6 && share < 0.85)
        #expect(result.losses.map(\.cause).contains(BatchLoss.process.name))
    }

    @Test func whatAPersonChoosesCounts() throws {
        var choices = CampaignChoices()
        choices.batches = 6
        choices.patients = 40
        let campaign = try Campaign(definition("uc-msc"), choices)
        #expect(campaign.plan.schedule.batches == 6)
        #expect(campaign.plan.demand?.patientsPerYear == 40)
        choices.batches = 0
        #expect(throws: CampaignRefusal.self) {
            try Campaign(definition("uc-msc"), choices)
        }
        choices.batches = 5
        choices.patients = .nan
        #expect(throws: CampaignRefusal.self) {
            try Campaign(definition("uc-msc"), choices)
        }
    }

    @Test func whatADefinitionLacksIsNamed() throws {
        var definition = try definition("uc-msc")
        definition.planning?.batchesPerYear = nil
        do throws(CampaignRefusal) {
            _ = try Campaign(definition)
            Issue.record("it was accepted")
        } catch {
            #expect(error.kind == .incomplete)
            #expect(error.wayOut.contains("batches-per-year"))
        }
        definition.planning = nil
        do throws(CampaignRefusal) {
            _ = try Campaign(definition)
            Issue.record("it was accepted")
        } catch {
            #expect(error.kind == .incomplete)
        }
    }
}
