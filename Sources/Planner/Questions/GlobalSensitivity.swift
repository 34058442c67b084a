import Foundation
public import Statistics

/// A parameter that is varied, with the limits between which it is uniform.
public struct VariedParameter: Codable, Sendable, Hashable {
    /// Its name.
    public var name: String
    /// Its least value.
    public var low: Double
    /// Its greatest value.
    public var high: Double

    /// A parameter uniform from `low` to `high`.
    public init(_ name: String, _ low: Double, _ high: Double) {
        self.name = name
        self.low = low
        self.high = high
    }
}

/// Which parameter matters most: variance-based indices of a model's output.
///
/// Blocks A, B and A with one column of B (A. Saltelli et al. 2010, doi:10.1016/j.cpc.2009.09.018):
/// N(D + 2) runs. First-order index by Saltelli, total index by Jansen; the half-width is 1.96
/// standard deviations of bootstrap samples of the runs.
public struct SobolIndices: Codable, Sendable {
    /// The indices of one parameter.
    public struct Index: Codable, Sendable, Hashable {
        /// The parameter.
        public var parameter: String
        /// The share of the variance it explains by itself.
        public var first: Double
        /// The same with all its interactions.
        public var total: Double
        /// Half the width of a 95 % interval of `first`.
        public var firstHalfWidth: Double
        /// Half the width of a 95 % interval of `total`.
        public var totalHalfWidth: Double
    }

    /// One for each parameter, in their order.
    public var indices: [Index]
    /// The mean of the output.
    public var mean: Double
    /// Its variance.
    public var variance: Double
    /// Runs of the model.
    public var runs: Int

    /// No analysis takes more runs: memory for the results is kept.
    public static let runsMax = 5_000_000

    /// The indices of `model` with the parameters `varied`.
    /// - Parameters:
    ///   - samples: N; the runs are N(D + 2).
    ///   - resamples: bootstrap samples for the intervals.
    ///   - model: the output for one set of values, in the order of `varied`. A stochastic model
    ///     must use the same streams for every set.
    /// - Throws: `AnalysisError` for fewer than 2 samples, limits the wrong way round, an output
    ///   that is no number or never changes.
    public static func analyse(
        _ varied: [VariedParameter], samples: Int, seed: UInt64, resamples: Int = 200,
        model: ([Double]) -> Double
    ) throws(AnalysisError) -> SobolIndices {
        try check(varied, samples: samples)
        let count = varied.count
        var points = QuasiRandom(dimensions: 2 * count, seed: seed)
        var (a, b) = ([Double](), [Double]())
        var mixed = [[Double]](repeating: [], count: count)
        var set = [Double](repeating: 0, count: count)
        for sample in 0..<samples {
            let point = points.next()
            func value(_ place: Int, _ block: Int) -> Double {
                let parameter = varied[place]
                return parameter.low
                    + point[place + block * count] * (parameter.high - parameter.low)
            }
            for place in 0..<count { set[place] = value(place, 0) }
            a.append(try output(model(set), sample))
            for place in 0..<count {
                set[place] = value(place, 1)
                mixed[place].append(try output(model(set), sample))
                set[place] = value(place, 0)
            }
            for place in 0..<count { set[place] = value(place, 1) }
            b.append(try output(model(set), sample))
        }
        let all = try Summary(a + b)
        let variance = all.sumOfSquares / Double(all.count)
        guard variance > 0 else { throw .constant(what: "the output") }
        var random = RandomSource(seed: seed ^ 0xB007)
        let indices = varied.indices.map { place in
            index(varied[place].name, a, b, mixed[place], resamples, &random)
        }
        return SobolIndices(
            indices: indices, mean: all.mean, variance: variance, runs: samples * (count + 2))
    }

    private static func check(
        _ varied: [VariedParameter], samples: Int
    ) throws(AnalysisError) {
        guard !varied.isEmpty else { throw .tooFew(what: "parameters", found: 0, needed: 1) }
        guard varied.count <= QuasiRandom.dimensionsMax / 2 else {
            throw .tooMany(
                what: "parameters", found: varied.count, limit: QuasiRandom.dimensionsMax / 2)
        }
        guard samples >= 2 else { throw .tooFew(what: "samples", found: samples, needed: 2) }
        guard samples <= runsMax / (varied.count + 2) else {
            throw .tooMany(
                what: "samples", found: samples, limit: runsMax / (varied.count + 2))
        }
        for parameter in varied
        where
            !(parameter.low < parameter.high && parameter.high.isFinite
            && parameter.low.isFinite)
        {
            throw .outOfRange(
                what: "the lower limit of \(parameter.name)", value: parameter.low,
                limits: "below its upper limit \(parameter.high)")
        }
    }

    private static func output(_ value: Double, _ sample: Int) throws(AnalysisError) -> Double {
        guard value.isFinite else { throw .notFinite(what: "output", position: sample + 1) }
        return value
    }

    private static func index(
        _ name: String, _ a: [Double], _ b: [Double], _ mixed: [Double], _ resamples: Int,
        _ random: inout RandomSource
    ) -> Index {
        let whole = estimate(a, b, mixed) { $0 }
        var (firsts, totals) = ([Double](), [Double]())
        var picked = [Int](repeating: 0, count: a.count)
        for _ in 0..<max(resamples, 2) {
            for place in picked.indices {
                picked[place] = min(Int(random.uniform() * Double(a.count)), a.count - 1)
            }
            let again = estimate(a, b, mixed) { picked[$0] }
            firsts.append(again.first)
            totals.append(again.total)
        }
        func halfWidth(_ values: [Double]) -> Double {
            1.959964 * ((try? Summary(values))?.standardDeviation ?? .nan)
        }
        return Index(
            parameter: name, first: whole.first, total: whole.total,
            firstHalfWidth: halfWidth(firsts), totalHalfWidth: halfWidth(totals))
    }

    private static func estimate(
        _ a: [Double], _ b: [Double], _ mixed: [Double], _ place: (Int) -> Int
    ) -> (first: Double, total: Double) {
        let count = Double(a.count)
        var (sum, squares) = (0.0, 0.0)
        for sample in a.indices {
            let (x, y) = (a[place(sample)], b[place(sample)])
            sum += x + y
            squares += x * x + y * y
        }
        let mean = sum / (2 * count)
        let variance = squares / (2 * count) - mean * mean
        guard variance > 0 else { return (0, 0) }
        var (first, total) = (0.0, 0.0)
        for sample in a.indices {
            let here = place(sample)
            // The output is centred: f_B times a mean that is not zero would only add noise.
            first += (b[here] - mean) * (mixed[here] - a[here])
            total += (a[here] - mixed[here]) * (a[here] - mixed[here])
        }
        return (first / count / variance, total / (2 * count) / variance)
    }
}
