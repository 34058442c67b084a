import Foundation
import Testing

@testable import Statistics

struct GrowthComparisonTests {
    private func counts(_ times: [Double], seed: UInt64) -> [Double] {
        var random = RandomSource(seed: seed)
        return times.map { time in
            1e7 / (1 + (1e7 / 2e5 - 1) * exp(-0.9 * time)) * exp(0.03 * random.normal())
        }
    }

    @Test func prefersTheModelTheCountsCameFrom() throws {
        let times = (0...14).map { Double($0) * 0.75 }
        let comparison = try GrowthComparison(times: times, counts: counts(times, seed: 4))
        #expect(comparison.candidates.first?.name == GrowthModel.logarithmicLogistic.rawValue)
        #expect(comparison.candidates.last?.name == GrowthComparison.exponential)
        expectClose(comparison.candidates.reduce(0) { $0 + $1.weight }, 1, relative: 1e-12)
        #expect(comparison.candidates.first?.difference == 0)
        #expect(comparison.refused.isEmpty)
        let rate = try #require(comparison.candidates.first).rate.get().value
        expectClose(rate, 0.9, relative: 0.05)
    }

    @Test func theCriterionIsThatOfItsDefinition() throws {
        let times = (0...9).map { Double($0) }
        let values = counts(times, seed: 9)
        let comparison = try GrowthComparison(times: times, counts: values)
        for own in comparison.candidates {
            let squares = zip(times, values).reduce(0.0) { sum, pair in
                let residual = log10(pair.1) - GrowthComparison.value(own, at: pair.0)
                return sum + residual * residual
            }
            let (n, k) = (10.0, Double(own.parameters.count + 1))
            let expected = n * log(squares / n) + 2 * k + 2 * k * (k + 1) / (n - k - 1)
            expectClose(own.aicc, expected, relative: 1e-8, own.name)
        }
    }

    @Test func theTwoScalesOfTheLogisticAgreeWithoutNoise() throws {
        let times = (0...12).map { Double($0) }
        let values = times.map { 5e6 / (1 + 24 * exp(-0.7 * $0)) }
        let plain = try GrowthFit(.logistic, times: times, values: values)
        let log = try GrowthFit(
            .logarithmicLogistic, times: times, values: values.map { log10($0) })
        expectClose(plain.parameters[2], log.parameters[0], relative: 1e-6)
        expectClose(plain.parameters[0], pow(10, log.parameters[2]), relative: 1e-6)
        expectClose(plain.parameters[1], pow(10, log.parameters[1]), relative: 1e-6)
    }

    @Test func refusesCountsThatAreNotPositive() {
        #expect(throws: AnalysisError.self) {
            try GrowthComparison(times: [0, 1, 2, 3], counts: [1, 0, 2, 3])
        }
        #expect(throws: AnalysisError.self) {
            try GrowthComparison(times: [0, 1], counts: [1, 2])
        }
    }
}
