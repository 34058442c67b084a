/// One value against another.
public struct PlotPoint: Sendable, Hashable {
    /// Along the level axis.
    public var x: Double
    /// Along the upright axis.
    public var y: Double

    /// A point.
    public init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }

    var isFinite: Bool { x.isFinite && y.isFinite }
}

/// A picture of values against values, in layers: what the pictures of analyses are drawn with.
///
/// Series are told apart by the shape of their marks and the dashes of their lines as well as by
/// colour; the key beside the plot shows both.
struct DataPlot {
    /// How a line is broken, so that it can be told from others without colour.
    enum Dashes {
        case solid, dashed, dotted
    }

    /// One layer, drawn in the order given.
    enum Layer {
        /// Marks at points.
        case marks([PlotPoint], MarkShape, Ink, size: Double)
        /// A line through points.
        case line([PlotPoint], Ink, Dashes)
        /// The room between two lines.
        case band(lower: [PlotPoint], upper: [PlotPoint], Ink)
        /// Columns that stand on the level axis: from, to, height.
        case columns([(from: Double, to: Double, height: Double)], Ink)
        /// Short words at points.
        case notes([(point: PlotPoint, text: String)], Ink)
    }

    /// A line across the plot with its name.
    struct Reference {
        var value: Double
        var name: String
        var ink: Ink
        var dashes = Dashes.dashed
        var isUpright = false
    }

    /// One line of the key.
    struct KeyEntry {
        var name: String
        var ink: Ink
        var shape: MarkShape?
        var dashes: Dashes?
    }

    /// The inks of series, in order: no two are alike in lightness and hue for any eye.
    static let inks: [Ink] = [.house, .vermillion, .blue, .purple, .brown, .ink]

    /// More marks of one layer than this cannot be told apart: they become a `PointCloud`. Of
    /// more points of a line evenly chosen ones are drawn.
    static let pointsMax = 4000

    var title: String
    var summary: String
    var across: String
    var upright: String
    var acrossSpacing = Scale.Spacing.even
    var uprightSpacing = Scale.Spacing.even
    var layers: [Layer]
    var references: [Reference] = []
    var key: [KeyEntry] = []
    /// Values that the upright axis must reach, as the foot of columns.
    var uprightIncludes: [Double] = []

    private var size: (width: Double, height: Double) { (720, 360) }

    /// The picture, 720 by 360 units.
    func picture() -> Picture {
        let frame = PlotFrame(
            width: size.width, height: size.height, left: 74, right: key.isEmpty ? 110 : 150)
        let (x, y) = scales(frame)
        return Picture(width: frame.width, height: frame.height, title: title, summary: summary) {
            svg in
            frame.drawTitle(title, into: &svg)
            let ticks = y.ticks()
            let logarithmic = uprightSpacing == .logarithmic
            frame.drawUpright(
                y, ticks: ticks,
                labels: logarithmic
                    ? ticks.map { NumberLabel.short($0) } : NumberLabel.labels(for: ticks),
                quantity: upright, into: &svg)
            let marks = x.ticks(wanted: 8)
            let labels =
                acrossSpacing == .logarithmic
                ? marks.map { NumberLabel.short($0) } : NumberLabel.labels(for: marks)
            frame.drawLevel(
                zip(marks, labels).map { (x($0), $1) }, quantity: across, into: &svg)
            for layer in layers { draw(layer, x, y, frame, into: &svg) }
            draw(references, x, y, frame, into: &svg)
            drawKey(frame, into: &svg)
        }
    }

    private func scales(_ frame: PlotFrame) -> (Scale, Scale) {
        var xs = references.filter(\.isUpright).map(\.value)
        var ys = references.filter { !$0.isUpright }.map(\.value) + uprightIncludes
        for layer in layers {
            switch layer {
            case .marks(let points, _, _, _), .line(let points, _, _):
                xs += points.map(\.x)
                ys += points.map(\.y)
            case .band(let lower, let upper, _):
                xs += (lower + upper).map(\.x)
                ys += (lower + upper).map(\.y)
            case .columns(let columns, _):
                xs += columns.flatMap { [$0.from, $0.to] }
                ys += columns.map(\.height) + [0]
            case .notes: continue
            }
        }
        func usable(_ values: [Double], _ spacing: Scale.Spacing) -> [Double] {
            values.filter { $0.isFinite && (spacing == .even || $0 > 0) }
        }
        xs = usable(xs, acrossSpacing)
        ys = usable(ys, uprightSpacing)
        let (low, high) = (ys.min() ?? 0, ys.max() ?? 1)
        let room = uprightSpacing == .even ? (high - low) * 0.06 : 0
        let factor = uprightSpacing == .even ? 1 : 1.2
        let foot = low == 0 && uprightIncludes.contains(0) ? 0 : low - room
        return (
            Scale(
                from: xs.min() ?? 0, to: xs.max() ?? 1, start: frame.left + 10,
                end: frame.innerRight - 10, spacing: acrossSpacing),
            Scale(
                from: foot / factor, to: (high + room) * factor, start: frame.innerBottom,
                end: frame.top, spacing: uprightSpacing)
        )
    }

    private func draw(
        _ layer: Layer, _ x: Scale, _ y: Scale, _ frame: PlotFrame, into svg: inout SVGWriter
    ) {
        func place(_ point: PlotPoint) -> Point { Point(x: x(point.x), y: y(point.y)) }
        func shown(_ points: [PlotPoint]) -> [PlotPoint] {
            points.filter {
                $0.isFinite && (acrossSpacing == .even || $0.x > 0)
                    && (uprightSpacing == .even || $0.y > 0)
            }
        }
        switch layer {
        case .marks(let points, let shape, let ink, let size):
            let all = shown(points)
            guard all.count <= Self.pointsMax else {
                return PointCloud(places: all.map(place), ink: ink).draw(
                    left: frame.left, top: frame.top, right: frame.innerRight,
                    bottom: frame.innerBottom, into: &svg)
            }
            for point in all {
                shape.draw(at: place(point), size: size, fill: ink, into: &svg)
            }
        case .line(let points, let ink, let dashes):
            let places = shown(points).thinned(to: Self.pointsMax).map(place)
            guard places.count > 1 else { return }
            polyline(places, ink, dashes, into: &svg)
        case .band(let lower, let upper, let ink):
            let sides = [lower, upper].map { shown($0).thinned(to: Self.pointsMax).map(place) }
            let places = sides[0] + sides[1].reversed()
            guard places.count > 2 else { return }
            svg.element(.polygon, .points(places), .fill(ink), .opacity(0.18))
        case .columns(let columns, let ink):
            for column in columns where column.height.isFinite {
                let (left, right) = (x(column.from), x(column.to))
                let top = y(column.height)
                svg.element(
                    .rect, .x(left), .y(top), .width(max(0, right - left - 1)),
                    .height(max(0, frame.innerBottom - top)), .fill(ink), .stroke(.quiet),
                    .strokeWidth(0.5))
            }
        case .notes(let notes, let ink):
            for note in notes where note.point.isFinite {
                let at = place(note.point)
                svg.element(
                    .text, .x(at.x), .y(at.y - 9), .anchoredMiddle, .fill(ink),
                    .fontSize(Lettering.small)
                ) { $0.characters(note.text) }
            }
        }
    }

    private func polyline(
        _ places: [Point], _ ink: Ink, _ dashes: Dashes, into svg: inout SVGWriter
    ) {
        switch dashes {
        case .solid:
            svg.element(
                .polyline, .points(places), .noFill, .stroke(ink), .strokeWidth(1.75), .roundJoins)
        case .dashed:
            svg.element(
                .polyline, .points(places), .noFill, .stroke(ink), .strokeWidth(1.5), .roundJoins,
                .dashed)
        case .dotted:
            svg.element(
                .polyline, .points(places), .noFill, .stroke(ink), .strokeWidth(1.5), .roundJoins,
                .dotted)
        }
    }

    private func draw(
        _ references: [Reference], _ x: Scale, _ y: Scale, _ frame: PlotFrame,
        into svg: inout SVGWriter
    ) {
        var taken: [Double] = []
        for reference in references where reference.value.isFinite {
            if reference.isUpright {
                let place = x(reference.value)
                polyline(
                    [Point(x: place, y: frame.top), Point(x: place, y: frame.innerBottom)],
                    reference.ink, reference.dashes, into: &svg)
                let isRight = place > (frame.left + frame.innerRight) / 2
                let at = isRight ? place - 4 : place + 4
                if isRight {
                    svg.element(
                        .text, .x(at), .y(frame.top + 10), .anchoredEnd, .fill(reference.ink),
                        .fontSize(Lettering.small)
                    ) { $0.characters(reference.name) }
                } else {
                    svg.element(
                        .text, .x(at), .y(frame.top + 10), .fill(reference.ink),
                        .fontSize(Lettering.small)
                    ) { $0.characters(reference.name) }
                }
                continue
            }
            let place = y(reference.value)
            polyline(
                [Point(x: frame.left, y: place), Point(x: frame.innerRight, y: place)],
                reference.ink, reference.dashes, into: &svg)
            var label = place + 4
            while taken.contains(where: { abs($0 - label) < 12 }) { label += 12 }
            taken.append(label)
            svg.element(
                .text, .x(frame.innerRight + 6), .y(label), .fill(reference.ink),
                .fontSize(Lettering.small)
            ) {
                $0.characters(
                    Lettering.fitting(
                        reference.name, width: frame.right - 10, size: Lettering.small))
            }
        }
    }

    private func drawKey(_ frame: PlotFrame, into svg: inout SVGWriter) {
        // Below the names of reference lines that stand at the top would be ideal; the foot of the
        // margin is free more often.
        var y = frame.innerBottom - 15 * Double(key.count - 1)
        for entry in key {
            let left = frame.innerRight + 8
            if let dashes = entry.dashes {
                polyline(
                    [Point(x: left, y: y - 4), Point(x: left + 18, y: y - 4)], entry.ink, dashes,
                    into: &svg)
            }
            entry.shape?.draw(
                at: Point(x: left + 9, y: y - 4), size: 4, fill: entry.ink, into: &svg)
            svg.element(
                .text, .x(left + 24), .y(y), .fill(entry.ink), .fontSize(Lettering.small)
            ) {
                $0.characters(
                    Lettering.fitting(
                        entry.name, width: frame.right - 36, size: Lettering.small))
            }
            y += 15
        }
    }
}

extension Array where Element == PlotPoint {
    /// These points, or so many of them at even steps.
    func thinned(to limit: Int) -> [PlotPoint] {
        guard count > limit, limit > 1 else { return self }
        return (0..<limit).map { self[$0 * (count - 1) / (limit - 1)] }
    }
}

/// Words for the text alternative of a picture.
enum PictureWords {
    /// The first few of a list, and how many more there are.
    static func list(_ items: [String], atMost limit: Int = 12) -> String {
        let shown = items.prefix(limit).joined(separator: ", ")
        return items.count > limit ? "\(shown) and \(items.count - limit) more" : shown
    }
}
