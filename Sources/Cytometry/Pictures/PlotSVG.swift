/// Pictures of events as SVG: what a cytometrist expects to see beside a number.
public enum PlotSVG {
    /// A pseudocolour density plot with gates.
    public static func density(
        _ raster: DensityRaster, x: PlotAxis, y: PlotAxis, outlines: [GateOutline] = [],
        title: String, notes: [String] = [], palette: DensityPalette = .classic
    ) -> String {
        var canvas = SVGCanvas(title: title)
        canvas.density(DensityShapes(raster, palette: palette))
        canvas.axes(x, y)
        for outline in outlines { canvas.outline(outline) }
        var lines = ["\(raster.events) events"]
        if raster.offScale > 0 { lines[0] += ", \(raster.offScale) of them off scale" }
        canvas.notes(lines + notes)
        return canvas.finished()
    }

    /// One curve of a histogram.
    public struct Curve: Sendable {
        /// Name in the legend.
        public var name: String
        /// Height from 0 to 1 at equally spaced places.
        public var heights: [Double]
        /// True for the sample, which is filled; controls are lines.
        public var isFilled: Bool

        /// A curve.
        public init(name: String, heights: [Double], isFilled: Bool) {
            self.name = name
            self.heights = heights
            self.isFilled = isFilled
        }

        /// The share of values at each of 256 places of an axis, lightly smoothed, relative to
        /// the highest.
        public init(name: String, values: [Double], axis: PlotAxis, isFilled: Bool) {
            let pixels = PixelAxis(axis, count: 256)
            var counts = [Double](repeating: 0, count: 256)
            for value in values {
                guard let pixel = pixels?.pixel(value) else { continue }
                counts[min(max(pixel, 0), 255)] += 1
            }
            for _ in 0..<4 {
                counts = counts.indices.map { index in
                    let left = counts[max(index - 1, 0)]
                    let right = counts[min(index + 1, 255)]
                    return (left + 2 * counts[index] + right) / 4
                }
            }
            let top = max(counts.max() ?? 1, 1e-300)
            self.init(name: name, heights: counts.map { $0 / top }, isFilled: isFilled)
        }
    }

    /// A marker's share of positive cells over population doublings, with its intervals.
    static func trend(_ drift: MarkerDrift) -> String {
        let levels = drift.points.map(\.populationDoublings)
        let (first, last) = (levels.min() ?? 0, levels.max() ?? 0)
        let lowest = drift.points.map(\.share.lower).min() ?? 0
        let highest = drift.points.map(\.share.upper).max() ?? 100
        let (before, around) = (
            max((last - first) * 0.08, 0.5), max((highest - lowest) * 0.15, 0.5)
        )
        let channel = GateDimension.channel(drift.marker)
        let x = PlotAxis(
            channel, scale: nil, low: first - before, high: last + before,
            title: "population doublings")
        let y = PlotAxis(
            channel, scale: nil, low: max(lowest - around, 0), high: min(highest + around, 100),
            title: "% positive")
        var canvas = SVGCanvas(title: drift.marker)
        canvas.trend(
            drift.points.map { point in
                (
                    x: x.place(of: point.populationDoublings), y: y.place(of: point.share.percent),
                    low: y.place(of: point.share.lower), high: y.place(of: point.share.upper)
                )
            })
        canvas.axes(x, y)
        return canvas.finished()
    }

    /// Overlaid histograms, each relative to its own maximum, with a threshold in words.
    public static func histogram(
        _ curves: [Curve], axis: PlotAxis, threshold: (value: Double, words: String)? = nil,
        title: String, notes: [String] = []
    ) -> String {
        var canvas = SVGCanvas(title: title)
        for (index, curve) in curves.enumerated() { canvas.curve(curve, index) }
        if let threshold {
            canvas.threshold(axis.place(of: threshold.value), threshold.words)
        }
        let height = PlotAxis(
            axis.dimension, scale: nil, low: 0, high: 100 / SVGCanvas.curveHeight,
            title: "% of maximum")
        canvas.axes(axis, height)
        canvas.notes(notes)
        return canvas.finished()
    }
}

/// A square plot area with room for axes around it.
private struct SVGCanvas {
    /// How much of the plot area the highest place of a curve takes.
    static let curveHeight = 0.96
    private static let width = 444.0
    private static let size = 360.0
    private static let left = 64.0
    private static let top = 34.0
    private var body: [String] = []
    /// Names of the curves, written over all of them.
    private var legend: [String] = []
    private var noteCount = 0
    private let title: String

    init(title: String) {
        self.title = title
    }

    private func px(_ place: Double) -> String { fixed(Self.left + place * Self.size, 1) }
    private func py(_ place: Double) -> String { fixed(Self.top + (1 - place) * Self.size, 1) }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }

    /// Width of a text in its bold or plain face; DejaVu Sans has 0.6 to 0.7 em a letter.
    private static func width(_ text: String, _ fontSize: Double, isBold: Bool = false) -> Double {
        Double(text.count) * fontSize * (isBold ? 0.69 : 0.61)
    }

    /// The title as large as fits, and shortened in the middle where even small letters do not.
    private var fittedTitle: (text: String, fontSize: Double) {
        let room = Self.width - 12
        let wanted = 13.0
        let fontSize = min(wanted, wanted * room / Self.width(title, wanted, isBold: true))
        guard fontSize < 9 else { return (title, fontSize) }
        let letters = Int(room / Self.width("x", 9, isBold: true)) - 1
        return ("\(title.prefix(letters / 2))…\(title.suffix(letters - letters / 2))", 9)
    }

    mutating func density(_ shapes: DensityShapes) {
        body.append(shapes.element(x: px(0), y: py(1), size: Self.size))
    }

    mutating func axes(_ x: PlotAxis, _ y: PlotAxis) {
        body.append(
            "<rect x=\"\(px(0))\" y=\"\(py(1))\" width=\"360\" height=\"360\" fill=\"none\" "
                + "stroke=\"#222\"/>")
        for tick in x.ticks() {
            let length = tick.label.isEmpty ? 4.0 : 8.0
            let bottom = Self.top + Self.size
            body.append(
                "<line x1=\"\(px(tick.place))\" y1=\"\(fixed(bottom, 1))\" "
                    + "x2=\"\(px(tick.place))\" "
                    + "y2=\"\(fixed(bottom + length, 1))\" stroke=\"#222\"/>")
            if !tick.label.isEmpty {
                body.append(
                    "<text x=\"\(px(tick.place))\" y=\"\(fixed(bottom + 20, 1))\" "
                        + "text-anchor=\"middle\">\(tick.label)</text>")
            }
        }
        for tick in y.ticks() {
            let length = tick.label.isEmpty ? 4.0 : 8.0
            body.append(
                "<line x1=\"\(fixed(Self.left - length, 1))\" y1=\"\(py(tick.place))\" "
                    + "x2=\"\(fixed(Self.left, 1))\" y2=\"\(py(tick.place))\" stroke=\"#222\"/>")
            if !tick.label.isEmpty {
                body.append(
                    "<text x=\"\(fixed(Self.left - 11, 1))\" y=\"\(py(tick.place))\" "
                        + "text-anchor=\"end\" dominant-baseline=\"middle\">\(tick.label)</text>")
            }
        }
        body.append(
            "<text x=\"\(px(0.5))\" y=\"\(fixed(Self.top + Self.size + 38, 1))\" "
                + "text-anchor=\"middle\" font-size=\"12\">\(Self.escaped(x.title))</text>")
        body.append(
            "<text x=\"14\" y=\"\(py(0.5))\" text-anchor=\"middle\" font-size=\"12\" "
                + "transform=\"rotate(-90 14 \(py(0.5)))\">\(Self.escaped(y.title))</text>")
    }

    mutating func outline(_ outline: GateOutline) {
        for line in outline.lines {
            let points = line.map { "\(px($0.x)),\(py($0.y))" }.joined(separator: " ")
            for style in [
                "stroke=\"#fff\" stroke-width=\"3\"", "stroke=\"#000\" stroke-width=\"1.2\"",
            ] {
                body.append("<polyline points=\"\(points)\" fill=\"none\" \(style)/>")
            }
        }
        label(
            outline.label, x: Self.left + outline.anchor.x * Self.size + 4,
            y: Self.top + (1 - outline.anchor.y) * Self.size - 5)
    }

    /// Where a text that would begin at `x` begins, so that it ends inside the plot area.
    private static func start(of text: String, at x: Double) -> Double {
        max(left + 4, min(x, left + size - 4 - width(text, 11)))
    }

    /// Text with a white rim, which keeps it readable on any density. The rim is a text of its
    /// own, because not every program that prints SVG knows `paint-order`.
    private static func rimmed(_ text: String, x: Double, y: Double, _ style: String) -> String {
        ["stroke=\"#fff\" stroke-width=\"3\"", ""].map { rim in
            "<text x=\"\(fixed(x, 1))\" y=\"\(fixed(y, 1))\" \(style) \(rim)>\(escaped(text))</text>"
        }.joined()
    }

    private mutating func label(_ text: String, x: Double, y: Double) {
        body.append(Self.rimmed(text, x: Self.start(of: text, at: x), y: y, "fill=\"#000\""))
    }

    mutating func curve(_ curve: PlotSVG.Curve, _ index: Int) {
        let colours = ["#3b6fb6", "#888888", "#c2571a", "#5a9e4b", "#7b4fa3"]
        let colour = colours[index % colours.count]
        let last = Double(max(curve.heights.count - 1, 1))
        var points = curve.heights.enumerated().map { place, height in
            "\(px(Double(place) / last)),\(py(height * Self.curveHeight))"
        }
        let style: String
        if curve.isFilled {
            points = ["\(px(0)),\(py(0))"] + points + ["\(px(1)),\(py(0))"]
            style = "fill=\"\(colour)\" fill-opacity=\"0.45\" stroke=\"\(colour)\""
        } else {
            let dash = index > 1 ? " stroke-dasharray=\"5 3\"" : ""
            style = "fill=\"none\" stroke=\"\(colour)\" stroke-width=\"1.5\"\(dash)"
        }
        body.append("<polyline points=\"\(points.joined(separator: " "))\" \(style)/>")
        legend.append(
            Self.rimmed(
                curve.name, x: Self.left + 0.98 * Self.size, y: Self.top + 16 + 15 * Double(index),
                "text-anchor=\"end\" fill=\"\(colour)\""))
    }

    mutating func trend(_ points: [(x: Double, y: Double, low: Double, high: Double)]) {
        let line = points.map { "\(px($0.x)),\(py($0.y))" }.joined(separator: " ")
        body.append("<polyline points=\"\(line)\" fill=\"none\" stroke=\"#3b6fb6\"/>")
        for point in points {
            body.append(
                "<line x1=\"\(px(point.x))\" y1=\"\(py(point.low))\" x2=\"\(px(point.x))\" "
                    + "y2=\"\(py(point.high))\" stroke=\"#222\"/>")
            body.append(
                "<circle cx=\"\(px(point.x))\" cy=\"\(py(point.y))\" r=\"3.5\" "
                    + "fill=\"#3b6fb6\"/>")
        }
    }

    mutating func threshold(_ place: Double, _ words: String) {
        guard place >= 0, place <= 1 else { return }
        body.append(
            "<line x1=\"\(px(place))\" y1=\"\(py(0))\" x2=\"\(px(place))\" y2=\"\(py(1))\" "
                + "stroke=\"#000\" stroke-dasharray=\"2 2\"/>")
        label(words, x: Self.left + place * Self.size + 4, y: Self.top + Self.size - 6)
    }

    mutating func notes(_ lines: [String]) {
        noteCount = lines.count
        for (index, line) in lines.enumerated() {
            let y = Self.top + Self.size + 56 + 14 * Double(index)
            body.append(
                "<text x=\"\(px(0))\" y=\"\(fixed(y, 1))\" "
                    + "fill=\"#444\" font-size=\"10\">\(Self.escaped(line))</text>")
        }
    }

    func finished() -> String {
        let heading = fittedTitle
        let height = Int(Self.top + Self.size + 52 + 14 * Double(noteCount) + 8)
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 444 \(height)" width="444" \
            height="\(height)" role="img" font-family="DejaVu Sans, sans-serif" font-size="11">
            <title>\(Self.escaped(title))</title>
            <rect width="444" height="\(height)" fill="#fff"/>
            <text x="\(fixed(Self.width / 2, 1))" y="20" text-anchor="middle" \
            font-size="\(fixed(heading.fontSize, 1))" \
            font-weight="bold">\(Self.escaped(heading.text))</text>
            \(body.joined(separator: "\n"))
            \(legend.joined(separator: "\n"))
            </svg>

            """
    }
}
