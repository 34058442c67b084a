/// How a number came out over all replications.
public struct Outcome: Hashable, Sendable, Codable {
    /// Replications in which it had a value.
    public let count: Int
    /// The mean.
    public let mean: Double
    /// The standard deviation between replications.
    public let standardDeviation: Double
    /// The standard error of the mean.
    public let standardError: Double
    /// The value below which 5 % of replications lie.
    public let p5: Double
    /// The median.
    public let p50: Double
    /// The value below which 95 % of replications lie.
    public let p95: Double
    /// The least value.
    public let least: Double
    /// The greatest value.
    public let greatest: Double
}

/// Collects one number over replications, in their order and in bounded memory.
///
/// Mean and variance by Welford's recurrence (Technometrics 4, 419-420, 1962).
struct OutcomeCollector {
    private var count = 0
    private var mean = 0.0
    private var squares = 0.0
    private var least = Double.infinity
    private var greatest = -Double.infinity
    private var quantiles = QuantileCollector()

    /// Takes a value in; one that is not finite does not count.
    mutating func add(_ value: Double) {
        guard value.isFinite else { return }
        count += 1
        let difference = value - mean
        mean += difference / Double(count)
        squares += difference * (value - mean)
        least = min(least, value)
        greatest = max(greatest, value)
        quantiles.add(value)
    }

    /// What came out; all zero when nothing was taken in.
    func outcome() -> Outcome {
        let variance = count > 1 ? squares / Double(count - 1) : 0
        let deviation = max(variance, 0).squareRoot()
        let isEmpty = count == 0
        let values = quantiles.quantiles([0.05, 0.5, 0.95])
        return Outcome(
            count: count, mean: mean, standardDeviation: deviation,
            standardError: isEmpty ? 0 : deviation / Double(count).squareRoot(),
            p5: values[0], p50: values[1], p95: values[2],
            least: isEmpty ? 0 : least, greatest: isEmpty ? 0 : greatest)
    }

    /// The number of values in each of `bins` equal parts of the range from `low` to `high`.
    func histogram(bins: Int) -> Histogram {
        quantiles.histogram(bins: bins, from: count == 0 ? 0 : least, to: count == 0 ? 0 : greatest)
    }
}

/// How often values fell into equal parts of their range.
public struct Histogram: Hashable, Sendable, Codable {
    /// Where the first part begins.
    public let from: Double
    /// Where the last part ends.
    public let to: Double
    /// Values in each part.
    public let counts: [Int]
}

/// Quantiles in bounded memory: exact up to `exactAtMost` values, then from classes whose width is
/// at most 1/512 of their values.
///
/// The classes are cut from the bits of the number, its exponent and the nine leading bits of its
/// mantissa, so neither order nor grouping of the values changes what comes out. (The idea of
/// relative classes is that of DDSketch, Masson, Rim and Lee, VLDB 2019.)
struct QuantileCollector {
    /// Values kept as they are.
    static let exactAtMost = 10_000
    private static let droppedBits: UInt64 = 43

    private var values: [Double] = []
    private var classes: [Int64: Int] = [:]
    private var count = 0

    mutating func add(_ value: Double) {
        count += 1
        guard classes.isEmpty else {
            classes[Self.number(value), default: 0] += 1
            return
        }
        values.append(value)
        guard values.count > Self.exactAtMost else { return }
        for value in values { classes[Self.number(value), default: 0] += 1 }
        values = []
    }

    private static func number(_ value: Double) -> Int64 {
        let magnitude = Int64(abs(value).bitPattern >> droppedBits)
        return value < 0 ? -magnitude - 1 : magnitude
    }

    /// The ends of a class.
    private static func ends(_ number: Int64) -> (low: Double, high: Double) {
        let magnitude = UInt64(number < 0 ? -number - 1 : number)
        let near = Double(bitPattern: magnitude << droppedBits)
        let far = Double(bitPattern: (magnitude + 1) << droppedBits)
        return number < 0 ? (-far, -near) : (near, far)
    }

    /// The quantiles for `shares`, by linear interpolation between order statistics.
    func quantiles(_ shares: [Double]) -> [Double] {
        guard count > 0 else { return shares.map { _ in 0 } }
        guard classes.isEmpty else { return shares.map(fromClasses(sortedClasses())) }
        let sorted = values.sorted()
        return shares.map { share in
            let place = share * Double(sorted.count - 1)
            let below = Int(place)
            let above = min(below + 1, sorted.count - 1)
            return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
        }
    }

    private func sortedClasses() -> [(key: Int64, value: Int)] {
        classes.sorted { $0.key < $1.key }
    }

    private func fromClasses(_ sorted: [(key: Int64, value: Int)]) -> (Double) -> Double {
        { share in
            let place = share * Double(count - 1)
            var before = 0.0
            for (number, held) in sorted {
                if place < before + Double(held) {
                    let (low, high) = Self.ends(number)
                    return low + (high - low) * (place - before + 0.5) / Double(held)
                }
                before += Double(held)
            }
            return sorted.last.map { Self.ends($0.key).high } ?? 0
        }
    }

    func histogram(bins: Int, from low: Double, to high: Double) -> Histogram {
        var counts = [Int](repeating: 0, count: max(bins, 1))
        func note(_ value: Double, _ times: Int) {
            let share = high > low ? (value - low) / (high - low) : 0
            counts[min(max(Int(share * Double(counts.count)), 0), counts.count - 1)] += times
        }
        for value in values { note(value, 1) }
        for (number, held) in classes {
            let (near, far) = Self.ends(number)
            note(0.5 * (near + far), held)
        }
        return Histogram(from: low, to: high, counts: counts)
    }
}
