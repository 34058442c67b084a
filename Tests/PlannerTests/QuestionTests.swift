import Foundation
import Planner
import Testing

/// Banks, suppliers, failures, yields and what moves the cost.
@Suite struct QuestionTests {
    /// An independent Monte Carlo of 200,000 batches.
    @Test func yieldOfABatch() throws {
        let planned = try referenceCase("uc-msc")
        let made = try Plan.make(planned)
        let expected = try Expected.load().uc_mc
        let drawn = try YieldUncertainty.of(made, planned, campaigns: 1500, seed: 7)
        #expect(drawn.releasable.low == expected.vials_releasable[0].number)
        #expect(drawn.releasable.median == expected.vials_releasable[1].number)
        #expect(drawn.releasable.high == expected.vials_releasable[2].number)
        #expect(abs(drawn.success - expected.p_success.number) < 0.005)
        let each = expected.administrations_per_started_batch_mean.number
        #expect(abs(drawn.administrationsPerStart / each - 1) < 0.01)
        let cost = drawn.costPerAdministration
        #expect(cost.low < cost.median && cost.median < cost.high)
        #expect(throws: (any Error).self) {
            try YieldUncertainty.of(made, planned, campaigns: 1_000_000_000, seed: 7)
        }
    }

    @Test func bankDepletion() throws {
        let made = try Plan.make(referenceCase("psc-dopaminergic"))
        let bank = BankDepletion.of(made.banks[0], vialsPerUse: 2)
        // 130 usable vials, two for each of six batches a year.
        #expect(bank.vialsLeft.prefix(3) == [130, 118, 106])
        #expect(abs((bank.years ?? 0) - 130.0 / 12) < 1e-12)
        #expect(bank.limit == "vials")
        let short = BankDepletion.of(made.banks[0], vialsPerUse: 2, shelfLifeYears: 5)
        #expect(short.years == 5 && short.limit == "shelf life")
    }

    @Test func supplierOutage() throws {
        let made = try Plan.make(referenceCase("uc-msc"))
        var need = try #require(made.materials.first)
        need.safetyStock = need.amount / 365 * 30
        let short = SupplierOutage.of(need, days: 20, in: made)
        #expect(short.batchesLost == 0)
        let long = SupplierOutage.of(need, days: 30 + 4 * made.batches.intervalDays, in: made)
        #expect(abs(long.batchesLost - 4) < 1e-9)
        #expect(long.administrationsLost > 60)
    }

    @Test func batchFailures() throws {
        let planned = try referenceCase("uc-msc")
        let made = try Plan.make(planned)
        let failure = BatchFailure.of(made, planned.failures)
        #expect(abs(failure.contamination + failure.other - (1 - made.batch.success)) < 1e-12)
        #expect(abs(failure.expected - 24 * (1 - made.batch.success)) < 1e-12)
        #expect(failure.most95 == 3)
    }

    /// Utilisation first, biology second: the order of the published sensitivity.
    @Test func whatMovesTheCost() throws {
        let tornado = try CostTornado.of(referenceCase("uc-msc"), PlanOptions())
        #expect(
            tornado.bars.first.map { ["patients", "fixed cost of a year"].contains($0.parameter) }
                == true)
        let reach = Dictionary(uniqueKeysWithValues: tornado.bars.map { ($0.parameter, $0.reach) })
        #expect((reach["density at harvest"] ?? 0) > (reach["wages by the hour"] ?? 1))
        #expect(tornado.bars.allSatisfy { $0.costAtLow != nil && $0.costAtHigh != nil })
    }

    @Test func publishedPricesHaveTheirBasis() {
        #expect(PublishedCost.prices.contains { $0.name == "Alofisel" && $0.low == 54_000 })
        #expect(PublishedCost.prices.allSatisfy { $0.kind == .price && !$0.basis.isEmpty })
        #expect(PublishedCost.studies.allSatisfy { $0.kind == .cost && $0.year != nil })
    }
}
