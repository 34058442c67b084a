import Foundation
import TestSupport
import Testing

@testable import Statistics

struct RankTests {
    /// M. Hollander & D. A. Wolfe 1973, Hamilton depression scale factor, as in R's `wilcox.test`.
    static let before = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30]
    static let after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]
    /// The same source: permeability of the chorioamnion at term, and earlier.
    static let term = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
    static let earlier = [1.15, 0.88, 0.90, 0.74, 1.21]

    @Test func signedRanksAsInHollanderAndWolfe() throws {
        let test = try SignedRank(zip(Self.before, Self.after).map { $0 - $1 })
        #expect(test.statistic == 40)
        #expect(test.distribution == .exact)
        expectClose(test.upperTail, 0.01953125, relative: 1e-12)
        expectClose(test.twoSided, 0.0390625, relative: 1e-12)
    }

    @Test func rankSumsAsInHollanderAndWolfe() throws {
        let test = try RankSum(Self.term, Self.earlier)
        #expect(test.statistic == 35)
        expectClose(test.upperTail, 0.1272061, relative: 1e-6)
        let plain = try RankSum(Self.term, Self.earlier, .normalUncorrected)
        expectClose(plain.upperTail, 0.1103357, relative: 1e-5)
        let corrected = try RankSum(Self.term, Self.earlier, .normal)
        // (10 - 1/2) / sqrt(200/3)
        expectClose(
            corrected.upperTail, Normal.upperTail(9.5 / (200.0 / 3).squareRoot()), relative: 1e-12)
    }

    @Test func exactProbabilitiesAreThoseOfAllArrangements() throws {
        for n in 1...9 {
            var counts = [Double](repeating: 0, count: n * (n + 1) / 2 + 1)
            for signs in 0..<(1 << n) {
                let sum = (0..<n).reduce(0) { $0 + (signs >> $1 & 1 == 1 ? $1 + 1 : 0) }
                counts[sum] += 1 / Double(1 << n)
            }
            for (found, count) in zip(SignedRank.counts(n), counts) {
                #expect(abs(found - count) < 1e-14)
            }
        }
        for (m, n) in [(1, 1), (2, 3), (4, 4), (5, 3)] {
            var counts = [Double](repeating: 0, count: m * n + 1)
            var total = 0.0
            for set in 0..<(1 << (m + n)) where set.nonzeroBitCount == m {
                var (sum, below) = (0, 0)
                for place in 0..<(m + n) {
                    if set >> place & 1 == 1 { sum += below } else { below += 1 }
                }
                counts[sum] += 1
                total += 1
            }
            for (found, count) in zip(RankSum.probabilities(m, n), counts) {
                #expect(abs(found - count / total) < 1e-13, "\(m) \(n)")
            }
        }
    }

    @Test func largeGroupsKeepTheirWholeProbability() {
        for (m, n) in [(49, 49), (30, 45)] {
            let weights = RankSum.probabilities(m, n)
            #expect(abs(weights.reduce(0, +) - 1) < 1e-10)
            #expect((weights.min() ?? -1) > -1e-12)
            let mean = weights.enumerated().reduce(0.0) { $0 + Double($1.offset) * $1.element }
            expectClose(mean, Double(m * n) / 2, relative: 1e-9)
        }
    }

    @Test func theIntervalHoldsTheShiftsThatAreNotRejected() throws {
        let test = try RankEquivalence.paired(
            test: Self.before, reference: Self.after, margins: Interval(-1, 1), alpha: 0.05)
        let (low, high) = (
            try #require(test.interval.lower), try #require(test.interval.upper)
        )
        #expect(low < test.shift && test.shift < high)
        let differences = zip(Self.before, Self.after).map { $0 - $1 }
        for (shift, isInside) in [
            (low - 1e-6, false), (low + 1e-6, true), (high - 1e-6, true), (high + 1e-6, false),
        ] {
            let own = try SignedRank(differences.map { $0 - shift })
            let p = min(own.upperTail, own.lowerTail)
            #expect((p > 0.05) == isInside, "\(shift): \(p)")
        }
        // R: wilcox.test(x, y, paired = TRUE, conf.int = TRUE) estimates 0.46.
        expectClose(test.shift, 0.46, relative: 1e-9)
    }

    @Test func equivalenceIsShownOnlyInsideTheMargins() throws {
        let x = (0..<12).map { 100 + sin(Double($0)) }
        let y = (0..<12).map { 100 + cos(Double($0)) }
        let near = try RankEquivalence.independent(test: x, reference: y, margins: Interval(-3, 3))
        #expect(near.outcome == .equivalent)
        let far = try RankEquivalence.independent(
            test: x.map { $0 + 10 }, reference: y, margins: Interval(-3, 3))
        #expect(far.outcome == .different)
        let ratio = try RankEquivalence.independent(
            test: x, reference: y, margins: Interval(0.8, 1.25), scale: .logarithmic)
        #expect(ratio.outcome == .equivalent)
        #expect(throws: AnalysisError.self) {
            try RankEquivalence.paired(
                test: [1, 2], reference: [1, 2], margins: Interval(-1, 1))
        }
        #expect(throws: AnalysisError.self) {
            try SignedRank([1, 1, 2], .exact)
        }
    }
}
