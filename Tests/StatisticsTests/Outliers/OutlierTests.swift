import Foundation
import TestSupport
import Testing

@testable import Statistics

struct OutlierTests {
    /// NIST/SEMATECH e-Handbook 1.3.5.17.1: uranium isotopes by mass spectrometry (J. C. Tietjen &
    /// R. H. Moore 1972).
    static let isotopes = [199.31, 199.53, 200.19, 200.82, 201.92, 201.95, 202.18, 245.57]

    /// NIST/SEMATECH e-Handbook 1.3.5.17.3: the 54 values of B. Rosner (1983).
    static let vitamins = [
        -0.25, 0.68, 0.94, 1.15, 1.20, 1.26, 1.26, 1.34, 1.38, 1.43, 1.49, 1.49, 1.55, 1.56, 1.58,
        1.65, 1.69, 1.70, 1.76, 1.77, 1.81, 1.91, 1.94, 1.96, 1.99, 2.06, 2.09, 2.10, 2.14, 2.15,
        2.23, 2.24, 2.26, 2.35, 2.37, 2.40, 2.47, 2.54, 2.62, 2.64, 2.90, 2.92, 2.92, 2.93, 3.21,
        3.26, 3.30, 3.59, 3.68, 4.30, 4.64, 5.34, 5.42, 6.01,
    ]

    @Test func grubbsAsInTheHandbook() throws {
        let test = try GrubbsTest(Self.isotopes, side: .high)
        // Printed without rounding.
        expectClose(test.statistic, 2.4687, relative: 0, absolute: 1e-4)
        expectClose(test.critical, 2.032, relative: 0, absolute: 5e-4)
        #expect(test.position == 7)
        #expect(test.isOutlier)
        #expect(test.p < 1e-6)
        #expect(try GrubbsTest(Self.isotopes, side: .low).isOutlier == false)
    }

    @Test func theProbabilityOfGrubbsIsTheLevelAtItsLimit() throws {
        for count in [3, 5, 12, 60] {
            for side in GrubbsTest.Side.allCases {
                var values = (0..<count).map { sin(Double(3 * $0 + 1)) }
                // Moves one value until the statistic meets its limit.
                var (low, high) = (0.0, 1e6)
                for _ in 0..<200 {
                    let middle = (low + high) / 2
                    values[0] = (side == .low ? -1 : 1) * middle
                    let test = try GrubbsTest(values, side: side)
                    if test.statistic < test.critical { low = middle } else { high = middle }
                }
                let test = try GrubbsTest(values, side: side)
                if abs(test.statistic - test.critical) < 1e-9 {
                    expectClose(test.p, 0.05, relative: 1e-5, "\(count) \(side)")
                }
            }
        }
    }

    @Test func rosnersStepsAsInTheHandbook() throws {
        let test = try ExtremeDeviates(Self.vitamins, upTo: 10)
        let statistics = [
            3.118, 2.942, 3.179, 2.810, 2.815, 2.848, 2.279, 2.310, 2.101, 2.067,
        ]
        let limits = [3.158, 3.151, 3.143, 3.136, 3.128, 3.120, 3.111, 3.103, 3.094, 3.085]
        for (step, (statistic, limit)) in zip(test.steps, zip(statistics, limits)) {
            expectClose(step.statistic, statistic, relative: 0, absolute: 1.01e-3)
            expectClose(step.critical, limit, relative: 0, absolute: 1.01e-3)
        }
        // Only the third step exceeds its limit, and with it the first two are outliers.
        #expect(test.outliers == [53, 52, 51])
    }

    /// W. J. Dixon, Biometrics 9 (1953) 74, table of the 5 % points of one end.
    static let published: [(DixonTest.Ratio, Int, Double)] = [
        (.r10, 3, 0.941), (.r10, 4, 0.765), (.r10, 5, 0.642), (.r10, 6, 0.560), (.r10, 7, 0.507),
        (.r11, 8, 0.554), (.r11, 9, 0.512), (.r11, 10, 0.477), (.r21, 11, 0.576),
        (.r21, 12, 0.546), (.r21, 13, 0.521), (.r22, 14, 0.546), (.r22, 16, 0.507),
        (.r22, 20, 0.450), (.r22, 25, 0.406),
    ]

    @Test(arguments: published.indices)
    func dixonsTable(_ index: Int) {
        let (ratio, count, limit) = Self.published[index]
        #expect(DixonTest.Ratio.recommended(for: count) == ratio)
        let p = DixonTest.upperTail(limit, ratio, count: count)
        // The table was rounded to three decimals after integration by hand.
        #expect(abs(p - 0.05) < 0.0025, "\(ratio) of \(count): \(p)")
    }

    @Test func twoSidedLimitsAsRecomputedByRorabacher() {
        // D. B. Rorabacher, Anal. Chem. 63 (1991) 139, r10 at 95 % for both ends.
        for (count, limit) in [(3, 0.970), (4, 0.829), (5, 0.710), (6, 0.625), (7, 0.568)] {
            let p = 2 * DixonTest.upperTail(limit, .r10, count: count)
            // The limits have three decimals; a million simulated samples exceed that of six
            // values with probability 0.0514.
            #expect(abs(p - 0.05) < 0.002, "\(count): \(p)")
        }
    }

    @Test func theTailOfThreeValuesIsThatInClosedForm() {
        // For n = 3, P(r10 > r) = 1 - (6/pi) (atan((2r - 1)/sqrt 3) + pi/6) ... / 2 for one end
        // (J. O. Irwin 1925; W. J. Dixon 1951): the density is (3 sqrt 3 / pi) / (r^2 - r + 1) / 2
        // for the larger ratio of both ends, over r from 1/2 to 1.
        for r in [0.6, 0.8, 0.941, 0.99] {
            let root = 3.0.squareRoot()
            let tail = 3 / Double.pi * (Double.pi / 6 - atan((2 * r - 1) / root))
            expectClose(
                DixonTest.upperTail(r, .r10, count: 3), tail, relative: 1e-4, "\(r)")
        }
    }

    @Test func dixonFindsTheValueThatStandsApart() throws {
        let test = try DixonTest([0.189, 0.167, 0.187, 0.183, 0.186, 0.182, 0.181, 0.184, 0.181])
        #expect(test.position == 1)
        #expect(!test.isHigh)
        #expect(test.isOutlier)
    }

    @Test func refusesWhatCannotBeTested() {
        #expect(throws: AnalysisError.self) { try GrubbsTest([1, 2]) }
        #expect(throws: AnalysisError.self) { try GrubbsTest([1, 1, 1, 1]) }
        #expect(throws: AnalysisError.self) { try GrubbsTest([1, 2, .nan]) }
        #expect(throws: AnalysisError.self) { try DixonTest([5, 5, 5]) }
        #expect(throws: AnalysisError.self) { try DixonTest((0...30).map { Double($0) }) }
        #expect(throws: AnalysisError.self) { try ExtremeDeviates([1, 2, 3], upTo: 1) }
        #expect(throws: AnalysisError.self) {
            try ExtremeDeviates((0..<20).map { Double($0) }, upTo: 10)
        }
    }

    @Test func aSampleWithoutOutliersIsRarelyAccused() throws {
        // The level holds: 5 % of normal samples, within four standard errors.
        var random = RandomSource(seed: 7)
        let rounds = 400
        var (grubbs, dixon) = (0, 0)
        for _ in 0..<rounds {
            let values = (0..<7).map { _ in random.normal() }
            if try GrubbsTest(values).isOutlier { grubbs += 1 }
            let order = values.sorted()
            let range = order[6] - order[0]
            let larger = max(order[6] - order[5], order[1] - order[0]) / range
            if larger > 0.568 { dixon += 1 }
        }
        for found in [grubbs, dixon] {
            #expect(abs(Double(found) / Double(rounds) - 0.05) < 0.044, "\(found)")
        }
    }
}
