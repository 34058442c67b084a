/// Counts over time with the growth curves fitted to them.
public struct GrowthFitChart: Sendable {
    /// A fitted curve.
    public struct Curve: Sendable {
        /// The model.
        public var name: String
        /// Time and count along the curve.
        public var points: [PlotPoint]

        /// A curve.
        public init(name: String, points: [PlotPoint]) {
            self.name = name
            self.points = points
        }
    }

    private let title: String
    private let timeUnit: String
    private let counts: [PlotPoint]
    private let curves: [Curve]
    private let statement: String

    /// A chart of counts, which must be above zero to be drawn.
    public init(
        title: String, timeUnit: String, counts: [PlotPoint], curves: [Curve], statement: String
    ) {
        self.title = title
        self.timeUnit = timeUnit
        self.counts = counts
        self.curves = Array(curves.prefix(DataPlot.inks.count))
        self.statement = statement
    }

    /// The picture, 720 by 360 units.
    public func picture() -> Picture {
        var layers: [DataPlot.Layer] = []
        var key: [DataPlot.KeyEntry] = [
            .init(name: "counts", ink: .ink, shape: .circle, dashes: nil)
        ]
        let styles: [DataPlot.Dashes] = [.solid, .dashed, .dotted]
        for (index, curve) in curves.enumerated() {
            let (ink, dashes) = (DataPlot.inks[index], styles[index % styles.count])
            layers.append(.line(curve.points, ink, dashes))
            key.append(.init(name: curve.name, ink: ink, shape: nil, dashes: dashes))
        }
        layers.append(.marks(counts, .circle, .ink, size: 3.5))
        return DataPlot(
            title: title, summary: summary,
            across: "time\(timeUnit.isEmpty ? "" : " in ")"
                + timeUnit, upright: "count", uprightSpacing: .logarithmic, layers: layers, key: key
        ).picture()
    }

    private var summary: String {
        guard let first = counts.first, let last = counts.last else { return "No counts." }
        return "\(counts.count) counts from \(NumberLabel.short(first.y)) at "
            + "\(NumberLabel.short(first.x)) to \(NumberLabel.short(last.y)) at "
            + "\(NumberLabel.short(last.x)). Curves: \(curves.map(\.name).joined(separator: ", ")). "
            + statement
    }
}
