/// How much of each resource is used, week by week: one strip of columns a resource.
public struct UseOverTime: Sendable {
    /// One resource.
    public struct Strip: Sendable {
        /// Its name.
        public var name: String
        /// The share in use in each week.
        public var weeks: [Double]
        /// What the share is of.
        public var note: String

        /// A strip.
        public init(name: String, weeks: [Double], note: String = "") {
            self.name = name
            self.weeks = weeks
            self.note = note
        }
    }

    /// More resources than this belong on a list.
    public static let stripsMax = 24
    /// More weeks than this are not drawn.
    public static let weeksMax = 520

    private let title: String
    private let strips: [Strip]

    /// A picture of `strips`.
    public init(title: String, strips: [Strip]) {
        self.title = title
        self.strips = strips.prefix(Self.stripsMax).map { strip in
            var strip = strip
            strip.weeks = strip.weeks.prefix(Self.weeksMax).map { $0.isFinite ? max($0, 0) : 0 }
            return strip
        }
    }

    /// The picture, 780 units wide, 52 a resource. A full strip is 100 %; what is above is drawn
    /// to the top and told in words.
    public func picture() -> Picture {
        let pitch = 52.0
        let height = 36.0
        let frame = PlotFrame(
            width: 780, height: 34 + Double(max(strips.count, 1)) * pitch + 46, left: 172,
            right: 118)
        let weeks = strips.map(\.weeks.count).max() ?? 1
        let scale = Scale(
            from: 0, to: Double(max(weeks, 1)), start: frame.left, end: frame.innerRight)
        return Picture(width: frame.width, height: frame.height, title: title, summary: summary) {
            svg in
            frame.drawTitle(title, into: &svg)
            let ticks = scale.ticks(wanted: 8)
            frame.drawLevel(
                zip(ticks, NumberLabel.labels(for: ticks)).map { (scale($0), $1) },
                quantity: "weeks", into: &svg)
            for (place, strip) in strips.enumerated() {
                let floor = frame.top + Double(place) * pitch + height + 8
                svg.element(
                    .rect, .x(frame.left), .y(floor - height),
                    .width(frame.innerRight - frame.left), .height(height), .fill(.band))
                for (week, share) in strip.weeks.enumerated() where share > 0 {
                    let tone = Self.tone(share)
                    let tall = max(min(share, 1) * height, 0.5)
                    let (start, end) = (scale(Double(week)), scale(Double(week + 1)))
                    svg.element(
                        .rect, .x(start), .y(floor - tall), .width(max(end - start - 1, 0.5)),
                        .height(tall), .fill(tone.fill))
                }
                label(strip, frame, floor, into: &svg)
            }
        }
    }

    private func label(
        _ strip: Strip, _ frame: PlotFrame, _ floor: Double, into svg: inout SVGWriter
    ) {
        let width = frame.left - 16
        svg.element(
            .text, .x(frame.left - 8), .y(floor - 20), .anchoredEnd, .fontSize(Lettering.small)
        ) { $0.characters(Lettering.fitting(strip.name, width: width, size: Lettering.small)) }
        svg.element(
            .text, .x(frame.left - 8), .y(floor - 6), .anchoredEnd, .fontSize(Lettering.small),
            .fill(.quiet)
        ) { $0.characters(Lettering.fitting(strip.note, width: width, size: Lettering.small)) }
        let peak = strip.weeks.max() ?? 0
        let tone = Self.tone(peak)
        svg.element(
            .text, .x(frame.innerRight + 8), .y(floor - 14), .fontSize(Lettering.small),
            .fill(tone.ink)
        ) {
            $0.characters(
                Lettering.fitting(
                    "\(tone.glyph) peak \(Self.percent(peak))", width: frame.right - 12,
                    size: Lettering.small))
        }
    }

    private static func tone(_ share: Double) -> Tone {
        share > 1 ? .bad : share > 0.8 ? .attention : .good
    }

    private static func percent(_ share: Double) -> String {
        "\(NumberLabel.short(share * 100)) %"
    }

    private var summary: String {
        let parts = strips.map { strip in
            let mean = strip.weeks.reduce(0, +) / Double(max(strip.weeks.count, 1))
            let peak = strip.weeks.max() ?? 0
            let week = strip.weeks.firstIndex(of: peak).map { " in week \($0 + 1)" } ?? ""
            return "\(strip.name): \(Self.percent(mean)) on average, \(Self.percent(peak)) at most"
                + week
        }
        return parts.joined(separator: ". ") + "."
    }
}
