import Foundation

/// A mixture of normal distributions, fitted by expectation and maximisation.
///
/// Several starts (quantiles of the first coordinate, and seeded k-means++) are improved; a floor
/// on the variances keeps a component from collapsing onto a single value.
public struct GaussianMixture: Hashable, Sendable {
    /// What the components share.
    public enum Covariance: String, Hashable, Sendable, CaseIterable {
        /// One covariance for all (mclust E, EEE).
        case equal
        /// A covariance of its own for each (mclust V, VVV).
        case own
    }

    /// Share of each component, in the order of the means of the first coordinate.
    public let shares: [Double]
    /// Mean of each component.
    public let means: [[Double]]
    /// Covariance of each component.
    public let covariances: [Matrix]
    /// Natural logarithm of the likelihood.
    public let logLikelihood: Double
    /// Number of free parameters.
    public let parameterCount: Int
    /// Number of values.
    public let count: Int
    /// What the components share.
    public let covariance: Covariance

    /// 2 ln L - parameters x ln n: larger is better, the sign of mclust.
    public var bic: Double {
        2 * logLikelihood - Double(parameterCount) * log(Double(count))
    }

    /// Variances of a mixture of one dimension.
    public var variances: [Double] { covariances.map { $0[0, 0] } }

    /// Fits `components` to values of one dimension.
    ///
    /// Of more than 20,000 values those that lie close together are first taken as one place with a
    /// mean, a count and a spread; the fit to these places is then improved on the values.
    public init(
        _ values: [Double], components: Int, covariance: Covariance, seed: UInt64 = 1
    ) throws(AnalysisError) {
        try self.init(
            values.map { [$0] }, MixtureSample(grouping: values), components, covariance, 6, seed)
    }

    /// Fits `components` to rows of several coordinates.
    public init(
        rows: [[Double]], components: Int, covariance: Covariance, starts: Int = 6,
        seed: UInt64 = 1
    ) throws(AnalysisError) {
        try self.init(rows, nil, components, covariance, starts, seed)
    }

    private init(
        _ rows: [[Double]], _ grouped: MixtureSample?, _ components: Int, _ covariance: Covariance,
        _ starts: Int, _ seed: UInt64
    ) throws(AnalysisError) {
        guard components >= 1, components <= 20 else {
            throw .outOfRange(
                what: "the number of components", value: Double(components),
                limits: "between 1 and 20")
        }
        let summary = try MultivariateSummary(rows)
        let d = summary.mean.count
        let needed = components * (d + 1) + 1
        guard rows.count >= needed else {
            throw .tooFew(what: "values", found: rows.count, needed: needed)
        }
        guard Cholesky(summary.covariance) != nil else {
            throw .constant(what: "a coordinate, or the values along a line")
        }
        let all = MixtureSample(rows)
        let sample = grouped ?? all
        var generator = RandomSource(seed: seed)
        var best: MixtureState?
        for start in 0..<(components == 1 ? 1 : max(1, starts)) {
            let centres =
                start == 0
                ? sample.quantileCentres(components)
                : sample.spreadCentres(components, &generator)
            var state = MixtureState(centres, summary.covariance, covariance)
            state.run(sample, steps: 2000)
            guard state.logLikelihood.isFinite else { continue }
            if best == nil || state.logLikelihood > best?.logLikelihood ?? 0 { best = state }
        }
        guard var best else { throw .notConverged(what: "the mixture") }
        if grouped != nil { best.run(all, steps: 4) }
        let order = (0..<components).sorted { best.means[$0][0] < best.means[$1][0] }
        shares = order.map { best.shares[$0] }
        means = order.map { best.means[$0] }
        covariances = order.map { best.covariances[$0] }
        logLikelihood = best.logLikelihood
        let perCovariance = d * (d + 1) / 2
        parameterCount =
            components - 1 + components * d
            + (covariance == .equal ? perCovariance : components * perCovariance)
        count = rows.count
        self.covariance = covariance
    }

    /// The best number of components and covariance by BIC.
    public static func best(
        _ values: [Double], upTo components: Int = 4, seed: UInt64 = 1
    ) throws(AnalysisError) -> GaussianMixture {
        let rows = values.map { [$0] }
        let grouped = MixtureSample(grouping: values)
        var best = try GaussianMixture(rows, grouped, 1, .equal, 6, seed)
        for count in 2...max(2, components) {
            for covariance in Covariance.allCases {
                guard values.count >= 2 * count + 1 else { continue }
                let next = try GaussianMixture(rows, grouped, count, covariance, 6, seed)
                if next.bic > best.bic { best = next }
            }
        }
        return best
    }

    /// The density at a value of one dimension.
    public func density(_ x: Double) -> Double {
        var sum = 0.0
        for index in shares.indices {
            let deviation = variances[index].squareRoot()
            sum += shares[index] * Normal.density((x - means[index][0]) / deviation) / deviation
        }
        return sum
    }

    /// The separation of two components of one dimension.
    public struct Separation: Hashable, Sendable {
        /// Difference of the means over the root of the mean variance (K. M. Ashman, C. M. Bird &
        /// S. E. Zepf 1994, doi:10.1086/117248); more than 2 is a clean separation.
        public let ashmanD: Double
        /// 1 - density at the valley over that at the lower mode; 0 for a single mode.
        public let valleyDepth: Double
    }

    /// The separation of neighbouring components of one dimension, from the lowest on.
    public var separations: [Separation] {
        shares.indices.dropLast().map { index in
            let (a, b) = (means[index][0], means[index + 1][0])
            let spread = ((variances[index] + variances[index + 1]) / 2).squareRoot()
            // The density between the means on 200 steps: its two highest ends and its valley.
            let densities = (0...200).map { density(a + (b - a) * Double($0) / 200) }
            let valley = densities.indices.min { densities[$0] < densities[$1] } ?? 0
            let left = densities[...valley].max() ?? 0
            let right = densities[valley...].max() ?? 0
            let mode = min(left, right)
            return Separation(
                ashmanD: (b - a) / spread,
                valleyDepth: mode > 0 ? max(0, 1 - densities[valley] / mode) : 0)
        }
    }
}

/// The state of one expectation-maximisation search.
struct MixtureState {
    private(set) var shares: [Double]
    private(set) var means: [[Double]]
    private(set) var covariances: [Matrix]
    private(set) var logLikelihood = -Double.infinity
    private let kind: GaussianMixture.Covariance
    private let floor: [Double]

    init(_ centres: [[Double]], _ covariance: Matrix, _ kind: GaussianMixture.Covariance) {
        means = centres
        shares = centres.map { _ in 1 / Double(centres.count) }
        var narrow = covariance
        let scale = 1 / Double(centres.count * centres.count)
        for index in narrow.elements.indices { narrow.elements[index] *= scale }
        covariances = centres.map { _ in narrow }
        self.kind = kind
        floor = (0..<covariance.rows).map { 1e-6 * covariance[$0, $0] }
    }

    /// Alternates both steps until the likelihood no longer grows.
    mutating func run(_ sample: MixtureSample, steps: Int) {
        let k = shares.count
        logLikelihood = -.infinity
        var weights = [Double](repeating: 0, count: sample.places * k)
        for _ in 0..<steps {
            guard let next = expectation(sample, &weights) else { return }
            let gain = next - logLikelihood
            logLikelihood = next
            if gain < 1e-10 * abs(next) && gain < 1e-7 { return }
            maximisation(sample, k, weights)
        }
    }

    private func expectation(_ sample: MixtureSample, _ weights: inout [Double]) -> Double? {
        let k = shares.count
        let d = floor.count
        var factors: [Cholesky] = []
        var constants: [Double] = []
        for index in 0..<k {
            guard shares[index] > 0, let factor = Cholesky(covariances[index]) else { return nil }
            factors.append(factor)
            constants.append(
                log(shares[index]) - 0.5 * factor.logDeterminant
                    - 0.5 * Double(d) * log(2 * Double.pi))
        }
        let centres = means.flatMap { $0 }
        let inverseDeviation = d == 1 ? factors.map { 1 / $0.lower[0, 0] } : []
        var total = 0.0
        sample.data.withUnsafeBufferPointer { data in
            weights.withUnsafeMutableBufferPointer { weights in
                var difference = [Double](repeating: 0, count: d)
                for row in 0..<sample.places {
                    var largest = -Double.infinity
                    for index in 0..<k {
                        var square: Double
                        if d == 1 {
                            let z = (data[row] - centres[index]) * inverseDeviation[index]
                            square = z * z
                        } else {
                            for place in 0..<d {
                                difference[place] =
                                    data[row * d + place] - centres[index * d + place]
                            }
                            let z = factors[index].forward(difference)
                            square = dot(z, z)
                        }
                        let value = constants[index] - 0.5 * square
                        weights[row * k + index] = value
                        largest = max(largest, value)
                    }
                    var sum = 0.0
                    for index in 0..<k {
                        let value = exp(weights[row * k + index] - largest)
                        weights[row * k + index] = value
                        sum += value
                    }
                    for index in 0..<k { weights[row * k + index] /= sum }
                    total += sample.counts[row] * (largest + log(sum))
                }
            }
        }
        return total.isFinite ? total : nil
    }

    private mutating func maximisation(
        _ sample: MixtureSample, _ k: Int, _ weights: [Double]
    ) {
        let (data, d) = (sample.data, sample.dimensions)
        var pooled = Matrix(rows: d, columns: d)
        for index in 0..<k {
            var sum = 0.0
            var mean = [Double](repeating: 0, count: d)
            for row in 0..<sample.places {
                let weight = weights[row * k + index] * sample.counts[row]
                sum += weight
                for place in 0..<d { mean[place] += weight * data[row * d + place] }
            }
            shares[index] = sum / sample.total
            guard sum > 0 else { continue }
            for place in 0..<d { mean[place] /= sum }
            means[index] = mean
            var scatter = Matrix(rows: d, columns: d)
            for row in 0..<sample.places {
                let weight = weights[row * k + index] * sample.counts[row]
                if !sample.spreads.isEmpty {
                    scatter.elements[0] += weight * sample.spreads[row]
                }
                for a in 0..<d {
                    let x = data[row * d + a] - mean[a]
                    for b in 0...a {
                        scatter.elements[b * d + a] +=
                            weight * x * (data[row * d + b] - mean[b])
                    }
                }
            }
            for a in 0..<d {
                for b in 0..<a { scatter[b, a] = scatter[a, b] }
            }
            for place in scatter.elements.indices {
                pooled.elements[place] += scatter.elements[place] / sample.total
                scatter.elements[place] /= sum
            }
            covariances[index] = floored(scatter)
        }
        if kind == .equal {
            let shared = floored(pooled)
            covariances = covariances.map { _ in shared }
        }
    }

    private func floored(_ matrix: Matrix) -> Matrix {
        var matrix = matrix
        for place in floor.indices {
            matrix[place, place] = max(matrix[place, place], floor[place])
        }
        return matrix
    }
}
