/// The frame of a plot: where data go, with axes, hair lines and titles around.
struct PlotFrame {
    var width: Double
    var height: Double
    var left = 64.0
    var right = 18.0
    var top = 34.0
    var bottom = 46.0

    var innerRight: Double { width - right }
    var innerBottom: Double { height - bottom }

    func drawTitle(_ title: String, into svg: inout SVGWriter) {
        svg.element(.text, .x(left), .y(18), .bold) {
            $0.characters(
                Lettering.fitting(title, width: width - left - right, size: Lettering.body))
        }
    }

    /// The upright axis: a hair line and a label for each tick, and the quantity along it.
    func drawUpright(
        _ scale: Scale, ticks: [Double], labels: [String], quantity: String,
        into svg: inout SVGWriter
    ) {
        for (tick, label) in zip(ticks, labels) {
            let y = scale(tick)
            svg.element(
                .line, .x1(left), .y1(y), .x2(innerRight), .y2(y), .stroke(.band), .strokeWidth(1))
            svg.element(
                .text, .x(left - 8), .y(y + 4), .anchoredEnd, .fill(.quiet),
                .fontSize(Lettering.small), .tabularFigures
            ) { $0.characters(label) }
        }
        let middle = Point(x: 14, y: (top + innerBottom) / 2)
        svg.element(
            .text, .x(middle.x), .y(middle.y), .anchoredMiddle, .fill(.quiet),
            .fontSize(Lettering.small), .rotate(-90, around: middle)
        ) {
            $0.characters(
                Lettering.fitting(quantity, width: innerBottom - top + 40, size: Lettering.small))
        }
    }

    /// The level axis: a short mark and a label at each place that has room for it.
    func drawLevel(
        _ marks: [(place: Double, label: String)], quantity: String?, into svg: inout SVGWriter
    ) {
        svg.element(
            .line, .x1(left), .y1(innerBottom), .x2(innerRight), .y2(innerBottom), .stroke(.quiet))
        var free = -Double.infinity
        for mark in marks {
            svg.element(
                .line, .x1(mark.place), .y1(innerBottom), .x2(mark.place), .y2(innerBottom + 4),
                .stroke(.quiet))
            let half = Lettering.width(of: mark.label, size: Lettering.small) / 2
            guard mark.place - half > free else { continue }
            free = mark.place + half + 6
            svg.element(
                .text, .x(mark.place), .y(innerBottom + 17), .anchoredMiddle, .fill(.quiet),
                .fontSize(Lettering.small), .tabularFigures
            ) { $0.characters(mark.label) }
        }
        guard let quantity else { return }
        svg.element(
            .text, .x((left + innerRight) / 2), .y(height - 10), .anchoredMiddle, .fill(.quiet),
            .fontSize(Lettering.small)
        ) { $0.characters(quantity) }
    }
}

/// The marks that tell series and standings apart in black and white.
enum MarkShape: CaseIterable {
    case circle, square, diamond, triangle

    func draw(at point: Point, size: Double, fill: Ink, into svg: inout SVGWriter) {
        let (x, y) = (point.x, point.y)
        switch self {
        case .circle:
            svg.element(
                .circle, .centre(x: x), .centre(y: y), .radius(size), .fill(fill), .stroke(.panel))
        case .square:
            svg.element(
                .rect, .x(x - size), .y(y - size), .width(2 * size), .height(2 * size),
                .fill(fill), .stroke(.panel))
        case .diamond:
            let reach = size * 1.35
            svg.element(
                .polygon,
                .points([
                    Point(x: x, y: y - reach), Point(x: x + reach, y: y),
                    Point(x: x, y: y + reach), Point(x: x - reach, y: y),
                ]), .fill(fill), .stroke(.panel))
        case .triangle:
            let reach = size * 1.3
            svg.element(
                .polygon,
                .points([
                    Point(x: x, y: y - reach), Point(x: x + reach, y: y + reach * 0.8),
                    Point(x: x - reach, y: y + reach * 0.8),
                ]), .fill(fill), .stroke(.panel))
        }
    }
}
