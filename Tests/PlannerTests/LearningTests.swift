import Foundation
import Planner
import Statistics
import TestSupport
import Testing

/// What a site's records teach, against closed forms.
@Suite struct LearningTests {
    private let law = GrowthLaw(
        doublingTime: 31.9, slope: 0.04, lag: 12, lagAfterThaw: 24, attachment: 0.85,
        targetDensity: 27_000, maximumDensity: 42_000, harvestRecovery: 0.92, mediumPerArea: 0.205,
        donorSpread: 0.12, batchSpread: 0.06, passageSpread: 0.05)

    @Test func withoutRecordsThePriorStands() throws {
        let learned = try GrowthLearning.from([], law: law)
        #expect(abs(learned.posterior.median - 31.9) < 1e-9)
        #expect(learned.observedMedian == nil)
        let whole = (0.12 * 0.12 + 0.06 * 0.06 + 0.05 * 0.05).squareRoot()
        #expect(abs(learned.prior.logSpread - whole) < 1e-12)
    }

    /// One record of one batch: the normal-normal update by hand.
    @Test func oneRecordMovesTheMeanByItsWeight() throws {
        let record = PassageRecord(
            donor: "D", batch: "B", passage: 3, doublingTime: 40 * (1 + 0.04 * 2))
        let learned = try GrowthLearning.from([record], law: law)
        let prior = 0.12 * 0.12 + 0.06 * 0.06 + 0.05 * 0.05
        // The record's variance about the population mean is the same as the prior's.
        let expected = (log(31.9) / prior + log(40) / prior) / (2 / prior)
        #expect(abs(log(learned.posterior.median) - expected) < 1e-12)
        #expect(abs(learned.posterior.logSpread - (prior / 2).squareRoot()) < 1e-12)
        // The donor's own value lies nearer to its record than the population does.
        #expect(learned.donors[0].own.median > learned.posterior.median)
        #expect(learned.donors[0].own.median < 40)
    }

    /// The closed form equals the solution of the whole normal system, term by term.
    @Test func theHierarchyEqualsTheFullNormalModel() throws {
        var random = SeededGenerator(seed: 9)
        var records: [PassageRecord] = []
        for donor in 0..<3 {
            for batch in 0..<(donor + 1) {
                for passage in 1...(batch + 2) {
                    records.append(
                        PassageRecord(
                            donor: "D\(donor)", batch: "D\(donor)B\(batch)", passage: passage,
                            doublingTime: Double.random(in: 25...45, using: &random)))
                }
            }
        }
        let learned = try GrowthLearning.from(records, law: law)
        let prior = 0.12 * 0.12 + 0.06 * 0.06 + 0.05 * 0.05
        // Generalised least squares with the marginal covariance of the records and the prior.
        let values = records.map { log($0.doublingTime / (1 + 0.04 * Double($0.passage - 1))) }
        let count = records.count
        var covariance = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
        for (i, one) in records.enumerated() {
            for (j, other) in records.enumerated() {
                if one.donor == other.donor { covariance[i][j] += 0.12 * 0.12 }
                if one.batch == other.batch { covariance[i][j] += 0.06 * 0.06 }
                if i == j { covariance[i][j] += 0.05 * 0.05 }
            }
        }
        let weights = solved(covariance, [Double](repeating: 1, count: count))
        let precision = weights.reduce(0, +) + 1 / prior
        let mean =
            (zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 } + log(31.9) / prior) / precision
        #expect(abs(log(learned.posterior.median) - mean) < 1e-10)
        #expect(abs(learned.posterior.logSpread - (1 / precision).squareRoot()) < 1e-10)
    }

    /// Records drawn from a known population: its mean is found, and the interval holds it.
    @Test func aKnownPopulationIsFound() throws {
        var source = RandomSource(seed: 4)
        var records: [PassageRecord] = []
        for donor in 0..<40 {
            let own = 0.12 * source.normal()
            for batch in 0..<5 {
                let shift = 0.06 * source.normal()
                for passage in 1...4 {
                    let value = log(36) + own + shift + 0.05 * source.normal()
                    records.append(
                        PassageRecord(
                            donor: "\(donor)", batch: "\(donor)-\(batch)", passage: passage,
                            doublingTime: exp(value) * (1 + 0.04 * Double(passage - 1))))
                }
            }
        }
        let learned = try GrowthLearning.from(records, law: law)
        #expect(learned.posterior.lower < 36 && learned.posterior.upper > 36)
        #expect(abs(learned.posterior.median / 36 - 1) < 0.05)
        #expect(learned.posterior.logSpread < learned.prior.logSpread / 4)
    }

    @Test func failureRateIsBetaBinomial() throws {
        let learned = try FailureLearning.of(
            "batches", mean: 0.05, highest: nil, failures: 3, trials: 11)
        #expect(learned.prior.a == 0.5)
        #expect(abs(learned.posterior.mean - 3.5 / 21) < 1e-12)
        #expect(learned.posterior.lower < learned.posterior.mean)
        // With a highest rate the prior takes the weight at which that is its 97.5 % quantile.
        let wide = try FailureLearning.of(
            "batches", mean: 0.04, highest: 0.25, failures: 0, trials: 0)
        #expect(abs(wide.prior.upper - 0.25) < 1e-6)
        #expect(wide.posterior == wide.prior)
    }

    /// Zero failures in n: the rule of three, 3/n.
    @Test func nothingHasFailedYet() throws {
        let upper = try #require(BatchFailure.upperLimit(failures: 0, trials: 100))
        #expect(abs(upper - 0.019) < 0.001)
        #expect(BatchFailure.upperLimit(failures: 4, trials: 3) == nil)
    }

    @Test func damagedRecordsAreRefused() {
        for time in [0, -3, .nan, .infinity] {
            #expect(throws: AnalysisError.self) {
                try GrowthLearning.from(
                    [PassageRecord(donor: "D", batch: "B", passage: 1, doublingTime: time)],
                    law: law)
            }
        }
        #expect(throws: AnalysisError.self) {
            try FailureLearning.of("batches", mean: 0, highest: nil, failures: 0, trials: 0)
        }
        #expect(throws: AnalysisError.self) {
            try FailureLearning.of("batches", mean: 0.1, highest: nil, failures: 5, trials: 3)
        }
    }

    private func solved(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
        var (rows, values) = (matrix, right)
        for column in rows.indices {
            for row in rows.indices where row != column {
                let factor = rows[row][column] / rows[column][column]
                for place in rows.indices { rows[row][place] -= factor * rows[column][place] }
                values[row] -= factor * values[column]
            }
        }
        return rows.indices.map { values[$0] / rows[$0][$0] }
    }
}
