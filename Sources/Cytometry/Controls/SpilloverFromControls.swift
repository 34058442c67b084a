/// Spillover coefficients from controls that carry one stain each.
///
/// For the control of fluorochrome f the coefficient of detector d is the rise of the median in
/// d from the negative to the positive events, relative to the rise in f's own detector
/// (M. Roederer, Cytometry 45:194–205 (2001)). Medians are not moved by a few wrong events.
public struct SpilloverFromControls: Sendable {
    /// One control and what was found in it.
    public struct Row: Hashable, Sendable {
        /// The stained detector.
        public let detector: String
        /// Coefficient for every detector, 1 for its own.
        public let coefficients: [Double]
        /// Events taken as stained.
        public let positives: Int
        /// Events taken as not stained.
        public let negatives: Int
    }

    /// Events needed on either side.
    public static let eventsMin = 100
    /// The stained median must rise above the negative one by this many robust standard
    /// deviations of the negative; less is no stained control.
    public static let separationMin = 5.0

    /// One row of the matrix.
    ///
    /// - Parameters:
    ///   - detector: index of the stained detector.
    ///   - control: the control's scale values, detector by detector.
    ///   - unstained: values of an unstained sample in the same detectors. Without it the
    ///     unstained part of the control itself serves.
    public static func row(
        detector: Int, names: [String], control: [[Double]], unstained: [[Double]]? = nil
    ) throws(CompensationError) -> Row {
        precondition(
            control.count == names.count && (unstained?.count ?? names.count) == names.count,
            "\(control.count) columns for \(names.count) detectors")
        let own = control[detector]
        let threshold: Double
        if let unstained {
            let negative = unstained[detector].filter(\.isFinite).sorted()
            let top = Quantiles.quantile(ofSorted: negative, 0.995) ?? 0
            let stained = own.filter { $0.isFinite && $0 > top }.sorted()
            // The brighter half: dim events carry the error of the background.
            threshold = Quantiles.quantile(ofSorted: stained, 0.25) ?? top
        } else {
            threshold = split(own)
        }
        let positive = own.indices.filter { own[$0] > threshold }
        let negative: [[Double]]
        if let unstained {
            negative = unstained
        } else {
            let indices = own.indices.filter { own[$0] <= threshold }
            negative = control.map { column in indices.map { column[$0] } }
        }
        let negativeCount = negative[detector].count
        guard positive.count >= eventsMin, negativeCount >= eventsMin else {
            throw .init(
                .control,
                "the control for '\(names[detector])' has \(positive.count) stained and "
                    + "\(negativeCount) unstained events, it needs \(eventsMin) of each")
        }
        let rises = names.indices.map { index in
            let high = Quantiles.median(positive.map { control[index][$0] }) ?? 0
            return high - (Quantiles.median(negative[index]) ?? 0)
        }
        let sorted = negative[detector].filter(\.isFinite).sorted()
        let spread =
            0.7413
            * ((Quantiles.quantile(ofSorted: sorted, 0.75) ?? 0)
                - (Quantiles.quantile(ofSorted: sorted, 0.25) ?? 0))
        guard rises[detector] > separationMin * spread, rises[detector] > 0 else {
            throw .init(
                .control,
                "the control for '\(names[detector])' is not stained: its median rises by "
                    + "\(rises[detector]), the spread of the unstained events is \(spread)")
        }
        if let brighter = rises.indices.first(where: { rises[$0] > rises[detector] * 1.5 }) {
            throw .init(
                .control,
                "the control for '\(names[detector])' is brighter in '\(names[brighter])': "
                    + "check which tube this is")
        }
        let coefficients = rises.indices.map {
            $0 == detector ? 1 : rises[$0] / rises[detector]
        }
        return Row(
            detector: names[detector], coefficients: coefficients, positives: positive.count,
            negatives: negativeCount)
    }

    /// Otsu's threshold between two groups, on the logarithm of the rank-trimmed values
    /// (N. Otsu, IEEE Trans SMC 9:62–66 (1979)).
    private static func split(_ values: [Double]) -> Double {
        let sorted = values.filter(\.isFinite).sorted()
        guard let low = Quantiles.quantile(ofSorted: sorted, 0.01),
            let high = Quantiles.quantile(ofSorted: sorted, 0.99), high > low
        else { return sorted.last ?? 0 }
        let scale = max(abs(Quantiles.quantile(ofSorted: sorted, 0.1) ?? 1), 1)
        func place(_ value: Double) -> Double { asinhOf(value / scale) }
        let bins = 256
        let (first, last) = (place(low), place(high))
        guard last > first else { return high }
        var histogram = [Double](repeating: 0, count: bins)
        for value in sorted {
            let position = (place(value) - first) / (last - first) * Double(bins)
            histogram[max(0, min(bins - 1, Int(position)))] += 1
        }
        let total = histogram.reduce(0, +)
        let weighted = histogram.indices.reduce(0.0) { $0 + Double($1) * histogram[$1] }
        var (count, sum, best, bestBin) = (0.0, 0.0, -1.0, 0)
        for bin in 0..<(bins - 1) {
            count += histogram[bin]
            sum += Double(bin) * histogram[bin]
            guard count > 0, count < total else { continue }
            let difference = sum / count - (weighted - sum) / (total - count)
            let between = count * (total - count) * difference * difference
            if between > best { (best, bestBin) = (between, bin) }
        }
        let border = first + Double(bestBin + 1) / Double(bins) * (last - first)
        return sorted.last { place($0) <= border } ?? high
    }
}
