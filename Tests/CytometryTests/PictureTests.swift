import Cytometry
import Foundation
import Testing
import TestSupport

@Suite struct PictureTests {
    private func table(_ x: [Double], _ y: [Double]) -> EventTable {
        EventTable(names: ["X", "Y"], columns: [x, y])
    }

    /// A raster finds pixels without transforming a value; the plain way transforms every one.
    @Test func everyEventIsOnThePixelItsScaleGivesIt() throws {
        let scale = try ScaleTransform.logicle(t: 262_144, w: 0.7, m: 4.5, a: 0)
        let x = PlotAxis(.channel("X"), scale: scale, low: -0.15, high: 1, title: "X")
        let y = PlotAxis(.channel("Y"), scale: nil, low: 0, high: 1000, title: "Y")
        forAll(cases: 4) { random in
            let count = 500
            let xs = (0..<count).map { _ in
                let size = pow(10, Double.random(in: -2...6, using: &random))
                return Bool.random(using: &random) ? size : -size
            }
            let ys = (0..<count).map { _ in Double.random(in: -100...1100, using: &random) }
            let raster = try DensityRaster(
                x: x, y: y, strategy: GatingStrategy(gates: []), source: table(xs, ys),
                width: 64, height: 32)
            var plain = [UInt32](repeating: 0, count: 64 * 32)
            for (a, b) in zip(xs, ys) {
                let column = min(max(Int((x.place(of: a) * 64).rounded(.down)), 0), 63)
                let row = min(max(Int((y.place(of: b) * 32).rounded(.down)), 0), 31)
                plain[row * 64 + column] += 1
            }
            try require(raster.counts == plain, "the rasters differ")
            try require(raster.events == count, "\(raster.events) of \(count) events")
        }
    }

    @Test func whatIsNoNumberIsNotShownAndWhatIsOffScaleIsCounted() throws {
        let axis = PlotAxis(.channel("X"), scale: nil, low: 0, high: 10, title: "")
        var other = axis
        other.dimension = .channel("Y")
        let raster = try DensityRaster(
            x: axis, y: other, strategy: GatingStrategy(gates: []),
            source: table([1, .nan, 50, -3, .infinity], [1, 1, 1, 1, 1]))
        #expect(raster.events == 4)
        #expect(raster.offScale == 3)
        #expect(raster.intensities().count { $0 > 0 } == 3)
    }

    @Test func axesHaveTheTicksCytometristsExpect() throws {
        let linear = PlotAxis(.channel("FSC-A"), scale: nil, low: 0, high: 262_144, title: "")
        #expect(linear.ticks().map(\.label) == ["0", "50K", "100K", "150K", "200K", "250K"])
        let scale = try ScaleTransform.logicle(t: 262_144, w: 0.7, m: 4.5, a: 0)
        let logicle = PlotAxis(.channel("X"), scale: scale, low: -0.15, high: 1, title: "")
        let labels = logicle.ticks().map(\.label).filter { !$0.isEmpty }
        #expect(labels == ["−10³", "0", "10³", "10⁴", "10⁵"])
        #expect(logicle.ticks().count { $0.label.isEmpty } == 17)
        #expect(PlotAxis(.channel("X"), scale: nil, low: 0, high: 0, title: "").ticks().isEmpty)
    }

    @Test func aPictureIsWellFormedAndShowsItsGates() throws {
        let folder = fixtures().appending(path: "msc-panel")
        let set = try FCSFile.open(path: folder.appending(path: "I1_unstained.fcs").path)[0]
        let strategy = try PhenotypeReportTests.strategy()
        let x = PlotAxis.standard(.channel("FSC-A"), of: set)
        let y = PlotAxis.standard(.channel("SSC-A"), of: set)
        let outlines = strategy.gates.compactMap {
            GateOutline($0, x: x, y: y, strategy: strategy, label: "\($0.id) <1 %")
        }
        #expect(outlines.map(\.label) == ["Cells <1 %"])
        #expect(outlines[0].lines[0].count == 8)
        let raster = try DensityRaster(x: x, y: y, strategy: strategy, source: set)
        #expect(raster.events == set.eventCount)
        let svg = PlotSVG.density(raster, x: x, y: y, outlines: outlines, title: "A & B")
        #expect(svg.contains("Cells &lt;1 %") && svg.contains("A &amp; B"))
        // The XML parser accepts it, and only then is its root element found wanting.
        let error = #expect(throws: GatingError.self) { try GatingML.read(Array(svg.utf8)) }
        #expect(error?.code == .version)
        let start = try #require(svg.range(of: "base64,"))
        let image = try #require(
            Data(base64Encoded: String(svg[start.upperBound...].prefix { $0 != "\"" })))
        let read = try PlainPNG([UInt8](image))
        #expect(read.width == raster.width && read.height == raster.height)
    }

    /// What is drawn is what was counted: each pixel of the image has the colour of its bin.
    @Test func theImageShowsEveryBin() throws {
        let x = PlotAxis(.channel("X"), scale: nil, low: 0, high: 64, title: "X")
        let y = PlotAxis(.channel("Y"), scale: nil, low: 0, high: 32, title: "Y")
        forAll(cases: 6) { random in
            let xs = (0..<300).map { _ in Double.random(in: 0..<64, using: &random) }
            let ys = (0..<300).map { _ in Double.random(in: 0..<32, using: &random) }
            let raster = try DensityRaster(
                x: x, y: y, strategy: GatingStrategy(gates: []), source: table(xs, ys),
                width: 64, height: 32)
            let palette = DensityPalette.allCases.randomElement(using: &random) ?? .safe
            let read = try PlainPNG(raster.png(palette: palette))
            let levels = raster.intensities()
            for row in 0..<32 {
                for column in 0..<64 {
                    let pixel = read.pixels[(31 - row) * 64 + column]
                    let level = (levels[row * 64 + column] * 255).rounded()
                    let colour = palette.colour(level / 255)
                    try require(
                        pixel == [colour.red, colour.green, colour.blue, 255],
                        "pixel \(column), \(row) is \(pixel)")
                    let isEmpty = raster.counts[row * 64 + column] == 0
                    try require(isEmpty == (level == 0), "an event is hidden or made up")
                }
            }
        }
    }

    @Test func aFewEventsAreShapesAndManyAreAnImage() throws {
        let axes = ["X", "Y"].map {
            PlotAxis(.channel($0), scale: nil, low: 0, high: 100, title: $0)
        }
        func svg(_ count: Int) throws -> String {
            let xs = (0..<count).map { Double($0 * 61 % 100) }
            let ys = (0..<count).map { Double($0 * $0 * 37 % 100) }
            let raster = try DensityRaster(
                x: axes[0], y: axes[1], strategy: GatingStrategy(gates: []), source: table(xs, ys))
            return PlotSVG.density(raster, x: axes[0], y: axes[1], title: "")
        }
        let few = try svg(3)
        #expect(!few.contains("<image"))
        #expect(few.components(separatedBy: "h1v1h-1z").count == 4)
        let many = try svg(100)
        #expect(many.contains("<image"))
        // A page with the strictest policy shows it: no style sheet, no style attribute.
        #expect(!many.contains("style"))
    }

    @Test(arguments: [20, 55, 200])
    func titlesAndLegendsFit(length: Int) throws {
        let name = String(repeating: "lot-", count: length / 4) + ".fcs"
        let axis = PlotAxis(.channel("X"), scale: nil, low: 0, high: 10, title: "X")
        let svg = PlotSVG.histogram(
            [.init(name: "FMO", heights: [0, 1, 0], isFilled: false)], axis: axis, title: name)
        let heading = try #require(
            svg.components(separatedBy: "font-size=\"").dropFirst(2).first {
                $0.contains("bold")
            })
        let size = try #require(heading.split(separator: "\"").first.flatMap { Double($0) })
        let words = try #require(heading.components(separatedBy: ">").dropFirst().first)
            .components(separatedBy: "<")[0]
        #expect(size >= 8.9 && size <= 13)
        // DejaVu Sans Bold takes at most 0.7 em for a letter of such a name.
        #expect(Double(words.count) * size * 0.69 <= 444)
        #expect(words.hasSuffix(".fcs"))
    }

    /// A curve that is 100 % of its maximum ends where the axis says 100.
    @Test func theTopOfACurveIsAtAHundredPercent() throws {
        let axis = PlotAxis(.channel("X"), scale: nil, low: 0, high: 10, title: "X")
        let svg = PlotSVG.histogram(
            [.init(name: "a", heights: [0, 1, 0], isFilled: false)], axis: axis, title: "t")
        let tick = try #require(
            svg.components(separatedBy: "<text").first { $0.contains(">100</text>") })
        let height = try #require(tick.components(separatedBy: "y=\"").last?.prefix { $0 != "\"" })
        #expect(svg.contains(",\(height) "))
    }

    @Test func everyStepMarkerAndTheTimeHaveTheirPicture() throws {
        let pictures = try ReportPictures(
            PhenotypeReportTests.events("I1_unstained.fcs"),
            strategy: PhenotypeReportTests.strategy(), panel: PhenotypeReportTests.panel(),
            controls: ["I1_FMO_PE-A.fcs": PhenotypeReportTests.events("I1_FMO_PE-A.fcs")]
        ).all()
        #expect(pictures.count == 3 + 7 + 1)
        let report = try PhenotypeReportTests.report("lotA_pass.fcs")
        let html = report.html(pictures: pictures)
        #expect(html.components(separatedBy: "<figure>").count == 12)
        #expect(html.contains("CD105"))
    }
}
