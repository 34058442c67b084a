/// Values of one attribute in classes, between the limits of its specification.
public struct CapabilityHistogram: Sendable {
    private let title: String
    private let quantity: String
    private let values: [Double]
    private let lower: Double?
    private let upper: Double?

    /// More classes than this show noise, not shape.
    private static let classesMax = 30

    /// A histogram of the finite values of `values`. `quantity` names what is measured and its
    /// unit.
    public init(
        title: String, quantity: String, values: [Double], lower: Double?, upper: Double?
    ) {
        self.title = title
        self.quantity = quantity
        self.values = values.filter(\.isFinite)
        self.lower = lower.flatMap { $0.isFinite ? $0 : nil }
        self.upper = upper.flatMap { $0.isFinite ? $0 : nil }
    }

    /// The picture, 720 by 280 units.
    public func picture() -> Picture {
        let frame = PlotFrame(width: 720, height: 280)
        let limits = [lower, upper].compactMap { $0 }
        let (low, high) = ((values + limits).min() ?? 0, (values + limits).max() ?? 1)
        let room = max((high - low) * 0.08, 1e-12)
        let level = Scale(
            from: low - room, to: high + room, start: frame.left, end: frame.innerRight)
        let classes = self.classes
        let upright = Scale(
            from: 0, to: Double(max(classes.map(\.count).max() ?? 1, 1)) * 1.15,
            start: frame.innerBottom, end: frame.top)
        return Picture(width: frame.width, height: frame.height, title: title, summary: summary) {
            svg in
            frame.drawTitle(title, into: &svg)
            // Counts are whole.
            let ticks = upright.ticks(wanted: 4).filter { $0 == $0.rounded() }
            frame.drawUpright(
                upright, ticks: ticks, labels: NumberLabel.labels(for: ticks), quantity: "batches",
                into: &svg)
            for part in classes where part.count > 0 {
                let (start, end) = (level(part.low), level(part.high))
                let top = upright(Double(part.count))
                svg.element(
                    .rect, .x(start), .y(top), .width(max(2, end - start - 1)),
                    .height(frame.innerBottom - top), .fill(.house), .stroke(.panel))
            }
            let marks = level.ticks(wanted: 8)
            frame.drawLevel(
                zip(marks, NumberLabel.labels(for: marks)).map { (level($0), $1) },
                quantity: quantity, into: &svg)
            for (limit, name) in [(lower, "lower limit"), (upper, "upper limit")] {
                guard let limit else { continue }
                let x = level(limit)
                svg.element(
                    .line, .x1(x), .y1(frame.top), .x2(x), .y2(frame.innerBottom),
                    .stroke(.vermillion), .strokeWidth(1.5), .dashed)
                let isLeft = x < (frame.left + frame.innerRight) / 2
                let label = "\(name) \(NumberLabel.short(limit))"
                if isLeft {
                    svg.element(
                        .text, .x(x + 5), .y(frame.top + 10), .fill(.vermillion),
                        .fontSize(Lettering.small)
                    ) { $0.characters(label) }
                } else {
                    svg.element(
                        .text, .x(x - 5), .y(frame.top + 10), .anchoredEnd, .fill(.vermillion),
                        .fontSize(Lettering.small)
                    ) { $0.characters(label) }
                }
            }
        }
    }

    /// Classes of equal width from the least to the greatest value: H. A. Sturges, "The choice of
    /// a class interval", J. Amer. Statist. Assoc. 21 (1926) 65, doi:10.1080/01621459.1926.10502161.
    private var classes: [(low: Double, high: Double, count: Int)] {
        guard let least = values.min(), let most = values.max() else { return [] }
        var wanted = 1
        while 1 << (wanted - 1) < values.count, wanted < Self.classesMax { wanted += 1 }
        let width = (most - least) / Double(wanted)
        guard width > 0, width.isFinite else {
            let half = max(abs(least) * 0.01, 1e-9)
            return [(least - half, least + half, values.count)]
        }
        var counts = Array(repeating: 0, count: wanted)
        for value in values { counts[min(wanted - 1, Int((value - least) / width))] += 1 }
        return counts.enumerated().map { index, count in
            (least + Double(index) * width, least + Double(index + 1) * width, count)
        }
    }

    private var summary: String {
        let limits = [
            lower.map { "lower limit \(NumberLabel.short($0))" },
            upper.map { "upper limit \(NumberLabel.short($0))" },
        ].compactMap { $0 }.joined(separator: ", ")
        let outside = values.count { value in
            (lower.map { value < $0 } ?? false) || (upper.map { value > $0 } ?? false)
        }
        let bars = classes.filter { $0.count > 0 }.map {
            "\(NumberLabel.short($0.low)) to \(NumberLabel.short($0.high)): \($0.count)"
        }.joined(separator: "; ")
        return "\(values.count) values of \(quantity). \(limits.isEmpty ? "No limits" : limits), "
            + "\(outside) outside. \(bars)"
    }
}
