import Foundation

/// How desirable a response is, from 0 to 1 (G. Derringer & R. Suich, J. Quality Technology 12
/// (1980) 214).
public enum Desirability: Hashable, Sendable {
    /// 0 up to `low`, 1 from `high` on.
    case larger(low: Double, high: Double, scale: Double)
    /// 1 up to `low`, 0 from `high` on.
    case smaller(low: Double, high: Double, scale: Double)
    /// 1 at the target, 0 outside the limits.
    case target(low: Double, target: Double, high: Double, lowScale: Double, highScale: Double)

    /// The desirability of a response.
    public func value(_ response: Double) -> Double {
        switch self {
        case .larger(let low, let high, let scale):
            response <= low ? 0 : response >= high ? 1 : pow((response - low) / (high - low), scale)
        case .smaller(let low, let high, let scale):
            response <= low
                ? 1 : response >= high ? 0 : pow((high - response) / (high - low), scale)
        case .target(let low, let target, let high, let lowScale, let highScale):
            response < low || response > high
                ? 0
                : response <= target
                    ? pow((response - low) / (target - low), lowScale)
                    : pow((high - response) / (high - target), highScale)
        }
    }

    /// The weighted geometric mean of desirabilities.
    public static func overall(_ values: [Double], weights: [Double]? = nil) -> Double {
        let weights = weights ?? values.map { _ in 1 }
        let total = weights.reduce(0, +)
        guard total > 0, !values.isEmpty else { return 0 }
        var sum = 0.0
        for (value, weight) in zip(values, weights) where weight > 0 {
            guard value > 0 else { return 0 }
            sum += weight * log(value)
        }
        return exp(sum / total)
    }

    /// The region an optimum is looked for in, in coded values.
    public enum Region: Hashable, Sendable {
        /// Every factor between -1 and 1.
        case cube
        /// Within a distance of the centre.
        case sphere(radius: Double)

        func contains(_ point: [Double]) -> Bool {
            switch self {
            case .cube: point.allSatisfy { abs($0) <= 1 }
            case .sphere(let radius): dot(point, point) <= radius * radius
            }
        }

        func inside(_ point: [Double]) -> [Double] {
            switch self {
            case .cube: return point.map { min(1, max(-1, $0)) }
            case .sphere(let radius):
                let length = dot(point, point).squareRoot()
                return length <= radius ? point : point.map { $0 * radius / length }
            }
        }

        func random(_ factors: Int, _ generator: inout RandomSource) -> [Double] {
            let reach = if case .sphere(let radius) = self { radius } else { 1.0 }
            return inside((0..<factors).map { _ in reach * (2 * generator.uniform() - 1) })
        }
    }

    /// The point of greatest overall desirability: the best of many simplex searches.
    /// - Parameter responses: the fitted means at a point.
    public static func optimum(
        factors: Int, goals: [Desirability], weights: [Double]? = nil, region: Region,
        starts: Int = 40, seed: UInt64 = 1, responses: ([Double]) -> [Double]
    ) -> (point: [Double], desirability: Double) {
        var generator = RandomSource(seed: seed)
        func score(_ point: [Double]) -> Double {
            let inside = region.inside(point)
            let fitted = responses(inside)
            let overall = overall(zip(goals, fitted).map { $0.value($1) }, weights: weights)
            // Outside the region the nearest point counts, less the way to it; where nothing is
            // desirable yet, the distance of the responses from their goals leads the way.
            let excess = zip(point, inside).reduce(0) { $0 + abs($1.0 - $1.1) }
            let slack =
                overall > 0 ? 0 : 1e-6 * zip(goals, fitted).reduce(0) { $0 + $1.0.miss($1.1) }
            return -overall + 0.1 * excess + slack
        }
        var best: (point: [Double], value: Double)?
        for _ in 0..<max(1, starts) {
            let found = NelderMead(step: 0.3, evaluationLimit: 600).minimise(
                from: region.random(factors, &generator), score)
            if found.value < best?.value ?? .infinity { best = found }
        }
        guard let best else { return ([], 0) }
        let polished = NelderMead(step: 0.02, evaluationLimit: 2000).minimise(
            from: region.inside(best.point), score)
        let point = region.inside(polished.value < best.value ? polished.point : best.point)
        let value = overall(
            zip(goals, responses(point)).map { $0.value($1) }, weights: weights)
        return (point, value)
    }

    /// How far a response is outside the limits.
    private func miss(_ response: Double) -> Double {
        switch self {
        case .larger(let low, _, _): max(0, low - response)
        case .smaller(_, let high, _): max(0, response - high)
        case .target(let low, _, let high, _, _): max(0, low - response, response - high)
        }
    }
}
