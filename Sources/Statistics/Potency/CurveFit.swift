import Foundation

/// An estimate with its standard error and confidence interval.
public struct Estimate: Hashable, Sendable {
    /// The estimate.
    public let value: Double
    /// Its standard error.
    public let standardError: Double
    /// Its confidence interval.
    public let interval: Interval
}

/// The information that standard errors rest on; peers differ here.
public enum InformationConvention: String, Hashable, Sendable, CaseIterable {
    /// J'J, as `nls` of R and scipy.
    case expected
    /// J'J plus the curvature of the model at the residuals, as `drc` of R.
    case observed
}

/// How much each response counts.
public enum ResponseWeighting: Hashable, Sendable {
    /// By the weights given with the observations, 1 unless stated.
    case equal
    /// Variance proportional to a power of the fitted mean, so that a single outlying well cannot
    /// set its own weight; the weights are found by iteration.
    case powerOfMean(exponent: Double)
}

/// A sigmoid curve fitted to the responses of one preparation.
public struct CurveFit: Hashable, Sendable {
    /// The family.
    public let family: CurveFamily
    /// Values of all parameters, fixed ones included.
    public let parameters: [CurveParameter: Double]
    /// The parameters that were held.
    public let fixed: Set<CurveParameter>
    /// Residual sum of squares over all responses (weighted, when weights were asked for).
    public let residualSumOfSquares: Double
    /// Responses minus free parameters.
    public let degreesOfFreedom: Int
    /// Confidence of the intervals.
    public let confidence: Double
    /// Covariance of the free parameters in the order of the family; nil when the data do not
    /// determine them.
    let covariance: Matrix?
    /// Why slope and location cannot be relied on; empty when they can.
    public let doubts: [Inconclusive]

    /// Residual standard deviation.
    public var residualStandardDeviation: Double {
        (residualSumOfSquares / Double(degreesOfFreedom)).squareRoot()
    }

    /// Fits `observations`, all of one preparation.
    /// - Parameter fixed: values to hold some parameters at.
    /// - Throws: for fewer distinct doses than free parameters, constant responses, or values
    ///   that are not finite.
    public init(
        _ observations: [AssayObservation], family: CurveFamily = .fourParameter,
        fixed: [CurveParameter: Double] = [:], transform: ResponseTransform = .none,
        weighting: ResponseWeighting = .equal,
        information: InformationConvention = .expected, confidence: Double = 0.95
    ) throws(AnalysisError) {
        let name = observations.first?.preparation ?? ""
        let groups = try DoseGroup.groups(
            observations, preparations: [name], transform: transform)
        try self.init(
            groups: groups, family: family, fixed: fixed, weighting: weighting,
            information: information, confidence: confidence)
    }

    init(
        groups: [DoseGroup], family: CurveFamily, fixed: [CurveParameter: Double],
        weighting: ResponseWeighting, information: InformationConvention, confidence: Double
    ) throws(AnalysisError) {
        try requireProbability(confidence, "the confidence")
        let free = family.parameters.filter { fixed[$0] == nil }
        let doses = Set(groups.map(\.lnDose)).count
        guard doses >= free.count else {
            throw .tooFew(what: "different doses", found: doses, needed: free.count)
        }
        let responses = groups.reduce(0) { $0 + $1.count }
        guard responses > free.count else {
            throw .tooFew(what: "responses", found: responses, needed: free.count + 1)
        }
        guard groups.contains(where: { $0.mean != groups[0].mean }) else {
            throw .constant(what: "the response")
        }
        var groups = groups
        var (problem, solution) = try CurveFit.solve(groups, family, free, fixed, nil)
        if case .powerOfMean(let exponent) = weighting {
            for _ in 0..<30 {
                let fitted = problem.fitted(at: solution.parameters)
                try reweight(&groups, fitted, exponent)
                let last = solution.parameters
                (problem, solution) = try CurveFit.solve(groups, family, free, fixed, last)
                let change = zip(last, solution.parameters).map { abs($0 - $1) / (abs($1) + 1e-9) }
                if (change.max() ?? 0) < 1e-9 { break }
            }
        }
        self.family = family
        self.fixed = Set(fixed.keys)
        self.confidence = confidence
        var parameters = fixed
        for (index, parameter) in free.enumerated() {
            parameters[parameter] = solution.parameters[index]
        }
        self.parameters = parameters
        let within = groups.reduce(0) { $0 + $1.weight * $1.squaresWithin }
        residualSumOfSquares = solution.sumOfSquares + within
        degreesOfFreedom = responses - free.count
        let variance = residualSumOfSquares / Double(degreesOfFreedom)
        let inverse =
            information == .expected
            ? problem.inverseInformation(at: solution.parameters)
            : problem.inverseObservedInformation(at: solution.parameters)
        covariance = inverse.map { inverse in
            var scaled = inverse
            for index in scaled.elements.indices { scaled.elements[index] *= variance }
            return scaled
        }
        doubts = CurveFit.doubts(
            groups, parameters, fixed, converged: solution.converged && covariance != nil)
    }

    /// Fits from the best start of a coarse grid, and from many when that leads nowhere sound.
    static func solve(
        _ groups: [DoseGroup], _ family: CurveFamily, _ free: [CurveParameter],
        _ fixed: [CurveParameter: Double], _ start: [Double]?
    ) throws(AnalysisError) -> (CurveProblem, LevenbergMarquardt.Solution) {
        let constants = family.parameters.filter { fixed[$0] != nil }
        func place(_ parameter: CurveParameter) -> Int {
            if let index = free.firstIndex(of: parameter) { return index }
            if let index = constants.firstIndex(of: parameter) { return free.count + index }
            return -1
        }
        let source = CurveProblem.Source(
            zeroDose: place(.zeroDose), infiniteDose: place(.infiniteDose), slope: place(.slope),
            location: place(.location), asymmetry: place(.asymmetry))
        let problem = CurveProblem(
            groups, sources: [source], free: free.count, fixed: constants.map { fixed[$0] ?? 0 })
        // A step below 1e-10 of the parameters is far inside their standard errors.
        let search = LevenbergMarquardt(
            functionTolerance: 1e-14, stepTolerance: 1e-10, evaluationLimit: 400)
        if let start { return (problem, search.minimise(problem, from: start)) }
        func attempts(fine: Bool, limit: Int) -> LevenbergMarquardt.Solution? {
            var best: LevenbergMarquardt.Solution?
            for candidate in CurveStart.candidates(
                groups, fixedZeroDose: fixed[.zeroDose], fixedInfiniteDose: fixed[.infiniteDose],
                fine: fine, limit: limit)
            {
                var full = candidate
                if family == .fiveParameter { full.append(0) }
                let values = free.map { full[$0.index] }
                let solution = search.minimise(problem, from: values)
                guard solution.sumOfSquares.isFinite else { continue }
                if solution.sumOfSquares < best?.sumOfSquares ?? .infinity { best = solution }
            }
            return best
        }
        let first = attempts(fine: false, limit: 1)
        if let first, first.converged, isInside(groups, free, first.parameters) {
            return (problem, first)
        }
        let second = attempts(fine: true, limit: 12)
        guard
            let best = [first, second].compactMap({ $0 }).min(by: {
                $0.sumOfSquares < $1.sumOfSquares
            })
        else { throw .notConverged(what: "the \(family.rawValue) curve") }
        return (problem, best)
    }

    /// Whether location and slope lie where the doses can show them.
    private static func isInside(
        _ groups: [DoseGroup], _ free: [CurveParameter], _ values: [Double]
    ) -> Bool {
        let doses = groups.map(\.lnDose).filter { $0 > -.infinity }
        guard let low = doses.min(), let high = doses.max() else { return false }
        for (parameter, value) in zip(free, values) {
            if parameter == .location, value < low || value > high { return false }
            if parameter == .slope, value * (high - low) > 60 { return false }
        }
        return true
    }

    /// What cannot be relied on: a transition outside or at the edge of the doses, or narrower
    /// than the distance between them.
    private static func doubts(
        _ groups: [DoseGroup], _ parameters: [CurveParameter: Double],
        _ fixed: [CurveParameter: Double], converged: Bool
    ) -> [Inconclusive] {
        var doubts: [Inconclusive] = []
        guard converged else {
            return [
                Inconclusive(
                    .notIdentifiable,
                    "the data do not determine all parameters of the curve")
            ]
        }
        guard let half = lnEffectiveDose(0.5, parameters), let slope = parameters[.slope] else {
            return doubts
        }
        let doses = Set(groups.map(\.lnDose)).sorted()
        // A known asymptote needs no dose to show it.
        let below = doses.filter { $0 < half }.count + (fixed[.zeroDose] == nil ? 0 : 2)
        let above = doses.filter { $0 > half }.count + (fixed[.infiniteDose] == nil ? 0 : 2)
        if below < 2 || above < 2 {
            let side = below < 2 ? "below" : "above"
            doubts.append(
                Inconclusive(
                    .notIdentifiable,
                    "the half-maximal dose \(shortened(exp(half))) lies at the edge of the doses:"
                        + " fewer than 2 doses \(side) it"))
        }
        // Between 10 % and 90 % the logistic spans 2 ln 9 / b.
        let width = 2 * log(9) / slope
        if let low = doses.first(where: { $0 > -.infinity }), let high = doses.last,
            high - low < width, fixed[.zeroDose] == nil || fixed[.infiniteDose] == nil
        {
            doubts.append(
                Inconclusive(
                    .notIdentifiable,
                    "the doses span less than the rise from 10 % to 90 % of the curve: the"
                        + " asymptotes are extrapolated"))
        }
        let inner = doses.filter { abs($0 - half) <= width }.count
        if inner == 0 {
            doubts.append(
                Inconclusive(
                    .notIdentifiable,
                    "no dose lies on the steep part of the curve: the slope is not determined"))
        }
        return doubts
    }

    /// The standard error of a free parameter; nil when it was held or is not determined.
    public func standardError(_ parameter: CurveParameter) -> Double? {
        let free = family.parameters.filter { !fixed.contains($0) }
        guard let covariance, let index = free.firstIndex(of: parameter) else { return nil }
        return covariance[index, index].squareRoot()
    }

    /// The dose at which the response has gone `fraction` of the way from the zero-dose to the
    /// infinite-dose asymptote, with the symmetric interval of the delta method.
    public func effectiveDose(
        _ fraction: Double
    ) throws(AnalysisError) -> Result<Estimate, Inconclusive> {
        try requireProbability(fraction, "the fraction of the effect")
        if let doubt = doubts.first { return .failure(doubt) }
        guard let logarithm = CurveFit.lnEffectiveDose(fraction, parameters), let covariance,
            let slope = parameters[.slope]
        else {
            return .failure(
                Inconclusive(.notIdentifiable, "the data do not determine the effective dose"))
        }
        // ln ED = c - ln(p^(-1/G) - 1) / b
        let g = parameters[.asymmetry].map { exp($0) } ?? 1
        let root = pow(fraction, -1 / g)
        let gradients: [CurveParameter: Double] = [
            .location: 1, .slope: log(root - 1) / (slope * slope),
            .asymmetry: root * log(root) / ((root - 1) * slope),
        ]
        let free = family.parameters.filter { !fixed.contains($0) }
        let gradient = free.map { gradients[$0] ?? 0 }
        let dose = exp(logarithm)
        let error = dose * covariance.quadraticForm(gradient).squareRoot()
        let critical = try StudentT(degreesOfFreedom: Double(degreesOfFreedom))
            .quantile(0.5 + confidence / 2)
        return .success(
            Estimate(
                value: dose, standardError: error,
                interval: Interval(dose - critical * error, dose + critical * error)))
    }

    static func lnEffectiveDose(
        _ fraction: Double, _ parameters: [CurveParameter: Double]
    ) -> Double? {
        guard let location = parameters[.location], let slope = parameters[.slope], slope > 0
        else { return nil }
        let g = parameters[.asymmetry].map { exp($0) } ?? 1
        return location - log(pow(fraction, -1 / g) - 1) / slope
    }
}

/// Sets weights to the inverse of |mean|^exponent, scaled to an average of 1.
func reweight(
    _ groups: inout [DoseGroup], _ fitted: [Double], _ exponent: Double
) throws(AnalysisError) {
    guard fitted.allSatisfy({ $0.isFinite && $0 > 0 }) else {
        throw .outOfRange(
            what: "a fitted response", value: fitted.min() ?? 0,
            limits: "more than 0 for a variance that follows a power of the mean")
    }
    let raw = fitted.map { pow($0, -exponent) }
    let total = zip(raw, groups).reduce(0) { $0 + $1.0 * Double($1.1.count) }
    let count = groups.reduce(0) { $0 + $1.count }
    for index in groups.indices { groups[index].weight = raw[index] * Double(count) / total }
}
