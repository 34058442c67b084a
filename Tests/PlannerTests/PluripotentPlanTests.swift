import Planner
import Testing

/// The plan of the pluripotent example equals that of an independent planner.
@Suite struct PluripotentPlanTests {
    @Test func cells() throws {
        let plan = try Plan.make(referenceCase("psc-dopaminergic"))
        let expected = try Expected.load().psc
        let cultures = plan.stages.flatMap(\.cultures)
        #expect(cultures.map(\.operation) == ["EXP1", "EXP2", "D0", "D11"])
        for (culture, wanted) in zip(cultures, [expected.exp_T75, expected.exp_T175]) {
            same(culture.seedingDensity, wanted.seed)
            same(culture.seeded, wanted.used)
            same(culture.harvested, wanted.harvest)
            same(culture.doublings, wanted.PD)
        }
        same(cultures[0].seeded, expected.thawed)
        same(cultures[1].harvested - 1e6, expected.psc_at_D0)
        same(cultures[2].seeded, expected.d0_needed)
        same(cultures[2].harvested, expected.d11_harvest)
        same(cultures[3].seeded, expected.d11_replated)
        same(cultures[3].harvested, expected.d16_harvest)
        same(cultures[2].doublings, expected.PD_D0_D11)
        same(cultures[3].doublings, expected.PD_D11_D16)
    }

    @Test func dosesServiceAndBanks() throws {
        let plan = try Plan.make(referenceCase("psc-dopaminergic"))
        let expected = try Expected.load().psc
        same(Double(plan.batch.filled), expected.vials_filled)
        same(Double(plan.batch.releasable), expected.vials_releasable)
        same(plan.doses.containersPerAdministration, expected.vials_per_dose)
        same(plan.batch.administrations, expected.doses_per_batch)
        same(plan.batch.success, expected.p_batch_success)
        same(Double(plan.doses.patientsAtServiceLevel), expected.demand95)
        same(Double(plan.batches.successesNeeded), expected.successful_batches_for_95)
        same(Double(plan.batches.toStart), expected.batches_to_start_95_95)
        same(Double(plan.banks[0].uses), expected.batches_per_WCB)
        same(Double(plan.banks[1].uses), expected.WCBs_per_MCB)
        // 24 days of process, 42 of tests, 7 to the release.
        #expect(plan.batch.days == 73)
    }

    @Test func costs() throws {
        let plan = try Plan.make(referenceCase("psc-dopaminergic"))
        let expected = try Expected.load().psc
        let (stage, wanted) = (try #require(plan.stages.last), expected.batch_cost)
        same(stage.cost.materials, wanted.materials, "materials")
        same(stage.cost.consumables, wanted.consumables, "consumables")
        same(stage.cost.labour, wanted.labour, "labour")
        same(stage.hoursOfRole["operator"], wanted.hours_op, "operator")
        same(stage.roomHours, wanted.hours_room, "room")
        same(stage.cost.qualityControl, wanted.qc, "tests")
        same(stage.cost.total, wanted.variable_total, "total")
        same(plan.cost.total, expected.annual_total)
        same(plan.cost.perAdministrationUsed, expected.cost_per_dose_used)
        same(plan.cost.perAdministrationCapacity, expected.cost_per_dose_capacity)
    }
}
