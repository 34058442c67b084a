import Foundation
import Testing

@testable import Statistics

struct AssayValidationTests {
    @Test(
        arguments: ReferenceCase.names("assay-validation").filter { $0.hasPrefix("din") })
    func calibrationLimits(_ name: String) throws {
        let reference = try ReferenceCase("assay-validation", name)
        let computed = reference.expected["computed"]
        let line = try Calibration(
            concentration: reference.data["x"].numbers, signal: reference.data["y"].numbers)
        expectClose(line.intercept, computed["lm"]["coef"].numbers[0])
        expectClose(line.slope, computed["lm"]["coef"].numbers[1])
        expectClose(line.interceptError, computed["lm"]["se"].numbers[0])
        expectClose(line.slopeError, computed["lm"]["se"].numbers[1])
        expectClose(line.residualDeviation, computed["lm"]["sigma"].number)
        expectClose(line.rSquared, computed["lm"]["r2"].number)
        let limits = try line.dinLimits(
            alpha: reference.inputs["alpha"].number ?? 0.01,
            beta: reference.inputs["beta"].number ?? 0.01)
        expectClose(limits.critical, computed["critical"].number)
        expectClose(limits.detection, computed["detection_din"].number)
        // chemCal stops its search for the quantitation limit at a tolerance of 1e-4.
        expectClose(limits.quantitation, computed["loq"].number, relative: 1e-4)
        expectClose(
            try line.detectionLimit(byPrediction: 0.05, beta: 0.05).get(),
            computed["lod_default"].number, relative: 2e-4)
        let ich = computed["ich"]
        expectClose(line.detectionLimit(.residual), ich["lod_3.3_residual_sd"].number)
        expectClose(line.quantitationLimit(.residual), ich["loq_10_residual_sd"].number)
        expectClose(line.detectionLimit(.intercept), ich["lod_3.3_intercept_se"].number)
        expectClose(line.quantitationLimit(.intercept), ich["loq_10_intercept_se"].number)
        let inverse = try line.concentration(ofSignal: 3500, alpha: 0.01)
        expectClose(inverse.concentration, computed["inverse"]["Prediction"].number)
        expectClose(inverse.standardError, computed["inverse"]["Standard Error"].number)
        expectClose(inverse.halfWidth, computed["inverse"]["Confidence"].number)
    }

    @Test(
        arguments: ReferenceCase.names("assay-validation").filter { $0.hasPrefix("ep06") })
    func polynomialLinearity(_ name: String) throws {
        let reference = try ReferenceCase("assay-validation", name)
        let study = try LinearityStudy(
            levels: reference.data["dilution"].numbers, response: reference.data["y"].numbers)
        for (polynomial, node) in zip(study.polynomials, reference.expected["fits"].list) {
            for index in polynomial.coefficients.indices {
                expectClose(polynomial.coefficients[index], node["coef"].numbers[index])
                expectClose(polynomial.standardErrors[index], node["se"].numbers[index])
                expectClose(polynomial.p[index], node["p"].numbers[index], relative: 1e-7)
            }
            expectClose(polynomial.residualDeviation, node["sigma"].number)
            #expect(polynomial.degreesOfFreedom == node["df"].int)
        }
        expectClose(study.lackOfFit?.f, reference.expected["lack_of_fit"]["F"].number)
        expectClose(
            study.lackOfFit?.p, reference.expected["lack_of_fit"]["p"].number, relative: 1e-7)
        #expect(study.bestDegree == 3)
        #expect(!study.isLinear)
    }

    @Test(
        arguments: ReferenceCase.names("assay-validation").filter {
            $0.hasPrefix("intermediate")
        })
    func precisionOverRuns(_ name: String) throws {
        let reference = try ReferenceCase("assay-validation", name)
        let data = reference.data
        let runs = zip(data["analyst"].strings, data["day"].strings).map { "\($0)/\($1)" }
        let study = try PrecisionStudy(data["result"].numbers, effects: [("run", runs)])
        let expected = reference.expected
        expectClose(study.mean, expected["mean"].number)
        expectClose(study.components.components[0].meanSquare, expected["ms_between"].number)
        expectClose(study.components.components[1].meanSquare, expected["ms_within"].number)
        expectClose(study.components.components[0].variance, expected["var_between"].number)
        expectClose(study.repeatability, expected["repeatability_sd"].number)
        expectClose(study.intermediatePrecision, expected["intermediate_precision_sd"].number)
        expectClose(
            study.intermediateCVPercent, expected["intermediate_precision_cv_percent"].number)
        expectClose(
            study.components.total.degreesOfFreedom, expected["satterthwaite_df"].number)
        expectClose(study.intermediateUpperBound, expected["upper95_ip_sd"].number)
        let interval = expected["recovery_ci90_runs_as_units"].numbers
        expectClose(study.meanInterval.lower, interval.first)
        expectClose(study.meanInterval.upper, interval.last)
        let single = try study.formatDeviation(runs: 1, replicates: 1)
        expectClose(single, study.intermediatePrecision)
        #expect(try study.formatDeviation(runs: 3, replicates: 2) < single)
    }

    @Test func biasDecidesTheRange() throws {
        let targets = [0.5, 0.5, 0.5, 1, 1, 1, 2, 2, 2]
        let measured = [0.8, 0.85, 0.82, 1, 1.02, 0.99, 2.02, 1.98, 2.01]
        let study = try RelativeBiasStudy(
            targets: targets, measured: measured, biasLimit: 12, precisionLimit: 10)
        #expect(study.levels.map(\.passes) == [false, true, true])
        #expect(try study.range.get() == 1...2)
        let strict = try RelativeBiasStudy(
            targets: targets, measured: measured, biasLimit: 0.01, precisionLimit: 10)
        #expect(throws: Inconclusive.self) { try strict.range.get() }
    }

    @Test func blanksSetTheLimitOfDetection() throws {
        // 60 blanks 1 … 60: rank 57.5; two low samples with standard deviation 1.
        let limits = try DetectionCapability(
            blanks: (1...60).map { Double($0) }, lowSamples: [[1, 2, 3], [4, 5, 6]])
        expectClose(limits.limitOfBlank, 57.5, relative: 1e-12)
        let c = 1.6448536269514722 / (1 - 1.0 / 16)
        expectClose(limits.limitOfDetection, 57.5 + c, relative: 1e-10)
        #expect(throws: AnalysisError.self) {
            try DetectionCapability(blanks: [1, 2], lowSamples: [[1, 2]])
        }
    }

    static let dilutions = ReferenceCase.names("limiting-dilution").filter {
        $0.hasPrefix("elda")
    }

    @Test(arguments: dilutions)
    func limitingDilutions(_ name: String) throws {
        let reference = try ReferenceCase("limiting-dilution", name)
        let data = reference.data
        let (doses, tested, response) = (
            data["dose"].numbers, data["tested"].numbers, data["response"].numbers
        )
        let groups = data["group"].isNull ? doses.map { _ in "" } : data["group"].strings
        let result = try LimitingDilution(
            doses.indices.map {
                DilutionObservation(
                    group: groups[$0], dose: doses[$0], tested: Int(tested[$0]),
                    responding: Int(response[$0]))
            })
        let expected = reference.expected
        let rows = expected["CI_lower_estimate_upper"].list
        for (group, row) in zip(result.groups, rows) {
            let frequency = try #require(result.frequencies[group])
            expectClose(frequency.oneIn, row[1].number, relative: 1e-6, "estimate")
            // The reference prints the larger number of cells first.
            expectClose(frequency.interval.upper, row[0].number, relative: 1e-6, "upper")
            expectClose(frequency.interval.lower, row[2].number, relative: 1e-6, "lower")
            if row[1].isNull { #expect(frequency.oneIn == nil) }
        }
        for (test, key) in [
            (result.slopeLikelihoodRatio, "slope_lr"), (result.slopeWald, "slope_wald"),
            (result.scoreLogDose, "score_logdose"), (result.scoreDose, "score_dose"),
        ] {
            guard let z = expected[key]["z value"].number else { continue }
            expectClose(test?.z, z, relative: 1e-5, key)
            expectClose(test?.p, expected[key]["Pr(>|z|)"].number, relative: 1e-5, key)
        }
        if let estimate = expected["slope_wald"]["Estimate"].number {
            expectClose(result.slope?.value, estimate, relative: 1e-6)
            expectClose(
                result.slope?.standardError, expected["slope_wald"]["Std. Error"].number,
                relative: 1e-5)
        }
    }

    @Test func digitalAndLowCounts() throws {
        let reference = try ReferenceCase("limiting-dilution", "poisson-partitions")
        let partitions = try #require(reference.data["partitions"].int)
        for (index, positives) in reference.data["positives"].numbers.enumerated() {
            let count = try DigitalCount(positives: Int(positives), partitions: partitions)
            expectClose(
                try count.perPartition.get(), reference.expected["lambda"].numbers[index],
                relative: 1e-9, absolute: 1e-15)
            let interval = reference.expected["lambda_ci_exact"][index].numbers
            expectClose(count.interval.lower, interval[0], relative: 1e-8, absolute: 1e-15)
            expectClose(count.interval.upper, interval[1], relative: 1e-8)
        }
        for (index, seen) in reference.data["counts"].numbers.enumerated() {
            let interval = try ExactInterval.poisson(Int(seen))
            let expected = reference.expected["count_ci_exact"][index].numbers
            expectClose(interval.lower, expected[0], relative: 1e-9, absolute: 1e-15)
            expectClose(interval.upper, expected[1], relative: 1e-9)
        }
        let full = try DigitalCount(positives: 100, partitions: 100)
        #expect(throws: Inconclusive.self) { try full.perPartition.get() }
        #expect(full.interval.upper == nil)
    }

    @Test func everyWellResponding() throws {
        let result = try LimitingDilution([
            DilutionObservation(dose: 10, tested: 12, responding: 12),
            DilutionObservation(dose: 100, tested: 12, responding: 12),
        ])
        let frequency = try #require(result.frequencies[""])
        #expect(frequency.oneIn == nil)
        #expect(frequency.interval.lower == nil)
        // At the bound the chance that all wells respond is 5 %.
        let f = 1 / (try #require(frequency.interval.upper))
        let chance = pow(-expm1(-10 * f), 12) * pow(-expm1(-100 * f), 12)
        expectClose(chance, 0.05, relative: 1e-9)
        #expect(throws: AnalysisError.self) {
            try LimitingDilution([DilutionObservation(dose: 1, tested: 2, responding: 3)])
        }
    }

    @Test func agreementOfTwoScorers() throws {
        // Fleiss, Levin & Paik, "Statistical Methods for Rates and Proportions", 3rd ed. 2003,
        // Table 18.1: 100 subjects, kappa 0.68.
        let cells = [[75, 1, 4], [5, 4, 1], [0, 0, 10]]
        let grades = ["psychosis", "neurosis", "organic"]
        var (first, second): ([String], [String]) = ([], [])
        for i in 0..<3 {
            for j in 0..<3 {
                first += [String](repeating: grades[i], count: cells[i][j])
                second += [String](repeating: grades[j], count: cells[i][j])
            }
        }
        let kappa = try Kappa.cohen(first, second, grades: grades)
        expectClose(kappa.observed, 0.89, relative: 1e-12)
        expectClose(kappa.expected, 0.66, relative: 1e-12)
        expectClose(kappa.value, 0.23 / 0.34, relative: 1e-12)
        expectClose(kappa.standardError, 0.087, relative: 0, absolute: 0.002)
        #expect(throws: AnalysisError.constant(what: "the grades")) {
            try Kappa.cohen(["a", "a"], ["a", "a"], grades: ["a", "b"])
        }
        // With two grades the weights make no difference.
        let two = try Kappa.cohen(
            ["a", "b", "a", "b"], ["a", "b", "b", "b"], grades: ["a", "b"], weights: .quadratic)
        expectClose(two.value, 0.5, relative: 1e-12)
    }

    @Test func agreementOfManyScorers() throws {
        // J. L. Fleiss 1971: 14 raters, 10 subjects, 5 grades; kappa 0.210.
        let counts = [
            [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
            [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
        ]
        let kappa = try Kappa.fleiss(counts)
        expectClose(kappa.value, 0.210, relative: 0, absolute: 0.0005)
        expectClose(kappa.observed, 0.378, relative: 0, absolute: 0.0005)
        expectClose(kappa.expected, 0.213, relative: 0, absolute: 0.0005)
        #expect(throws: AnalysisError.self) { try Kappa.fleiss([[2, 1], [1, 1]]) }
    }

    @Test func potencyAndOutcome() throws {
        let apart = try OutcomeAssociation(
            responders: [1.2, 1.1, 1.3, 1.25, 1.15], nonResponders: [0.8, 0.7, 0.75, 0.85, 0.9])
        #expect(try apart.conclusion.get() == .higherInResponders)
        #expect(apart.areaUnderCurve == 1)
        #expect(apart.ratio > 1.4)
        let alike = try OutcomeAssociation(
            responders: [1.0, 1.2, 0.8], nonResponders: [1.05, 0.9, 1.1])
        guard case .failure(let reason) = alike.conclusion else {
            Issue.record("a difference was concluded")
            return
        }
        #expect(reason.explanation.contains("no absence of association can be concluded"))
        #expect(alike.detectableRatio > 1.3)
        #expect(throws: AnalysisError.self) {
            try OutcomeAssociation(responders: [1], nonResponders: [1, 2])
        }
    }

    @Test func correlationOfASurrogate() throws {
        // x = 1 … 5 against 2, 1, 4, 3, 5: r = 0.8 for values and ranks.
        let result = try SurrogateCorrelation(
            surrogate: [1, 2, 3, 4, 5], functional: [2, 1, 4, 3, 5])
        expectClose(result.pearson, 0.8, relative: 1e-12)
        expectClose(result.spearman, 0.8, relative: 1e-12)
        expectClose(result.p, 0.10408803866182788, relative: 1e-9)
        expectClose(
            result.interval.lower, tanh(atanh(0.8) - 1.959963984540054 / 2.0.squareRoot()),
            relative: 1e-10)
    }
}
