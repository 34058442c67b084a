import Foundation

/// A model of a growth curve. Rates are natural, per unit of time.
public enum GrowthModel: String, Hashable, Sendable, CaseIterable {
    /// N = K / (1 + (K / N0 - 1) exp(-r t)); parameters K, N0, r.
    case logistic
    /// log10 N of the logistic curve; parameters r, log10 N0, log10 K. The logistic on the scale
    /// of the other logarithmic models, so that their criteria compare.
    case logarithmicLogistic = "logistic-log10"
    /// N = A / (1 + exp((m - t) / s)); parameters A, m, s.
    case logisticMidpoint = "logistic-midpoint"
    /// log10 N of M. H. Zwietering et al. (1990, doi:10.1128/aem.56.6.1875-1881.1990); parameters
    /// lag, mu, log10 N0, log10 Nmax.
    case gompertz
    /// log10 N of J. Baranyi & T. A. Roberts (1994, doi:10.1016/0168-1605(94)90157-0) without
    /// curvature; parameters lag, mu, log10 N0, log10 Nmax.
    case baranyi

    /// The names of the parameters.
    public var parameterNames: [String] {
        switch self {
        case .logistic: ["K", "N0", "r"]
        case .logarithmicLogistic: ["r", "log10 N0", "log10 Nmax"]
        case .logisticMidpoint: ["A", "midpoint", "scale"]
        case .gompertz, .baranyi: ["lag", "mu", "log10 N0", "log10 Nmax"]
        }
    }

    /// Whether the model describes log10 of the count.
    public var isLogarithmic: Bool {
        switch self {
        case .gompertz, .baranyi, .logarithmicLogistic: true
        case .logistic, .logisticMidpoint: false
        }
    }

    /// Place of the maximum specific growth rate among the parameters.
    var ratePlace: Int? {
        switch self {
        case .logistic: 2
        case .logarithmicLogistic: 0
        case .logisticMidpoint: nil
        case .gompertz, .baranyi: 1
        }
    }

    /// Place of the plateau among the parameters.
    var plateauPlace: Int {
        switch self {
        case .logistic, .logisticMidpoint: 0
        case .logarithmicLogistic: 2
        case .gompertz, .baranyi: 3
        }
    }

    /// The value at time `t`, and its derivatives.
    @inline(__always)
    func evaluate(
        _ p: UnsafeMutableBufferPointer<Double>, _ t: Double,
        _ gradient: inout (Double, Double, Double, Double)
    ) -> Double {
        switch self {
        case .logistic:
            let (k, start, rate) = (p[0], p[1], p[2])
            guard k > 0, start > 0 else { return .nan }
            let decay = exp(-rate * t)
            let ratio = k / start - 1
            let bottom = 1 + ratio * decay
            gradient = (
                1 / bottom - k * decay / (start * bottom * bottom),
                k * k * decay / (start * start * bottom * bottom),
                k * ratio * t * decay / (bottom * bottom), 0
            )
            return k / bottom
        case .logarithmicLogistic:
            let (rate, low, high) = (p[0], p[1], p[2])
            let decay = exp(-rate * t)
            let whole = pow(10, high - low)
            let bottom = 1 + (whole - 1) * decay
            guard bottom > 0 else { return .nan }
            let share = whole * decay / bottom
            gradient = ((whole - 1) * t * decay / bottom / M_LN10, share, 1 - share, 0)
            return high - log10(bottom)
        case .logisticMidpoint:
            let (top, middle, scale) = (p[0], p[1], p[2])
            guard scale != 0 else { return .nan }
            let share = 1 / (1 + exp((middle - t) / scale))
            let steepness = top * share * (1 - share) / scale
            gradient = (share, -steepness, steepness * (middle - t) / scale, 0)
            return top * share
        case .gompertz:
            let (lag, rate, low, high) = (p[0], p[1], p[2], p[3])
            let span = high - low
            guard span != 0 else { return .nan }
            let unit = M_E / (span * M_LN10)
            let w = rate * unit * (lag - t) + 1
            let outer = exp(w)
            let g = exp(-outer)
            // exp(w) beyond the range of doubles leaves g = 0, and the product with it as well.
            let product = g == 0 ? 0 : g * outer
            let onSpan = g + product * (w - 1)
            gradient = (
                -span * product * rate * unit, -span * product * unit * (lag - t), 1 - onSpan,
                onSpan
            )
            return low + span * g
        case .baranyi:
            let (lag, rate, low, high) = (p[0], p[1], p[2], p[3])
            let k = pow(10, high - low)
            let u = exp(rate * (lag - t))
            let v = exp(-rate * t)
            let top = 1 + u - v
            let bottom = 1 - v + u * k
            guard top > 0, bottom > 0 else { return .nan }
            let slope = (lag - t) * u
            let share = u * k / bottom
            gradient = (
                (rate * u / top - rate * u * k / bottom) / M_LN10,
                ((slope + t * v) / top - (t * v + slope * k) / bottom) / M_LN10, share, 1 - share
            )
            return high + log10(top / bottom)
        }
    }

    /// Starting values from the data: the steepest rise, where it meets the first value, and the
    /// extremes; several rates, since a single steep step misleads.
    func starts(_ times: [Double], _ values: [Double]) -> [[Double]] {
        let order = times.indices.sorted { times[$0] < times[$1] }
        let (t, y) = (order.map { times[$0] }, order.map { values[$0] })
        guard let first = y.first, let low = y.min(), let high = y.max(), let end = t.last,
            let begin = t.first, end > begin
        else { return [] }
        var steepest = 0.0
        for index in t.indices.dropFirst(2) where t[index] > t[index - 2] {
            steepest = max(steepest, (y[index] - y[index - 2]) / (t[index] - t[index - 2]))
        }
        if steepest == 0 { steepest = (high - low) / (end - begin) }
        switch self {
        case .logistic:
            let start = max(first, 1e-3 * high)
            return [0.5, 1, 2, 4].map { factor in
                [1.05 * high, start, factor * 4 * steepest / max(high, 1e-300)]
            }
        case .logarithmicLogistic:
            return [1, 0.5, 2].map { [$0 * steepest * M_LN10, low, high] }
        case .logisticMidpoint:
            let middle = zip(t, y).min { abs($0.1 - high / 2) < abs($1.1 - high / 2) }?.0 ?? begin
            return [0.1, 0.2, 0.4].map { [1.1 * high, middle, $0 * (end - begin)] }
        case .gompertz, .baranyi:
            let rate = steepest * M_LN10
            return [1, 0.6, 1.6].flatMap { factor in
                [0.05, 0.2, 0.4].map { share in
                    [begin + share * (end - begin), factor * rate, low, high]
                }
            }
        }
    }
}
