import Foundation

/// The constants of control charts for normal samples of one size.
///
/// ASTM MNL7; computed, not copied: d2 and d3 are the mean and standard deviation of the range of
/// n standard normal values, c4 the mean of their standard deviation.
public struct ChartConstants: Hashable, Sendable {
    /// Sample size.
    public let count: Int
    /// Mean of the range over sigma.
    public private(set) var d2: Double
    /// Standard deviation of the range over sigma.
    public let d3: Double
    /// Mean of the sample standard deviation over sigma.
    public let c4: Double

    /// 3 / (d2 sqrt n).
    public var a2: Double { 3 / (d2 * Double(count).squareRoot()) }
    /// 3 / (c4 sqrt n).
    public var a3: Double { 3 / (c4 * Double(count).squareRoot()) }
    /// Lower limit of the range over the mean range.
    public var rangeLower: Double { max(0, 1 - 3 * d3 / d2) }
    /// Upper limit of the range over the mean range.
    public var rangeUpper: Double { 1 + 3 * d3 / d2 }
    /// Lower limit of the standard deviation over its mean.
    public var deviationLower: Double { max(0, 1 - 3 * (1 - c4 * c4).squareRoot() / c4) }
    /// Upper limit of the standard deviation over its mean.
    public var deviationUpper: Double { 1 + 3 * (1 - c4 * c4).squareRoot() / c4 }

    /// Largest sample size; beyond it a range wastes most of the sample.
    public static let largestCount = 100

    /// The constants in use; charts of peers differ in the fifth digit for this reason alone.
    public enum Convention: String, Hashable, Sendable, CaseIterable {
        /// Computed to full precision.
        case exact
        /// d2 rounded to three decimals, as printed in tables and used by qcc.
        case tabulated
    }

    /// The constants for samples of `count`, 2 to 100.
    public init(count: Int, convention: Convention = .exact) throws(AnalysisError) {
        try self.init(computedFor: count)
        guard convention == .tabulated else { return }
        d2 = (d2 * 1000).rounded() / 1000
    }

    private init(computedFor count: Int) throws(AnalysisError) {
        guard count >= 2 else { throw .tooFew(what: "values per sample", found: count, needed: 2) }
        guard count <= ChartConstants.largestCount else {
            throw .tooMany(
                what: "values per sample", found: count, limit: ChartConstants.largestCount)
        }
        self.count = count
        let n = Double(count)
        c4 = (2 / (n - 1)).squareRoot() * exp(lgamma(n / 2) - lgamma((n - 1) / 2))
        if count == 2 {
            // The range of two values is |N(0, 2)|.
            d2 = 2 / Double.pi.squareRoot()
            d3 = (2 - 4 / Double.pi).squareRoot()
            return
        }
        // P(W <= w) = n int phi(x) (Phi(x + w) - Phi(x))^(n-1) dx; both integrands fall like a
        // normal density, for which equal steps are enough.
        let step = 0.05
        let points = (-170...170).map { Double($0) * step }
        let cumulative = (-170...570).map { Normal.cumulative(Double($0) * step) }
        let densities = points.map { Normal.density($0) }
        var mean = 0.0
        var square = 0.0
        // Simpson's rule over w from 0 to 20: the survival function is smooth.
        let last = 400
        for index in 0...last {
            var inside = 0.0
            for (place, density) in densities.enumerated() {
                let share = cumulative[place + index] - cumulative[place]
                inside += density * pow(share, n - 1)
            }
            let survival = 1 - n * inside * step
            let weight = index == 0 || index == last ? 1.0 : index % 2 == 1 ? 4 : 2
            mean += weight * survival
            square += weight * survival * 2 * Double(index) * step
        }
        let first = mean * step / 3
        d2 = first
        d3 = (square * step / 3 - first * first).squareRoot()
    }
}
