import Foundation
import Testing

@testable import Statistics

struct CurveAssayTests {
    private func plate(_ data: Node) -> [AssayObservation] {
        let (doses, responses) = (data["dose"].numbers, data["response"].numbers)
        let weights = data["weight"].numbers
        return data["prep"].strings.enumerated().map {
            AssayObservation(
                preparation: $1, dose: doses[$0], response: responses[$0],
                weight: weights.isEmpty ? 1 : weights[$0])
        }
    }

    static let plates = ReferenceCase.names("potency-4pl-5pl").filter { $0.hasPrefix("sim-4pl") }
    static let asymmetric = ReferenceCase.names("potency-4pl-5pl").filter {
        $0.hasPrefix("sim-5pl")
    }

    @Test(arguments: plates)
    func fourParameterPlates(_ name: String) throws {
        let reference = try ReferenceCase("potency-4pl-5pl", name)
        let expected = reference.expected
        let assay = try CurveAssay(
            plate(reference.data), standard: "S", criterion: .notJudged)
        let common = expected["common_fit"]
        let potency = try #require(assay.potencies["T"]).get()
        expectClose(exp(potency.lnRatio), common["rho"].number, relative: 1e-6, "rho")
        expectClose(assay.commonResidualSumOfSquares, common["rss"].number, relative: 1e-6, "rss")
        #expect(assay.commonDegreesOfFreedom == common["df"].int)
        expectClose(potency.standardError, common["se_ln_rho"].number, relative: 1e-5, "SE")
        expectClose(
            potency.lnInterval.lower, common["wald"].numbers[0], relative: 1e-5, "Wald")
        expectClose(
            potency.lnInterval.upper, common["wald"].numbers[1], relative: 1e-5, "Wald")
        let profile = try assay.profile(of: "T").get()
        expectClose(
            profile.lnInterval.lower, common["profile"].numbers[0], relative: 1e-5, "profile")
        expectClose(
            profile.lnInterval.upper, common["profile"].numbers[1], relative: 1e-5, "profile")
        expectClose(
            assay.separateResidualSumOfSquares, expected["separate_fits"]["rss"].number,
            relative: 1e-6, "separate")
        let test = expected["parallelism_F_test"]
        expectClose(assay.parallelism.f, test["F"].number, relative: 1e-6, "F")
        expectClose(assay.parallelism.p, test["p"].number, relative: 1e-5, "p")
        let ratios = expected["equivalence_ratios_T_over_S"]
        let measures = try #require(assay.measures["T"])
        for (key, quantity) in [
            ("b", ParallelismMeasure.Quantity.slope), ("a", .zeroDose), ("d", .infiniteDose),
            ("range", .range),
        ] {
            let node = ratios[key]
            let delta = try #require(
                measures.first { $0.quantity == quantity && $0.comparison == .ratio })
            expectClose(delta.value, node["ratio"].number, relative: 1e-5, key)
            if !node["delta_log_90"].isNull, case .success(let interval) = delta.interval {
                expectClose(
                    interval.lower, node["delta_log_90"].numbers[0], relative: 1e-5, "\(key) delta")
                expectClose(
                    interval.upper, node["delta_log_90"].numbers[1], relative: 1e-5, "\(key) delta")
            }
            let fieller = try #require(
                measures.first { $0.quantity == quantity && $0.comparison == .fiellerRatio })
            let printed = node["fieller_90"].numbers.sorted()
            switch fieller.interval {
            case .success(let interval):
                expectClose(interval.lower, printed.first, relative: 1e-5, "\(key) Fieller")
                expectClose(interval.upper, printed.last, relative: 1e-5, "\(key) Fieller")
            case .failure(let reason):
                // Two rays, whose ends the reference prints as if they bounded an interval.
                #expect(reason.code == .unboundedInterval)
                #expect(printed.count < 2 || !(printed[0]...printed[1]).contains(delta.value))
            }
        }
    }

    @Test(arguments: asymmetric)
    func fiveParameterPlates(_ name: String) throws {
        let reference = try ReferenceCase("potency-4pl-5pl", name)
        let common = reference.expected["common"]
        let assay = try CurveAssay(
            plate(reference.data), standard: "S", family: .fiveParameter, criterion: .notJudged)
        let potency = try #require(assay.potencies["T"]).get()
        expectClose(exp(potency.lnRatio), common["rho"].number, relative: 1e-6, "rho")
        expectClose(assay.commonResidualSumOfSquares, common["rss"].number, relative: 1e-6, "rss")
        expectClose(potency.standardError, common["se_ln_rho"].number, relative: 1e-5, "SE")
        expectClose(potency.lnInterval.lower, common["wald"].numbers[0], relative: 1e-5, "Wald")
        let profile = try assay.profile(of: "T").get()
        expectClose(
            profile.lnInterval.lower, common["profile"].numbers[0], relative: 1e-5, "profile")
        expectClose(
            profile.lnInterval.upper, common["profile"].numbers[1], relative: 1e-5, "profile")
    }

    /// The dose 0 stands with the standard alone, so that the sample's own curve has no lower
    /// asymptote. Expected values: scipy 1.x, the best of 48 starts of `least_squares`.
    @Test func aSampleWhoseOwnCurveIsOpenStillShiftsAlongTheStandard() throws {
        let standard = [
            (0, 10.1), (2, 14.9), (4, 20.3), (8, 25.2), (0, 10.3), (2, 15.2), (4, 20.1), (8, 24.8),
        ]
        let sample = [
            (1, 12.2), (2, 17.1), (4, 22.0), (8, 27.3), (1, 12.0), (2, 17.3), (4, 22.4), (8, 27.0),
        ]
        func observations(_ name: String, _ values: [(Double, Double)]) -> [AssayObservation] {
            values.map { AssayObservation(preparation: name, dose: $0.0, response: $0.1) }
        }
        let assay = try CurveAssay(
            observations("S", standard.map { (Double($0.0), $0.1) })
                + observations("T", sample.map { (Double($0.0), $0.1) }),
            standard: "S", criterion: .notJudged)
        expectClose(assay.commonResidualSumOfSquares, 2.28604630, relative: 1e-7, "RSS")
        let potency = try #require(assay.potencies["T"]).get()
        expectClose(exp(potency.lnRatio), 1.32752587, relative: 1e-6, "rho")
    }

    @Test func aSampleWithALowerAsymptoteHasNoPotency() throws {
        let reference = try ReferenceCase("potency-4pl-5pl", "sim-4pl-p04")
        let assay = try CurveAssay(plate(reference.data), standard: "S")
        guard case .failure(let reason) = try #require(assay.potencies["T"]) else {
            Issue.record("a potency was given")
            return
        }
        #expect(reason.code == .notParallel)
        guard case .failure = try assay.profile(of: "T") else {
            Issue.record("a profile was given")
            return
        }
    }

    @Test func equivalenceDecidesByMarginsFixedBefore() throws {
        let good = try ReferenceCase("potency-4pl-5pl", "sim-4pl-p01")
        let poor = try ReferenceCase("potency-4pl-5pl", "sim-4pl-p04")
        let margins = [
            ParallelismMargin(.slope, .ratio, Interval(0.8, 1.25)),
            ParallelismMargin(.infiniteDose, .ratio, Interval(0.9, 1.1)),
        ]
        let passed = try CurveAssay(
            plate(good.data), standard: "S", criterion: .equivalence(margins))
        #expect(throws: Never.self) { try passed.potencies["T"]?.get() }
        let failed = try CurveAssay(
            plate(poor.data), standard: "S", criterion: .equivalence(margins))
        #expect(throws: Inconclusive.self) { try failed.potencies["T"]?.get() }
    }

    @Test func marginsComeFromTheStandardAgainstItself() throws {
        // ln ratios of mean 0 and standard deviation 0.1; k(10; 0.95, 0.95) = 3.39343.
        let raw = [-1.5, -1, -0.5, -0.2, 0, 0, 0.2, 0.5, 1, 1.5]
        let scale = 0.1 / (try Summary(raw).standardDeviation ?? 1)
        let margin = try ParallelismMargin(
            .slope, .ratio, history: raw.map { exp($0 * scale) }, content: 0.95)
        expectClose(margin.limits.upper, exp(0.339343), relative: 1e-5)
        expectClose(margin.limits.lower, exp(-0.339343), relative: 1e-5)
        #expect(throws: AnalysisError.self) {
            try ParallelismMargin(.slope, .ratio, history: [1, 1.1])
        }
    }

    @Test func logLogisticCurveWithAZeroDose() throws {
        let reference = try ReferenceCase("potency-4pl-5pl", "drc-ryegrass-LL4")
        let expected = reference.expected
        let doses = reference.data["conc"].numbers
        let responses = reference.data["rootl"].numbers
        let fit = try CurveFit(
            zip(doses, responses).map {
                AssayObservation(preparation: "x", dose: $0, response: $1)
            }, information: .observed)
        let parameters = expected["parameters"]
        for (key, parameter) in [
            ("b", CurveParameter.slope), ("c", .infiniteDose), ("d", .zeroDose),
        ] {
            expectClose(
                fit.parameters[parameter], parameters[key]["value"].number, relative: 1e-5, key)
            expectClose(
                fit.standardError(parameter), parameters[key]["se"].number, relative: 1e-4, key)
        }
        expectClose(fit.residualSumOfSquares, expected["rss"].number, relative: 1e-6, "rss")
        for (key, fraction) in [("ED10", 0.1), ("ED50", 0.5), ("ED90", 0.9)] {
            let row = expected["ED_estimate_se_lower_upper"][key].numbers
            let dose = try fit.effectiveDose(fraction).get()
            expectClose(dose.value, row[0], relative: 1e-5, key)
            expectClose(dose.standardError, row[1], relative: 1e-4, key)
            expectClose(dose.interval.lower, row[2], relative: 1e-4, key)
            expectClose(dose.interval.upper, row[3], relative: 1e-4, key)
        }
    }

    @Test func elevenCalibrationCurves() throws {
        let reference = try ReferenceCase("potency-4pl-5pl", "DNase-elisa-4pl-11-runs")
        let expected = reference.expected
        let runs = reference.data["Run"].strings
        let doses = reference.data["conc"].numbers
        let responses = reference.data["density"].numbers
        func observations(_ run: String) -> [AssayObservation] {
            runs.indices.filter { runs[$0] == run }.map {
                AssayObservation(preparation: run, dose: doses[$0], response: responses[$0])
            }
        }
        for run in expected["fpl_by_run"].keys {
            let node = expected["fpl_by_run"][run]
            let fit = try CurveFit(observations(run))
            expectClose(fit.parameters[.zeroDose], node["A"].number, relative: 1e-4, "A \(run)")
            expectClose(fit.parameters[.infiniteDose], node["B"].number, relative: 1e-5, "B \(run)")
            expectClose(fit.parameters[.location], node["xmid"].number, relative: 1e-5, "xmid")
            expectClose(
                fit.parameters[.slope].map { 1 / $0 }, node["scal"].number, relative: 1e-5, "scal")
            expectClose(fit.residualSumOfSquares, node["rss"].number, relative: 1e-6, "rss")
        }
        let three = try CurveFit(observations("1"), fixed: [.zeroDose: 0])
        let node = expected["run1_3pl"]
        expectClose(three.parameters[.infiniteDose], node["coef"]["Asym"].number, relative: 1e-5)
        expectClose(three.parameters[.location], node["coef"]["xmid"].number, relative: 1e-5)
        expectClose(three.standardError(.location), node["se"]["xmid"].number, relative: 1e-4)
        expectClose(three.residualSumOfSquares, node["rss"].number, relative: 1e-6)
    }

    @Test(arguments: ReferenceCase.names("potency-4pl-hard"))
    func hardDataAreFittedAndDoubted(_ name: String) throws {
        let reference = try ReferenceCase("potency-4pl-hard", name)
        let doses = reference.data["dose"].numbers
        let responses = reference.data["response"].numbers
        let fit = try CurveFit(
            zip(doses, responses).map {
                AssayObservation(preparation: "x", dose: $0, response: $1)
            })
        let best = try #require(
            reference.expected["least_squares_minimum_search"]["rss"].number)
        #expect(fit.residualSumOfSquares <= 1.001 * best)
        #expect(!fit.doubts.isEmpty)
        guard case .failure(let reason) = try fit.effectiveDose(0.5) else {
            Issue.record("an effective dose was given")
            return
        }
        #expect(reason.code == .notIdentifiable)
    }

    @Test func curvesRefuseBadInput() {
        func fit(_ doses: [Double], _ responses: [Double]) throws(AnalysisError) {
            _ = try CurveFit(
                zip(doses, responses).map {
                    AssayObservation(preparation: "x", dose: $0, response: $1)
                })
        }
        #expect(throws: AnalysisError.tooFew(what: "different doses", found: 3, needed: 4)) {
            try fit([1, 2, 4, 4], [1, 2, 3, 3])
        }
        #expect(throws: AnalysisError.constant(what: "the response")) {
            try fit([1, 2, 4, 8, 16], [1, 1, 1, 1, 1])
        }
        #expect(throws: AnalysisError.self) { try fit([-1, 2, 4, 8, 16], [1, 1.1, 2, 3, 3]) }
        #expect(throws: AnalysisError.self) { try fit([1, 2, 4, 8, 16], [1, 1, .infinity, 3, 3]) }
    }

    @Test func weightsFollowTheFittedMean() throws {
        // Responses proportional to the curve: a relative error is a constant weight on the
        // logarithm, so weighting by 1/mean^2 moves the estimate towards the low doses.
        let reference = try ReferenceCase("potency-4pl-5pl", "sim-4pl-p01")
        let equal = try CurveAssay(plate(reference.data), standard: "S", criterion: .notJudged)
        let weighted = try CurveAssay(
            plate(reference.data), standard: "S", weighting: .powerOfMean(exponent: 2),
            criterion: .notJudged)
        let (a, b) = (try equal.potencies["T"]?.get(), try weighted.potencies["T"]?.get())
        #expect(a?.lnRatio != b?.lnRatio)
        expectClose(b?.lnRatio, -0.18, relative: 0, absolute: 0.1)
        let zero = try CurveAssay(
            plate(reference.data), standard: "S", weighting: .powerOfMean(exponent: 0),
            criterion: .notJudged)
        expectClose(try zero.potencies["T"]?.get().lnRatio, a?.lnRatio, relative: 1e-8)
    }
}
