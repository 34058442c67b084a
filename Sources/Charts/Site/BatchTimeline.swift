/// Batches along a calendar: what ran, what runs, what is planned.
public struct BatchTimeline: Sendable {
    /// A stretch of work.
    public struct Stretch: Sendable {
        /// Seconds since 1970, UTC.
        public var start: Int64
        /// Seconds since 1970, UTC; nil while it is open.
        public var end: Int64?
        /// What is done in it.
        public var label: String
        /// How it stands.
        public var tone: Tone

        /// A stretch named `label`.
        public init(from start: Int64, to end: Int64?, label: String, tone: Tone) {
            self.start = TimeLabel.clamped(start)
            self.end = end.map { TimeLabel.clamped($0) }
            self.label = label
            self.tone = tone
        }
    }

    /// One batch.
    public struct Row: Sendable {
        /// The batch.
        public var name: String
        /// Where a click leads.
        public var path: PicturePath?
        /// Its stretches, in order.
        public var stretches: [Stretch]

        /// A row of the picture.
        public init(name: String, path: PicturePath? = nil, stretches: [Stretch]) {
            self.name = name
            self.path = path
            self.stretches = stretches
        }
    }

    /// More rows than this belong on a list.
    public static let rowsMax = 60

    private let title: String
    private let rows: [Row]
    private let now: Int64
    private let isOver: Bool

    /// A timeline seen at `now` (seconds since 1970, UTC), to which open stretches reach.
    ///
    /// - Parameter isOver: whether `now` is past what the timeline shows and is left out of it.
    public init(title: String, rows: [Row], now: Int64, isOver: Bool = false) {
        self.isOver = isOver
        self.title = title
        self.rows = Array(rows.prefix(Self.rowsMax))
        self.now = TimeLabel.clamped(now)
    }

    /// The picture, 780 units wide, 30 a row.
    public func picture() -> Picture {
        let pitch = 30.0
        let frame = PlotFrame(
            width: 780, height: 24 + Double(max(rows.count, 1)) * pitch + 30, left: 112,
            top: 24, bottom: 30)
        let stretches = rows.flatMap(\.stretches)
        let first = stretches.map(\.start).min() ?? now
        let end = stretches.map { $0.end ?? now }.max() ?? now
        let last = isOver ? max(end, first + 1) : max(now, end)
        let scale = Scale(
            from: Double(first), to: Double(last), start: frame.left + 6, end: frame.innerRight - 10
        )
        return Picture(
            width: frame.width, height: frame.height, title: title, summary: summary,
            hasLinks: rows.contains { $0.path != nil }
        ) { svg in
            drawCalendar(from: first, to: last, frame, scale, into: &svg)
            for (index, row) in rows.enumerated() {
                let y = frame.top + Double(index) * pitch
                drawName(row, at: y, frame, into: &svg)
                for stretch in row.stretches { draw(stretch, at: y, scale, into: &svg) }
            }
            guard !isOver else { return }
            let x = scale(Double(now))
            svg.element(
                .line, .x1(x), .y1(frame.top - 8), .x2(x), .y2(frame.innerBottom), .stroke(.ink),
                .strokeWidth(1.5))
            svg.element(
                .text, .x(x), .y(frame.top - 12), .anchoredEnd, .fontSize(Lettering.small)
            ) { $0.characters("now") }
        }
    }

    private func drawCalendar(
        from first: Int64, to last: Int64, _ frame: PlotFrame, _ scale: Scale,
        into svg: inout SVGWriter
    ) {
        let ticks = TimeLabel.ticks(from: first, to: last, wanted: 8)
        let step = ticks.count > 1 ? ticks[1] - ticks[0] : 86_400
        for tick in ticks {
            let x = scale(Double(tick))
            svg.element(
                .line, .x1(x), .y1(frame.top), .x2(x), .y2(frame.innerBottom), .stroke(.band))
        }
        frame.drawLevel(
            ticks.map { (scale(Double($0)), TimeLabel.label($0, step: step)) }, quantity: nil,
            into: &svg)
    }

    private func drawName(
        _ row: Row, at y: Double, _ frame: PlotFrame, into svg: inout SVGWriter
    ) {
        func text(_ svg: inout SVGWriter) {
            svg.element(
                .text, .x(0), .y(y + 19), .fill(row.path == nil ? .ink : .house), .bold
            ) {
                $0.characters(
                    Lettering.fitting(row.name, width: frame.left - 12, size: Lettering.body))
            }
        }
        if let path = row.path {
            svg.element(.a, .link(path)) { text(&$0) }
        } else {
            text(&svg)
        }
    }

    private func draw(
        _ stretch: Stretch, at y: Double, _ scale: Scale, into svg: inout SVGWriter
    ) {
        let (start, end) = (scale(Double(stretch.start)), scale(Double(stretch.end ?? now)))
        let width = max(3, end - start)
        svg.element(
            .rect, .x(start), .y(y + 5), .width(width), .height(20), .corner(2), .fill(.panel),
            .stroke(stretch.tone.ink), .strokeWidth(1.25))
        svg.element(
            .rect, .x(start), .y(y + 21), .width(width), .height(4), .fill(stretch.tone.fill))
        let label = "\(stretch.tone.glyph) \(stretch.label)"
        guard width > 34 else { return }
        svg.element(.text, .x(start + 6), .y(y + 17), .fontSize(Lettering.small)) {
            $0.characters(Lettering.fitting(label, width: width - 10, size: Lettering.small))
        }
    }

    private var summary: String {
        rows.map { row in
            let parts = row.stretches.map { stretch in
                let end = stretch.end.map { "to \(TimeLabel.date($0))" } ?? "still open"
                return "\(stretch.label) from \(TimeLabel.date(stretch.start)) \(end)"
            }
            return "\(row.name): \(parts.joined(separator: ", "))"
        }.joined(separator: ". ")
    }
}
