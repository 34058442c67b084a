/// Whether the signal of a channel stayed where it was during the run.
///
/// The run is cut into stretches of equally many events, and the median of each is compared with
/// the median of them all, in robust standard deviations of the medians. Peak-based methods do
/// the same on peaks (A. Emmaneel et al., PeacoQC, Cytometry A 101:325–338 (2022),
/// doi:10.1002/cyto.a.24501).
public struct SignalStability: Hashable, Sendable, Codable {
    /// Median of each stretch, on the scale of the plot.
    public let medians: [Double]
    /// Median of the medians.
    public let centre: Double
    /// Stretches, from 0, whose median deviates.
    public let deviating: [Int]

    /// Events of one stretch.
    public static let eventsPerStretch = 500
    /// Robust standard deviations beyond which a stretch deviates.
    public static let deviationsMax = 8.0

    /// Examines values in the order of the file; nil when there are fewer than ten stretches.
    ///
    /// - Parameter scale: a rising function to the scale of the plot. Only the medians are put
    ///   on it, for a rising function keeps the order.
    public init?(_ values: [Double], scale: (Double) -> Double = { $0 }) {
        let finite = values.filter(\.isFinite)
        let stretches = finite.count / Self.eventsPerStretch
        guard stretches >= 10 else { return nil }
        let medians = (0..<stretches).map { index in
            let first = index * Self.eventsPerStretch
            return scale(
                Quantiles.median(Array(finite[first..<(first + Self.eventsPerStretch)])) ?? 0)
        }
        let centre = Quantiles.median(medians) ?? 0
        // A floor of a thousandth of the scale keeps a perfectly still signal from being flagged
        // for its last digit.
        let spread = max(1.4826 * (Quantiles.median(medians.map { abs($0 - centre) }) ?? 0), 0.001)
        self.medians = medians
        self.centre = centre
        deviating = medians.indices.filter {
            abs(medians[$0] - centre) > Self.deviationsMax * spread
        }
    }
}
