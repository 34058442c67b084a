/// A threshold of positivity taken from a control sample: the value that a given share of the
/// control's events stays below.
///
/// A fluorescence-minus-one control (FMO) shows what the other colours put into a channel, and
/// is the control from which positivity is read; an unstained sample shows autofluorescence
/// alone, an isotype unspecific binding (D. Hulspas et al., Cytometry B 76B:355–364 (2009),
/// doi:10.1002/cyto.b.20485).
public struct ControlThreshold: Hashable, Sendable, Codable {
    /// Which control it comes from.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// All stains but one.
        case fluorescenceMinusOne = "FMO"
        /// Antibodies of the same class without a target.
        case isotype
        /// No stain.
        case unstained
    }

    /// Which control it comes from.
    public let kind: Kind
    /// Name of the channel.
    public let channel: String
    /// Share of the control's events below the threshold, such as 0.995.
    public let fraction: Double
    /// The threshold in scale values.
    public let value: Double
    /// Lower end of its 95 % interval, from order statistics.
    public let lower: Double
    /// Upper end of its 95 % interval.
    public let upper: Double
    /// Finite values of the control that were used.
    public let eventCount: Int

    /// Fewer events than this above the threshold make it a matter of chance.
    public static let eventsAboveMin = 20

    /// The threshold below which `fraction` of the control's values lie.
    ///
    /// - Throws: when the control has too few events for that share.
    public init(
        _ kind: Kind, channel: String, values: [Double], fraction: Double = 0.995
    ) throws(ControlError) {
        let sorted = values.filter(\.isFinite).sorted()
        guard fraction > 0.5, fraction < 1 else {
            throw ControlError("a threshold needs a share between 0.5 and 1, it is \(fraction)")
        }
        let above = Double(sorted.count) * (1 - fraction)
        guard above >= Double(Self.eventsAboveMin) else {
            let needed = Int((Double(Self.eventsAboveMin) / (1 - fraction)).rounded(.up))
            throw ControlError(
                "\(kind.rawValue) control for '\(channel)' has \(sorted.count) events in the "
                    + "gate, the \(100 * fraction)th percentile needs \(needed)")
        }
        self.kind = kind
        self.channel = channel
        self.fraction = fraction
        eventCount = sorted.count
        value = Quantiles.quantile(ofSorted: sorted, fraction) ?? 0
        let n = Double(sorted.count)
        let margin = 1.959963984540054 * (n * fraction * (1 - fraction)).squareRoot()
        func order(_ place: Double) -> Double { sorted[max(0, min(sorted.count - 1, Int(place)))] }
        lower = order((n * fraction - margin).rounded(.down))
        upper = order((n * fraction + margin).rounded(.up))
    }

    /// Share of `values` at or above the threshold.
    public func positives(
        in values: [Double], confidence: Double = 0.95
    ) -> ProportionInterval? {
        let finite = values.filter(\.isFinite)
        return ProportionInterval(
            count: finite.count { $0 >= value }, total: finite.count, confidence: confidence)
    }
}

/// A control sample that cannot serve as one.
public struct ControlError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, with the values.
    public let message: String

    init(_ message: String) { self.message = message }

    /// The message.
    public var description: String { message }
}
