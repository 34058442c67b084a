import Foundation
import Statistics

/// When a bank runs out, year by year.
public struct BankDepletion: Codable, Sendable, Hashable {
    /// The bank.
    public var bank: String
    /// Vials left after each year, beginning with the full bank.
    public var vialsLeft: [Double]
    /// Years until it is used up; nil when nothing uses it.
    public var years: Double?
    /// What ends it: vials, or the shelf life of the bank.
    public var limit: String

    /// The depletion of `bank` over the coming years, with failed batches using vials as well.
    /// - Parameter shelfLifeYears: how long the bank may be kept, if that is limited.
    public static func of(
        _ bank: BankPlan, vialsPerUse: Int, shelfLifeYears: Double? = nil, over horizon: Int = 20
    ) -> BankDepletion {
        let perYear = bank.usesPerYear * Double(vialsPerUse)
        var left: [Double] = []
        for year in 0...max(min(horizon, 200), 1) {
            left.append(max(Double(bank.usable) - perYear * Double(year), 0))
        }
        let byVials = perYear > 0 ? Double(bank.usable) / perYear : nil
        let isKeptShorter = shelfLifeYears.map { $0 < byVials ?? .infinity } ?? false
        return BankDepletion(
            bank: bank.bank, vialsLeft: left, years: isKeptShorter ? shelfLifeYears : byVials,
            limit: isKeptShorter ? "shelf life" : "vials")
    }
}

/// What happens when a supplier does not deliver for some time.
public struct SupplierOutage: Codable, Sendable, Hashable {
    /// The material.
    public var material: String
    /// Days without delivery.
    public var days: Double
    /// Days that the safety stock lasts.
    public var coveredDays: Double
    /// Batches that cannot be started.
    public var batchesLost: Double
    /// Administrations that are not made.
    public var administrationsLost: Double
    /// What the lost batches would have carried of the fixed cost.
    public var costOfIdleTime: Double

    /// An outage of `days` of the supplier of `need`, in the plan `plan`.
    public static func of(_ need: MaterialNeed, days: Double, in plan: Plan) -> SupplierOutage {
        let period = plan.options.years * 365
        let perDay = need.amount / period
        let covered = perDay > 0 ? (need.safetyStock ?? 0) / perDay : 0
        let idle = max(days - covered, 0)
        let lost = min(idle / plan.batches.intervalDays, Double(plan.batches.toStart))
        return SupplierOutage(
            material: need.material, days: days, coveredDays: covered, batchesLost: lost,
            administrationsLost: lost * plan.batch.administrations * plan.batch.success,
            costOfIdleTime: plan.cost.fixed * min(idle / period, 1))
    }
}

/// How often a batch will fail.
public struct BatchFailure: Codable, Sendable, Hashable {
    /// Contamination in any open operation.
    public var contamination: Double
    /// Everything else: differentiation, specification.
    public var other: Double
    /// The probability of at least one failure among the batches of the period.
    public var atLeastOne: Double
    /// Failures in the period on average.
    public var expected: Double
    /// Failures that are not exceeded with a probability of 95 %.
    public var most95: Int

    /// The failures that `plan` has to live with.
    public static func of(_ plan: Plan, _ rates: FailureProbabilities) -> BatchFailure {
        let open = Double(plan.stages.last?.openOperationIDs.count ?? 0)
        let clean = pow(1 - rates.contaminationPerOpenOperation, open)
        let (success, started) = (plan.batch.success, plan.batches.toStart)
        var most = 0
        while most < started,
            1 - CountDistributions.binomialAtLeast(most + 1, of: started, probability: 1 - success)
                < 0.95
        {
            most += 1
        }
        return BatchFailure(
            contamination: 1 - clean, other: clean - success,
            atLeastOne: 1 - pow(success, Double(started)),
            expected: (1 - success) * Double(started), most95: most)
    }

    /// The upper limit of a failure rate after `failures` in `trials`, by the Beta posterior with
    /// the prior of Jeffreys, Beta(x + 1/2, n − x + 1/2); near 3/n when nothing has failed.
    public static func upperLimit(
        failures: Int, trials: Int, confidence: Double = 0.95
    ) -> Double? {
        guard failures >= 0, trials >= failures, confidence > 0, confidence < 1 else { return nil }
        return try? BetaDistribution(Double(failures) + 0.5, Double(trials - failures) + 0.5)
            .quantile(confidence)
    }
}
