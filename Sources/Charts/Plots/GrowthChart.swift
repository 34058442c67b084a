/// Cell numbers over time on a logarithmic axis, one line a culture.
public struct GrowthChart: Sendable {
    /// A count at a time.
    public struct Count: Sendable {
        /// Days since the start of the culture.
        public var day: Double
        /// Cells; counts of zero or less cannot stand on a logarithmic axis and are left out.
        public var cells: Double

        /// `cells` on `day`.
        public init(day: Double, cells: Double) {
            self.day = day
            self.cells = cells
        }
    }

    /// One culture.
    public struct Culture: Sendable {
        /// Its name, written at the end of its line.
        public var name: String
        /// Its counts.
        public var counts: [Count]

        /// A culture and its counts in rising order of days.
        public init(name: String, counts: [Count]) {
            self.name = name
            self.counts = counts.filter {
                $0.day.isFinite && $0.cells.isFinite && $0.cells > 0
            }
        }
    }

    /// More lines than this hide each other.
    public static let culturesMax = 8

    private let title: String
    private let cultures: [Culture]

    /// A chart of the first `culturesMax` of `cultures`.
    public init(title: String, cultures: [Culture]) {
        self.title = title
        self.cultures = Array(cultures.prefix(Self.culturesMax))
    }

    /// The picture, 720 by 320 units.
    public func picture() -> Picture {
        let frame = PlotFrame(width: 720, height: 320, left: 72, right: 120)
        let all = cultures.flatMap(\.counts)
        let days = Scale(
            from: min(0, all.map(\.day).min() ?? 0), to: all.map(\.day).max() ?? 1,
            start: frame.left + 8, end: frame.innerRight - 8)
        let cells = Scale(
            from: (all.map(\.cells).min() ?? 1) / 1.3, to: (all.map(\.cells).max() ?? 10) * 1.3,
            start: frame.innerBottom, end: frame.top, spacing: .logarithmic)
        return Picture(width: frame.width, height: frame.height, title: title, summary: summary) {
            svg in
            frame.drawTitle(title, into: &svg)
            let ticks = cells.ticks()
            frame.drawUpright(
                cells, ticks: ticks, labels: ticks.map { NumberLabel.short($0) },
                quantity: "cells", into: &svg)
            let marks = days.ticks(wanted: 8)
            frame.drawLevel(
                zip(marks, NumberLabel.labels(for: marks)).map { (days($0), $1) },
                quantity: "day", into: &svg)
            var taken: [Double] = []
            for (index, culture) in cultures.enumerated() {
                let ink = Self.inks[index % Self.inks.count]
                let shape = MarkShape.allCases[index % MarkShape.allCases.count]
                let points = culture.counts.map { Point(x: days($0.day), y: cells($0.cells)) }
                if points.count > 1 {
                    svg.element(
                        .polyline, .points(points), .noFill, .stroke(ink), .strokeWidth(1.75),
                        .roundJoins)
                }
                for point in points { shape.draw(at: point, size: 4, fill: ink, into: &svg) }
                guard let end = points.last else { continue }
                var y = end.y + 4
                while taken.contains(where: { abs($0 - y) < 13 }) { y += 13 }
                taken.append(y)
                svg.element(
                    .text, .x(end.x + 9), .y(y), .fill(ink), .fontSize(Lettering.small)
                ) {
                    $0.characters(
                        Lettering.fitting(culture.name, width: 112, size: Lettering.small))
                }
            }
        }
    }

    private static let inks: [Ink] = [.house, .vermillion, .blue, .purple, .brown, .ink]

    private var summary: String {
        cultures.map { culture in
            guard let first = culture.counts.first, let last = culture.counts.last else {
                return "\(culture.name): no counts"
            }
            return "\(culture.name): \(NumberLabel.short(first.cells)) cells on day "
                + "\(NumberLabel.short(first.day)), \(NumberLabel.short(last.cells)) on day "
                + "\(NumberLabel.short(last.day))"
        }.joined(separator: ". ") + "."
    }
}
