/// Readings in their order against a centre line and alert and action limits.
///
/// Which readings break a rule is decided elsewhere (`Statistics`); the chart marks what it is
/// told, by shape and by colour.
public struct ControlChart: Sendable {
    /// One reading.
    public struct Reading: Sendable {
        /// What stands under it: a batch, a date.
        public var label: String
        /// The value, in the unit of the chart.
        public var value: Double
        /// `.good`, or how it stands against limits and rules.
        public var tone: Tone
        /// The rule it breaks, in a word or two.
        public var note: String?

        /// A reading; `note` names the rule it breaks.
        public init(label: String, value: Double, tone: Tone = .good, note: String? = nil) {
            self.label = label
            self.value = value
            self.tone = tone
            self.note = note
        }
    }

    /// A line across the chart.
    public struct Limit: Sendable {
        /// What a limit asks of the reader.
        public enum Kind: String, Sendable {
            /// The mean or the target.
            case centre
            /// Look closer.
            case alert
            /// Act, and say what was done.
            case action
        }
        /// What the line asks.
        public var kind: Kind
        /// Where it stands, in the unit of the chart.
        public var value: Double

        /// A limit at `value`.
        public init(_ kind: Kind, at value: Double) {
            self.kind = kind
            self.value = value
        }

        var ink: Ink {
            switch kind {
            case .centre: .house
            case .alert: .brown
            case .action: .vermillion
            }
        }
    }

    /// More readings than this cannot be told apart on a page; the newest are drawn.
    public static let readingsMax = 500

    private let title: String
    private let quantity: String
    private let readings: [Reading]
    private let limits: [Limit]

    /// A chart of `readings`, oldest first. `quantity` names what is measured and its unit.
    public init(title: String, quantity: String, readings: [Reading], limits: [Limit]) {
        self.title = title
        self.quantity = quantity
        self.readings = Array(readings.suffix(Self.readingsMax))
        self.limits = limits.filter { $0.value.isFinite }
    }

    /// The picture, 720 by 300 units.
    public func picture() -> Picture {
        let frame = PlotFrame(width: 720, height: 300, right: 92)
        let values = readings.map(\.value).filter(\.isFinite) + limits.map(\.value)
        let (low, high) = (values.min() ?? 0, values.max() ?? 1)
        // Values that do not vary need room to be seen in, and counts have no place below zero.
        let room = high > low ? (high - low) * 0.08 : max(abs(high) * 0.1, 1)
        let foot = low >= 0 && low - room < 0 ? 0 : low - room
        let scale = Scale(
            from: foot, to: high + room, start: frame.innerBottom, end: frame.top)
        let pitch = (frame.innerRight - frame.left - 24) / Double(max(readings.count - 1, 1))
        let points = readings.enumerated().map { index, reading in
            Point(x: frame.left + 12 + Double(index) * pitch, y: scale(reading.value))
        }
        return Picture(width: frame.width, height: frame.height, title: title, summary: summary) {
            svg in
            frame.drawTitle(title, into: &svg)
            let ticks = scale.ticks()
            frame.drawUpright(
                scale, ticks: ticks, labels: NumberLabel.labels(for: ticks), quantity: quantity,
                into: &svg)
            frame.drawLevel(
                zip(points, readings).map { ($0.x, $1.label) }, quantity: nil, into: &svg)
            drawLimits(frame, scale, into: &svg)
            if points.count > 1 {
                svg.element(
                    .polyline, .points(points), .noFill, .stroke(.quiet), .strokeWidth(1.25),
                    .roundJoins)
            }
            for (index, reading) in readings.enumerated() {
                // A rule that goes on being broken is named where it began: names side by side
                // would cover each other.
                let isFirst = index == 0 || readings[index - 1].note != reading.note
                draw(reading, at: points[index], isNamed: isFirst, into: &svg)
            }
        }
    }

    private func drawLimits(_ frame: PlotFrame, _ scale: Scale, into svg: inout SVGWriter) {
        let sorted = limits.sorted { $0.value > $1.value }
        let labels = Self.labelPlaces(sorted.map { scale($0.value) + 4 }, to: frame.innerBottom)
        for (limit, label) in zip(sorted, labels) {
            let y = scale(limit.value)
            let (left, right) = (frame.left, frame.innerRight)
            switch limit.kind {
            case .centre:
                svg.element(
                    .line, .x1(left), .y1(y), .x2(right), .y2(y), .stroke(limit.ink),
                    .strokeWidth(1.25))
            case .alert:
                svg.element(
                    .line, .x1(left), .y1(y), .x2(right), .y2(y), .stroke(limit.ink),
                    .strokeWidth(1.25), .dotted)
            case .action:
                svg.element(
                    .line, .x1(left), .y1(y), .x2(right), .y2(y), .stroke(limit.ink),
                    .strokeWidth(1.5), .dashed)
            }
            svg.element(
                .text, .x(right + 6), .y(label), .fill(limit.ink), .fontSize(Lettering.small)
            ) { $0.characters("\(limit.kind.rawValue) \(NumberLabel.short(limit.value))") }
        }
    }

    /// Lines of writing this far apart do not touch.
    private static let linePitch = 13.0

    /// Where labels are written that would stand at `wanted`, from the top down, so that none
    /// covers another and none the names of the readings below `bottom`.
    private static func labelPlaces(_ wanted: [Double], to bottom: Double) -> [Double] {
        var places: [Double] = []
        for place in wanted { places.append(max(place, (places.last ?? -.infinity) + linePitch)) }
        var lowest = bottom
        for index in places.indices.reversed() {
            places[index] = min(places[index], lowest)
            lowest = places[index] - linePitch
        }
        return places
    }

    private func draw(
        _ reading: Reading, at point: Point, isNamed: Bool, into svg: inout SVGWriter
    ) {
        let shape: MarkShape =
            switch reading.tone {
            case .good, .underway, .inactive: .circle
            case .attention: .triangle
            case .bad: .square
            }
        let ink: Ink = reading.tone == .good ? .house : reading.tone.ink
        shape.draw(at: point, size: reading.tone == .good ? 3.5 : 5, fill: ink, into: &svg)
        guard isNamed, let note = reading.note else { return }
        let middle = limits.first { $0.kind == .centre }?.value ?? -.infinity
        svg.element(
            .text, .x(point.x), .y(reading.value < middle ? point.y + 17 : point.y - 9),
            .anchoredMiddle, .fill(ink),
            .fontSize(Lettering.small)
        ) { $0.characters(note) }
    }

    private var summary: String {
        let limitWords = limits.map { "\($0.kind.rawValue) at \(NumberLabel.short($0.value))" }
            .joined(separator: ", ")
        let marked = readings.filter { $0.tone == .attention || $0.tone == .bad }
            .map {
                "\($0.label): \(NumberLabel.short($0.value))\($0.note.map { " (\($0))" } ?? "")"
            }
        let marks =
            marked.isEmpty
            ? "None is marked." : "Marked: \(marked.joined(separator: "; "))."
        return "\(readings.count) readings of \(quantity). Lines: \(limitWords). \(marks)"
    }
}
