/// How often a result falls where: bars of equal width, with quantiles marked.
public struct OutcomeHistogram: Sendable {
    private let title: String
    private let quantity: String
    private let values: [Double]
    private let binsWanted: Int

    /// A histogram of `values`; `quantity` names them and their unit.
    public init(title: String, quantity: String, values: [Double], bins: Int = 30) {
        self.title = title
        self.quantity = quantity
        self.values = values.filter(\.isFinite).sorted()
        binsWanted = min(max(bins, 1), 200)
    }

    /// The picture, 720 by 300 units.
    public func picture() -> Picture {
        let frame = PlotFrame(width: 720, height: 312, top: 46)
        let (low, high) = (values.first ?? 0, values.last ?? 1)
        let level = Scale(from: low, to: high, start: frame.left, end: frame.innerRight)
        let counts = binned(level)
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
            let marks = level.ticks(wanted: 6)
            frame.drawLevel(
                zip(marks, NumberLabel.labels(for: marks)).map { (level($0), $1) },
                quantity: quantity, into: &svg)
            let width = (frame.innerRight - frame.left) / Double(counts.count)
            for (place, count) in counts.enumerated() where count > 0 {
                let top = upright(Double(count))
                svg.element(
                    .rect, .x(frame.left + Double(place) * width), .y(top),
                    .width(max(width - 1, 0.5)), .height(frame.innerBottom - top), .fill(.sky),
                    .stroke(.blue), .strokeWidth(0.5))
            }
            for share in [0.05, 0.5, 0.95] {
                guard let value = quantile(share) else { continue }
                let x = level(value)
                svg.element(
                    .line, .x1(x), .y1(frame.top), .x2(x), .y2(frame.innerBottom), .stroke(.ink),
                    .strokeWidth(1.25), .dashed)
                svg.element(
                    .text, .x(x), .y(frame.top - 2), .anchoredMiddle, .fontSize(Lettering.small)
                ) { $0.characters("P\(Int(share * 100))") }
            }
        }
    }

    private func binned(_ level: Scale) -> [Int] {
        var counts = [Int](repeating: 0, count: binsWanted)
        for value in values {
            let share = (value - level.low) / (level.high - level.low)
            guard share.isFinite else { continue }
            counts[min(max(Int(share * Double(binsWanted)), 0), binsWanted - 1)] += 1
        }
        return counts
    }

    private func quantile(_ share: Double) -> Double? {
        guard !values.isEmpty else { return nil }
        return values[min(Int(share * Double(values.count)), values.count - 1)]
    }

    private var summary: String {
        let parts = [0.05, 0.5, 0.95].compactMap { share in
            quantile(share).map { "P\(Int(share * 100)) \(NumberLabel.short($0))" }
        }
        return "\(values.count) values of \(quantity): \(parts.joined(separator: ", "))."
    }
}
