/// The unit operations of a process in their order, wrapped into rows.
public struct ProcessFlow: Sendable {
    /// One step.
    public struct Step: Sendable {
        /// Its name.
        public var name: String
        /// A few words under it: the unit operation, the day.
        public var detail: String
        /// How it stands in words; nil where the flow is a plan only.
        public var status: String?
        /// How it stands at a glance.
        public var tone: Tone
        /// Whether it holds critical process parameters.
        public var isCritical: Bool
        /// Where a click leads.
        public var path: PicturePath?

        /// A step of the flow.
        public init(
            name: String, detail: String, status: String? = nil, tone: Tone = .inactive,
            isCritical: Bool = false, path: PicturePath? = nil
        ) {
            self.name = name
            self.detail = detail
            self.status = status
            self.tone = tone
            self.isCritical = isCritical
            self.path = path
        }
    }

    /// More steps than this are read as a list.
    public static let stepsMax = 120

    private static let box = (width: 172.0, height: 62.0)
    private static let gap = (along: 24.0, across: 26.0)

    private let title: String
    private let steps: [Step]
    private let perRow: Int

    /// A flow of `steps`, `perRow` in a row.
    public init(title: String, steps: [Step], perRow: Int = 4) {
        self.title = title
        self.steps = Array(steps.prefix(Self.stepsMax))
        self.perRow = max(1, perRow)
    }

    /// The picture.
    public func picture() -> Picture {
        let columns = min(perRow, max(steps.count, 1))
        let rows = (steps.count + perRow - 1) / perRow
        let margin = 2.0
        return Picture(
            width: Double(columns) * (Self.box.width + Self.gap.along) - Self.gap.along
                + 2 * margin,
            height: Double(max(rows, 1)) * (Self.box.height + Self.gap.across) - Self.gap.across
                + 2 * margin,
            title: title, summary: summary, hasLinks: steps.contains { $0.path != nil }
        ) { svg in
            func corner(_ index: Int) -> Point {
                Point(
                    x: margin + Double(index % perRow) * (Self.box.width + Self.gap.along),
                    y: margin + Double(index / perRow) * (Self.box.height + Self.gap.across))
            }
            for index in steps.indices.dropFirst() {
                drawArrow(from: corner(index - 1), to: corner(index), into: &svg)
            }
            for (index, step) in steps.enumerated() {
                if let path = step.path {
                    svg.element(.a, .link(path), .label("\(index + 1) \(step.name)")) {
                        draw(step, number: index + 1, at: corner(index), into: &$0)
                    }
                } else {
                    draw(step, number: index + 1, at: corner(index), into: &svg)
                }
            }
        }
    }

    private func drawArrow(from start: Point, to end: Point, into svg: inout SVGWriter) {
        let middle = Self.box.height / 2
        var outline = PathOutline()
        let tip: Point
        if start.y == end.y {
            tip = Point(x: end.x, y: end.y + middle)
            outline.move(to: Point(x: start.x + Self.box.width, y: start.y + middle))
            outline.line(to: tip)
        } else {
            // To the row below: out at the foot, along between the rows, in from above.
            tip = Point(x: end.x + Self.box.width / 2, y: end.y)
            let foot = Point(x: start.x + Self.box.width / 2, y: start.y + Self.box.height)
            let lane = foot.y + Self.gap.across / 2
            outline.move(to: foot)
            outline.line(to: Point(x: foot.x, y: lane))
            outline.line(to: Point(x: tip.x, y: lane))
            outline.line(to: tip)
        }
        svg.element(
            .path, .outline(outline), .noFill, .stroke(.quiet), .strokeWidth(1.5), .roundJoins)
        let (along, across) = start.y == end.y ? (7.0, 4.0) : (4.0, 7.0)
        let wings =
            start.y == end.y
            ? [
                Point(x: tip.x - along, y: tip.y - across),
                Point(x: tip.x - along, y: tip.y + across),
            ]
            : [
                Point(x: tip.x - along, y: tip.y - across),
                Point(x: tip.x + along, y: tip.y - across),
            ]
        svg.element(.polygon, .points([tip] + wings), .fill(.quiet))
    }

    private func draw(_ step: Step, number: Int, at corner: Point, into svg: inout SVGWriter) {
        let current = step.tone == .underway
        svg.element(
            .rect, .x(corner.x), .y(corner.y), .width(Self.box.width), .height(Self.box.height),
            .corner(4), .fill(current ? .wash : .panel), .stroke(current ? .house : .quiet),
            .strokeWidth(current ? 2.25 : 1))
        svg.element(
            .rect, .x(corner.x), .y(corner.y + 4), .width(4), .height(Self.box.height - 8),
            .fill(step.tone.fill))
        let room = Self.box.width - 24
        svg.element(.text, .x(corner.x + 14), .y(corner.y + 19), .bold) {
            $0.characters(
                Lettering.fitting(
                    "\(number)  \(step.name)", width: room * 0.94, size: Lettering.body))
        }
        svg.element(
            .text, .x(corner.x + 14), .y(corner.y + 36), .fill(.quiet), .fontSize(Lettering.small)
        ) { $0.characters(Lettering.fitting(step.detail, width: room, size: Lettering.small)) }
        let foot = [
            step.status.map { "\(step.tone.glyph) \($0)" }, step.isCritical ? "◆ critical" : nil,
        ].compactMap { $0 }.joined(separator: "   ")
        svg.element(
            .text, .x(corner.x + 14), .y(corner.y + 52), .fill(step.tone.ink),
            .fontSize(Lettering.small)
        ) { $0.characters(Lettering.fitting(foot, width: room, size: Lettering.small)) }
    }

    private var summary: String {
        "\(steps.count) steps: "
            + steps.enumerated().map { index, step in
                let status = step.status.map { ", \($0)" } ?? ""
                return "\(index + 1) \(step.name)\(step.isCritical ? ", critical" : "")\(status)"
            }.joined(separator: "; ") + "."
    }
}
