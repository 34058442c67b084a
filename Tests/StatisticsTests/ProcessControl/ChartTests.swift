import Foundation
import Testing

@testable import Statistics

struct ChartTests {
    @Test(arguments: ReferenceCase.names("spc-rules"))
    func runRules(_ name: String) throws {
        let reference = try ReferenceCase("spc-rules", name)
        let z = reference.data["z"].numbers
        let rules: [(String, RunRule)] = [
            ("nelson1_beyond_3s", .beyond(sigmas: 3)),
            ("nelson2_nine_same_side", .sameSide(points: 9)),
            ("we4_eight_same_side", .sameSide(points: 8)),
            ("nelson3_six_points_monotone", .steady(points: 6)),
            ("nelson4_fourteen_alternating", .alternating(points: 14)),
            (
                "nelson5_two_of_three_beyond_2s",
                .outOf(count: 2, points: 3, sigmas: 2, lastMustBeBeyond: true)
            ),
            (
                "nelson6_four_of_five_beyond_1s",
                .outOf(count: 4, points: 5, sigmas: 1, lastMustBeBeyond: true)
            ),
            ("nelson7_fifteen_within_1s", .within(points: 15, sigmas: 1)),
            ("nelson8_eight_beyond_1s_both_sides", .beyondOnBothSides(points: 8, sigmas: 1)),
            (
                "nelson5_without_last_point_condition",
                .outOf(count: 2, points: 3, sigmas: 2, lastMustBeBeyond: false)
            ),
            (
                "nelson6_without_last_point_condition",
                .outOf(count: 4, points: 5, sigmas: 1, lastMustBeBeyond: false)
            ),
        ]
        for (key, rule) in rules {
            let expected = reference.expected[key].numbers.map { Int($0) - 1 }
            #expect(rule.signals(z) == expected, "\(key)")
        }
    }

    @Test(arguments: ReferenceCase.names("spc-constants"))
    func constants(_ name: String) throws {
        for row in try ReferenceCase("spc-constants", name).expected["rows"].list {
            let constants = try ChartConstants(count: try #require(row["n"].int))
            for (key, value) in [
                ("d2", constants.d2), ("d3", constants.d3), ("c4", constants.c4),
                ("A2", constants.a2), ("A3", constants.a3), ("D3", constants.rangeLower),
                ("D4", constants.rangeUpper), ("B3", constants.deviationLower),
                ("B4", constants.deviationUpper),
            ] {
                expectClose(value, row[key].number, relative: 1e-6, absolute: 1e-9, key)
            }
        }
    }

    @Test(arguments: ReferenceCase.names("spc-arl"))
    func averageRunLengths(_ name: String) throws {
        for row in try ReferenceCase("spc-arl", name).expected["rows"].list {
            guard let k = row["k"].number, let h = row["h"].number, let shift = row["shift"].number
            else { continue }
            let length = try CUSUMChart.averageRunLength(k: k, h: h, shift: shift)
            expectClose(length.oneSided, row["arl_one_sided"].number, relative: 1e-6, "one")
            expectClose(length.twoSided, row["arl_two_sided"].number, relative: 1e-6, "two")
            expectClose(length.twoSidedHeadStart, row["fir_half"].number, relative: 1e-6, "head")
        }
    }

    @Test func pistonRings() throws {
        let reference = try ReferenceCase("spc-charts", "montgomery-pistonrings-xbar-R-S")
        let samples = reference.data["sample"].numbers.map { Int($0) }
        let diameters = reference.data["diameter"].numbers
        let grouped = (1...40).map { sample in
            samples.indices.filter { samples[$0] == sample }.map { diameters[$0] }
        }
        let computed = reference.expected["computed"]
        for (kind, mean, spread) in [
            (MeanChart.Spread.range, "xbar_UWAVE-R", "R_"),
            (.standardDeviation, "xbar_UWAVE-SD", "S_"),
        ] {
            let chart = try MeanChart(
                grouped, spread: kind, baseline: 25, rules: .limitsOnly, constants: .tabulated)
            expectClose(chart.means.limits.centre, computed[mean]["center"].number)
            expectClose(chart.sigmaWithin, computed[mean]["sd"].number)
            expectClose(chart.means.limits.lower, computed[mean]["limits"]["LCL"].number)
            expectClose(chart.means.limits.upper, computed[mean]["limits"]["UCL"].number)
            #expect(
                chart.means.signals.map { $0.position + 1 }
                    == computed[mean]["beyond"].numbers.map { Int($0) })
            expectClose(chart.spread.limits.centre, computed[spread]["center"].number)
            expectClose(
                chart.spread.limits.upper, computed[spread]["limits"]["UCL"].number,
                // qcc 2.7 tabulates d3 for n = 5 as 0.8640855; it is 0.8640819.
                relative: kind == .range ? 5e-6 : 1e-8)
            #expect(chart.spread.limits.lower == 0)
            #expect(!chart.isProvisional)
        }
        // Nine on one side would be Nelson's; qcc 2.7 calls seven a run.
        let seven = RunRuleSet(
            name: "seven", version: 1, rules: [.init("run", .sameSide(points: 7))])
        let chart = try MeanChart(grouped, spread: .range, baseline: 25, rules: seven)
        #expect(
            chart.means.signals.map { $0.position + 1 }
                == computed["xbar_UWAVE-R"]["runs"].list.compactMap(\.int)
                || computed["xbar_UWAVE-R"]["runs"].int
                    == chart.means.signals.last.map {
                        $0.position + 1
                    }
        )
        let capability = computed["capability"]
        let spec = capability["spec"].numbers
        let rings = try MeanChart(grouped, spread: .range, baseline: 25, constants: .tabulated)
        let indices = try Capability(
            mean: rings.means.limits.centre, sigma: rings.sigmaWithin, count: 125,
            limits: SpecificationLimits(lower: spec[0], upper: spec[1]),
            target: capability["target"].number, cpmConvention: .qcc)
        for (index, row) in zip(
            [indices.cp, indices.cpLower, indices.cpUpper, indices.cpk, indices.cpm],
            capability["indices"].list)
        {
            expectClose(index?.value, row.numbers[0])
            expectClose(index?.interval.lower, row.numbers[1])
            expectClose(index?.interval.upper, row.numbers[2])
        }
    }

    @Test(arguments: ReferenceCase.names("spc-charts"))
    func memoryCharts(_ name: String) throws {
        let reference = try ReferenceCase("spc-charts", name)
        let x = reference.data["x"].numbers
        let inputs = reference.inputs
        let expected = reference.expected
        guard !x.isEmpty, let target = inputs["target"].number, let sigma = inputs["sigma"].number
        else { return }
        if let lambda = inputs["lambda"].number, let l = inputs["L"].number {
            let chart = try EWMAChart(
                x, target: target, sigma: sigma, lambda: lambda, l: l, limits: .asymptotic)
            for (value, printed) in zip([target] + chart.values, expected["ewma_full"].numbers) {
                expectClose(value, printed)
            }
            expectPrinted(chart.upper.last, expected["UCL"])
            expectClose(
                chart.lower.last, expected["LCL"].number, relative: 0, absolute: 1.1e-4)
            #expect(
                chart.signals.map { $0 + 1 } == expected["out_of_control"].numbers.map { Int($0) })
        }
        guard let k = inputs["cusum"]["k"].number, let h = inputs["cusum"]["h"].number else {
            return
        }
        let computed = expected["computed"]
        let chart = try CUSUMChart(x, target: target, sigma: sigma, k: k, h: h)
        for (index, value) in computed["cusum_pos"].numbers.enumerated() {
            expectClose(chart.high[index], value, absolute: 1e-9)
        }
        for (index, value) in computed["cusum_neg"].numbers.enumerated() {
            expectClose(chart.low[index], -value, absolute: 1e-9)
        }
        #expect(
            chart.highSignals.map { $0 + 1 }
                == computed["cusum_upper_signals"].numbers.map { Int($0) })
        let ewma = inputs["ewma"]
        let average = try EWMAChart(
            x, target: target, sigma: sigma, lambda: ewma["lambda"].number ?? 0.1,
            l: ewma["L"].number ?? 2.7)
        for (index, value) in computed["ewma"].numbers.enumerated() {
            expectClose(average.values[index], value)
        }
        expectClose(average.lower.first, computed["ewma_limits_first"].numbers.first)
        expectClose(average.upper.last, computed["ewma_limits_last"].numbers.last)
        #expect(average.signals.map { $0 + 1 } == computed["ewma_signals"].numbers.map { Int($0) })
    }

    @Test func individualsFromTheirMovingRanges() throws {
        // Mean 10.2, moving ranges 1, 2, 1, 1: mean 1.25.
        let chart = try IndividualsChart([10, 11, 9, 10, 11])
        expectClose(chart.individuals.limits.centre, 10.2)
        expectClose(chart.sigmaWithin, 1.25 / 1.1283791670955126)
        expectClose(chart.movingRanges.limits.upper, 1.25 * 3.26653191929356)
        #expect(chart.isProvisional)
        #expect(throws: AnalysisError.constant(what: "the baseline")) {
            try IndividualsChart([1, 1, 1])
        }
        #expect(throws: AnalysisError.self) { try IndividualsChart([1]) }
    }

    @Test func limitsThatWereSignedAreKept() throws {
        let origin = LimitsOrigin(signedBy: "QA", date: "2026-01-10", reason: "phase I, 25 lots")
        let frozen = ControlLimits(centre: 100, sigma: 2, origin: origin)
        let chart = try IndividualsChart([101, 99, 107, 100], frozen: frozen)
        #expect(chart.individuals.limits == frozen)
        #expect(chart.individuals.signals == [.init(position: 2, rule: "Nelson 1")])
        #expect(chart.movingRanges.limits.origin == origin)
    }
}
