/// How often a result falls where: bars of equal width, with quantiles marked.
public struct OutcomeHistogram: Sendable {
    /// A value below which a share of the results lies, by what it is called: "P50".
    public typealias Mark = (name: String, value: Double)

    private let title: String
    private let quantity: String
    private let low: Double
    private let high: Double
    private let counts: [Int]
    private let marks: [Mark]

    /// More bars than this cannot be told apart.
    public static let binsMax = 200

    /// A histogram of `values`; `quantity` names them and their unit.
    public init(title: String, quantity: String, values: [Double], bins: Int = 30) {
        let sorted = values.filter(\.isFinite).sorted()
        let (low, high) = (sorted.first ?? 0, sorted.last ?? 1)
        let level = Scale(from: low, to: high, start: 0, end: 1)
        var counts = [Int](repeating: 0, count: min(max(bins, 1), Self.binsMax))
        for value in sorted {
            let share = (value - level.low) / (level.high - level.low)
            guard share.isFinite else { continue }
            counts[min(max(Int(share * Double(counts.count)), 0), counts.count - 1)] += 1
        }
        let marks: [Mark] =
            sorted.isEmpty
            ? []
            : [0.05, 0.5, 0.95].map { share in
                let place = min(Int(share * Double(sorted.count)), sorted.count - 1)
                return ("P\(Int(share * 100))", sorted[place])
            }
        self.init(
            title: title, quantity: quantity, from: low, to: high, counts: counts, marks: marks)
    }

    /// A histogram that was counted before: `counts` in equal parts of the range from `low` to
    /// `high`.
    public init(
        title: String, quantity: String, from low: Double, to high: Double, counts: [Int],
        marks: [Mark]
    ) {
        self.title = title
        self.quantity = quantity
        self.low = low
        self.high = high
        self.counts = counts.isEmpty ? [0] : Array(counts.prefix(Self.binsMax))
        self.marks = marks.filter { $0.value.isFinite }
    }

    /// The picture, 720 by 300 units.
    public func picture() -> Picture {
        let frame = PlotFrame(width: 720, height: 312, top: 46)
        let level = Scale(from: low, to: high, start: frame.left, end: frame.innerRight)
        let upright = Scale(
            from: 0, to: Double(max(counts.max() ?? 1, 1)), start: frame.innerBottom,
            end: frame.top + 8)
        return Picture(width: frame.width, height: frame.height, title: title, summary: summary) {
            svg in
            frame.drawTitle(title, into: &svg)
            let ticks = upright.ticks(wanted: 4)
            frame.drawUpright(
                upright, ticks: ticks, labels: NumberLabel.labels(for: ticks), quantity: "count",
                into: &svg)
            let places = level.ticks(wanted: 6)
            frame.drawLevel(
                zip(places, NumberLabel.labels(for: places)).map { (level($0), $1) },
                quantity: quantity, into: &svg)
            let width = (frame.innerRight - frame.left) / Double(counts.count)
            for (place, count) in counts.enumerated() where count > 0 {
                let top = upright(Double(count))
                svg.element(
                    .rect, .x(frame.left + Double(place) * width), .y(top),
                    .width(max(width - 1, 0.5)), .height(frame.innerBottom - top), .fill(.sky),
                    .stroke(.blue), .strokeWidth(0.5))
            }
            for mark in marks {
                let x = level(mark.value)
                svg.element(
                    .line, .x1(x), .y1(frame.top), .x2(x), .y2(frame.innerBottom), .stroke(.ink),
                    .strokeWidth(1.25), .dashed)
                svg.element(
                    .text, .x(x), .y(frame.top - 2), .anchoredMiddle, .fontSize(Lettering.small)
                ) { $0.characters(mark.name) }
            }
        }
    }

    private var summary: String {
        let parts = marks.map { "\($0.name) \(NumberLabel.short($0.value))" }
        return "\(counts.reduce(0, +)) values of \(quantity): \(parts.joined(separator: ", "))."
    }
}
