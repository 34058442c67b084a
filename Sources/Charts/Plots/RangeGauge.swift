/// A value against its ranges: the normal operating range inside the proven acceptable range.
///
/// A small instrument to stand beside a field. The hand has the class `gauge-hand` and is drawn at
/// zero under a shift, so that a page may move it as the operator types.
public struct RangeGauge: Sendable {
    /// An interval that may be open at either end.
    public struct Interval: Sendable, Hashable {
        /// Smallest value inside, if there is one.
        public var low: Double?
        /// Largest value inside, if there is one.
        public var high: Double?

        /// The interval from `low` to `high`.
        public init(low: Double?, high: Double?) {
            self.low = low.flatMap { $0.isFinite ? $0 : nil }
            self.high = high.flatMap { $0.isFinite ? $0 : nil }
        }

        func contains(_ value: Double) -> Bool {
            (low.map { value >= $0 } ?? true) && (high.map { value <= $0 } ?? true)
        }
    }

    /// Width of every gauge, in user units.
    public static let width = 260.0
    /// The value at the left end.
    public let low: Double
    /// The value at the right end.
    public let high: Double

    private let value: Double?
    private let normal: Interval?
    private let proven: Interval?

    /// A gauge with its hand at `value`, or without a hand.
    public init(value: Double?, normal: Interval?, proven: Interval?) {
        self.value = value.flatMap { $0.isFinite ? $0 : nil }
        self.normal = normal
        self.proven = proven
        let bounds = [normal, proven].compactMap { $0 }.flatMap { [$0.low, $0.high] }
            .compactMap { $0 }
        let (least, most) = (bounds.min() ?? value ?? 0, bounds.max() ?? value ?? 1)
        let span = most - least
        // A one-sided limit has no width of its own: a third of its size beyond it is enough to see
        // on which side a value stands.
        let room = span > 0 ? span * 0.25 : max(abs(least) * 0.35, 0.5)
        low = least - room
        high = most + room
    }

    /// How the value stands: good in the normal range, attention in the proven range, else bad.
    public var tone: Tone {
        guard let value else { return .inactive }
        if let normal, normal.contains(value) { return .good }
        if let proven {
            return proven.contains(value) ? (normal == nil ? .good : .attention) : .bad
        }
        return normal == nil ? .good : .bad
    }

    /// Distance of the hand from the left end, in user units.
    public func place(of value: Double) -> Double { scale(value) }

    private var scale: Scale { Scale(from: low, to: high, start: 6, end: Self.width - 6) }

    /// The picture, 260 by 34 units.
    public func picture() -> Picture {
        Picture(width: Self.width, height: 34, title: "Range", summary: summary) { svg in
            svg.element(
                .rect, .x(6), .y(9), .width(Self.width - 12), .height(8), .corner(1), .fill(.rule))
            if let proven { draw(proven, .amber, into: &svg) }
            if let normal { draw(normal, .green, into: &svg) }
            for (interval, raised) in [(proven, false), (normal, true)] {
                for bound in [interval?.low, interval?.high].compactMap({ $0 }) {
                    let x = scale(bound)
                    svg.element(
                        .line, .x1(x), .y1(raised ? 5 : 7), .x2(x), .y2(20), .stroke(.ink),
                        .strokeWidth(raised ? 1.5 : 1))
                }
            }
            drawLabels(into: &svg)
            if let value {
                let x = scale(value)
                svg.element(
                    .polygon, .className("gauge-hand"),
                    .points([
                        Point(x: x - 5, y: 0), Point(x: x + 5, y: 0), Point(x: x, y: 12),
                    ]), .fill(.ink), .stroke(.panel))
            }
        }
    }

    private func draw(_ interval: Interval, _ ink: Ink, into svg: inout SVGWriter) {
        let (start, end) = (scale(interval.low ?? low), scale(interval.high ?? high))
        svg.element(
            .rect, .x(start), .y(9), .width(max(0, end - start)), .height(8), .fill(ink))
    }

    private func drawLabels(into svg: inout SVGWriter) {
        let bounds = [proven?.low, normal?.low, normal?.high, proven?.high].compactMap { $0 }
        var free = -Double.infinity
        for bound in Set(bounds).sorted() {
            let label = NumberLabel.short(bound)
            let half = Lettering.width(of: label, size: 9.5) / 2
            let x = max(half, min(Self.width - half, scale(bound)))
            guard x - half > free else { continue }
            free = x + half + 4
            svg.element(
                .text, .x(x), .y(31), .anchoredMiddle, .fontSize(9.5), .fill(.quiet),
                .tabularFigures
            ) { $0.characters(label) }
        }
    }

    private var summary: String {
        func words(_ interval: Interval) -> String {
            switch (interval.low, interval.high) {
            case (let low?, let high?):
                "\(NumberLabel.short(low)) to \(NumberLabel.short(high))"
            case (let low?, nil): "at least \(NumberLabel.short(low))"
            case (nil, let high?): "at most \(NumberLabel.short(high))"
            case (nil, nil): "any value"
            }
        }
        return [
            normal.map { "normal operating range \(words($0))" },
            proven.map { "proven acceptable range \(words($0))" },
            value.map { "value \(NumberLabel.short($0))" },
        ].compactMap { $0 }.joined(separator: "; ")
    }
}
