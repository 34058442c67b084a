/// A stability study: results, regression lines with their confidence bounds, the acceptance
/// limits, and the shelf life that follows.
public struct ShelfLifeChart: Sendable {
    /// One batch, or all of them under a common line.
    public struct Batch: Sendable {
        /// The batch.
        public var name: String
        /// Time and result.
        public var results: [PlotPoint]
        /// The fitted mean over time.
        public var line: [PlotPoint]
        /// The bounds of the mean over time, one or two lines; drawn dashed.
        public var bounds: [[PlotPoint]]

        /// A batch with its line.
        public init(
            name: String, results: [PlotPoint], line: [PlotPoint], bounds: [[PlotPoint]]
        ) {
            self.name = name
            self.results = results
            self.line = line
            self.bounds = bounds
        }
    }

    /// More batches than this hide each other.
    public static let batchesMax = 8

    private let title: String
    private let quantity: String
    private let timeUnit: String
    private let batches: [Batch]
    private let limits: [Double]
    private let shelfLife: Double?
    private let statement: String

    /// A chart of the first eight batches. `shelfLife` is nil where none can be given.
    public init(
        title: String, quantity: String, timeUnit: String, batches: [Batch], limits: [Double],
        shelfLife: Double?, statement: String
    ) {
        self.title = title
        self.quantity = quantity
        self.timeUnit = timeUnit
        self.batches = Array(batches.prefix(Self.batchesMax))
        self.limits = limits
        self.shelfLife = shelfLife
        self.statement = statement
    }

    /// The picture, 720 by 360 units.
    public func picture() -> Picture {
        var layers: [DataPlot.Layer] = []
        var key: [DataPlot.KeyEntry] = []
        for (index, batch) in batches.enumerated() {
            let ink = DataPlot.inks[index % DataPlot.inks.count]
            let shape = MarkShape.allCases[index % MarkShape.allCases.count]
            layers.append(.line(batch.line, ink, .solid))
            layers += batch.bounds.map { .line($0, ink, .dashed) }
            layers.append(.marks(batch.results, shape, ink, size: 4))
            key.append(
                .init(
                    name: batch.name, ink: ink, shape: batch.results.isEmpty ? nil : shape,
                    dashes: batch.line.isEmpty ? nil : .solid))
        }
        key.append(.init(name: "bound of the mean", ink: .quiet, shape: nil, dashes: .dashed))
        var references = limits.map {
            DataPlot.Reference(
                value: $0, name: "limit \(NumberLabel.short($0))", ink: .vermillion,
                dashes: .dotted)
        }
        if let shelfLife {
            references.append(
                .init(
                    value: shelfLife,
                    name: "shelf life \(NumberLabel.short(shelfLife)) \(timeUnit)",
                    ink: .green, dashes: .solid, isUpright: true))
        }
        return DataPlot(
            title: title, summary: summary, across: "time in \(timeUnit)", upright: quantity,
            layers: layers, references: references, key: key
        ).picture()
    }

    private var summary: String {
        let count = batches.reduce(0) { $0 + $1.results.count }
        let names = PictureWords.list(batches.filter { !$0.results.isEmpty }.map(\.name))
        let bounds = limits.map { NumberLabel.short($0) }.joined(separator: " and ")
        return "\(count) results of \(quantity) over time in \(timeUnit), batches \(names). "
            + "Limits: \(bounds.isEmpty ? "none" : bounds). \(statement)"
    }
}
