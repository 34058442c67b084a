import Foundation
import Testing

@testable import Statistics

struct ShelfLifeTests {
    private func observations(_ data: Node) -> [StabilityObservation] {
        let (times, values) = (data["time"].numbers, data["y"].numbers)
        return data["batch"].strings.enumerated().map {
            StabilityObservation(batch: $1, time: times[$0], value: values[$0])
        }
    }

    private func limit(_ inputs: Node) -> StabilityLimit {
        if let value = inputs["limits"].number {
            return inputs["sides"].string == "upper" ? .upper(value) : .lower(value)
        }
        let limits = inputs["limits"].numbers
        return .both(lower: limits[0], upper: limits[1])
    }

    @Test(arguments: ReferenceCase.names("stability-q1e"))
    func publishedStudies(_ name: String) throws {
        let reference = try ReferenceCase("stability-q1e", name)
        let computed = reference.expected["computed"]
        let data = observations(reference.data)
        let confidence = reference.inputs["one_sided_confidence"].number
        for own in [false, true] {
            let analysis = try ShelfLifeAnalysis(
                data, limit: limit(reference.inputs),
                conventions: StabilityConventions(separateSlopeError: own ? .own : .pooled),
                boundConfidence: confidence)
            try check(
                analysis, computed, separate: own ? "separate_own_mse" : "separate_pooled_mse")
            #expect(
                analysis.selected?.rawValue.replacingOccurrences(of: ",", with: "")
                    .replacingOccurrences(of: " ", with: "_") ?? "single batch"
                    == computed["selected_model"].string)
        }
        let reduced = try ShelfLifeAnalysis(
            data, limit: limit(reference.inputs),
            conventions: StabilityConventions(interceptError: .reducedModel))
        let test = computed["tests"]["intercepts_given_common_slope_reduced_mse"]
        expectClose(reduced.intercepts?.f, test["F"].number, relative: 1e-7)
        expectClose(reduced.intercepts?.p, test["p"].number, relative: 1e-6)
    }

    private func check(_ analysis: ShelfLifeAnalysis, _ computed: Node, separate: String) throws {
        let tests = computed["tests"]
        for (line, node) in [
            (analysis.slopes, tests["slopes"]), (analysis.joint, tests["joint"]),
            (analysis.intercepts, tests["intercepts_given_common_slope_full_mse"]),
        ] {
            expectClose(line?.f, node["F"].number, relative: 1e-7, "F")
            expectClose(line?.p, node["p"].number, relative: 1e-6, "p")
        }
        for key in computed.keys where key.hasPrefix("crossing_") {
            let node = computed[key]
            let isUpper = key.contains("upper")
            for (model, name) in [
                (PoolingModel.commonLine, "common_slope_common_intercept"),
                (.commonSlope, "common_slope_separate_intercepts"), (.separate, separate),
            ] {
                for bound in analysis.bounds[model] ?? [] where bound.isUpper == isUpper {
                    let entry = bound.line.batch.map { node[name][$0] } ?? node[name]
                    let expected = entry.number ?? entry.numbers.first
                    switch bound.crossing {
                    case .at(let time):
                        guard let expected else {
                            #expect(time > 500, "\(key) \(name) \(time)")
                            continue
                        }
                        expectClose(time, expected, relative: 1e-7, "\(key) \(name)")
                    case .never, .outsideAtStart:
                        #expect(expected == nil, "\(key) \(name)")
                    }
                }
            }
        }
    }

    @Test func theTwoErrorConventionsExplainThePublishedDisagreement() throws {
        let reference = try ReferenceCase("stability-q1e", "velagaleti-p613")
        let data = observations(reference.data)
        func months(_ error: StabilityConventions.SeparateSlopeError) throws -> Int {
            try ShelfLifeAnalysis(
                data, limit: .lower(90),
                conventions: StabilityConventions(separateSlopeError: error)
            ).shelfLife.get().duration
        }
        #expect(try months(.own) == 17)
        #expect(try months(.pooled) == 18)
    }

    @Test func extrapolationIsCappedAndSaid() throws {
        let reference = try ReferenceCase("stability-q1e", "sim-no-trend")
        let data = observations(reference.data)
        for (rule, expected) in [
            (ExtrapolationRule.realTimeOnly, 12), (.refrigerated, 18), (.roomTemperature, 24),
            (.roomTemperatureIntermediate, 18),
        ] {
            let life = try ShelfLifeAnalysis(
                data, limit: .both(lower: 90, upper: 110), extrapolation: rule
            ).shelfLife.get()
            #expect(life.duration == expected)
            #expect(life.isLimitedByExtrapolation)
        }
        #expect(ExtrapolationRule.roomTemperature.longest(dataUpTo: 36) == 48)
    }

    @Test func extrapolationCountsItsMonthsInTheUnitOfTheStudy() {
        let rule = ExtrapolationRule.roomTemperature
        #expect(rule.longest(dataUpTo: 3, in: .years) == 4)
        #expect(rule.longest(dataUpTo: 0.5, in: .years) == 1)
        #expect(abs(rule.longest(dataUpTo: 1096, in: .days) - (1096 + 365.25)) < 1e-9)
        #expect(abs(rule.longest(dataUpTo: 156, in: .weeks) - (156 + 365.25 / 7)) < 1e-9)
        #expect(rule.longest(dataUpTo: 26, in: .weeks) == 52)
        #expect(ExtrapolationRule.refrigerated.longest(dataUpTo: 2, in: .years) == 2.5)
    }

    @Test func aFlatExactStudyNeverCrosses() throws {
        let data = ["a", "b", "c"].flatMap { batch in
            [0.0, 3, 6, 9].map { StabilityObservation(batch: batch, time: $0, value: 95) }
        }
        let analysis = try ShelfLifeAnalysis(data, limit: .lower(80))
        #expect(analysis.selected == .commonLine)
        #expect(analysis.governing.allSatisfy { $0.crossing == .never })
        #expect(try analysis.shelfLife.get().crossing == nil)
        #expect(try analysis.shelfLife.get().duration == 9)
        #expect(analysis.remarks.contains { $0.contains("exactly on a line") })
    }

    @Test func resultsOutsideAtTheStartGiveNoShelfLife() throws {
        let data = [(0.0, 81.0), (3, 79), (6, 80.5), (9, 78)].map {
            StabilityObservation(batch: "a", time: $0.0, value: $0.1)
        }
        let analysis = try ShelfLifeAnalysis(data, limit: .lower(80))
        #expect(throws: Inconclusive.self) { try analysis.shelfLife.get() }
        #expect(analysis.remarks == ["1 batch given: ICH Q1E expects at least 3"])
    }

    @Test func theOrderOfResultsDoesNotMatter() throws {
        let reference = try ReferenceCase("stability-q1e", "sim-viability")
        let data = observations(reference.data)
        let sorted = try ShelfLifeAnalysis(data, limit: .lower(80))
        let reversed = try ShelfLifeAnalysis(Array(data.reversed()), limit: .lower(80))
        #expect(try sorted.shelfLife.get().duration == reversed.shelfLife.get().duration)
        #expect(sorted.selected == reversed.selected)
    }

    @Test func badStudiesAreRefused() {
        func analyse(_ rows: [(String, Double, Double)]) throws(AnalysisError) {
            _ = try ShelfLifeAnalysis(
                rows.map { StabilityObservation(batch: $0.0, time: $0.1, value: $0.2) },
                limit: .lower(80))
        }
        #expect(throws: AnalysisError.tooFew(what: "results", found: 2, needed: 3)) {
            try analyse([("a", 0, 90), ("a", 3, 89)])
        }
        #expect(throws: AnalysisError.tooFew(what: "times of batch 'a'", found: 1, needed: 2)) {
            try analyse([("a", 3, 90), ("a", 3, 89), ("a", 3, 91)])
        }
        #expect(throws: AnalysisError.notFinite(what: "result", position: 3)) {
            try analyse([("a", 0, 90), ("a", 3, 89), ("a", 6, .nan)])
        }
        #expect(throws: AnalysisError.self) {
            try analyse([("a", -1, 90), ("a", 3, 89), ("a", 6, 88)])
        }
    }
}
