/// Steps and lines over time: supply against demand, vials left in banks.
public struct LevelChart: Sendable {
    /// One series.
    public struct Series: Sendable {
        /// Its name.
        public var name: String
        /// Where and how much, in rising order of `x`.
        public var points: [(x: Double, y: Double)]
        /// Whether the level holds until the next point.
        public var isStepped: Bool

        /// A series.
        public init(name: String, points: [(x: Double, y: Double)], isStepped: Bool = false) {
            self.name = name
            self.points = points.filter { $0.x.isFinite && $0.y.isFinite }
            self.isStepped = isStepped
        }
    }

    /// More series than this cannot be told apart.
    public static let seriesMax = 4
    /// More points than this are not drawn.
    public static let pointsMax = 2000

    private let title: String
    private let across: String
    private let quantity: String
    private let series: [Series]

    /// A chart of `series`; `across` and `quantity` name the two axes with their units.
    public init(title: String, across: String, quantity: String, series: [Series]) {
        self.title = title
        self.across = across
        self.quantity = quantity
        self.series = series.prefix(Self.seriesMax).map { series in
            var series = series
            series.points = Array(series.points.prefix(Self.pointsMax))
            return series
        }
    }

    private static let inks: [Ink] = [.house, .vermillion, .blue, .purple]

    /// The picture, 720 by 320 units.
    public func picture() -> Picture {
        let frame = PlotFrame(width: 720, height: 320, bottom: 72)
        let points = series.flatMap(\.points)
        let level = Scale(
            from: min(points.map(\.x).min() ?? 0, 0), to: points.map(\.x).max() ?? 1,
            start: frame.left, end: frame.innerRight)
        let upright = Scale(
            from: min(points.map(\.y).min() ?? 0, 0), to: points.map(\.y).max() ?? 1,
            start: frame.innerBottom, end: frame.top + 6)
        return Picture(width: frame.width, height: frame.height, title: title, summary: summary) {
            svg in
            frame.drawTitle(title, into: &svg)
            let ticks = upright.ticks()
            frame.drawUpright(
                upright, ticks: ticks, labels: NumberLabel.labels(for: ticks), quantity: quantity,
                into: &svg)
            let marks = level.ticks(wanted: 8)
            frame.drawLevel(
                zip(marks, NumberLabel.labels(for: marks)).map { (level($0), $1) },
                quantity: nil, into: &svg)
            for (place, line) in series.enumerated() {
                draw(line, place, level, upright, frame, into: &svg)
            }
            svg.element(
                .text, .x(frame.innerRight), .y(frame.height - 40), .anchoredEnd, .fill(.quiet),
                .fontSize(Lettering.small)
            ) { $0.characters(across) }
        }
    }

    private func draw(
        _ line: Series, _ place: Int, _ level: Scale, _ upright: Scale, _ frame: PlotFrame,
        into svg: inout SVGWriter
    ) {
        var path: [Point] = []
        for point in line.points {
            if line.isStepped, let last = path.last {
                path.append(Point(x: level(point.x), y: last.y))
            }
            path.append(Point(x: level(point.x), y: upright(point.y)))
        }
        let ink = Self.inks[place % Self.inks.count]
        let x = frame.left + Double(place) * 160
        let y = frame.height - 20
        let key = [Point(x: x, y: y), Point(x: x + 24, y: y)]
        // Strokes differ as well as colours, so that the lines are told apart in black and white.
        for points in [path, key] where points.count > 1 {
            switch place {
            case 0:
                svg.element(
                    .polyline, .points(points), .noFill, .stroke(ink), .strokeWidth(2), .roundJoins)
            case 1:
                svg.element(
                    .polyline, .points(points), .noFill, .stroke(ink), .strokeWidth(2), .dashed)
            default:
                svg.element(
                    .polyline, .points(points), .noFill, .stroke(ink), .strokeWidth(2), .dotted)
            }
        }
        svg.element(.text, .x(x + 30), .y(y + 4), .fontSize(Lettering.small), .fill(ink)) {
            $0.characters(Lettering.fitting(line.name, width: 124, size: Lettering.small))
        }
    }

    private var summary: String {
        let parts = series.map { line in
            guard let first = line.points.first, let last = line.points.last else {
                return "\(line.name): nothing"
            }
            return "\(line.name): \(NumberLabel.short(first.y)) at \(NumberLabel.short(first.x)), "
                + "\(NumberLabel.short(last.y)) at \(NumberLabel.short(last.x))"
        }
        return "\(quantity) over \(across). \(parts.joined(separator: ". "))."
    }
}
