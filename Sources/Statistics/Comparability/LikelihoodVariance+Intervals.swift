import Foundation

extension LikelihoodVariance {
    /// Profile-likelihood intervals of the standard deviations and the mean.
    public struct Intervals: Hashable, Sendable {
        /// Standard deviation of each effect in the order given, then of the error. A lower end
        /// of 0 means that the effect may be absent.
        public let deviations: [Interval]
        /// The mean; nil for restricted likelihood, which does not know the mean.
        public let mean: Interval?
        /// The likelihood that was profiled.
        public let method: Method
        /// Confidence of the intervals.
        public let confidence: Double
    }

    /// The intervals of values that raise minus twice the log likelihood by no more than the
    /// chi-squared quantile, all other parameters at their best.
    /// - Parameter method: `ml` profiles the likelihood, as lme4 also does after a fit by REML;
    ///   `reml` the restricted one, which is wider for few levels.
    /// - Throws: as the fit itself.
    public static func intervals(
        _ values: [Double], effects: [(name: String, levels: [String])], method: Method = .ml,
        confidence: Double = 0.95
    ) throws(AnalysisError) -> Intervals {
        try requireProbability(confidence, "the confidence")
        let fit = try LikelihoodVariance(values, effects: effects, method: method)
        let summary = try Summary(values)
        let system = System(values.map { $0 - summary.mean }, effects.map { numbered($0.levels) })
        let limit =
            fit.criterion + (try ChiSquared(degreesOfFreedom: 1).quantile(confidence))
        let profile = Profile(system: system, method: method)
        let sigma = (fit.components.last?.variance ?? 1).squareRoot()
        let ratios = fit.components.dropLast().map { $0.standardDeviation / sigma }
        var deviations: [Interval] = []
        for (index, component) in fit.components.enumerated() {
            let estimate = component.standardDeviation
            func excess(_ value: Double) -> Double {
                (index < effects.count
                    ? profile.effect(index, value, ratios, sigma)
                    : profile.error(value, ratios)) - limit
            }
            let upper = end(from: estimate, step: max(estimate, 0.1 * sigma), excess)
            let atZero = index < effects.count ? excess(0) : .infinity
            let lower = atZero <= 0 ? 0 : root(0, estimate, excess)
            deviations.append(Interval(lower, upper))
        }
        guard method == .ml else {
            return Intervals(
                deviations: deviations, mean: nil, method: method, confidence: confidence)
        }
        let centre = fit.mean - summary.mean
        func excess(_ mean: Double) -> Double { profile.mean(mean, ratios) - limit }
        let scale = max(sigma, summary.standardDeviation ?? sigma)
        let mean = Interval(
            end(from: centre, step: -scale, excess).map { $0 + summary.mean },
            end(from: centre, step: scale, excess).map { $0 + summary.mean })
        return Intervals(
            deviations: deviations, mean: mean, method: method, confidence: confidence)
    }

    /// Where `excess` turns positive beyond `start`, in the direction of `step`; nil when it does
    /// not within a million steps.
    private static func end(
        from start: Double, step: Double, _ excess: (Double) -> Double
    ) -> Double? {
        var (inside, reach) = (start, step)
        for _ in 0..<20 {
            let outside = start + reach
            if excess(outside) > 0 { return root(outside, inside, excess) }
            inside = outside
            reach *= 2
        }
        return nil
    }

    /// The zero between a value where `excess` is positive and one where it is not.
    private static func root(
        _ positive: Double, _ negative: Double, _ excess: (Double) -> Double
    ) -> Double {
        var (outside, inside) = (positive, negative)
        for _ in 0..<60 {
            let middle = 0.5 * (outside + inside)
            if abs(outside - inside) <= 1e-9 * (abs(outside) + abs(inside)) { break }
            if excess(middle) > 0 { outside = middle } else { inside = middle }
        }
        return 0.5 * (outside + inside)
    }

    /// Minus twice the log likelihood with one parameter held and the others at their best.
    private struct Profile {
        let system: System
        let method: Method

        private func criterion(_ parts: System.Parts, _ variance: Double, _ extra: Double) -> Double
        {
            let df = method == .reml ? system.count - 1 : system.count
            var value =
                parts.logDeterminant + df * log(2 * Double.pi * variance)
                + (parts.squares + extra) / variance
            if method == .reml { value += log(parts.weight) }
            return value
        }

        /// The standard deviation of an effect held: searched over ln of that of the error and
        /// the ratios of the other effects.
        func effect(_ index: Int, _ value: Double, _ ratios: [Double], _ sigma: Double) -> Double {
            let others = ratios.indices.filter { $0 != index }
            let start = [log(sigma)] + others.map { max(0.05, ratios[$0]) }
            return least(from: start) { point in
                let sigma = exp(point[0])
                var all = ratios
                all[index] = value / sigma
                for (place, other) in others.enumerated() { all[other] = point[place + 1] }
                guard sigma > 0, sigma.isFinite, let parts = system.parts(all) else {
                    return .infinity
                }
                return criterion(parts, sigma * sigma, 0)
            }
        }

        /// The standard deviation of the error held.
        func error(_ value: Double, _ ratios: [Double]) -> Double {
            least(from: ratios.map { max(0.05, $0) }) { point in
                guard value > 0, let parts = system.parts(point) else { return .infinity }
                return criterion(parts, value * value, 0)
            }
        }

        /// The mean held.
        func mean(_ value: Double, _ ratios: [Double]) -> Double {
            least(from: ratios.map { max(0.05, $0) }) { point in
                guard let parts = system.parts(point) else { return .infinity }
                let away = value - parts.mean
                let extra = parts.weight * away * away
                return criterion(parts, (parts.squares + extra) / system.count, extra)
            }
        }

        private func least(from start: [Double], _ function: ([Double]) -> Double) -> Double {
            let first = NelderMead(evaluationLimit: 600).minimise(from: start, function)
            return NelderMead(step: 0.1, evaluationLimit: 600)
                .minimise(from: first.point, function).value
        }
    }
}
