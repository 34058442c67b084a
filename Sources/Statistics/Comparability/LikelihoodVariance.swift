import Foundation

/// Variance components of random effects, nested or crossed, by (restricted) maximum likelihood.
///
/// The profiled criterion of D. Bates et al., J. Statist. Software 67 (2015) 1,
/// doi:10.18637/jss.v067.i01, with the mean as the only fixed effect, minimised over the ratios
/// of the standard deviations of the effects to that of the error.
public struct LikelihoodVariance: Hashable, Sendable {
    /// The criterion that is optimised.
    public enum Method: String, Hashable, Sendable, CaseIterable {
        /// Restricted maximum likelihood.
        case reml
        /// Maximum likelihood.
        case ml
    }

    /// The effects in the order given, then "error".
    public let components: [VarianceComponent]
    /// The estimated mean.
    public let mean: Double
    /// Minus twice the logarithm of the (restricted) likelihood.
    public let criterion: Double

    /// Most levels of all effects together: the cost grows with their cube.
    public static let levelLimit = 2000

    /// Fits `values` with the levels of each effect; nested effects need levels of their own.
    public init(
        _ values: [Double], effects: [(name: String, levels: [String])], method: Method = .reml
    ) throws(AnalysisError) {
        guard !effects.isEmpty else { throw .tooFew(what: "effects", found: 0, needed: 1) }
        let summary = try Summary(values)
        guard summary.sumOfSquares > 0 else { throw .constant(what: "the sample") }
        guard values.count > 2 else {
            throw .tooFew(what: "values", found: values.count, needed: 3)
        }
        for effect in effects where effect.levels.count != values.count {
            throw .unequalLengths("values", values.count, effect.name, effect.levels.count)
        }
        let system = System(values.map { $0 - summary.mean }, effects.map { numbered($0.levels) })
        guard system.size <= LikelihoodVariance.levelLimit else {
            throw .tooMany(
                what: "levels", found: system.size, limit: LikelihoodVariance.levelLimit)
        }
        // The criterion depends on squares of the ratios, so a search over all reals is one over
        // the non-negative ones, and may end at 0.
        var start = [Double](repeating: 1, count: effects.count)
        var best = NelderMead().minimise(from: start) { system.profile($0, method).criterion }
        for _ in 0..<4 {
            start = best.point
            let next = NelderMead(step: 0.1).minimise(from: start) {
                system.profile($0, method).criterion
            }
            let gain = best.value - next.value
            best = next
            if gain < 1e-12 * (1 + abs(best.value)) { break }
        }
        let solution = system.profile(best.point, method)
        var components: [VarianceComponent] = []
        for (effect, ratio) in zip(effects, best.point) {
            // A ratio this small changes nothing in the likelihood: the effect is not there.
            let squared = abs(ratio) < 1e-4 ? 0 : ratio * ratio
            components.append(
                VarianceComponent(
                    source: effect.name, degreesOfFreedom: nil, sumOfSquares: nil,
                    variance: squared * solution.variance, wasNegative: squared == 0))
        }
        components.append(
            VarianceComponent(
                source: "error", degreesOfFreedom: nil, sumOfSquares: nil,
                variance: solution.variance, wasNegative: false))
        self.components = components
        mean = summary.mean + solution.mean
        criterion = solution.criterion
    }

    /// The cross products of the random effects, the mean and the response.
    struct System {
        let count: Double
        let size: Int
        private let owner: [Int]
        private let zz: Matrix
        private let zy: [Double]
        private let z1: [Double]
        private let sumY: Double
        private let yy: Double

        init(_ y: [Double], _ effects: [[Int]]) {
            count = Double(y.count)
            var offsets: [Int] = []
            var owner: [Int] = []
            for (index, levels) in effects.enumerated() {
                offsets.append(owner.count)
                owner += [Int](repeating: index, count: (levels.max() ?? 0) + 1)
            }
            size = owner.count
            var zz = Matrix(rows: owner.count, columns: owner.count)
            var zy = [Double](repeating: 0, count: owner.count)
            var z1 = zy
            for row in y.indices {
                let places = effects.indices.map { offsets[$0] + effects[$0][row] }
                for a in places {
                    zy[a] += y[row]
                    z1[a] += 1
                    for b in places { zz[a, b] += 1 }
                }
            }
            self.owner = owner
            self.zz = zz
            self.zy = zy
            self.z1 = z1
            sumY = y.reduce(0, +)
            yy = dot(y, y)
        }

        /// What the likelihood is made of at given ratios: ln of the determinant, the sum of
        /// squares about the best mean, the weight of the mean, and the mean.
        struct Parts {
            let logDeterminant: Double
            let squares: Double
            let weight: Double
            let mean: Double
        }

        func parts(_ ratios: [Double]) -> Parts? {
            var a = zz
            for i in 0..<size {
                for j in 0..<size { a[i, j] *= ratios[owner[i]] * ratios[owner[j]] }
                a[i, i] += 1
            }
            guard let factor = Cholesky(a) else { return nil }
            let u = factor.forward(zy.indices.map { zy[$0] * ratios[owner[$0]] })
            let x = factor.forward(z1.indices.map { z1[$0] * ratios[owner[$0]] })
            let xx = count - dot(x, x)
            let xy = sumY - dot(x, u)
            let squares = yy - dot(u, u) - xy * xy / xx
            guard squares > 0, xx > 0 else { return nil }
            return Parts(
                logDeterminant: factor.logDeterminant, squares: squares, weight: xx, mean: xy / xx)
        }

        func profile(
            _ ratios: [Double], _ method: Method
        ) -> (criterion: Double, variance: Double, mean: Double) {
            guard let parts = parts(ratios) else { return (.infinity, .nan, .nan) }
            let df = method == .reml ? count - 1 : count
            let variance = parts.squares / df
            var criterion = parts.logDeterminant + df * (1 + log(2 * Double.pi * variance))
            if method == .reml { criterion += log(parts.weight) }
            return (criterion, variance, parts.mean)
        }
    }
}

/// The simplex search of J. A. Nelder & R. Mead (1965, doi:10.1093/comjnl/7.4.308).
struct NelderMead {
    var step = 0.5
    var tolerance = 1e-14
    var evaluationLimit = 4000

    func minimise(
        from start: [Double], _ function: ([Double]) -> Double
    ) -> (point: [Double], value: Double) {
        let n = start.count
        var points = [start]
        for index in 0..<n {
            var point = start
            point[index] += point[index] == 0 ? step : step * abs(point[index])
            points.append(point)
        }
        var values = points.map(function)
        var evaluations = n + 1
        func blend(_ a: [Double], _ b: [Double], _ t: Double) -> [Double] {
            zip(a, b).map { $0 + t * ($1 - $0) }
        }
        while evaluations < evaluationLimit {
            let order = values.indices.sorted { values[$0] < values[$1] }
            points = order.map { points[$0] }
            values = order.map { values[$0] }
            var size = 0.0
            for point in points.dropFirst() {
                for index in 0..<n { size = max(size, abs(point[index] - points[0][index])) }
            }
            let spread = abs(values[n] - values[0])
            if spread <= tolerance * (abs(values[0]) + 1e-300) && size < 1e-7 || size < 1e-13 {
                break
            }
            var centre = [Double](repeating: 0, count: n)
            for point in points.dropLast() {
                for index in 0..<n { centre[index] += point[index] / Double(n) }
            }
            let reflected = blend(centre, points[n], -1)
            let value = function(reflected)
            evaluations += 1
            if value < values[0] {
                let expanded = blend(centre, points[n], -2)
                let further = function(expanded)
                evaluations += 1
                (points[n], values[n]) = further < value ? (expanded, further) : (reflected, value)
            } else if value < values[n - 1] {
                (points[n], values[n]) = (reflected, value)
            } else {
                let inner =
                    value < values[n]
                    ? blend(centre, reflected, 0.5)
                    : blend(centre, points[n], 0.5)
                let contracted = function(inner)
                evaluations += 1
                if contracted < min(value, values[n]) {
                    (points[n], values[n]) = (inner, contracted)
                } else {
                    for index in 1...n {
                        points[index] = blend(points[0], points[index], 0.5)
                        values[index] = function(points[index])
                    }
                    evaluations += n
                }
            }
        }
        let best = values.indices.min { values[$0] < values[$1] } ?? 0
        return (points[best], values[best])
    }
}
