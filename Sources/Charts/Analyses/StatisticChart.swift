/// A statistic over time against limits that may change from point to point: an EWMA, cumulative
/// sums, Hotelling's T squared, a chart with phases.
public struct StatisticChart: Sendable {
    /// One plotted statistic.
    public struct Series: Sendable {
        /// What is plotted.
        public var name: String
        /// Its values in order of time; the first point is 1.
        public var values: [Double]
        /// Positions, from 0, that signal.
        public var signals: [Int]

        /// A series.
        public init(name: String, values: [Double], signals: [Int] = []) {
            self.name = name
            self.values = values
            self.signals = signals
        }
    }

    /// A limit: one value for all points, or one for each.
    public struct Limit: Sendable {
        /// What it is: "limit", "centre".
        public var name: String
        /// Its values; a single one holds for every point.
        public var values: [Double]

        /// A limit.
        public init(name: String, values: [Double]) {
            self.name = name
            self.values = values
        }
    }

    private let title: String
    private let quantity: String
    private let series: [Series]
    private let limits: [Limit]
    private let phases: [Int]

    /// A chart of series that share their points. `phases` are the positions, from 0, at which a
    /// new phase begins.
    public init(
        title: String, quantity: String, series: [Series], limits: [Limit], phases: [Int] = []
    ) {
        self.title = title
        self.quantity = quantity
        self.series = series
        self.limits = limits
        self.phases = phases.filter { $0 > 0 }
    }

    /// The picture, 720 by 360 units.
    public func picture() -> Picture {
        let count = series.map(\.values.count).max() ?? 0
        var layers: [DataPlot.Layer] = []
        var key: [DataPlot.KeyEntry] = []
        var references: [DataPlot.Reference] = []
        for limit in limits {
            if limit.values.count == 1, let value = limit.values.first {
                references.append(
                    .init(
                        value: value, name: "\(limit.name) \(NumberLabel.short(value))",
                        ink: limit.name == "centre" ? .house : .vermillion))
                continue
            }
            layers.append(.line(points(limit.values), .vermillion, .dashed))
            if let last = limit.values.last {
                key.append(
                    .init(
                        name: "\(limit.name) \(NumberLabel.short(last))", ink: .vermillion,
                        shape: nil, dashes: .dashed))
            }
        }
        for (index, own) in series.enumerated() {
            let ink: Ink = index == 0 ? .house : .blue
            let shape: MarkShape = index == 0 ? .circle : .diamond
            let all = points(own.values)
            layers.append(.line(all, ink, index == 0 ? .solid : .dotted))
            layers.append(.marks(all, shape, ink, size: 3))
            let marked = own.signals.filter(all.indices.contains).map { all[$0] }
            layers.append(.marks(marked, .square, .vermillion, size: 5))
            if series.count > 1 {
                key.append(.init(name: own.name, ink: ink, shape: shape, dashes: .solid))
            }
        }
        references += phases.map {
            .init(
                value: Double($0) + 0.5, name: "new limits", ink: .quiet, dashes: .dotted,
                isUpright: true)
        }
        if count == 0 { layers = [] }
        return DataPlot(
            title: title, summary: summary, across: "point", upright: quantity, layers: layers,
            references: references, key: key
        ).picture()
    }

    private func points(_ values: [Double]) -> [PlotPoint] {
        values.enumerated().map { PlotPoint(Double($0 + 1), $1) }
    }

    private var summary: String {
        let words = series.map { own -> String in
            let marked = own.signals.map { "\($0 + 1)" }
            return "\(own.name): \(own.values.count) points, "
                + (marked.isEmpty ? "none signals" : "signals at \(PictureWords.list(marked))")
        }
        let lines = limits.compactMap { limit in
            limit.values.last.map { "\(limit.name) \(NumberLabel.short($0))" }
        }
        return "\(quantity). \(words.joined(separator: ". ")). Lines: "
            + "\(lines.joined(separator: ", "))."
    }
}
