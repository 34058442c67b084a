import Foundation
import Testing

@testable import Statistics

struct CapabilityAndToleranceTests {
    @Test(arguments: ReferenceCase.names("spc-capability"))
    func capabilityIndices(_ name: String) throws {
        let reference = try ReferenceCase("spc-capability", name)
        let x = reference.data["x"].numbers
        let limits = try SpecificationLimits(
            lower: reference.inputs["LSL"].number, upper: reference.inputs["USL"].number)
        let overall = try Capability.overall(x, limits: limits)
        let expected = reference.expected
        if expected["sigma_within"].number != nil {
            let within = try Capability.within(x, limits: limits)
            expectClose(within.sigma, expected["sigma_within"].number)
            expectClose(overall.sigma, expected["sigma_overall"].number)
            expectClose(within.cp?.value, expected["Cp"].number)
            expectClose(within.cpk.value, expected["Cpk"].number)
            expectClose(overall.cp?.value, expected["Pp"].number)
            expectClose(overall.cpk.value, expected["Ppk"].number)
        }
        let computed = expected["computed"]
        guard !computed.isNull else { return }
        expectClose(overall.cp?.value, computed["Cp"].number)
        expectClose(overall.cp?.interval.lower, computed["Cp_ci_chi2"].numbers.first)
        expectClose(overall.cp?.interval.upper, computed["Cp_ci_chi2"].numbers.last)
        expectClose(overall.cpk.value, computed["Cpk"].number)
        expectClose(overall.cpk.interval.lower, computed["Cpk_ci_bissell"].numbers.first)
        expectClose(overall.cpk.interval.upper, computed["Cpk_ci_bissell"].numbers.last)
        expectClose(overall.cpk.lowerBound, computed["Cpk_lower_one_sided_bissell"].number)
        expectClose(overall.exactLowerBound, computed["one_sided_index_exact_lower_nct"].number)
    }

    @Test func aPointEstimateIsNotCapability() throws {
        // Cpk 1.33 from 20 values has a 95 % interval from 0.88 to 1.78.
        let capability = try Capability(
            mean: 0, sigma: 1, count: 20, limits: SpecificationLimits(lower: -3.99, upper: 3.99))
        expectClose(capability.cpk.interval.lower, 0.88, relative: 0, absolute: 0.005)
        expectClose(capability.cpk.interval.upper, 1.78, relative: 0, absolute: 0.005)
        guard case .failure(let reason) = capability.isShown(toReach: 1.33) else {
            Issue.record("the process was called capable")
            return
        }
        #expect(reason.code == .tooLittleData)
        #expect(throws: AnalysisError.self) {
            try Capability.overall([1, 1, 1], limits: SpecificationLimits(lower: 0, upper: 2))
        }
        #expect(throws: AnalysisError.self) { try SpecificationLimits(lower: nil, upper: nil) }
        #expect(throws: AnalysisError.self) { try SpecificationLimits(lower: 2, upper: 1) }
    }

    @Test(arguments: ReferenceCase.names("tolerance-normal"))
    func normalToleranceFactors(_ name: String) throws {
        let reference = try ReferenceCase("tolerance-normal", name)
        for row in reference.expected["rows"].list {
            guard let n = row["n"].int, let content = row["P"].number,
                let confidence = row["confidence"].number
            else { continue }
            let tolerance = row["k_two_sided"]["value"].isNull ? 1e-8 : 0
            let absolute = tolerance == 0 ? 0.0051 : 0
            if let k = row["k_one_sided"].number {
                expectClose(
                    try ToleranceFactor.oneSided(
                        count: n, content: content, confidence: confidence), k,
                    relative: tolerance, absolute: absolute, "one-sided \(n)")
            }
            if let k = row["k_two_sided"].number {
                expectClose(
                    try ToleranceFactor.twoSided(
                        count: n, content: content, confidence: confidence), k,
                    relative: tolerance, absolute: absolute, "two-sided \(n) \(content)")
            }
        }
        guard let n = reference.inputs["n"].int, let content = reference.inputs["P"].number,
            let confidence = reference.inputs["confidence"].number
        else { return }
        let published = reference.expected["published"]
        expectPrinted(
            try ToleranceFactor.twoSided(
                count: n, content: content, confidence: confidence, method: .howe),
            published["k2_Howe_uncorrected"])
        expectPrinted(
            try ToleranceFactor.oneSidedNatrella(
                count: n, content: content, confidence: confidence), published["k1_Natrella"])
        expectClose(
            try ToleranceFactor.oneSided(count: n, content: content, confidence: confidence),
            reference.expected["exact"]["k_one_sided"].number)
        expectClose(
            try ToleranceFactor.twoSided(count: n, content: content, confidence: confidence),
            reference.expected["exact"]["k_two_sided"].number)
    }

    @Test(arguments: ReferenceCase.names("tolerance-nonparametric"))
    func distributionFreeSizes(_ name: String) throws {
        let expected = try ReferenceCase("tolerance-nonparametric", name).expected
        for (key, twoSided) in [("one_sided", false), ("two_sided_min_max", true)] {
            for row in expected[key].list {
                guard let content = row["P"].number, let confidence = row["confidence"].number
                else { continue }
                #expect(
                    try ToleranceFactor.smallestCount(
                        content: content, confidence: confidence, twoSided: twoSided)
                        == row["n"].int)
            }
        }
    }

    @Test func tooFewValuesHoldNoShareOfAnyPopulation() throws {
        let values = (0..<58).map { Double($0) }
        let result = try ToleranceInterval.of(
            values, content: 0.95, confidence: 0.95, model: .distributionFree, sides: .upper)
        guard case .failure(let reason) = result else {
            Issue.record("an interval was given")
            return
        }
        #expect(reason.explanation.contains("59 values are needed"))
        let enough = try ToleranceInterval.of(
            values + [58], content: 0.95, confidence: 0.95, model: .distributionFree,
            sides: .upper
        ).get()
        #expect(enough.interval == Interval(nil, 58))
    }

    @Test func wrongDecisionsOfAnAcceptanceLimit() throws {
        // With acceptance at the specification and error as large as the process spread, the
        // rates follow from the bivariate normal with correlation sqrt(1/2): the quadrant
        // P(X > 0, Y < 0) = 1/4 - arcsin(rho) / (2 pi) = 1/8.
        let risk = try AcceptanceRisk(
            processMean: 0, processDeviation: 1, measurementDeviation: 1,
            specification: SpecificationLimits(lower: 0, upper: nil),
            acceptance: SpecificationLimits(lower: 0, upper: nil))
        expectClose(risk.good, 0.5, relative: 1e-12)
        expectClose(risk.falseReject, 0.125, relative: 1e-10)
        expectClose(risk.falseAccept, 0.125, relative: 1e-10)
        // A guard band exchanges one error for the other.
        let guarded = try AcceptanceRisk(
            processMean: 0, processDeviation: 1, measurementDeviation: 1,
            specification: SpecificationLimits(lower: 0, upper: nil),
            acceptance: SpecificationLimits(lower: 0.5, upper: nil))
        #expect(guarded.falseAccept < risk.falseAccept)
        #expect(guarded.falseReject > risk.falseReject)
    }
}
