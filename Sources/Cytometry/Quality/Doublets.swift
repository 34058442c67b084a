/// Events that are two cells at once: more area than their height allows.
///
/// Area over height is constant for single cells. An event whose ratio exceeds the median by
/// more than `deviationsMax` robust standard deviations counts as a doublet.
public struct Doublets: Hashable, Sendable, Codable {
    /// Channel with the area of the pulse.
    public let areaChannel: String
    /// Channel with the height of the pulse.
    public let heightChannel: String
    /// Doublets among the events examined; nil when none could be.
    public let share: ProportionInterval?

    /// Robust standard deviations of the ratio of single cells.
    public static let deviationsMax = 5.0

    /// Examines area and height of the same events.
    public init(
        areaChannel: String, heightChannel: String, areas: [Double], heights: [Double],
        confidence: Double = 0.95
    ) {
        self.areaChannel = areaChannel
        self.heightChannel = heightChannel
        let ratios = zip(areas, heights).compactMap { area, height in
            area.isFinite && height.isFinite && height > 0 && area > 0 ? area / height : nil
        }
        let median = Quantiles.median(ratios) ?? 0
        let spread = 1.4826 * (Quantiles.median(ratios.map { abs($0 - median) }) ?? 0)
        let limit = median + Self.deviationsMax * spread
        share = ProportionInterval(
            count: spread > 0 ? ratios.count { $0 > limit } : 0, total: ratios.count,
            confidence: confidence)
    }
}
