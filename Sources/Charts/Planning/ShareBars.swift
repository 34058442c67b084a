/// Bars from 0 to 100 %: how much of each resource is used.
public struct ShareBars: Sendable {
    /// One bar.
    public struct Bar: Sendable {
        /// What it is the share of.
        public var name: String
        /// The share; above 1 is drawn to the end and told in words.
        public var share: Double
        /// What stands behind the number.
        public var note: String

        /// A bar.
        public init(name: String, share: Double, note: String = "") {
            self.name = name
            self.share = share
            self.note = note
        }
    }

    private let title: String
    private let bars: [Bar]

    /// Bars of shares.
    public init(title: String, bars: [Bar]) {
        self.title = title
        self.bars = Array(bars.prefix(40))
    }

    /// The picture, 720 units wide, 34 a bar.
    public func picture() -> Picture {
        let pitch = 34.0
        let frame = PlotFrame(
            width: 720, height: 34 + Double(max(bars.count, 1)) * pitch + 36, left: 190, right: 150,
            bottom: 36)
        let scale = Scale(from: 0, to: 1, start: frame.left, end: frame.innerRight)
        return Picture(width: frame.width, height: frame.height, title: title, summary: summary) {
            svg in
            frame.drawTitle(title, into: &svg)
            frame.drawLevel(
                [0, 0.25, 0.5, 0.75, 1].map { (scale($0), "\(Int($0 * 100)) %") }, quantity: nil,
                into: &svg)
            for (place, bar) in bars.enumerated() {
                let y = frame.top + Double(place) * pitch
                let tone: Tone = bar.share > 1 ? .bad : bar.share > 0.8 ? .attention : .good
                let width = max(scale(bar.share) - frame.left, 1)
                svg.element(
                    .rect, .x(frame.left), .y(y + 5), .width(frame.innerRight - frame.left),
                    .height(20), .fill(.band))
                svg.element(
                    .rect, .x(frame.left), .y(y + 5), .width(width), .height(20), .fill(tone.fill))
                svg.element(
                    .text, .x(frame.left - 8), .y(y + 19), .anchoredEnd, .fontSize(Lettering.small)
                ) {
                    $0.characters(
                        Lettering.fitting(bar.name, width: frame.left - 16, size: Lettering.small))
                }
                svg.element(
                    .text, .x(frame.innerRight + 8), .y(y + 19), .fontSize(Lettering.small),
                    .fill(tone.ink)
                ) {
                    $0.characters(
                        Lettering.fitting(
                            "\(tone.glyph) \(percent(bar.share)) \(bar.note)",
                            width: frame.right - 12, size: Lettering.small))
                }
            }
        }
    }

    private func percent(_ share: Double) -> String { "\(NumberLabel.short(share * 100)) %" }

    private var summary: String {
        bars.map { "\($0.name): \(percent($0.share)) \($0.note)" }.joined(separator: ". ") + "."
    }
}
