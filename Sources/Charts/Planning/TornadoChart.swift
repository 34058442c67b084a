/// What moves a result, the strongest first: a bar from the result at the low end of a parameter
/// to that at its high end.
public struct TornadoChart: Sendable {
    /// One parameter.
    public struct Bar: Sendable {
        /// The parameter.
        public var name: String
        /// The result at its low end.
        public var atLow: Double
        /// The result at its high end.
        public var atHigh: Double

        /// A bar.
        public init(name: String, atLow: Double, atHigh: Double) {
            self.name = name
            self.atLow = atLow
            self.atHigh = atHigh
        }

        var reach: Double { abs(atHigh - atLow) }
    }

    private let title: String
    private let quantity: String
    private let middle: Double
    private let bars: [Bar]

    /// A chart of `bars` about the result `middle`; `quantity` names the result and its unit.
    public init(title: String, quantity: String, middle: Double, bars: [Bar]) {
        self.title = title
        self.quantity = quantity
        self.middle = middle
        self.bars = Array(
            bars.filter { $0.atLow.isFinite && $0.atHigh.isFinite }
                .sorted { $0.reach > $1.reach }.prefix(20))
    }

    /// The picture, 720 units wide, 26 a bar.
    public func picture() -> Picture {
        let pitch = 26.0
        let frame = PlotFrame(
            width: 720, height: 34 + Double(max(bars.count, 1)) * pitch + 72, left: 210, bottom: 72)
        let values = bars.flatMap { [$0.atLow, $0.atHigh] } + [middle]
        let scale = Scale(
            from: values.min() ?? 0, to: values.max() ?? 1, start: frame.left + 10,
            end: frame.innerRight - 10)
        return Picture(width: frame.width, height: frame.height, title: title, summary: summary) {
            svg in
            frame.drawTitle(title, into: &svg)
            let ticks = scale.ticks()
            frame.drawLevel(
                zip(ticks, NumberLabel.labels(for: ticks)).map { (scale($0), $1) },
                quantity: quantity, into: &svg)
            for (place, bar) in bars.enumerated() {
                let y = frame.top + Double(place) * pitch
                draw(from: bar.atLow, fill: .sky, at: y, scale, into: &svg)
                draw(from: bar.atHigh, fill: .amber, at: y, scale, into: &svg)
                svg.element(
                    .text, .x(frame.left - 8), .y(y + 17), .anchoredEnd, .fontSize(Lettering.small)
                ) {
                    $0.characters(
                        Lettering.fitting(bar.name, width: frame.left - 16, size: Lettering.small))
                }
            }
            let x = scale(middle)
            svg.element(
                .line, .x1(x), .y1(frame.top - 4), .x2(x), .y2(frame.innerBottom), .stroke(.ink),
                .strokeWidth(1.5))
            drawKey(frame, into: &svg)
        }
    }

    private func draw(
        from value: Double, fill: Ink, at y: Double, _ scale: Scale, into svg: inout SVGWriter
    ) {
        let (a, b) = (scale(min(value, middle)), scale(max(value, middle)))
        svg.element(
            .rect, .x(a), .y(y + 4), .width(max(b - a, 1)), .height(18), .fill(fill),
            .stroke(.quiet), .strokeWidth(0.5))
    }

    private func drawKey(_ frame: PlotFrame, into svg: inout SVGWriter) {
        for (place, entry) in [(Ink.sky, "parameter at its low end"), (.amber, "at its high end")]
            .enumerated()
        {
            let x = frame.left + Double(place) * 190
            svg.element(
                .rect, .x(x), .y(frame.height - 40), .width(12), .height(12), .fill(entry.0),
                .stroke(.quiet), .strokeWidth(0.5))
            svg.element(.text, .x(x + 17), .y(frame.height - 30), .fontSize(Lettering.small)) {
                $0.characters(entry.1)
            }
        }
    }

    private var summary: String {
        let parts = bars.map {
            "\($0.name): \(NumberLabel.short($0.atLow)) at its low end, "
                + "\(NumberLabel.short($0.atHigh)) at its high end"
        }
        return "\(quantity), \(NumberLabel.short(middle)) as planned. "
            + parts.joined(separator: ". ") + "."
    }
}
