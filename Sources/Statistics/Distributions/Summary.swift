import Foundation

/// Mean, standard deviation and lag-1 autocorrelation of a sample.
///
/// The mean is summed with compensation (Neumaier 1974, doi:10.1002/zamm.19740540106) and the
/// sum of squares is the corrected two-pass one (Chan, Golub & LeVeque 1983,
/// doi:10.1080/00031305.1983.10483115), so that leading digits common to all values cost nothing.
public struct Summary: Hashable, Sendable {
    /// Number of values.
    public let count: Int
    /// Arithmetic mean.
    public let mean: Double
    /// Sum of squared deviations from the mean.
    public let sumOfSquares: Double
    /// Smallest value.
    public let minimum: Double
    /// Largest value.
    public let maximum: Double

    /// The summary of `values`.
    /// - Throws: when there are none, or one is not finite.
    public init(_ values: [Double]) throws(AnalysisError) {
        guard !values.isEmpty else { throw .tooFew(what: "values", found: 0, needed: 1) }
        try requireFinite(values, "value")
        let count = Double(values.count)
        let rough = compensatedSum(values) / count
        var residue = 0.0
        var lost = 0.0
        for value in values { add(value - rough, to: &residue, &lost) }
        let mean = rough + (residue + lost) / count
        var squares = 0.0
        var squaresLost = 0.0
        var drift = 0.0
        for value in values {
            let deviation = value - mean
            add(deviation * deviation, to: &squares, &squaresLost)
            drift += deviation
        }
        self.count = values.count
        self.mean = mean
        self.sumOfSquares = max(0, squares + squaresLost - drift * drift / count)
        minimum = values.min() ?? mean
        maximum = values.max() ?? mean
    }

    /// Sample variance (divisor n - 1), or nil for a single value.
    public var variance: Double? { count > 1 ? sumOfSquares / Double(count - 1) : nil }

    /// Sample standard deviation (divisor n - 1), or nil for a single value.
    public var standardDeviation: Double? { variance?.squareRoot() }

    /// Standard deviation of a sample that must have at least two values.
    func requiredStandardDeviation(_ what: String) throws(AnalysisError) -> Double {
        guard let standardDeviation else { throw .tooFew(what: what, found: count, needed: 2) }
        return standardDeviation
    }

    /// Sum of (x_i - m)(x_{i+1} - m) over the sum of (x_i - m)^2.
    /// - Throws: when all values are the same.
    public static func lag1Autocorrelation(_ values: [Double]) throws(AnalysisError) -> Double {
        let summary = try Summary(values)
        guard summary.sumOfSquares > 0 else { throw .constant(what: "the sample") }
        var total = 0.0
        var lost = 0.0
        for index in values.indices.dropLast() {
            add(
                (values[index] - summary.mean) * (values[index + 1] - summary.mean), to: &total,
                &lost)
        }
        return (total + lost) / summary.sumOfSquares
    }

    /// The value at fraction `p` of the sorted sample, interpolated linearly between order
    /// statistics at (n - 1)p (definition 7 of Hyndman & Fan 1996, doi:10.2307/2684934).
    public static func quantile(sorted values: [Double], _ p: Double) -> Double {
        guard let first = values.first, let last = values.last else { return .nan }
        let position = Double(values.count - 1) * min(max(p, 0), 1)
        let lower = Int(position)
        guard lower + 1 < values.count else { return lower == 0 ? first : last }
        let share = position - Double(lower)
        return values[lower] + share * (values[lower + 1] - values[lower])
    }
}

/// Adds `term` to a sum that keeps what rounding lost.
@inline(__always)
func add(_ term: Double, to sum: inout Double, _ lost: inout Double) {
    let total = sum + term
    if abs(sum) >= abs(term) { lost += (sum - total) + term } else { lost += (term - total) + sum }
    sum = total
}

/// The sum of `values`, compensated for rounding.
func compensatedSum(_ values: [Double]) -> Double {
    var sum = 0.0
    var lost = 0.0
    for value in values { add(value, to: &sum, &lost) }
    return sum + lost
}

/// Throws when one of `values` is not finite.
func requireFinite(_ values: [Double], _ what: String) throws(AnalysisError) {
    if let index = values.firstIndex(where: { !$0.isFinite }) {
        throw .notFinite(what: what, position: index + 1)
    }
}

/// Throws when `value` is not inside (0, 1).
func requireProbability(_ value: Double, _ what: String) throws(AnalysisError) {
    guard value > 0, value < 1 else {
        throw .outOfRange(what: what, value: value, limits: "between 0 and 1")
    }
}
