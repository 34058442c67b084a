import Foundation
import Planner
import Testing

/// Sensitivity indices against analytic values and an independent implementation.
@Suite struct GlobalSensitivityTests {
    /// The function of T. Ishigami and T. Homma (1990) with a = 7, b = 0.1, whose indices are known
    /// in closed form: S = 0.3139, 0.4424, 0; S_T = 0.5576, 0.4424, 0.2437.
    @Test func ishigamiFunction() throws {
        let varied = ["x1", "x2", "x3"].map { VariedParameter($0, -Double.pi, Double.pi) }
        let found = try SobolIndices.analyse(varied, samples: 4096, seed: 1, resamples: 60) { x in
            sin(x[0]) + 7 * sin(x[1]) * sin(x[1]) + 0.1 * pow(x[2], 4) * sin(x[0])
        }
        let (a, b, pi) = (7.0, 0.1, Double.pi)
        let variance = a * a / 8 + b * pow(pi, 4) / 5 + b * b * pow(pi, 8) / 18 + 0.5
        let one = 0.5 * pow(1 + b * pow(pi, 4) / 5, 2)
        let (two, both) = (a * a / 8, b * b * pow(pi, 8) * (1.0 / 18 - 1.0 / 50))
        let first = [one / variance, two / variance, 0]
        let total = [(one + both) / variance, two / variance, both / variance]
        for (index, place) in zip(found.indices, 0...) {
            #expect(abs(index.first - first[place]) < 0.02, "\(index)")
            #expect(abs(index.total - total[place]) < 0.02, "\(index)")
            #expect(index.totalHalfWidth > 0)
        }
        #expect(abs(found.variance - variance) / variance < 0.02)
        #expect(found.runs == 4096 * 5)
    }

    /// The cost of an administration in ten parameters, as an independent planner varied it.
    private func costPerAdministration(_ x: [Double]) -> Double {
        let cells = (101_760 * x[0] * x[1] - 2e7) * x[2]
        let administrations = (cells / 55e6 - 6) * 55e6 * x[3] / 75e6
        let medium = (101_760 * 0.205 * 2 + 12_720 * 0.205 * 2) / 1e3 * x[4]
        let lot = medium + 18 * 380 + 6900 + x[5] + x[6] * 75
        return (x[8] + x[9] * lot) / (x[9] * (1 - x[7]) * administrations)
    }

    @Test func costOfAnAdministration() throws {
        let expected = try Expected.load().sensitivity
        let varied = zip(expected.names.list, expected.bounds.list).map {
            VariedParameter($0.text, $1[0].number, $1[1].number)
        }
        let found = try SobolIndices.analyse(
            varied, samples: 1024, seed: 11, resamples: 60, model: costPerAdministration)
        #expect(Double(found.runs) == expected.evals.number)
        for (place, index) in found.indices.enumerated() {
            #expect(abs(index.first - expected.S1[place].number) < 0.02, "\(index)")
            #expect(abs(index.total - expected.ST[place].number) < 0.02, "\(index)")
        }
        #expect(abs(found.mean / expected.mean.number - 1) < 0.02)
        let ranks = try PartialRankCorrelation.analyse(
            varied, samples: 4000, seed: 3, model: costPerAdministration)
        for (place, rank) in ranks.enumerated() {
            let wanted = expected.PRCC_LHS4000[place].number
            #expect(abs(rank.coefficient - wanted) < 0.04, "\(rank), \(wanted)")
            #expect(rank.lower < rank.coefficient && rank.coefficient < rank.upper)
        }
    }

    /// A parameter that does nothing has no index, and one that does all has the whole.
    @Test func parametersWithoutEffect() throws {
        let varied = [VariedParameter("works", 0, 1), VariedParameter("idle", 0, 1)]
        let found = try SobolIndices.analyse(varied, samples: 512, seed: 5) { 3 + 2 * $0[0] }
        #expect(abs(found.indices[0].first - 1) < 0.02)
        #expect(abs(found.indices[1].total) < 1e-12)
    }

    @Test func whatCannotBeAnalysedIsRefused() {
        let one = [VariedParameter("x", 0, 1)]
        #expect(throws: (any Error).self) {
            try SobolIndices.analyse(one, samples: 64, seed: 1) { _ in 4 }
        }
        #expect(throws: (any Error).self) {
            try SobolIndices.analyse(one, samples: 64, seed: 1) { _ in .nan }
        }
        #expect(throws: (any Error).self) {
            try SobolIndices.analyse(one, samples: 1_000_000_000, seed: 1) { $0[0] }
        }
        #expect(throws: (any Error).self) {
            try SobolIndices.analyse(
                [VariedParameter("x", 2, 1)], samples: 64, seed: 1
            ) { $0[0] }
        }
        #expect(throws: (any Error).self) {
            try PartialRankCorrelation.analyse(one, samples: 2, seed: 1) { $0[0] }
        }
    }
}
