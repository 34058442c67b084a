/// Rooms as tiles, each with its grade and how it stands.
public struct RoomPlan: Sendable {
    /// One room.
    public struct Room: Sendable {
        /// Its identifier.
        public var name: String
        /// What it is for.
        public var purpose: String
        /// Clean-room grade, "A" to "D"; nil where unclassified.
        public var grade: String?
        /// How it stands in words.
        public var status: String
        /// How it stands at a glance.
        public var tone: Tone
        /// Where a click leads.
        public var path: PicturePath?

        /// A room of the plan.
        public init(
            name: String, purpose: String, grade: String?, status: String, tone: Tone,
            path: PicturePath? = nil
        ) {
            self.name = name
            self.purpose = purpose
            self.grade = grade
            self.status = status
            self.tone = tone
            self.path = path
        }
    }

    private static let tile = (width: 168.0, height: 84.0)
    private static let gap = 8.0

    private let title: String
    private let rooms: [Room]
    private let perRow: Int

    /// A plan of `rooms`, cleanest grade first, `perRow` in a row.
    public init(title: String, rooms: [Room], perRow: Int = 5) {
        self.title = title
        self.perRow = max(1, perRow)
        self.rooms = rooms.enumerated().sorted {
            ($0.element.grade ?? "~", $0.offset) < ($1.element.grade ?? "~", $1.offset)
        }.map(\.element)
    }

    /// The picture.
    public func picture() -> Picture {
        let columns = min(perRow, max(rooms.count, 1))
        let rows = max(1, (rooms.count + perRow - 1) / perRow)
        return Picture(
            width: Double(columns) * (Self.tile.width + Self.gap) - Self.gap + 4,
            height: Double(rows) * (Self.tile.height + Self.gap) - Self.gap + 4,
            title: title, summary: summary, hasLinks: rooms.contains { $0.path != nil }
        ) { svg in
            for (index, room) in rooms.enumerated() {
                let corner = Point(
                    x: 2 + Double(index % perRow) * (Self.tile.width + Self.gap),
                    y: 2 + Double(index / perRow) * (Self.tile.height + Self.gap))
                if let path = room.path {
                    svg.element(.a, .link(path), .label("\(room.name), \(room.status)")) {
                        draw(room, at: corner, into: &$0)
                    }
                } else {
                    draw(room, at: corner, into: &svg)
                }
            }
        }
    }

    private func draw(_ room: Room, at corner: Point, into svg: inout SVGWriter) {
        let alarming = room.tone == .attention || room.tone == .bad
        svg.element(
            .rect, .x(corner.x), .y(corner.y), .width(Self.tile.width), .height(Self.tile.height),
            .corner(3), .fill(.panel), .stroke(alarming ? room.tone.ink : .rule),
            .strokeWidth(alarming ? 2.25 : 1))
        svg.element(
            .rect, .x(corner.x), .y(corner.y + Self.tile.height - 4), .width(Self.tile.width),
            .height(4), .fill(room.tone.fill))
        let nameWidth = Self.tile.width - 52
        svg.element(.text, .x(corner.x + 12), .y(corner.y + 24), .bold) {
            $0.characters(
                Lettering.fitting(room.name, width: nameWidth * 0.94, size: Lettering.body))
        }
        svg.element(
            .text, .x(corner.x + 12), .y(corner.y + 42), .fill(.quiet), .fontSize(Lettering.small)
        ) {
            $0.characters(
                Lettering.fitting(
                    room.purpose, width: Self.tile.width - 22, size: Lettering.small))
        }
        svg.element(
            .text, .x(corner.x + 12), .y(corner.y + 66), .fill(room.tone.ink),
            .fontSize(Lettering.small)
        ) {
            $0.characters(
                Lettering.fitting(
                    "\(room.tone.glyph) \(room.status)", width: Self.tile.width - 22,
                    size: Lettering.small))
        }
        if let grade = room.grade {
            svg.element(
                .text, .x(corner.x + Self.tile.width - 12), .y(corner.y + 28), .anchoredEnd,
                .fontSize(22), .fill(.house)
            ) { $0.characters(Lettering.fitting(grade, width: 40, size: 22)) }
        }
    }

    private var summary: String {
        rooms.map { room in
            "\(room.name), \(room.grade.map { "grade \($0), " } ?? "")\(room.purpose): \(room.status)"
        }.joined(separator: ". ")
    }
}
