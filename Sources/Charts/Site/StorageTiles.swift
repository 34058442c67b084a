/// The parts of a store side by side: freezers, racks or boxes, each with how much is in it and how
/// that stands.
public struct StorageTiles: Sendable {
    /// One part.
    public struct Part: Sendable {
        /// Its name.
        public var name: String
        /// What is in it, by standing.
        public var counts: [Tone: Int]
        /// Where a click leads.
        public var path: PicturePath?

        /// A part with `counts` things; counts below one are left out.
        public init(name: String, counts: [Tone: Int], path: PicturePath? = nil) {
            self.name = name
            self.counts = counts.filter { $0.value > 0 }
            self.path = path
        }

        var total: Int { counts.values.reduce(0, +) }
    }

    /// More parts than this are read as a list.
    public static let partsMax = 240

    private static let tile = (width: 150.0, height: 70.0)
    private static let gap = 8.0
    /// What a reader must see first stands first.
    private static let order: [Tone] = [.bad, .attention, .underway, .good, .inactive]

    private let title: String
    private let noun: String
    private let parts: [Part]
    private let perRow: Int

    /// The parts of `title`; `noun` says what they hold, in the plural.
    public init(title: String, noun: String, parts: [Part], perRow: Int = 6) {
        self.title = title
        self.noun = noun
        self.parts = Array(parts.prefix(Self.partsMax))
        self.perRow = max(1, perRow)
    }

    /// The picture, 158 units a part wide and 78 high.
    public func picture() -> Picture {
        let columns = min(perRow, max(parts.count, 1))
        let rows = max(1, (parts.count + perRow - 1) / perRow)
        let most = parts.map(\.total).max() ?? 1
        return Picture(
            width: Double(columns) * (Self.tile.width + Self.gap) + 4,
            height: Double(rows) * (Self.tile.height + Self.gap) + 4, title: title,
            summary: summary, hasLinks: parts.contains { $0.path != nil }
        ) { svg in
            for (index, part) in parts.enumerated() {
                let corner = Point(
                    x: 2 + Double(index % perRow) * (Self.tile.width + Self.gap),
                    y: 2 + Double(index / perRow) * (Self.tile.height + Self.gap))
                if let path = part.path {
                    svg.element(.a, .link(path), .label(words(part))) {
                        draw(part, most, at: corner, into: &$0)
                    }
                } else {
                    draw(part, most, at: corner, into: &svg)
                }
            }
        }
    }

    private func draw(_ part: Part, _ most: Int, at corner: Point, into svg: inout SVGWriter) {
        let inner = Self.tile.width - 20
        svg.element(
            .rect, .x(corner.x), .y(corner.y), .width(Self.tile.width), .height(Self.tile.height),
            .corner(3), .fill(.panel), .stroke(.quiet))
        svg.element(.text, .x(corner.x + 10), .y(corner.y + 21), .bold) {
            $0.characters(
                Lettering.fitting(part.name, width: inner * 0.94, size: Lettering.body))
        }
        let alarm = [Tone.bad, .attention].first { part.counts[$0] != nil }
        let note = alarm.map { " \($0.glyph) \(part.counts[$0] ?? 0)" } ?? ""
        svg.element(
            .text, .x(corner.x + 10), .y(corner.y + 39), .fill(alarm?.ink ?? .quiet),
            .fontSize(Lettering.small), .tabularFigures
        ) { $0.characters("\(part.total) \(noun)\(note)") }
        // The length tells how full a part is beside the others; the inks tell how it stands.
        svg.element(
            .rect, .x(corner.x + 10), .y(corner.y + 50), .width(inner), .height(10), .fill(.band))
        var start = corner.x + 10
        for tone in Self.order {
            guard let count = part.counts[tone] else { continue }
            let width = inner * Double(count) / Double(max(most, 1))
            svg.element(
                .rect, .x(start), .y(corner.y + 50), .width(width), .height(10), .fill(tone.fill))
            start += width
        }
    }

    private func words(_ part: Part) -> String {
        let standing = Self.order.compactMap { tone in
            part.counts[tone].map { "\($0) \(Self.word(tone))" }
        }
        return "\(part.name): \(part.total) \(noun)"
            + (standing.isEmpty ? "" : ", " + standing.joined(separator: ", "))
    }

    private static func word(_ tone: Tone) -> String {
        switch tone {
        case .good: "released"
        case .underway: "on the way"
        case .attention: "in quarantine"
        case .bad: "rejected or on hold"
        case .inactive: "out of use"
        }
    }

    private var summary: String { parts.map(words).joined(separator: ". ") }
}
