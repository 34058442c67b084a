import Foundation
import Planner
import TestSupport
import Testing

/// Closed forms and published values behind a plan.
@Suite struct SizingArithmeticTests {
    /// Four passages of 2.9 doublings are 11.6 (Stem Cells Int 2013, 246134, Table 2).
    @Test func populationDoublings() {
        let each = PopulationDoublings.between(seeded: 1, harvested: pow(2, 2.9))
        #expect(abs(4 * each - 11.6) < 1e-12)
        #expect(PopulationDoublings.passages(from: 1e6, to: 1e9, factor: 10) == 3)
        #expect(PopulationDoublings.passages(from: 1e6, to: 1.1e9, factor: 10) == 4)
        #expect(PopulationDoublings.passages(from: 1e6, to: 1e5, factor: 10) == 0)
        #expect(PopulationDoublings.passages(from: 1e6, to: 1e9, factor: 1) == nil)
    }

    /// Logistic growth far below its plateau is exponential.
    @Test func logisticTime() throws {
        let hours = try #require(
            PopulationDoublings.logisticHours(
                from: 1, to: 8, maximum: 1e12, doublingTime: 24, lag: 12))
        #expect(abs(hours - (12 + 72)) < 1e-6)
        #expect(
            PopulationDoublings.logisticHours(
                from: 1, to: 10, maximum: 10, doublingTime: 24, lag: 0) == nil)
    }

    /// Sums of binomial terms, term by term.
    @Test func binomialTailsEqualTheirSums() {
        forAll { generator in
            let n = Int.random(in: 1...40, using: &generator)
            let k = Int.random(in: 0...n, using: &generator)
            let p = Double.random(in: 0.01...0.99, using: &generator)
            var sum = 0.0
            for i in k...n {
                let logs =
                    lgamma(Double(n) + 1) - lgamma(Double(i) + 1) - lgamma(Double(n - i) + 1)
                sum += exp(logs + Double(i) * log(p) + Double(n - i) * log(1 - p))
            }
            let tail = CountDistributions.binomialAtLeast(k, of: n, probability: p)
            #expect(abs(tail - sum) < 1e-10)
        }
    }

    /// The 95 % quantiles of Poisson counts, as R's qpois gives them.
    @Test(arguments: [(1.0, 3), (60, 73), (150, 170), (20_000, 20_233)])
    func poissonQuantiles(mean: Double, quantile: Int) {
        #expect(CountDistributions.poissonQuantile(mean: mean, confidence: 0.95) == quantile)
    }

    @Test func trialsAreTheLeastThatSuffice() {
        forAll { generator in
            let k = Int.random(in: 1...30, using: &generator)
            let p = Double.random(in: 0.2...0.99, using: &generator)
            let n = CountDistributions.trials(for: k, probability: p, confidence: 0.95) ?? 0
            #expect(CountDistributions.binomialAtLeast(k, of: n, probability: p) >= 0.95)
            #expect(CountDistributions.binomialAtLeast(k, of: n - 1, probability: p) < 0.95)
        }
        #expect(CountDistributions.trials(for: 3, probability: 0, confidence: 0.95) == nil)
        #expect(CountDistributions.trials(for: 3, probability: 1e-9, confidence: 0.95) == nil)
        // One donor in 0.474 becomes a stock: five donations for one with 95 % confidence.
        #expect(CountDistributions.trials(for: 1, probability: 0.4741105, confidence: 0.95) == 5)
    }

    /// Vials to thaw: without spread and loss the quotient, more with either.
    @Test func vialsToThaw() {
        func vials(_ spread: Double, _ failure: Double) -> Int? {
            BankPlan.vialsToThaw(
                needed: 38e6, mean: 4.25e6, spread: spread, failure: failure, confidence: 0.95)
        }
        #expect(vials(0, 0) == 9)
        #expect((vials(1e6, 0) ?? 0) > 9)
        #expect((vials(0, 0.05) ?? 0) == 11)
        #expect(vials(.nan, 0) == nil)
    }

    /// The capital recovery factor of a loan of 10 years at 8 % is 0.14903.
    @Test func capitalRecovery() throws {
        let factor = try #require(FacilityCost.capitalRecovery(interest: 0.08, years: 10))
        #expect(abs(factor - 0.149_029_49) < 1e-8)
        #expect(FacilityCost.capitalRecovery(interest: 0, years: 5) == 0.2)
        #expect(FacilityCost.capitalRecovery(interest: 0.05, years: 0) == nil)
    }

    /// A recovery of 0.952 with a standard deviation of 0.08 has a shape of 0.29.
    @Test func betaShape() throws {
        let shape = try #require(BetaShape.byMoments(mean: 0.952, spread: 0.08))
        #expect(abs(shape.b - 0.29) < 0.01)
        #expect(BetaShape.byMoments(mean: 0.5, spread: 0.6) == nil)
    }

    /// The shares of a cut weight distribution add to one.
    @Test func weightsAddToOne() {
        let weight = WeightDistribution(mean: 75, spread: 15, minimum: 40, maximum: 130)
        let shares = (0..<20).map {
            weight.probability(above: Double($0) * 10, through: Double($0) * 10 + 10)
        }
        #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
    }

    @Test func safetyStockInNormalForm() throws {
        let stock = try #require(
            StockPlan.safetyStock(
                demand: 10, spread: 3, leadDays: 9, leadSpread: 2, serviceLevel: 0.95))
        #expect(abs(stock - 1.644_853_627 * (9 * 9.0 + 100 * 4).squareRoot()) < 1e-6)
    }

    @Test func numbersInSentences() {
        #expect(PlanNumber.text(16_392.66) == "16,393")
        #expect(PlanNumber.text(2_527_718_400) == "2.53e9")
        #expect(PlanNumber.text(0.474) == "0.474")
        #expect(PlanNumber.whole(-1_234_567) == "-1,234,567")
        #expect(PlanNumber.text(.nan) == "nan")
    }
}
