import Foundation
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

    /// No point is left out: a single one that lies apart from a crowd changes the picture.
    @Test func aCrowdOfPointsIsAnImage() throws {
        func text(_ last: Double) -> String {
            let fitted = (0..<9000).map { Double($0 % 300) }
            var residuals = (0..<9000).map { Double(($0 * 7919) % 601) / 100 - 3 }
            residuals[4321] = last
            residuals[4322] = 5
            residuals[4323] = -5
            let picture = ResidualChart(
                title: "Residuals", fitted: fitted, residuals: residuals, flagged: [], band: nil
            ).picture()
            return String(decoding: picture.standaloneSVG(), as: UTF8.self)
        }
        let crowd = text(0)
        #expect(crowd.components(separatedBy: "<image").count == 2)
        #expect(!crowd.contains("<circle"))
        #expect(crowd.utf8.count < 200_000)
        #expect(text(4.5) != crowd)
        let start = try #require(crowd.range(of: "base64,"))
        let data = try #require(
            Data(base64Encoded: String(crowd[start.upperBound...].prefix { $0 != "\"" })))
        let image = try PlainPNG([UInt8](data))
        #expect(image.pixels.contains { $0[3] == 0 } && image.pixels.contains { $0[3] == 255 })
        #expect(Set(image.pixels.map { Array($0.prefix(3)) }) == [[0x00, 0x59, 0x4F]])
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
