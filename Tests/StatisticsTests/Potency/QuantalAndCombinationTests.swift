import Foundation
import Testing

@testable import Statistics

struct QuantalAndCombinationTests {
    private func observations(_ data: Node) -> [QuantalObservation] {
        let doses = data["dose"].numbers
        let totals = (data["n"].isNull ? data["total"] : data["n"]).numbers
        let affected = (data["r"].isNull ? data["affected"] : data["r"]).numbers
        let names = data["prep"].isNull ? doses.map { _ in "S" } : data["prep"].strings
        return doses.indices.filter { doses[$0] > 0 }.map {
            QuantalObservation(
                preparation: names[$0], dose: doses[$0], total: Int(totals[$0]),
                affected: Int(affected[$0]))
        }
    }

    @Test func tetanusVaccine() throws {
        let reference = try ReferenceCase("potency-quantal", "pheur-5.3.1-tetanus-probit")
        let expected = reference.expected
        for (link, node) in [
            (BinomialLink.probit, expected["recomputed"]), (.logit, expected["logit_recomputed"]),
        ] {
            let assay = try QuantalAssay(
                observations(reference.data), standard: "S", link: link,
                multipliers: ["T": 140])
            let coefficients = node["coef"]
            expectClose(assay.intercepts["S"], coefficients["prepS"].number, relative: 1e-7)
            expectClose(assay.intercepts["T"], coefficients["prepT"].number, relative: 1e-7)
            expectClose(assay.slope, coefficients["log(dose)"].number, relative: 1e-7)
            expectClose(
                assay.regression.standardErrors[2], node["se"]["log(dose)"].number,
                relative: 1e-5)
            expectClose(assay.regression.deviance, node["deviance"].number, relative: 1e-7)
            expectClose(assay.regression.pearson, node["pearson"].number, relative: 1e-6)
            let potency = try #require(assay.potencies["T"]).get()
            let printed = node["potency_estimate_lower_upper"].numbers
            expectClose(potency.potency, printed[0], relative: 1e-7)
            expectClose(potency.interval.lower, printed[1], relative: 1e-6)
            expectClose(potency.interval.upper, printed[2], relative: 1e-6)
            guard link == .probit else { continue }
            expectPrinted(potency.potency, expected["potency"]["estimate"])
            expectPrinted(potency.interval.lower, expected["potency"]["lower"])
            expectPrinted(potency.interval.upper, expected["potency"]["upper"])
            expectClose(
                assay.nonParallelism.deviance, node["nonparallel_deviance_1df"].number,
                relative: 1e-5)
            expectClose(
                assay.nonLinearity.deviance, node["nonlinear_deviance_4df"].number,
                relative: 1e-7)
            #expect(assay.nonLinearity.degreesOfFreedom == 4)
            let profile = try assay.profile(of: "T").get()
            expectClose(
                profile.interval.lower, node["profile_deviance_CI"].numbers[0], relative: 1e-6)
            expectClose(
                profile.interval.upper, node["profile_deviance_CI"].numbers[1], relative: 1e-6)
        }
    }

    @Test(arguments: ReferenceCase.names("potency-quantal").filter { $0.hasPrefix("finney") })
    func medianEffectiveDoses(_ name: String) throws {
        let reference = try ReferenceCase("potency-quantal", name)
        for (key, link) in [("logit", BinomialLink.logit), ("probit", .probit)] {
            let node = reference.expected["fits"][key]
            guard !node.isNull else { continue }
            let assay = try QuantalAssay(
                observations(reference.data), standard: "S", link: link, heterogeneity: .ignored)
            expectClose(
                assay.intercepts["S"], node["coef"]["(Intercept)"].number, relative: 1e-7)
            expectClose(
                assay.slope * log(10), node["coef"]["log10(dose)"].number, relative: 1e-7)
            expectClose(assay.regression.deviance, node["deviance"].number, relative: 1e-7)
            for (share, row) in [(0.5, "log10_LD50_fieller"), (0.9, "log10_LD90_fieller")] {
                let expected = node[row].numbers
                let found = try assay.effectiveDose(share, of: "S").get()
                expectClose(found.lnDose / log(10), expected[0], relative: 1e-7, row)
                expectClose(
                    found.lnInterval.lower.map { $0 / log(10) }, expected[1], relative: 1e-6, row)
                expectClose(
                    found.lnInterval.upper.map { $0 / log(10) }, expected[2], relative: 1e-6, row)
                expectClose(assay.g, expected[3], relative: 1e-6, "g")
            }
        }
    }

    @Test func everyUnitRespondingIsNoEstimate() {
        let all = [1.0, 2, 4].map {
            QuantalObservation(preparation: "S", dose: $0, total: 10, affected: 10)
        }
        #expect(throws: AnalysisError.constant(what: "the response: every unit responded")) {
            try QuantalAssay(all, standard: "S")
        }
        // No overlap between doses: the likelihood grows without end with the slope.
        let separated = [(1.0, 0), (2, 0), (4, 10), (8, 10)].map {
            QuantalObservation(preparation: "S", dose: $0.0, total: 10, affected: $0.1)
        }
        #expect(throws: AnalysisError.self) { try QuantalAssay(separated, standard: "S") }
        #expect(throws: AnalysisError.self) {
            try QuantalAssay(
                [QuantalObservation(preparation: "S", dose: 1, total: 5, affected: 7)],
                standard: "S")
        }
    }

    @Test func weightedMeanOfSixAssays() throws {
        let reference = try ReferenceCase("potency-combination", "pheur-6.4-weighted-mean")
        let df = try #require(reference.inputs["df_each"].number)
        let data = reference.data
        let assays = try data["estimate"].numbers.indices.map {
            try PotencyCombination.Assay(
                estimate: data["estimate"].numbers[$0],
                interval: Interval(data["lower"].numbers[$0], data["upper"].numbers[$0]),
                degreesOfFreedom: df)
        }
        let combined = try PotencyCombination(assays)
        let expected = reference.expected
        #expect(combined.method == .weighted)
        expectClose(combined.homogeneity, expected["chi2_recomputed"].number, relative: 1e-9)
        expectClose(combined.potency, expected["weighted_mean_recomputed"].number, relative: 1e-9)
        expectClose(combined.interval.lower, expected["lower"].number, relative: 0, absolute: 1)
        expectClose(combined.interval.upper, expected["upper"].number, relative: 0, absolute: 1.5)
    }

    @Test func geometricMean() throws {
        let reference = try ReferenceCase("potency-combination", "usp-geometric-mean-gcv")
        let summary = try GeometricSummary(reference.data["relative_potency"].numbers)
        let expected = reference.expected
        expectClose(summary.geometricMean, expected["geometric_mean"].number, relative: 1e-9)
        expectClose(summary.geometricCVPercent, expected["gcv_percent"].number, relative: 1e-9)
        expectClose(summary.interval.lower, expected["ci95"].numbers[0], relative: 1e-9)
        expectClose(summary.interval.upper, expected["ci95"].numbers[1], relative: 1e-9)
    }

    @Test func assaysThatDisagreeAreCombinedSemiWeighted() throws {
        let assays = [(0.0, 0.05), (0.4, 0.05), (-0.3, 0.05), (0.2, 0.05)].map {
            PotencyCombination.Assay(
                lnPotency: $0.0, standardError: $0.1, degreesOfFreedom: 20)
        }
        let combined = try PotencyCombination(assays)
        #expect(combined.method == .semiWeighted)
        // Equal standard errors: the mean is the plain one, and its variance that of the scatter.
        expectClose(combined.lnPotency, 0.075, relative: 1e-12)
        let variance = try Summary(assays.map(\.lnPotency)).variance ?? 0
        expectClose(combined.standardError, (variance / 4).squareRoot(), relative: 1e-12)
        #expect(throws: AnalysisError.self) { try PotencyCombination([assays[0]]) }
    }
}
