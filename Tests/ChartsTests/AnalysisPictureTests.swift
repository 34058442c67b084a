import TestSupport
import Testing

@testable import Charts

@Suite struct AnalysisPictureTests {
    @Test(arguments: AnalysisPictureSamples.all.map(\.name))
    func keepsItsBytes(name: String) throws {
        let picture = try #require(AnalysisPictureSamples.all.first { $0.name == name }).picture
        let text = String(decoding: picture.standaloneSVG(), as: UTF8.self)
        expectSnapshot(text.replacing("><", with: ">\n<"), named: "\(name).svg")
    }

    @Test(arguments: AnalysisPictureSamples.all.map(\.name))
    func isWellFormedAndSaysWhatItShows(name: String) throws {
        let picture = try #require(AnalysisPictureSamples.all.first { $0.name == name }).picture
        let seen = try SeenElements(picture.standaloneSVG())
        #expect(seen.counts["title"] == 1)
        #expect(seen.counts["desc"] == 1)
        #expect(!picture.title.isEmpty && !picture.summary.isEmpty)
    }

    @Test func drawsEmptyAndOddInput() throws {
        let odd = [Double.nan, .infinity, -.infinity, 0, -1, 1e308, .leastNonzeroMagnitude]
        var pictures: [Picture] = []
        for values in [[], odd] + odd.map({ [$0] }) {
            let points = values.map { PlotPoint($0, $0) }
            pictures += [
                DoseResponseChart(
                    title: "", dose: "", response: "",
                    preparations: [
                        .init(name: "", responses: points, common: points, separate: points)
                    ], statement: ""
                ).picture(),
                ShelfLifeChart(
                    title: "", quantity: "", timeUnit: "",
                    batches: [.init(name: "", results: points, line: points, bounds: [points])],
                    limits: values, shelfLife: values.first, statement: ""
                ).picture(),
                StatisticChart(
                    title: "", quantity: "",
                    series: [.init(name: "", values: values, signals: [-1, 0, 99])],
                    limits: [.init(name: "", values: values)], phases: [0, 3]
                ).picture(),
                CapabilityHistogram(
                    title: "", quantity: "", values: values, limits: values,
                    target: values.first, mean: values.first ?? 0, overall: values.last ?? 0,
                    within: values.first
                ).picture(),
                ResidualChart(
                    title: "", fitted: values, residuals: values, flagged: [0, 99], band: 3
                ).picture(),
                GrowthFitChart(
                    title: "", timeUnit: "", counts: points,
                    curves: [.init(name: "", points: points)], statement: ""
                ).picture(),
                ParetoChart(
                    title: "", quantity: "", effects: values.map { .init(name: "", value: $0) },
                    margin: values.first
                ).picture(),
                ProbabilityMap(
                    title: "", across: .init(name: "", settings: values),
                    upright: .init(name: "", settings: values), probabilities: [values],
                    required: 0.5, setPoint: points.first
                ).picture(),
            ]
        }
        for picture in pictures { _ = try SeenElements(picture.standaloneSVG()) }
    }

    @Test func aHistogramCountsEveryValueOnce() {
        forAll { random in
            let values = (0..<Int.random(in: 1...200, using: &random)).map { _ in
                Double.random(in: -5...5, using: &random)
            }
            let columns = Histogram(values).columns
            let counted = columns.reduce(0) { $0 + $1.count }
            try require(counted == values.count, "\(counted) of \(values.count) values")
            try require(columns.count <= Histogram.columnsMax, "\(columns.count) columns")
        }
    }

    @Test func theExponentialIsThatOfTheLibrary() {
        for step in -60...60 {
            let x = Double(step) / 3
            let value = exponential(x) * exponential(-x)
            #expect(abs(value - 1) < 1e-12)
        }
        #expect(abs(exponential(1) - 2.718_281_828_459_045) < 1e-12)
    }
}
