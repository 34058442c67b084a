/// A genealogy drawn from left to right: from the donor to the dose.
public struct GenealogyChart: Sendable {
    /// More nodes than this are not read by anyone and not worth laying out; the picture then
    /// keeps those nearest to the thing in question and says how many it left out.
    public static let nodesMax = 400

    private static let box = (width: 158.0, height: 58.0)
    private static let gap = (across: 16.0, along: 42.0)
    private static let margin = 16.0

    private let genealogy: Genealogy
    private let omitted: Int

    /// A picture of `genealogy` with like siblings folded.
    public init(_ genealogy: Genealogy) {
        // Three of a kind are a crowd where each box costs a line.
        let folded = genealogy.folded(over: 2)
        let kept = Self.nearest(in: folded, limit: Self.nodesMax)
        self.genealogy = kept
        omitted = folded.nodes.count - kept.nodes.count
    }

    /// The picture.
    public func picture() -> Picture {
        var index: [String: Int] = [:]
        for (place, node) in genealogy.nodes.enumerated() where index[node.id] == nil {
            index[node.id] = place
        }
        var seen: Set<Genealogy.Edge> = []
        let edges = genealogy.edges.compactMap { edge -> (source: Int, target: Int)? in
            guard let source = index[edge.source], let target = index[edge.target],
                source != target, seen.insert(edge).inserted
            else { return nil }
            return (source, target)
        }
        let layout = LayeredLayout(count: genealogy.nodes.count, edges: edges)
        let pitch = Self.box.height + Self.gap.across
        let across = genealogy.nodes.indices.map { layout.places[$0] + 0.5 }.max() ?? 1
        let width =
            Double(max(layout.depth, 1)) * (Self.box.width + Self.gap.along) - Self.gap.along
            + 2 * Self.margin
        let height = across * pitch - Self.gap.across + 2 * Self.margin + (omitted > 0 ? 24 : 0)

        return Picture(
            width: width, height: max(height, Self.box.height + 2 * Self.margin),
            title: genealogy.focus.map { "Genealogy of \($0)" } ?? "Genealogy", summary: summary,
            hasLinks: genealogy.nodes.contains { $0.path != nil }
        ) { svg in
            for (edge, route) in zip(edges, layout.routes) {
                let touches = [edge.source, edge.target].contains {
                    genealogy.nodes[$0].id == genealogy.focus
                }
                draw(route, of: layout, pitch: pitch, strong: touches, into: &svg)
            }
            let corners = genealogy.nodes.indices.map {
                Self.corner($0, in: layout, pitch: pitch)
            }
            // The focus follows the order of the elements: column by column, from the top.
            let inOrder = genealogy.nodes.indices.sorted {
                (corners[$0].x, corners[$0].y) < (corners[$1].x, corners[$1].y)
            }
            for place in inOrder {
                let (node, corner) = (genealogy.nodes[place], corners[place])
                if let path = node.path {
                    svg.element(
                        .a, .link(path), .label("\(node.kind) \(node.name), \(node.status)")
                    ) { draw(node, at: corner, into: &$0) }
                } else {
                    draw(node, at: corner, into: &svg)
                }
            }
            if omitted > 0 {
                svg.element(
                    .text, .x(Self.margin), .y(height - 10), .fill(.quiet),
                    .fontSize(Lettering.small)
                ) { $0.characters("\(omitted) more, farther away, are not drawn") }
            }
        }
    }

    private var summary: String {
        var counts: [(kind: String, count: Int)] = []
        for node in genealogy.nodes {
            if let place = counts.firstIndex(where: { $0.kind == node.kind }) {
                counts[place].count += node.count
            } else {
                counts.append((node.kind, node.count))
            }
        }
        let parts = counts.map { "\($0.count) \($0.kind)" }.joined(separator: ", ")
        let links = genealogy.edges.map { "\($0.source) to \($0.target)" }
        let shown = links.prefix(40).joined(separator: "; ")
        let rest = links.count > 40 ? "; and \(links.count - 40) more" : ""
        return "\(parts). Material went from \(shown)\(rest)."
    }

    private static func corner(_ vertex: Int, in layout: LayeredLayout, pitch: Double) -> Point {
        Point(
            x: margin + Double(layout.layers[vertex]) * (box.width + gap.along),
            y: margin + (layout.places[vertex] - 0.5) * pitch)
    }

    private func draw(
        _ route: [Int], of layout: LayeredLayout, pitch: Double, strong: Bool,
        into svg: inout SVGWriter
    ) {
        var outline = PathOutline()
        var last: Point?
        for (step, vertex) in route.enumerated() {
            let corner = Self.corner(vertex, in: layout, pitch: pitch)
            let middle = corner.y + Self.box.height / 2
            let (left, right) = (corner.x, corner.x + Self.box.width)
            let entry = Point(x: left, y: middle)
            let exit = Point(x: right, y: middle)
            if let start = last {
                outline.levelCurve(from: start, to: entry)
                if step < route.count - 1 { outline.line(to: exit) }
            } else {
                outline.move(to: exit)
            }
            last = exit
        }
        svg.element(
            .path, .outline(outline), .noFill, .stroke(strong ? .house : .quiet),
            .strokeWidth(strong ? 2.25 : 1.25), .opacity(strong ? 1 : 0.65))
    }

    private func draw(_ node: Genealogy.Node, at corner: Point, into svg: inout SVGWriter) {
        let isFocus = node.id == genealogy.focus
        let (width, height) = Self.box
        for sheet in (0..<min(node.count - 1, 2)).reversed() {
            let shift = Double(sheet + 1) * 3
            svg.element(
                .rect, .x(corner.x + shift), .y(corner.y + shift), .width(width), .height(height),
                .corner(4), .fill(.panel), .stroke(.rule))
        }
        svg.element(
            .rect, .className(isFocus ? "focus" : "node"), .x(corner.x), .y(corner.y),
            .width(width), .height(height), .corner(4), .fill(isFocus ? .wash : .panel),
            .stroke(isFocus ? .house : .quiet),
            .strokeWidth(isFocus ? 2.25 : 1))
        svg.element(
            .rect, .x(corner.x), .y(corner.y + 4), .width(4), .height(height - 8),
            .fill(node.tone.fill))
        let text = corner.x + 14
        let room = width - 22
        let count = node.count > 1 ? " × \(node.count)" : ""
        svg.element(
            .text, .x(text), .y(corner.y + 17), .fill(.quiet), .fontSize(Lettering.small)
        ) {
            $0.characters(
                Lettering.fitting(node.kind + count, width: room, size: Lettering.small))
        }
        svg.element(.text, .x(text), .y(corner.y + 33), .bold) {
            $0.characters(Lettering.fitting(node.name, width: room * 0.94, size: Lettering.body))
        }
        svg.element(
            .text, .x(text), .y(corner.y + 49), .fill(node.tone.ink), .fontSize(Lettering.small)
        ) {
            $0.characters(
                Lettering.fitting(
                    "\(node.tone.glyph) \(node.status)", width: room, size: Lettering.small))
        }
    }

    /// The `limit` nodes fewest movements away from the focus, in their old order.
    private static func nearest(in genealogy: Genealogy, limit: Int) -> Genealogy {
        guard genealogy.nodes.count > limit else { return genealogy }
        var neighbours: [String: [String]] = [:]
        for edge in genealogy.edges {
            neighbours[edge.source, default: []].append(edge.target)
            neighbours[edge.target, default: []].append(edge.source)
        }
        let start = genealogy.focus ?? genealogy.nodes[0].id
        var reached: Set<String> = [start]
        var queue = [start]
        var cursor = 0
        while cursor < queue.count, reached.count < limit {
            for next in neighbours[queue[cursor]] ?? [] where reached.count < limit {
                if reached.insert(next).inserted { queue.append(next) }
            }
            cursor += 1
        }
        var kept = genealogy
        kept.nodes.removeAll { !reached.contains($0.id) }
        kept.edges.removeAll { !reached.contains($0.source) || !reached.contains($0.target) }
        return kept
    }
}
