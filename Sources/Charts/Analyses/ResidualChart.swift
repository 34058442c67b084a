/// Residuals against fitted values: what a model has left unexplained, and which observations
/// stand apart.
public struct ResidualChart: Sendable {
    private let title: String
    private let fitted: [Double]
    private let residuals: [Double]
    private let flagged: Set<Int>
    private let band: Double?

    /// A chart of residuals.
    /// - Parameters:
    ///   - residuals: studentised where the fit gives them.
    ///   - flagged: positions, from 0, of observations that stand apart.
    ///   - band: residuals beyond this size are worth a look; 3 for studentised ones.
    public init(
        title: String, fitted: [Double], residuals: [Double], flagged: Set<Int>, band: Double?
    ) {
        self.title = title
        self.fitted = fitted
        self.residuals = residuals
        self.flagged = flagged
        self.band = band
    }

    /// The picture, 720 by 360 units.
    public func picture() -> Picture {
        let points = zip(fitted, residuals).map { PlotPoint($0, $1) }
        let plain = points.indices.filter { !flagged.contains($0) }.map { points[$0] }
        let apart = points.indices.filter { flagged.contains($0) }
        var references = [
            DataPlot.Reference(value: 0, name: "0", ink: .house, dashes: .solid)
        ]
        if let band {
            references += [band, -band].map {
                .init(value: $0, name: NumberLabel.short($0), ink: .brown, dashes: .dotted)
            }
        }
        return DataPlot(
            title: title, summary: summary, across: "fitted value", upright: "residual",
            layers: [
                .marks(plain, .circle, .house, size: 3.5),
                .marks(apart.map { points[$0] }, .square, .vermillion, size: 5),
                .notes(apart.map { (points[$0], "\($0 + 1)") }, .vermillion),
            ], references: references
        ).picture()
    }

    private var summary: String {
        let apart = flagged.sorted().map { "\($0 + 1)" }
        let low = residuals.filter(\.isFinite).min() ?? 0
        let high = residuals.filter(\.isFinite).max() ?? 0
        return "\(residuals.count) residuals from \(NumberLabel.short(low)) to "
            + "\(NumberLabel.short(high)). "
            + (apart.isEmpty
                ? "None stands apart." : "Observations \(PictureWords.list(apart)) stand apart.")
    }
}
