/// Spillover coefficients from controls that carry one stain each.
///
/// For the control of fluorochrome f the coefficient of detector d is the slope of d over f's own
/// detector among the stained events, by robust regression with Tukey's weights that starts from
/// the rise of the medians, so that a few wrong events do not move it (as in AutoSpill: C. P.
/// Roca et al., Nat Commun 12:2890 (2021), doi:10.1038/s41467-021-23126-8; medians: M. Roederer,
/// Cytometry 45:194–205 (2001)).
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
            // Not the dimmest: they carry the error of the background.
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
        let signal = positive.map { own[$0] }
        let coefficients = rises.indices.map { index in
            index == detector
                ? 1
                : slope(
                    of: positive.map { control[index][$0] }, over: signal,
                    start: rises[index] / rises[detector])
        }
        return Row(
            detector: names[detector], coefficients: coefficients, positives: positive.count,
            negatives: negativeCount)
    }

    /// The slope of y over x by iteratively reweighted least squares with Tukey's biweight
    /// (A. E. Beaton, J. W. Tukey, Technometrics 16:147–185 (1974)).
    private static func slope(of y: [Double], over x: [Double], start: Double) -> Double {
        let pairs = zip(x, y).filter { $0.isFinite && $1.isFinite }
        var slope = start
        var intercept = Quantiles.median(pairs.map { $1 - start * $0 }) ?? 0
        for _ in 0..<50 {
            let residues = pairs.map { $1 - slope * $0 - intercept }
            let scale = 1.4826 * (Quantiles.median(residues.map(abs)) ?? 0)
            guard scale > 0 else { return slope }
            let reach = 4.685 * scale
            var (w, wx, wy, wxx, wxy) = (0.0, 0.0, 0.0, 0.0, 0.0)
            for (pair, residue) in zip(pairs, residues) where abs(residue) < reach {
                let u = residue / reach
                // Noise grows with the signal, so that bright events must not outweigh the rest.
                let weight = (1 - u * u) * (1 - u * u) / max(pair.0, 1)
                w += weight
                wx += weight * pair.0
                wy += weight * pair.1
                wxx += weight * pair.0 * pair.0
                wxy += weight * pair.0 * pair.1
            }
            let determinant = w * wxx - wx * wx
            guard determinant > 0 else { return slope }
            let next = (w * wxy - wx * wy) / determinant
            intercept = (wy - next * wx) / w
            if abs(next - slope) < 1e-7 { return next }
            slope = next
        }
        return slope
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
            histogram[Int(max(0, min(Double(bins - 1), position)))] += 1
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
