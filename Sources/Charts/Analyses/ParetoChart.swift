/// The effects of an experiment by size, with the margin beyond which an effect is active.
public struct ParetoChart: Sendable {
    /// One effect.
    public struct Effect: Sendable {
        /// The term.
        public var name: String
        /// Its size with its sign.
        public var value: Double

        /// An effect.
        public init(name: String, value: Double) {
            self.name = name
            self.value = value
        }
    }

    /// Effects shown: the smallest ones tell nothing.
    public static let effectsMax = 24

    private let title: String
    private let quantity: String
    private let effects: [Effect]
    private let margin: Double?

    /// A chart of the largest effects. `margin` is the size from which an effect is active.
    public init(title: String, quantity: String, effects: [Effect], margin: Double?) {
        self.title = title
        self.quantity = quantity
        self.effects = Array(
            effects.filter(\.value.isFinite).sorted { abs($0.value) > abs($1.value) }
                .prefix(Self.effectsMax))
        self.margin = margin
    }

    /// The picture, 720 units wide, as high as its bars.
    public func picture() -> Picture {
        let bar = 20.0
        let height = 34 + bar * Double(max(1, effects.count)) + 46
        let frame = PlotFrame(width: 720, height: height, left: 150, right: 76)
        let largest = max(effects.first.map { abs($0.value) } ?? 1, margin ?? 0)
        let scale = Scale(
            from: 0, to: largest > 0 ? largest : 1, start: frame.left, end: frame.innerRight)
        return Picture(width: frame.width, height: height, title: title, summary: summary) { svg in
            frame.drawTitle(title, into: &svg)
            let ticks = scale.ticks(wanted: 6)
            frame.drawLevel(
                zip(ticks, NumberLabel.labels(for: ticks)).map { (scale($0), $1) },
                quantity: quantity, into: &svg)
            for (index, effect) in effects.enumerated() {
                let top = frame.top + bar * Double(index) + 3
                let isActive = margin.map { abs(effect.value) > $0 } ?? false
                let end = scale(abs(effect.value))
                svg.element(
                    .rect, .x(frame.left), .y(top), .width(max(0.5, end - frame.left)),
                    .height(bar - 6), .fill(isActive ? .house : .rule), .stroke(.quiet),
                    .strokeWidth(0.5))
                svg.element(
                    .text, .x(frame.left - 8), .y(top + bar - 9), .anchoredEnd,
                    .fontSize(Lettering.small)
                ) {
                    $0.characters(
                        Lettering.fitting(effect.name, width: 138, size: Lettering.small))
                }
                svg.element(
                    .text, .x(end + 6), .y(top + bar - 9), .fontSize(Lettering.small),
                    .fill(.quiet), .tabularFigures
                ) { $0.characters(NumberLabel.short(effect.value)) }
            }
            if let margin, margin.isFinite {
                let x = scale(margin)
                svg.element(
                    .line, .x1(x), .y1(frame.top), .x2(x), .y2(frame.innerBottom),
                    .stroke(.vermillion), .strokeWidth(1.5), .dashed)
            }
        }
    }

    private var summary: String {
        let active = effects.filter { effect in margin.map { abs(effect.value) > $0 } ?? false }
        let words = active.map { "\($0.name) \(NumberLabel.short($0.value))" }
        let limit = margin.map { " of \(NumberLabel.short($0))" } ?? ""
        return "\(effects.count) effects by size. Beyond the margin\(limit): "
            + (words.isEmpty ? "none." : "\(PictureWords.list(words)).")
    }
}
