import Foundation

/// The shape of a distribution on the scale of a plot: a smoothed curve and its modes.
///
/// A mean hides whether a culture is one population or two; the modes tell. Density is estimated
/// with a Gaussian kernel of Silverman's bandwidth (B. W. Silverman, "Density Estimation",
/// Chapman & Hall 1986, 3.31), a mode is a maximum that rises above the valleys beside it.
public struct Distribution: Hashable, Sendable, Codable {
    /// A peak of the curve.
    public struct Mode: Hashable, Sendable, Codable {
        /// Its place on the scale.
        public let place: Double
        /// Its height relative to the highest.
        public let height: Double
        /// Share of all values between the valleys beside it, in percent.
        public let percent: Double
    }

    /// Place of the first point of the curve on the scale.
    public let start: Double
    /// Distance between points of the curve.
    public let step: Double
    /// Heights, the highest being 1.
    public let curve: [Double]
    /// The modes from left to right.
    public let modes: [Mode]

    /// Points of a curve.
    public static let points = 256
    /// A maximum counts as a mode when it rises above the higher of its valleys by this share of
    /// the highest, and holds at least this share of the values.
    public static let prominenceMin = 0.05
    static let massMin = 0.01

    /// Describes `values`, already on the scale of the plot; nil with fewer than 20 finite ones.
    public init?(_ values: [Double]) {
        self.init(sorted: values.filter(\.isFinite).sorted())
    }

    /// Describes ascending finite values.
    init?(sorted: [Double]) {
        guard sorted.count >= 20,
            let low = Quantiles.quantile(ofSorted: sorted, 0.0005),
            let high = Quantiles.quantile(ofSorted: sorted, 0.9995), high > low
        else { return nil }
        let n = Double(sorted.count)
        let mean = sorted.reduce(0, +) / n
        let deviation = (sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n).squareRoot()
        let quartiles =
            (Quantiles.quantile(ofSorted: sorted, 0.75) ?? high)
            - (Quantiles.quantile(ofSorted: sorted, 0.25) ?? low)
        let spread = quartiles > 0 ? min(deviation, quartiles / 1.34) : deviation
        let bandwidth = max(0.9 * spread * pow(n, -0.2), (high - low) / Double(Self.points))
        let margin = 3 * bandwidth
        let step = (high - low + 2 * margin) / Double(Self.points - 1)
        // Values at the ends of what a number can hold have no spread to smooth over.
        guard step.isNormal, deviation.isFinite else { return nil }
        start = low - margin
        self.step = step
        var histogram = [Double](repeating: 0, count: Self.points)
        for value in sorted where value >= start && value <= start + step * Double(Self.points - 1)
        {
            histogram[min(Self.points - 1, Int((value - start) / step + 0.5))] += 1
        }
        let smooth = Self.smoothed(histogram, bandwidth / step)
        let top = smooth.max() ?? 1
        curve = smooth.map { $0 / top }
        modes = Self.modes(curve, histogram, start, step)
    }

    private static func smoothed(_ histogram: [Double], _ width: Double) -> [Double] {
        let reach = min(Int(4 * width) + 1, histogram.count)
        let kernel = (0...reach).map { exp(-0.5 * pow(Double($0) / width, 2)) }
        return histogram.indices.map { index in
            var sum = histogram[index] * kernel[0]
            for offset in 1...reach {
                if index >= offset { sum += histogram[index - offset] * kernel[offset] }
                if index + offset < histogram.count {
                    sum += histogram[index + offset] * kernel[offset]
                }
            }
            return sum
        }
    }

    private static func modes(
        _ curve: [Double], _ histogram: [Double], _ start: Double, _ step: Double
    ) -> [Mode] {
        var peaks = curve.indices.filter { index in
            let left = index == 0 ? 0 : curve[index - 1]
            let right = index == curve.count - 1 ? 0 : curve[index + 1]
            return curve[index] > left && curve[index] >= right
        }
        let total = histogram.reduce(0, +)
        func valley(_ first: Int, _ last: Int) -> Int {
            (first...last).min { curve[$0] < curve[$1] } ?? first
        }
        func borders(_ place: Int) -> (Int, Int) {
            (
                place == 0 ? 0 : valley(peaks[place - 1], peaks[place]),
                place == peaks.count - 1
                    ? curve.count - 1 : valley(peaks[place], peaks[place + 1])
            )
        }
        // The least of the peaks goes first, until every one that is left stands out.
        while peaks.count > 1 {
            let scored = peaks.indices.map {
                place -> (place: Int, prominence: Double, mass: Double) in
                let (left, right) = borders(place)
                let base = max(
                    place == 0 ? 0 : curve[left], place == peaks.count - 1 ? 0 : curve[right])
                let mass = histogram[left...right].reduce(0, +) / total
                return (place, curve[peaks[place]] - base, mass)
            }
            guard
                let least = scored.filter({ $0.prominence < prominenceMin || $0.mass < massMin })
                    .min(by: { $0.prominence < $1.prominence })
            else { break }
            peaks.remove(at: least.place)
        }
        return peaks.indices.map { place in
            let (left, right) = borders(place)
            let inside = place == peaks.count - 1 ? right + 1 : right
            return Mode(
                place: start + Double(peaks[place]) * step, height: curve[peaks[place]],
                percent: 100 * histogram[left..<inside].reduce(0, +) / total)
        }
    }
}
