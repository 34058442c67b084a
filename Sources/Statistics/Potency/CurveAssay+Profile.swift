import Foundation

extension CurveAssay {
    /// The common model: shared curve parameters, then ln of the potency of each sample.
    struct Model: Sendable {
        let groups: [DoseGroup]
        let family: CurveFamily
        let preparations: Int
        let problem: CurveProblem

        init(_ groups: [DoseGroup], _ family: CurveFamily, preparations: Int) {
            self.groups = groups
            self.family = family
            self.preparations = preparations
            let count = family.parameters.count
            problem = CurveProblem(
                groups,
                sources: (0..<preparations).map {
                    Model.source(family, shift: $0 == 0 ? -1 : count + $0 - 1)
                }, free: count + preparations - 1)
        }

        private static func source(_ family: CurveFamily, shift: Int) -> CurveProblem.Source {
            CurveProblem.Source(
                zeroDose: 0, infiniteDose: 1, slope: 2, location: 3,
                asymmetry: family == .fiveParameter ? 4 : -1, shift: shift)
        }

        /// The model with the potency of one sample held.
        func problem(holding sample: Int, at lnRatio: Double) -> CurveProblem {
            let count = family.parameters.count
            let free = count + preparations - 2
            let sources = (0..<preparations).map { index -> CurveProblem.Source in
                if index == 0 { return Model.source(family, shift: -1) }
                if index == sample { return Model.source(family, shift: free) }
                return Model.source(family, shift: count + index - 1 - (index > sample ? 1 : 0))
            }
            return CurveProblem(groups, sources: sources, free: free, fixed: [lnRatio])
        }

        /// Averages of the separate curves, and the distances between their locations.
        func start(_ separate: [Separate]) -> [Double] {
            let first = separate[0].solution.parameters
            var start = first
            for index in [0, 1] {
                start[index] =
                    separate.reduce(0) { $0 + $1.solution.parameters[index] }
                    / Double(separate.count)
            }
            return start + separate.dropFirst().map { first[3] - $0.solution.parameters[3] }
        }

        /// The least squares from `start`, and from a grid where that settles nowhere or where
        /// it is `judgedBy` to be poor: separate curves whose asymptotes no dose shows have an
        /// average that leads into a side valley.
        func fit(
            from start: [Double],
            judgedBy isPoor: (LevenbergMarquardt.Solution) -> Bool = { _ in false }
        ) throws(AnalysisError) -> LevenbergMarquardt.Solution {
            let search = LevenbergMarquardt(
                functionTolerance: 1e-14, stepTolerance: 1e-10, evaluationLimit: 400)
            let first = search.minimise(problem, from: start)
            if first.converged, !isPoor(first) { return first }
            let shifts = shiftsOfLines()
            var aligned = groups
            for index in aligned.indices where aligned[index].preparation > 0 {
                aligned[index].lnDose += shifts[aligned[index].preparation - 1]
            }
            var best = first
            for candidate in CurveStart.candidates(
                aligned, fixedZeroDose: nil, fixedInfiniteDose: nil, fine: true, limit: 8)
            {
                var values = candidate
                if family == .fiveParameter { values.append(0) }
                values += shifts
                let next = search.minimise(problem, from: values)
                if next.converged, !best.converged || next.sumOfSquares < best.sumOfSquares {
                    best = next
                }
            }
            guard best.sumOfSquares.isFinite else {
                throw .notConverged(what: "the common \(family.rawValue) curve")
            }
            return best
        }

        /// ln of the potency of each sample by parallel straight lines on ln dose, which need no
        /// start of their own; 0 where the lines are level.
        private func shiftsOfLines() -> [Double] {
            var sums = [(w: Double, x: Double, y: Double)](
                repeating: (0, 0, 0), count: preparations)
            let shown = groups.filter { $0.lnDose > -.infinity }
            for group in shown {
                let weight = Double(group.count) * group.weight
                sums[group.preparation].w += weight
                sums[group.preparation].x += weight * group.lnDose
                sums[group.preparation].y += weight * group.mean
            }
            let means = sums.map { (x: $0.x / $0.w, y: $0.y / $0.w) }
            var (sxx, sxy) = (0.0, 0.0)
            for group in shown {
                let weight = Double(group.count) * group.weight
                let x = group.lnDose - means[group.preparation].x
                sxx += weight * x * x
                sxy += weight * x * (group.mean - means[group.preparation].y)
            }
            let slope = sxy / sxx
            return means.dropFirst().map { mean in
                let shift = (mean.y - means[0].y) / slope - (mean.x - means[0].x)
                return shift.isFinite ? shift : 0
            }
        }
    }

    /// How far from the estimate, in standard errors, an end of the profile is looked for.
    private static let profileReach = 64.0

    /// The relative potency of a sample with its profile interval: the ratios r with
    /// sqrt((RSS(r) - RSS) / s^2) at most the t quantile. An end that is not met is unbounded.
    /// - Throws: for an unknown sample.
    public func profile(
        of sample: String
    ) throws(AnalysisError) -> Result<RelativePotency, Inconclusive> {
        guard let number = samples.firstIndex(of: sample), let wald = potencies[sample] else {
            throw .unknown(what: "sample", name: sample, known: samples)
        }
        guard case .success(let estimate) = wald, let error = estimate.standardError else {
            return wald
        }
        let critical = try StudentT(degreesOfFreedom: Double(commonDegreesOfFreedom))
            .quantile(0.5 + confidence / 2)
        let variance = commonResidualSumOfSquares / Double(commonDegreesOfFreedom)
        let count = family.parameters.count
        let search = LevenbergMarquardt(
            functionTolerance: 1e-13, stepTolerance: 1e-9, evaluationLimit: 200)
        let free = Array(solution.parameters.indices).filter { $0 != count + number }
        func end(_ sign: Double) -> Double? {
            var start = free.map { solution.parameters[$0] }
            var held = model.problem(holding: number + 1, at: estimate.lnRatio)
            func excess(_ lnRatio: Double) -> Double {
                held.fixed[0] = lnRatio
                let fit = search.minimise(held, from: start)
                start = fit.parameters
                let rise = max(0, fit.sumOfSquares - solution.sumOfSquares)
                return (rise / variance).squareRoot() - critical
            }
            return CurveAssay.root(excess, from: estimate.lnRatio, critical, sign * error)
        }
        let interval = Interval(end(-1), end(1))
        guard interval.lower != nil || interval.upper != nil else {
            return .failure(
                Inconclusive(
                    .unboundedInterval,
                    "the profile of the potency of '\(sample)' is open on both sides"))
        }
        return .success(
            RelativePotency(
                lnRatio: estimate.lnRatio, standardError: error, lnInterval: interval,
                method: .profile, confidence: confidence,
                multiplier: multipliers[sample] ?? 1))
    }

    /// Where `excess`, which is `-critical` at `centre`, becomes 0 in the direction of `unit`.
    private static func root(
        _ excess: (Double) -> Double, from centre: Double, _ critical: Double, _ unit: Double
    ) -> Double? {
        var inner = centre
        var innerValue = -critical
        var reach = critical
        var outer = centre + reach * unit
        var outerValue = excess(outer)
        while outerValue < 0 {
            guard reach < profileReach, outerValue.isFinite else { return nil }
            inner = outer
            innerValue = outerValue
            reach *= 1.5
            outer = centre + reach * unit
            outerValue = excess(outer)
        }
        // The root of the rise is nearly linear, so a bracketed secant (Illinois) settles fast.
        var side = 0
        for _ in 0..<40 {
            let next = (inner * outerValue - outer * innerValue) / (outerValue - innerValue)
            let value = excess(next)
            if abs(value) < 1e-10 || abs(outer - inner) < 1e-12 * (1 + abs(centre)) { return next }
            if value < 0 {
                inner = next
                innerValue = value
                if side == -1 { outerValue /= 2 }
                side = -1
            } else {
                outer = next
                outerValue = value
                if side == 1 { innerValue /= 2 }
                side = 1
            }
        }
        return (inner * outerValue - outer * innerValue) / (outerValue - innerValue)
    }
}
