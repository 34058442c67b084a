import Foundation
import Testing

@testable import Statistics

struct EquivalenceTests {
    private func check(_ test: EquivalenceTest, _ node: Node) {
        expectClose(test.difference, node["difference"].number, "difference")
        expectClose(test.standardError, node["se"].number, "SE")
        expectClose(test.degreesOfFreedom, node["df"].number, "df")
        expectClose(test.tLower, node["t_lower"].number, "t lower")
        expectClose(test.tUpper, node["t_upper"].number, "t upper")
        expectClose(test.pLower, node["p_lower"].number, "p lower")
        expectClose(test.pUpper, node["p_upper"].number, "p upper")
        expectClose(test.interval.lower, node["ci"].numbers.first, "lower")
        expectClose(test.interval.upper, node["ci"].numbers.last, "upper")
    }

    @Test(arguments: ReferenceCase.names("equivalence-tost"))
    func publishedTests(_ name: String) throws {
        let reference = try ReferenceCase("equivalence-tost", name)
        let inputs = reference.inputs
        let computed = reference.expected["computed"]
        let margins = Interval(inputs["low"].number, inputs["high"].number)
        let alpha = inputs["alpha"].number ?? 0.05
        if !reference.data["x"].isNull {
            for (variances, key) in [
                (EquivalenceTest.Variances.pooled, "pooled"), (.welch, "welch"),
            ] {
                let test = try EquivalenceTest.independent(
                    test: reference.data["x"].numbers, reference: reference.data["y"].numbers,
                    margins: margins, alpha: alpha, variances: variances)
                check(test, computed[key])
                let printed = reference.expected["published_NCSS"][key]
                expectClose(test.pLower, printed["p_lower"].number, absolute: 6e-6)
                expectClose(test.pUpper, printed["p_upper"].number, absolute: 6e-6)
            }
        } else if let mean = inputs["mean"].number, let sd = inputs["sd"].number,
            let n = inputs["n"].int
        {
            let test = try EquivalenceTest.oneSample(
                mean: mean, standardDeviation: sd, count: n, target: inputs["mu"].number ?? 0,
                margins: margins, alpha: alpha)
            check(test, computed)
            expectClose(test.interval.lower, computed["ci90"].numbers.first)
            expectClose(
                test.pLower, reference.expected["published"]["p_lower"].number, relative: 1e-6)
            expectClose(
                test.pUpper, reference.expected["published"]["p_upper"].number, relative: 1e-6)
        }
        for row in reference.expected["rows"].list {
            guard let delta = row["delta"].number, let sd = row["sd"].number,
                let n = row["n_per_group"].int, let margin = row["margin"].number
            else { continue }
            expectClose(
                try EquivalencePower.power(
                    .independent, difference: delta, standardDeviation: sd, count: n,
                    margin: margin, alpha: row["alpha"].number ?? 0.05), row["power"].number,
                absolute: 1e-10, "power \(n)")
        }
    }

    @Test(arguments: ReferenceCase.names("comparability"))
    func preAndPostChange(_ name: String) throws {
        let reference = try ReferenceCase("comparability", name)
        let (pre, post) = (reference.data["pre"].numbers, reference.data["post"].numbers)
        let expected = reference.expected
        let alpha = reference.inputs["alpha"].number ?? 0.05
        if !reference.data["donor"].isNull {
            let margin = reference.inputs["margin"].numbers
            let test = try EquivalenceTest.paired(
                test: post, reference: pre, margins: Interval(margin[0], margin[1]), alpha: alpha,
                scale: .logarithmic)
            expectClose(test.ratio, expected["gmr"].number)
            expectClose(test.ratioInterval?.lower, expected["ci90"].numbers.first)
            expectClose(test.ratioInterval?.upper, expected["ci90"].numbers.last)
            expectClose(test.pLower, expected["p_lower"].number)
            expectClose(test.pUpper, expected["p_upper"].number)
            let unpaired = try EquivalenceTest.independent(
                test: post, reference: pre, margins: Interval(margin[0], margin[1]), alpha: alpha,
                scale: .logarithmic, variances: .pooled)
            let contrast = expected["unpaired_ci90_for_contrast"].numbers
            expectClose(unpaired.ratioInterval?.lower, contrast.first)
            expectClose(unpaired.ratioInterval?.upper, contrast.last)
            #expect(test.outcome == .equivalent)
            return
        }
        guard !expected["tost_log"].isNull else { return }
        let test = try EquivalenceTest.independent(
            test: post, reference: pre, margins: Interval(0.8, 1.25), alpha: alpha,
            scale: .logarithmic, variances: .pooled)
        check(test, expected["tost_log"])
        expectClose(test.ratio, expected["gmr"].number)
        expectClose(test.ratioInterval?.lower, expected["gmr_ci90"].numbers.first)
        let margin = try #require(expected["tost_1p5sd"]["margin"].number)
        expectClose(1.5 * (try Summary(pre).standardDeviation ?? 0), margin)
        check(
            try EquivalenceTest.independent(
                test: post, reference: pre, margins: Interval(-margin, margin), alpha: alpha,
                variances: .pooled), expected["tost_1p5sd"])
        for (k, range, inside) in [
            (2.0, "quality_range_2sd", "post_inside_2sd"),
            (3, "quality_range_3sd", "post_inside_3sd"),
        ] {
            let quality = try QualityRange(reference: pre, test: post, k: k)
            expectClose(quality.range.lower, expected[range].numbers.first)
            expectClose(quality.range.upper, expected[range].numbers.last)
            #expect(quality.inside == expected[inside].int)
        }
    }

    @Test func threeAgainstThreeLotsCannotShowEquivalence() throws {
        let few = try EquivalencePower.power(
            .independent, difference: 0, standardDeviation: 1, count: 3, margin: 1.5)
        expectClose(few, 0.1531813910, relative: 1e-8)
        let enough = try EquivalencePower.smallestCount(
            .independent, difference: 0, standardDeviation: 1, margin: 1.5, power: 0.8
        ).get()
        #expect(enough == 9)
        guard
            case .failure = try EquivalencePower.smallestCount(
                .paired, difference: 2, standardDeviation: 1, margin: 1.5, power: 0.8)
        else {
            Issue.record("a number of pairs was given")
            return
        }
    }

    @Test func aWideIntervalDecidesNothing() throws {
        let test = try EquivalenceTest.independent(
            test: [90, 110, 100], reference: [92, 108, 101], margins: Interval(-5, 5))
        #expect(test.outcome == .undecided)
        let apart = try EquivalenceTest.independent(
            test: [120, 121, 122], reference: [100, 101, 102], margins: Interval(-5, 5))
        #expect(apart.outcome == .different)
        #expect(throws: AnalysisError.self) {
            try EquivalenceTest.independent(
                test: [1, 1], reference: [1, 1], margins: Interval(-1, 1))
        }
        #expect(throws: AnalysisError.self) {
            try EquivalenceTest.paired(
                test: [1, -1], reference: [1, 2], margins: Interval(0.8, 1.25),
                scale: .logarithmic)
        }
    }

    @Test(arguments: ReferenceCase.names("multivariate-equivalence"))
    func dissolutionProfiles(_ name: String) throws {
        let reference = try ReferenceCase("multivariate-equivalence", name)
        let times = reference.data["times"].numbers
        let rows = reference.data["values"].list.map(\.numbers)
        let types = reference.data["type"].strings
        let alpha = reference.inputs["signif"].number ?? 0.1
        for (key, wanted) in [("all_times_mtad10", times), ("t15_90_mtad15", [15, 90])] {
            let node = reference.expected[key]
            guard let margin = node["MTAD"].number else { continue }
            let columns = wanted.compactMap { times.firstIndex(of: $0) }
            func group(_ type: String) -> [[Double]] {
                rows.indices.filter { types[$0] == type }.map { row in
                    columns.map { rows[row][$0] }
                }
            }
            let result = try MultivariateComparison(test: group("T"), reference: group("R"))
            expectClose(result.distance, node["dm"].number, relative: 1e-7, "dm")
            expectClose(result.tSquared, node["T2"].number, relative: 1e-7, "T2")
            expectClose(result.f, node["F"].number, relative: 1e-7, "F")
            expectClose(result.p, node["p.F"].number, relative: 1e-6, "p")
            let interval = try result.distanceInterval(confidence: 1 - alpha)
            expectClose(interval.lower, node["Obs.L"].number, relative: 1e-7, "L")
            expectClose(interval.upper, node["Obs.U"].number, relative: 1e-7, "U")
            let limit = try result.distance(of: columns.map { _ in margin })
            expectClose(limit, node["Sim.Limit"].number, relative: 1e-7, "limit")
            let test = try result.equivalence(margin: limit, alpha: alpha)
            expectClose(test.noncentrality, node["ncp.Hoffelder"].number, relative: 1e-7)
            expectClose(test.p, node["p.F.Hoffelder"].number, relative: 1e-6, "Hoffelder p")
            expectClose(
                test.critical, node["F.crit.Hoffelder"].number, relative: 1e-6, "critical")
        }
    }

    @Test(arguments: ReferenceCase.names("multivariate").filter { $0.hasPrefix("iris") })
    func distancesAndComponents(_ name: String) throws {
        let reference = try ReferenceCase("multivariate", name)
        let columns = ["Sepal.Length", "Sepal.Width", "Petal.Length", "Petal.Width"].map {
            reference.data[$0].numbers
        }
        let rows = columns[0].indices.map { row in columns.map { $0[row] } }
        let species = reference.data["Species"].strings
        func group(_ key: String) -> [[Double]] {
            let name = reference.inputs[key].string
            return rows.indices.filter { species[$0] == name }.map { rows[$0] }
        }
        let (base, test) = (group("reference"), group("test"))
        let expected = reference.expected
        let key = expected.keys.first { $0.hasPrefix("mahalanobis") } ?? ""
        let summary = try MultivariateSummary(base)
        for (row, distance) in zip(test, expected[key].numbers) {
            expectClose(try summary.squaredDistance(row), distance)
        }
        let comparison = try MultivariateComparison(test: test, reference: base)
        expectClose(comparison.squaredDistance, expected["D2"].number)
        expectClose(comparison.tSquared, expected["T2"].number)
        expectClose(comparison.f, expected["F"].number)
        let components = try PrincipalComponents(rows)
        for (index, deviation) in expected["pca_sdev"].numbers.enumerated() {
            expectClose(components.standardDeviations[index], deviation)
            for row in 0..<4 {
                expectClose(
                    abs(components.loadings[row, index]),
                    expected["pca_loadings_abs"][row].numbers[index])
            }
        }
        // The correlation and the score distance agree: all components give Mahalanobis.
        let all = try MultivariateSummary(rows)
        let (t, q) = components.distances(rows[0], components: 4)
        expectClose(t, try all.squaredDistance(rows[0]), relative: 1e-9)
        #expect(q < 1e-20)
    }

    @Test func tooFewLotsForSoManyAttributes() {
        let rows: [[Double]] = [[1, 2, 3], [2, 3, 5], [3, 5, 4]]
        #expect(throws: AnalysisError.self) {
            try MultivariateSummary(rows).squaredDistance([1, 2, 3])
        }
    }
}
