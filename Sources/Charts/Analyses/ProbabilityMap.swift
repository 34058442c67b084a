/// A design space over two factors: the probability that every specification is kept, with the
/// edge of the region where it is high enough.
///
/// The ramp runs from light to dark in one hue, so it reads the same for every eye and in print;
/// the edge is a line, not a colour.
public struct ProbabilityMap: Sendable {
    /// A factor along an axis.
    public struct Axis: Sendable {
        /// The factor and its unit.
        public var name: String
        /// The settings of the grid, rising.
        public var settings: [Double]

        /// An axis.
        public init(name: String, settings: [Double]) {
            self.name = name
            self.settings = settings
        }
    }

    private let title: String
    private let across: Axis
    private let upright: Axis
    private let probabilities: [[Double]]
    private let required: Double
    private let setPoint: PlotPoint?

    /// A map.
    /// - Parameters:
    ///   - probabilities: one row for each setting of `upright`, one value for each of `across`.
    ///   - required: the probability the region must reach.
    public init(
        title: String, across: Axis, upright: Axis, probabilities: [[Double]], required: Double,
        setPoint: PlotPoint?
    ) {
        self.title = title
        self.across = across
        self.upright = upright
        self.probabilities = probabilities
        self.required = required
        self.setPoint = setPoint
    }

    /// The picture, 720 by 420 units.
    public func picture() -> Picture {
        let frame = PlotFrame(width: 720, height: 420, left: 84, right: 130)
        let x = scale(across, frame.left, frame.innerRight)
        let y = scale(upright, frame.innerBottom, frame.top)
        let columns = edges(across.settings).map { x($0) }
        let rows = edges(upright.settings).map { y($0) }
        return Picture(width: frame.width, height: frame.height, title: title, summary: summary) {
            svg in
            frame.drawTitle(title, into: &svg)
            for (row, values) in probabilities.enumerated() where row + 1 < rows.count {
                for (column, value) in values.enumerated() where column + 1 < columns.count {
                    svg.element(
                        .rect, .x(columns[column]), .y(rows[row + 1]),
                        .width(columns[column + 1] - columns[column] + 0.4),
                        .height(rows[row] - rows[row + 1] + 0.4), .fill(shade: value))
                }
            }
            drawEdge(columns, rows, into: &svg)
            let ticks = y.ticks()
            frame.drawUpright(
                y, ticks: ticks, labels: NumberLabel.labels(for: ticks), quantity: upright.name,
                into: &svg)
            let marks = x.ticks(wanted: 7)
            frame.drawLevel(
                zip(marks, NumberLabel.labels(for: marks)).map { (x($0), $1) },
                quantity: across.name, into: &svg)
            if let setPoint, setPoint.isFinite {
                MarkShape.diamond.draw(
                    at: Point(x: x(setPoint.x), y: y(setPoint.y)), size: 6, fill: .amber,
                    into: &svg)
            }
            drawKey(frame, into: &svg)
        }
    }

    private func scale(_ axis: Axis, _ start: Double, _ end: Double) -> Scale {
        let all = edges(axis.settings)
        return Scale(from: all.first ?? 0, to: all.last ?? 1, start: start, end: end)
    }

    /// The borders of cells around rising settings.
    private func edges(_ settings: [Double]) -> [Double] {
        guard settings.count > 1, let first = settings.first, let last = settings.last else {
            return settings.flatMap { [$0 - 0.5, $0 + 0.5] }
        }
        let between = zip(settings, settings.dropFirst()).map { ($0 + $1) / 2 }
        return [2 * first - between[0]] + between + [2 * last - between[between.count - 1]]
    }

    private func reaches(_ row: Int, _ column: Int) -> Bool {
        guard probabilities.indices.contains(row), probabilities[row].indices.contains(column)
        else { return false }
        return probabilities[row][column] >= required
    }

    private func drawEdge(_ columns: [Double], _ rows: [Double], into svg: inout SVGWriter) {
        var outline = PathOutline()
        for row in probabilities.indices where row + 1 < rows.count {
            for column in probabilities[row].indices
            where column + 1 < columns.count && reaches(row, column) {
                let (left, right) = (columns[column], columns[column + 1])
                let (bottom, top) = (rows[row], rows[row + 1])
                let sides = [
                    (reaches(row, column - 1), Point(x: left, y: bottom), Point(x: left, y: top)),
                    (reaches(row, column + 1), Point(x: right, y: bottom), Point(x: right, y: top)),
                    (
                        reaches(row - 1, column), Point(x: left, y: bottom),
                        Point(x: right, y: bottom)
                    ),
                    (reaches(row + 1, column), Point(x: left, y: top), Point(x: right, y: top)),
                ]
                for (isInside, from, to) in sides where !isInside {
                    outline.move(to: from)
                    outline.line(to: to)
                }
            }
        }
        guard !outline.data.isEmpty else { return }
        svg.element(.path, .outline(outline), .noFill, .stroke(.vermillion), .strokeWidth(2))
    }

    private func drawKey(_ frame: PlotFrame, into svg: inout SVGWriter) {
        let left = frame.innerRight + 14
        for step in 0...4 {
            let value = Double(4 - step) / 4
            let y = frame.top + 20 * Double(step)
            svg.element(
                .rect, .x(left), .y(y), .width(18), .height(20), .fill(shade: value),
                .stroke(.rule))
            svg.element(
                .text, .x(left + 24), .y(y + 14), .fontSize(Lettering.small), .fill(.quiet)
            ) { $0.characters(NumberLabel.fixed(value, places: 2)) }
        }
        let y = frame.top + 122
        svg.element(
            .line, .x1(left), .y1(y - 4), .x2(left + 18), .y2(y - 4), .stroke(.vermillion),
            .strokeWidth(2))
        svg.element(.text, .x(left + 24), .y(y), .fontSize(Lettering.small), .fill(.vermillion)) {
            $0.characters("at least \(NumberLabel.short(required))")
        }
        guard setPoint != nil else { return }
        MarkShape.diamond.draw(at: Point(x: left + 9, y: y + 13), size: 5, fill: .amber, into: &svg)
        svg.element(.text, .x(left + 24), .y(y + 17), .fontSize(Lettering.small), .fill(.quiet)) {
            $0.characters("set point")
        }
    }

    private var summary: String {
        let all = probabilities.flatMap { $0 }
        let reaching = all.filter { $0 >= required }.count
        let share = all.isEmpty ? 0 : Double(reaching) / Double(all.count)
        let best = NumberLabel.short(all.max() ?? 0)
        var text =
            "Probability that every specification is kept over \(across.name) and "
            + "\(upright.name), at most \(best). It reaches \(NumberLabel.short(required)) on "
            + "\(NumberLabel.short(100 * share)) percent of the region shown"
        if let setPoint {
            text += "; set point \(NumberLabel.short(setPoint.x)), \(NumberLabel.short(setPoint.y))"
        }
        return text + "."
    }
}
