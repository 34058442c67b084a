import Foundation
import TestSupport
import Testing

@testable import Statistics

struct HeterogeneityTests {
    static let samples = ReferenceCase.names("multimodality").filter {
        $0.hasPrefix("dip-") && !$0.hasPrefix("dip-critical") || $0.hasPrefix("sim-")
    }

    @Test(arguments: samples)
    func dipsOfKnownSamples(_ name: String) throws {
        let reference = try ReferenceCase("multimodality", name)
        let values = reference.data["x"].numbers
        let expected = reference.expected
        let test = try DipTest(values)
        expectClose(test.dip, expected["dip"].number, relative: 1e-9, "dip")
        expectClose(test.p, expected["p_interp"].number, relative: 1e-6, absolute: 1e-9, "p")
        let positions = expected["dip_full_lo_hi"].numbers.map { Int($0) }
        if positions.count == 2 { #expect(test.modalPositions == positions[0]...positions[1]) }
        guard values.count >= 4, let skewness = expected["skew_G1"].number else { return }
        let shape = try DistributionShape(values)
        expectClose(shape.skewness, skewness, relative: 1e-9, absolute: 1e-12)
        expectClose(shape.excessKurtosis, expected["exkurt_G2"].number, relative: 1e-9)
        expectClose(
            shape.bimodalityCoefficient, expected["BC_sample"].number, relative: 1e-9)
        expectClose(
            shape.plainBimodalityCoefficient, expected["BC_population"].number, relative: 1e-9)
    }

    @Test(
        arguments: ReferenceCase.names("multimodality").filter { $0.hasPrefix("dip-critical") })
    func criticalValuesAreThePublishedOnes(_ name: String) throws {
        let expected = try ReferenceCase("multimodality", name).expected
        for (n, row) in zip(expected["n"].numbers, expected["quantiles"].list) {
            guard let place = DipTable.sizes.firstIndex(of: Int(n)) else { continue }
            for (found, quantile) in zip(DipTable.quantiles[place], row.numbers) {
                expectClose(found, quantile, relative: 1e-12)
            }
        }
    }

    @Test func theDipIsTheLeastDistanceToAUnimodalDistribution() {
        // Laws: bounds, and no change when the sample is moved, stretched or mirrored.
        forAll(cases: 60) { generator in
            let count = Int.random(in: 4...60, using: &generator)
            let values = (0..<count).map { _ in
                Double(Int.random(in: 0...40, using: &generator))
            }
            let dip = try DipTest(values).dip
            try require(
                dip >= 0.5 / Double(count) - 1e-15 && dip <= 0.25 + 1e-15, "dip \(dip) of \(count)")
            let mirrored = try DipTest(values.map { 7 - 3 * $0 }).dip
            try require(abs(mirrored - dip) < 1e-12, "\(dip) mirrored \(mirrored)")
        }
    }

    @Test func aProbabilityIsNeverPrintedAsZero() throws {
        let values = (0..<200).map { Double($0 % 2) * 10 + Double($0) / 1000 }
        let test = try DipTest(values)
        #expect(test.p == 0)
        #expect(test.printedP == "< 1e-06")
        #expect(try DipTest([1, 2]).p == nil)
        #expect(throws: AnalysisError.self) { try DipTest([1, .nan]) }
        #expect(throws: AnalysisError.self) { try DipTest([]) }
    }

    @Test func skewedDistributionsPassTheScreenButNotTheTest() throws {
        // A long tail alone exceeds 5/9.
        let values = (1...200).map { -log(1 - Double($0) / 201) }
        #expect(try DistributionShape(values).bimodalityCoefficient > 5 / 9)
        let p = try #require(try DipTest(values).p)
        #expect(p > 0.5)
    }

    @Test func waitingTimesOfAGeyser() throws {
        let reference = try ReferenceCase("multimodality", "gmm-faithful-waiting")
        let values = reference.data["x"].numbers
        for group in reference.expected["mclust"].list {
            for node in group.list {
                guard let count = node["G"].int, count <= 2, let model = node["model"].string
                else { continue }
                let mixture = try GaussianMixture(
                    values, components: count, covariance: model == "E" ? .equal : .own)
                expectClose(
                    mixture.logLikelihood, node["loglik"].number, relative: 0, absolute: 1e-4)
                expectClose(mixture.bic, node["bic"].number, relative: 0, absolute: 3e-4)
                for (share, expected) in zip(mixture.shares, node["pro"].numbers) {
                    expectClose(share, expected, relative: 1e-3)
                }
                for (mean, expected) in zip(mixture.means, node["mean"].numbers) {
                    expectClose(mean[0], expected, relative: 1e-4)
                }
            }
        }
        let best = try GaussianMixture.best(values, upTo: 3)
        #expect(best.shares.count == 2)
        #expect(best.covariance == .equal)
        let separation = try #require(best.separations.first)
        #expect(separation.ashmanD > 2)
        #expect(separation.valleyDepth > 0.4)
    }

    @Test func mixturesOfTwoCoordinates() throws {
        let reference = try ReferenceCase("multimodality", "gmm-faithful-2d-bic")
        let rows = zip(
            reference.data["eruptions"].numbers, reference.data["waiting"].numbers
        ).map { [$0, $1] }
        let mixture = try GaussianMixture(
            rows: rows, components: reference.expected["G"].int ?? 3, covariance: .equal)
        // A better likelihood than that of the reference is a better answer.
        #expect(mixture.bic >= (reference.expected["bic"].number ?? 0) - 1e-2)
        expectClose(mixture.bic, reference.expected["bic"].number, relative: 1e-3)
    }

    /// Many values are grouped before they are fitted: the fit is still one to every single value (a
    /// step of expectation and maximisation by hand leaves it where it is), and a component of few
    /// values far out is not lost.
    @Test func manyValuesAreFittedAsIfEachStoodAlone() throws {
        var generator = SeededGenerator(seed: 11)
        func normal() -> Double {
            let (u, v) = (
                Double.random(in: .leastNonzeroMagnitude...1, using: &generator),
                Double.random(in: 0..<1, using: &generator)
            )
            return (-2 * log(u)).squareRoot() * cos(2 * .pi * v)
        }
        let values = (0..<21_000).map { index in
            index % 100 == 0 ? 40 + 3 * normal() : normal()
        }
        let mixture = try GaussianMixture(values, components: 2, covariance: .own)
        var logLikelihood = 0.0
        var (sums, firsts) = ([0.0, 0], [0.0, 0])
        for value in values {
            let parts = (0..<2).map { index in
                let z = (value - mixture.means[index][0]) / mixture.variances[index].squareRoot()
                return mixture.shares[index] * exp(-z * z / 2)
                    / (2 * .pi * mixture.variances[index]).squareRoot()
            }
            let density = parts.reduce(0, +)
            logLikelihood += log(density)
            for index in 0..<2 {
                sums[index] += parts[index] / density
                firsts[index] += value * parts[index] / density
            }
        }
        #expect(abs(mixture.logLikelihood / logLikelihood - 1) < 1e-9)
        for index in 0..<2 {
            #expect(abs(mixture.shares[index] - sums[index] / 21_000) < 1e-6)
            #expect(abs(mixture.means[index][0] - firsts[index] / sums[index]) < 1e-5)
        }
        #expect(abs(mixture.shares[1] - 0.01) < 1e-9)
    }

    @Test func mixturesRefuseWhatTheyCannotFit() {
        #expect(throws: AnalysisError.self) {
            try GaussianMixture([1, 1, 1, 1, 1, 1], components: 2, covariance: .own)
        }
        #expect(throws: AnalysisError.self) {
            try GaussianMixture([1, 2, 3], components: 2, covariance: .own)
        }
    }

    @Test func shareAboveAThreshold() throws {
        let result = try DistributionShape.share(of: (0..<20).map { Double($0) }, above: 14.5)
        #expect(result.share == 0.25)
        expectClose(result.interval.lower, 0.08657, relative: 1e-4)
        expectClose(result.interval.upper, 0.49105, relative: 1e-4)
    }
}
