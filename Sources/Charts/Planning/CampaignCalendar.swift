/// A campaign as a Gantt chart: one row a batch, or a step, over days.
public struct CampaignCalendar: Sendable {
    /// What is done in a stretch.
    public enum Activity: String, Sendable, CaseIterable {
        /// Hands at work in a clean room.
        case work
        /// Cells in the incubator.
        case culture
        /// Tests under way.
        case testing
        /// Review and certification.
        case release

        var fill: Ink {
            switch self {
            case .work: .amber
            case .culture: .sky
            case .testing: .band
            case .release: .green
            }
        }
    }

    /// A stretch of days.
    public struct Stretch: Sendable {
        /// Its first day, from the start of the campaign.
        public var start: Double
        /// Its end.
        public var end: Double
        /// What is done.
        public var activity: Activity

        /// A stretch.
        public init(from start: Double, to end: Double, _ activity: Activity) {
            self.start = start
            self.end = end
            self.activity = activity
        }
    }

    /// A row.
    public struct Row: Sendable {
        /// Its name.
        public var name: String
        /// Its stretches, in order.
        public var stretches: [Stretch]

        /// A row.
        public init(name: String, stretches: [Stretch]) {
            self.name = name
            self.stretches = stretches
        }
    }

    /// More rows than this belong on a list.
    public static let rowsMax = 60

    private let title: String
    private let rows: [Row]

    /// A calendar of `rows`.
    public init(title: String, rows: [Row]) {
        self.title = title
        self.rows = Array(rows.prefix(Self.rowsMax))
    }

    /// The picture, 780 units wide, 20 a row.
    public func picture() -> Picture {
        let pitch = 20.0
        let frame = PlotFrame(
            width: 780, height: 34 + Double(max(rows.count, 1)) * pitch + 66, left: 132,
            bottom: 66)
        let last = rows.flatMap(\.stretches).map(\.end).filter(\.isFinite).max() ?? 1
        let scale = Scale(from: 0, to: last, start: frame.left, end: frame.innerRight)
        return Picture(width: frame.width, height: frame.height, title: title, summary: summary) {
            svg in
            frame.drawTitle(title, into: &svg)
            let ticks = scale.ticks(wanted: 8)
            for tick in ticks {
                let x = scale(tick)
                svg.element(
                    .line, .x1(x), .y1(frame.top), .x2(x), .y2(frame.innerBottom), .stroke(.band))
            }
            frame.drawLevel(
                zip(ticks, NumberLabel.labels(for: ticks)).map { (scale($0), $1) },
                quantity: "days", into: &svg)
            for (place, row) in rows.enumerated() {
                let y = frame.top + Double(place) * pitch
                svg.element(
                    .text, .x(frame.left - 8), .y(y + 14), .anchoredEnd, .fontSize(Lettering.small)
                ) {
                    $0.characters(
                        Lettering.fitting(row.name, width: frame.left - 16, size: Lettering.small))
                }
                for stretch in row.stretches {
                    let (start, end) = (scale(stretch.start), scale(stretch.end))
                    svg.element(
                        .rect, .x(start), .y(y + 3), .width(max(end - start, 2)), .height(14),
                        .fill(stretch.activity.fill), .stroke(.quiet), .strokeWidth(0.5))
                }
            }
            drawKey(frame, into: &svg)
        }
    }

    private func drawKey(_ frame: PlotFrame, into svg: inout SVGWriter) {
        let used = Set(rows.flatMap(\.stretches).map(\.activity))
        var x = frame.left
        for activity in Activity.allCases where used.contains(activity) {
            svg.element(
                .rect, .x(x), .y(frame.height - 34), .width(12), .height(12), .fill(activity.fill),
                .stroke(.quiet), .strokeWidth(0.5))
            svg.element(.text, .x(x + 17), .y(frame.height - 24), .fontSize(Lettering.small)) {
                $0.characters(activity.rawValue)
            }
            x += 34 + Lettering.width(of: activity.rawValue, size: Lettering.small)
        }
    }

    private var summary: String {
        let parts = rows.prefix(12).map { row in
            let stretches = row.stretches.map {
                "\($0.activity.rawValue) day \(NumberLabel.short($0.start)) to "
                    + "\(NumberLabel.short($0.end))"
            }
            return "\(row.name): \(stretches.joined(separator: ", "))"
        }
        let more = rows.count > 12 ? " And \(rows.count - 12) more rows." : ""
        return parts.joined(separator: ". ") + "." + more
    }
}
