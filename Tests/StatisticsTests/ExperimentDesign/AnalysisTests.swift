import Foundation
import Testing

@testable import Statistics

struct AnalysisTests {
    @Test func filtrationEffects() throws {
        let reference = try ReferenceCase("doe-factorial", "montgomery-filtration-2-4")
        let data = reference.data
        let columns = ["A", "B", "C", "D"].map { data[$0].numbers }
        let runs = columns[0].indices.map { run in columns.map { $0[run] } }
        let effects = try FactorialEffects(
            runs: runs, response: data["y"].numbers, names: ["A", "B", "C", "D"], upTo: 4)
        let published = reference.expected["published_effects"]
        #expect(effects.effects.count == 15)
        for effect in effects.effects { #expect(effect.value == published[effect.name].number) }
        #expect(effects.mean == reference.expected["mean"].number)
        expectClose(effects.pseudoStandardError, reference.expected["lenth_pse"].number)
        expectClose(effects.marginOfError, reference.expected["lenth_me"].number)
        #expect(effects.effects.filter(\.isActive).map(\.name) == ["A", "C", "D", "AC", "AD"])
    }

    @Test func aHalfFraction() throws {
        let reference = try ReferenceCase("doe-fractional", "bhh-reactor-2-5-1")
        let names = ["A", "B", "C", "D", "E"]
        let columns = names.map { reference.data[$0].numbers }
        let runs = columns[0].indices.map { run in columns.map { $0[run] } }
        let effects = try FactorialEffects(
            runs: runs, response: reference.data["y"].numbers, names: names, upTo: 2)
        let expected = reference.expected["effects_main_2fi"]
        for effect in effects.effects {
            expectClose(effect.value, expected[effect.name].number, absolute: 1e-12, effect.name)
        }
        #expect(effects.effects.count == 15)
    }

    @Test(
        arguments: ReferenceCase.names("doe-screening").filter { $0.hasPrefix("box-meyer") })
    func screeningContrasts(_ name: String) throws {
        let reference = try ReferenceCase("doe-screening", name)
        let names = ["A", "B", "C", "D", "E"]
        let columns = names.map { reference.data[$0].numbers }
        let runs = columns[0].indices.map { run in columns.map { $0[run] } }
        let effects = try FactorialEffects(
            runs: runs, response: reference.data["y"].numbers, names: names, upTo: 1)
        for effect in effects.effects {
            expectClose(
                effect.value, reference.expected["main_effect_contrasts"][effect.name].number,
                absolute: 1e-12)
        }
    }

    @Test func polymerViscosity() throws {
        let reference = try ReferenceCase("doe-ols", "montgomery-10.1-viscosity")
        let (t, f) = (reference.data["T"].numbers, reference.data["F"].numbers)
        let computed = reference.expected["computed"]
        let result = try ResponseModel(
            runs: zip(t, f).map { [$0, $1] }, response: reference.data["y"].numbers,
            model: PolynomialModel(.linear, factors: ["T", "F"]))
        for index in 0..<3 {
            expectClose(result.coefficients[index].value, computed["coef"].numbers[index])
            expectClose(result.coefficients[index].standardError, computed["se"].numbers[index])
            for column in 0..<3 {
                expectClose(
                    result.fit.inverseCrossProduct[index, column]
                        * (result.fit.residualVariance ?? 0),
                    computed["cov_params"][index].numbers[column])
            }
        }
        expectClose(result.fit.residualVariance, computed["s2"].number)
        expectClose(result.regression.f, computed["F"].number)
        expectClose(result.press, computed["press"].number)
        expectClose(result.rSquared, computed["r2"].number)
        expectClose(result.adjustedRSquared, computed["r2_adj"].number)
        expectClose(result.predictedRSquared, computed["r2_pred"].number)
        for (found, leverage) in zip(result.fit.leverages, computed["leverage"].numbers) {
            expectClose(found, leverage)
        }
    }

    static let surface = "montgomery-11.2-yield-ccd"

    private func yield(_ reference: ReferenceCase, _ response: String) throws -> ResponseModel {
        let (x1, x2) = (reference.data["x1"].numbers, reference.data["x2"].numbers)
        return try ResponseModel(
            runs: zip(x1, x2).map { [$0, $1] }, response: reference.data[response].numbers,
            model: PolynomialModel(.quadratic, factors: ["x1", "x2"]))
    }

    @Test(arguments: ["y1", "y2"])
    func responseSurface(_ response: String) throws {
        let reference = try ReferenceCase("doe-response-surface", AnalysisTests.surface)
        let node = reference.expected["computed"][response]
        let result = try yield(reference, response)
        let names = ["Intercept", "x1", "x2", "x1:x2", "I(x1 ** 2)", "I(x2 ** 2)"]
        for (coefficient, name) in zip(result.coefficients, names) {
            expectClose(coefficient.value, node["coef"][name].number, absolute: 1e-10, name)
            expectClose(coefficient.standardError, node["se"][name].number, name)
        }
        expectClose(result.sigma, node["sigma"].number)
        expectClose(result.press, node["press"].number)
        expectClose(result.predictedRSquared, node["r2_pred"].number)
        expectClose(result.lackOfFit?.f, node["lack_of_fit"]["F"].number)
        expectClose(result.lackOfFit?.p, node["lack_of_fit"]["p"].number)
        let canonical = try CanonicalAnalysis.of(result).get()
        for (value, expected) in zip(
            canonical.eigenvalues.sorted(), node["eigenvalues"].numbers.sorted())
        {
            expectClose(value, expected)
        }
        for (value, expected) in zip(canonical.stationaryPoint, node["stationary"].numbers) {
            expectClose(value, expected, absolute: 1e-10)
        }
        expectClose(canonical.mean, node["yhat_stationary"].number)
        #expect(canonical.shape == .maximum)
    }

    @Test func aBlockedSurface() throws {
        let reference = try ReferenceCase("doe-response-surface", "myers-montgomery-chemreact")
        let (time, temperature) = (
            reference.data["Time"].numbers, reference.data["Temp"].numbers
        )
        let computed = reference.expected["computed"]
        let result = try ResponseModel(
            runs: zip(time, temperature).map { [($0 - 85) / 5, ($1 - 175) / 5] },
            response: reference.data["Yield"].numbers,
            model: PolynomialModel(.quadratic, factors: ["x1", "x2"]),
            blocks: reference.data["Block"].strings.map { $0 == "B1" ? 1 : 2 })
        let rows = computed["rows"].strings
        let lines = [
            "blocks", "linear", "interactions", "squares", "residual", "lack of fit", "pure error",
        ]
        for (index, name) in lines.enumerated() {
            let line = try #require(result.anova.first { $0.source == name }, "\(rows[index])")
            let anova = computed["anova"]
            #expect(line.degreesOfFreedom == anova["Df"][index].int)
            expectClose(line.sumOfSquares, anova["Sum Sq"][index].number, relative: 1e-8, name)
            expectClose(line.f, anova["F value"][index].number, relative: 1e-8, name)
            expectClose(line.p, anova["Pr(>F)"][index].number, relative: 1e-7, name)
        }
        let coefficients = computed["coef"]
        expectClose(
            result.coefficients.first?.value, coefficients["(Intercept)"].number)
        expectClose(result.coefficients.last?.value, coefficients["BlockB2"].number)
        let canonical = try CanonicalAnalysis.of(result).get()
        for (value, expected) in zip(
            canonical.stationaryPoint, computed["stationary_coded"].numbers)
        {
            expectClose(value, expected)
        }
    }

    @Test func desirabilityOfTwoResponses() throws {
        let reference = try ReferenceCase("doe-desirability", "derringer-suich-chemical-process")
        let goals: [Desirability] = [
            .larger(low: 80, high: 97, scale: 1),
            .target(low: 55, target: 57.5, high: 60, lowScale: 1, highScale: 1),
        ]
        func responses(_ x: [Double]) -> [Double] {
            let squares = -1.8366 * x[0] * x[0] + 2.9382 * x[1] * x[1] - 5.1915 * x[2] * x[2]
            let crossed = 2.2150 * x[0] * x[1] + 11.375 * x[0] * x[2] - 3.875 * x[1] * x[2]
            let linear = 81.09 + 1.0284 * x[0] + 4.043 * x[1] + 6.2037 * x[2]
            let squares2 = 0.83479 * x[0] * x[0] + 0.07484 * x[1] * x[1] + 0.05716 * x[2] * x[2]
            let crossed2 = -0.3875 * x[0] * x[1] - 0.375 * x[0] * x[2] + 0.3125 * x[1] * x[2]
            let linear2 = 59.85 + 3.583 * x[0] + 0.2546 * x[1] + 2.2298 * x[2]
            return [linear + squares + crossed, linear2 + squares2 + crossed2]
        }
        for (index, point) in reference.data["points"].list.enumerated() {
            let y = responses(point.numbers)
            let values = zip(goals, y).map { $0.value($1) }
            let expected = reference.expected
            expectClose(y[0], expected["conversion"].numbers[index], relative: 1e-10)
            expectClose(
                values[0], expected["d_conversion"].numbers[index], relative: 1e-10,
                absolute: 1e-12)
            expectClose(
                values[1], expected["d_activity"].numbers[index], relative: 1e-10,
                absolute: 1e-12)
            expectClose(
                Desirability.overall(values), expected["overall"].numbers[index],
                relative: 1e-10, absolute: 1e-12)
        }
        let optimum = Desirability.optimum(
            factors: 3, goals: goals, region: .sphere(radius: 1.682), starts: 15,
            responses: responses)
        #expect(optimum.desirability >= 0.85815 - 1e-4)
        #expect(dot(optimum.point, optimum.point) <= 1.682 * 1.682 + 1e-9)
    }

    @Test func probabilityOfKeepingAllSpecifications() throws {
        let reference = try ReferenceCase(
            "doe-design-space", "montgomery-11.2-predictive-probability")
        let limits = reference.inputs["specs"]
        let space = try DesignSpace(
            try ["y1", "y2"].map { name in
                let pair = limits[name].list
                return DesignSpace.Response(
                    model: try yield(reference, name),
                    limits: try SpecificationLimits(lower: pair[0].number, upper: pair[1].number))
            })
        for node in reference.expected["points"].list {
            let point = node["x"].numbers
            for (prediction, name) in zip(try space.predictions(at: point), ["y1", "y2"]) {
                expectClose(prediction.mean, node[name]["mean"].number)
                expectClose(prediction.scale, node[name]["predictive_scale"].number)
                expectClose(prediction.probability, node[name]["P_in_spec"].number)
            }
            let joint = node["P_joint_independent_residuals"].number
            expectClose(try space.probability(at: point), joint)
            let simulated = try space.simulate(at: point, samples: 4000)
            let p = joint ?? 0
            let error = (p * (1 - p) / 4000).squareRoot()
            expectClose(simulated.probability, p, relative: 0, absolute: 4 * error)
        }
        // Correlated residuals change the joint probability, not the marginal ones.
        let correlated = try space.simulate(
            at: [0.4, 0.3], dependence: .correlated, samples: 4000)
        #expect(abs(correlated.probability - 0.365) < 0.06)
        let noisy = try space.simulate(at: [-0.5, -0.9], deviations: [0.1, 0.1], samples: 2000)
        #expect(noisy.probability < 0.2)
        #expect(try space.acceptableRange(of: 0, around: [0, 0], required: 0.9) == nil)
    }
}
