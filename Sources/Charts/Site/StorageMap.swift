/// One box of a store, position by position: what stands where, and what is free.
///
/// Boxes are square grids of one to four hundred positions. Positions are numbered, or named by a
/// row letter and a column number; both are how boxes are sold.
public struct StorageMap: Sendable {
    /// One position of the box.
    public struct Position: Sendable {
        /// What the label of the position says: "07", "C4".
        public var name: String
        /// What stands there; nil where it is free.
        public var content: String?
        /// How it stands in words.
        public var status: String
        /// How it stands at a glance.
        public var tone: Tone
        /// Where a click leads.
        public var path: PicturePath?
        /// Whether this is the one a reader looks for.
        public var isMarked: Bool

        /// A position; one without content is free.
        public init(
            name: String, content: String? = nil, status: String = "free", tone: Tone = .inactive,
            path: PicturePath? = nil, isMarked: Bool = false
        ) {
            self.isMarked = isMarked
            self.name = name
            self.content = content
            self.status = status
            self.tone = tone
            self.path = path
        }
    }

    /// More positions than the largest box has.
    public static let positionsMax = 400

    private static let cell = (width: 88.0, height: 44.0)
    private static let gap = 4.0

    private let title: String
    private let positions: [Position]
    private let perRow: Int

    /// The box called `title`: its first `positionsMax` positions in their order, `perRow` in a
    /// row.
    public init(title: String, positions: [Position], perRow: Int) {
        self.title = title
        self.positions = Array(positions.prefix(Self.positionsMax))
        self.perRow = max(1, min(perRow, 25))
    }

    /// The picture, 92 units a position wide and 48 high.
    public func picture() -> Picture {
        let columns = min(perRow, max(positions.count, 1))
        let rows = max(1, (positions.count + perRow - 1) / perRow)
        return Picture(
            width: Double(columns) * (Self.cell.width + Self.gap) + 4,
            height: Double(rows) * (Self.cell.height + Self.gap) + 4, title: title,
            summary: summary, hasLinks: positions.contains { $0.path != nil }
        ) { svg in
            for (index, position) in positions.enumerated() {
                let corner = Point(
                    x: 2 + Double(index % perRow) * (Self.cell.width + Self.gap),
                    y: 2 + Double(index / perRow) * (Self.cell.height + Self.gap))
                if let path = position.path {
                    svg.element(.a, .link(path), .label(words(position))) {
                        draw(position, at: corner, into: &$0)
                    }
                } else {
                    draw(position, at: corner, into: &svg)
                }
            }
        }
    }

    private func draw(_ position: Position, at corner: Point, into svg: inout SVGWriter) {
        let (width, height) = (Self.cell.width, Self.cell.height)
        let isFree = position.content == nil
        svg.element(
            .rect, .x(corner.x), .y(corner.y), .width(width), .height(height), .corner(2),
            .fill(position.isMarked ? .wash : isFree ? .paper : .panel),
            .stroke(position.isMarked ? .house : isFree ? .rule : .quiet),
            .strokeWidth(position.isMarked ? 2.5 : 1))
        svg.element(
            .text, .x(corner.x + 6), .y(corner.y + 15), .fill(.quiet), .fontSize(Lettering.small),
            .tabularFigures
        ) { $0.characters(Lettering.fitting(position.name, width: 40, size: Lettering.small)) }
        guard let content = position.content else { return }
        svg.element(
            .rect, .x(corner.x), .y(corner.y + height - 4), .width(width), .height(4),
            .fill(position.tone.fill))
        svg.element(
            .text, .x(corner.x + width - 6), .y(corner.y + 15), .anchoredEnd,
            .fill(position.tone.ink), .fontSize(Lettering.small)
        ) { $0.characters(position.tone.glyph) }
        // The end of an identifier tells neighbours apart, so that is what stays.
        let room = width - 12
        var shown = content
        while Lettering.width(of: shown, size: Lettering.small) > room, shown.count > 2 {
            shown = "…" + shown.drop(while: { $0 == "…" }).dropFirst()
        }
        svg.element(
            .text, .x(corner.x + 6), .y(corner.y + 32), .fontSize(Lettering.small), .tabularFigures
        ) { $0.characters(shown) }
    }

    private func words(_ position: Position) -> String {
        "position \(position.name)\(position.isMarked ? ", the one looked for" : ""): "
            + (position.content.map { "\($0), \(position.status)" } ?? "free")
    }

    private var summary: String {
        let taken = positions.filter { $0.content != nil }
        let free = positions.count - taken.count
        return "\(positions.count) positions, \(taken.count) taken, \(free) free. "
            + taken.map(words).joined(separator: "; ")
    }
}
