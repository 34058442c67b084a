/// How full the cell banks are, one bar a bank.
public struct BankLevels: Sendable {
    /// One bank.
    public struct Bank: Sendable {
        /// Its identifier.
        public var name: String
        /// "master cell bank", "working cell bank".
        public var kind: String
        /// Vials laid down.
        public var laidDown: Int
        /// Vials still in store.
        public var inStore: Int
        /// Of those in store, vials promised to batches or kept for testing.
        public var reserved: Int
        /// The level at which a new bank must be planned, if one is set.
        public var reorderAt: Int?
        /// How the bank stands.
        public var tone: Tone
        /// Where a click leads.
        public var path: PicturePath?

        /// A bank; counts below zero are drawn as zero.
        public init(
            name: String, kind: String, laidDown: Int, inStore: Int, reserved: Int = 0,
            reorderAt: Int? = nil, tone: Tone = .good, path: PicturePath? = nil
        ) {
            self.name = name
            self.kind = kind
            self.laidDown = laidDown
            self.inStore = inStore
            self.reserved = reserved
            self.reorderAt = reorderAt
            self.tone = tone
            self.path = path
        }
    }

    private let title: String
    private let banks: [Bank]

    /// The levels of `banks`.
    public init(title: String, banks: [Bank]) {
        self.title = title
        self.banks = banks
    }

    /// The picture, 420 units wide, 44 a bank.
    public func picture() -> Picture {
        let (width, pitch, top) = (420.0, 44.0, 4.0)
        return Picture(
            width: width, height: top + Double(max(banks.count, 1)) * pitch + 4, title: title,
            summary: summary, hasLinks: banks.contains { $0.path != nil }
        ) { svg in
            for (index, bank) in banks.enumerated() {
                let y = top + Double(index) * pitch
                if let path = bank.path {
                    svg.element(.a, .link(path), .label("\(bank.kind) \(bank.name)")) {
                        draw(bank, at: y, width: width, into: &$0)
                    }
                } else {
                    draw(bank, at: y, width: width, into: &svg)
                }
            }
        }
    }

    private func draw(_ bank: Bank, at y: Double, width: Double, into svg: inout SVGWriter) {
        let whole = Double(max(bank.laidDown, 1))
        let scale = Scale(from: 0, to: whole, start: 0, end: width)
        let stored = scale(Double(max(0, bank.inStore)))
        let promised = scale(Double(max(0, min(bank.reserved, bank.inStore))))
        svg.element(.text, .x(0), .y(y + 12), .fill(bank.path == nil ? .ink : .house), .bold) {
            $0.characters(
                Lettering.fitting("\(bank.tone.glyph) \(bank.name)", width: 170, size: 12))
        }
        let counts = "\(bank.inStore) of \(bank.laidDown) vials"
        svg.element(
            .text, .x(width), .y(y + 12), .anchoredEnd, .fill(.quiet), .fontSize(Lettering.small),
            .tabularFigures
        ) {
            $0.characters(
                "\(bank.kind)   \(counts)\(bank.reserved > 0 ? ", \(bank.reserved) reserved" : "")")
        }
        svg.element(
            .rect, .x(0), .y(y + 18), .width(width), .height(12), .corner(1), .fill(.band))
        svg.element(.rect, .x(0), .y(y + 18), .width(stored), .height(12), .fill(bank.tone.fill))
        if promised > 0 {
            svg.element(
                .rect, .x(stored - promised), .y(y + 24), .width(promised), .height(6),
                .fill(.ink), .opacity(0.45))
        }
        if let reorder = bank.reorderAt {
            let x = scale(Double(max(0, reorder)))
            svg.element(
                .line, .x1(x), .y1(y + 15), .x2(x), .y2(y + 33), .stroke(.ink), .strokeWidth(1.5))
        }
    }

    private var summary: String {
        banks.map { bank in
            let reserved = bank.reserved > 0 ? ", \(bank.reserved) reserved" : ""
            let reorder = bank.reorderAt.map { ", to be renewed at \($0)" } ?? ""
            return "\(bank.kind) \(bank.name): \(bank.inStore) of \(bank.laidDown) vials in store"
                + reserved + reorder
        }.joined(separator: ". ")
    }
}
