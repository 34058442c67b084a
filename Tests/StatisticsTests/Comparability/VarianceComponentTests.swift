import Foundation
import Testing

@testable import Statistics

struct VarianceComponentTests {
    static let nested = ReferenceCase.names("variance-components").filter { $0.hasPrefix("ep05") }

    @Test(arguments: nested)
    func nestedDaysAndRuns(_ name: String) throws {
        let reference = try ReferenceCase("variance-components", name)
        let data = reference.data
        let (days, runs) = (data["day"].strings, data["run"].strings)
        let result = try NestedVariance(
            data["y"].numbers, effects: [("day", days), ("run", runs)])
        let all = [result.total] + result.components
        let computed = reference.expected["computed"]
        let anova = computed["anova"]
        let published = reference.expected["published_SAS_VC_total_then_levels"].numbers
        for index in 0..<4 {
            expectClose(all[index].variance, anova["VC"][index].number, relative: 1e-7, "VC")
            expectClose(
                all[index].degreesOfFreedom, anova["DF"][index].number, relative: 1e-5, "DF")
            expectClose(all[index].sumOfSquares, anova["SS"][index].number, relative: 1e-7, "SS")
            if index < published.count {
                expectClose(
                    all[index].variance, published[index], relative: 0, absolute: 6e-7, "SAS")
            }
        }
        expectClose(result.mean, computed["mean"].number, relative: 1e-10)
        for (component, key) in [
            (result.total, "total_sd_ci95_satterthwaite"),
            (result.components[2], "error_sd_ci95_chi2"),
        ] {
            let interval = try NestedVariance.deviationInterval(component)
            expectClose(interval?.lower, computed[key]["LCL"].number, relative: 1e-5, key)
            expectClose(interval?.upper, computed[key]["UCL"].number, relative: 1e-5, key)
        }
        let paths = zip(days, runs).map { "\($0)/\($1)" }
        let reml = try LikelihoodVariance(
            data["y"].numbers, effects: [("day", days), ("run", paths)])
        let expected = computed["reml"]["VC"].numbers.dropFirst()
        for (component, variance) in zip(reml.components, expected) {
            expectClose(
                component.variance, variance, relative: 1e-4, absolute: 1e-4, component.source)
        }
    }

    @Test func oneWayRandomEffects() throws {
        let reference = try ReferenceCase("variance-components", "dyestuff")
        let values = reference.data["Yield"].numbers
        let batches = reference.data["Batch"].strings
        let expected = reference.expected
        let anova = try NestedVariance(values, effects: [("batch", batches)])
        let exact = expected["reml_exact_anova"]
        expectClose(anova.components[0].variance, exact["batch_var"].number)
        expectClose(anova.components[1].variance, exact["resid_var"].number)
        for (method, key) in [
            (LikelihoodVariance.Method.reml, "reml_exact_anova"), (.ml, "ml_exact"),
        ] {
            let fit = try LikelihoodVariance(values, effects: [("batch", batches)], method: method)
            let node = expected[key]
            expectClose(
                fit.components[0].variance, node["batch_var"].number, relative: 1e-6, "\(method)")
            expectClose(
                fit.components[1].variance, node["resid_var"].number, relative: 1e-6, "\(method)")
            expectClose(
                fit.criterion, node["deviance"].number ?? expected["reml_criterion"].number,
                relative: 1e-8)
            expectClose(fit.mean, 1527.5, relative: 1e-10)
        }
    }

    @Test func profileIntervalsAsLme4() throws {
        let reference = try ReferenceCase("variance-components", "dyestuff")
        let values = reference.data["Yield"].numbers
        let expected = reference.expected["profile_ci_sd"]
        let found = try LikelihoodVariance.intervals(
            values, effects: [("batch", reference.data["Batch"].strings)])
        for (interval, key) in [
            (found.deviations[0], ".sig01"), (found.deviations[1], ".sigma"),
            (try #require(found.mean), "(Intercept)"),
        ] {
            // lme4 interpolates its profile by a spline.
            expectClose(interval.lower, expected[key][0].number, relative: 3e-4, key)
            expectClose(interval.upper, expected[key][1].number, relative: 3e-4, key)
        }
        // The same from the closed form of the balanced likelihood, profiled with scipy 1.17.1.
        expectClose(found.deviations[0].lower, 12.196505279160535, relative: 1e-7)
        expectClose(found.deviations[0].upper, 84.06341096933699, relative: 1e-7)
        let restricted = try LikelihoodVariance.intervals(
            values, effects: [("batch", reference.data["Batch"].strings)], method: .reml)
        #expect(restricted.mean == nil)
        // With six batches the restricted likelihood says less about their spread.
        #expect((restricted.deviations[0].upper ?? 0) > (found.deviations[0].upper ?? .infinity))
    }

    @Test func anEffectThatMayBeAbsentHasALowerEndOfZero() throws {
        let values = [1.0, 3, 3, 1, 1.1, 2.9, 2.9, 1.1]
        let batches = ["a", "a", "b", "b", "c", "c", "d", "d"]
        let found = try LikelihoodVariance.intervals(values, effects: [("batch", batches)])
        #expect(found.deviations[0].lower == 0)
        #expect((found.deviations[1].lower ?? 0) > 0)
    }

    @Test func crossedRandomEffects() throws {
        let reference = try ReferenceCase("variance-components", "penicillin-crossed")
        let fit = try LikelihoodVariance(
            reference.data["diameter"].numbers,
            effects: [
                ("plate", reference.data["plate"].strings),
                ("sample", reference.data["sample"].strings),
            ])
        let expected = reference.expected["reml"]
        expectClose(fit.components[0].variance, expected["plate_var"].number, relative: 1e-5)
        expectClose(fit.components[1].variance, expected["sample_var"].number, relative: 1e-4)
        expectClose(fit.components[2].variance, expected["resid_var"].number, relative: 1e-5)
        expectClose(fit.mean, expected["mean"].number, relative: 1e-8)
        expectClose(fit.criterion, expected["crit"].number, relative: 1e-8)
    }

    @Test func aNegativeComponentIsSaid() throws {
        // Batches that agree better than their replicates.
        let values = [1.0, 3, 3, 1, 1.1, 2.9, 2.9, 1.1]
        let batches = ["a", "a", "b", "b", "c", "c", "d", "d"]
        let anova = try NestedVariance(values, effects: [("batch", batches)])
        #expect(anova.components[0].wasNegative)
        #expect(anova.components[0].variance == 0)
        let reml = try LikelihoodVariance(values, effects: [("batch", batches)])
        #expect(reml.components[0].wasNegative)
        #expect(throws: AnalysisError.self) {
            try NestedVariance([1, 2, 3], effects: [("batch", ["a", "a", "a"])])
        }
    }

    @Test(arguments: ReferenceCase.names("icc"))
    func intraclassCorrelations(_ name: String) throws {
        let reference = try ReferenceCase("icc", name)
        let ratings = reference.data["ratings_subject_by_judge"].list.map(\.numbers)
        let computed = reference.expected["computed"]
        let forms = try IntraclassCorrelation.allForms(ratings)
        for (index, form) in forms.enumerated() {
            expectClose(form.value, computed["ICC"].numbers[index], relative: 1e-6, "\(form.form)")
            expectClose(form.f, computed["F"].numbers[index], relative: 1e-6)
            expectClose(form.p, computed["p"].numbers[index], relative: 1e-6)
            expectClose(form.interval.lower, computed["lower"].numbers[index], relative: 1e-6)
            expectClose(form.interval.upper, computed["upper"].numbers[index], relative: 1e-6)
            #expect(form.df1 == computed["df1"][index].int)
            #expect(form.df2 == computed["df2"][index].int)
        }
    }
}
