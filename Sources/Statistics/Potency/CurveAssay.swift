import Foundation

/// A relative-potency assay with sigmoid curves, fitted directly in ln of the relative potency.
///
/// The common model gives all preparations the same asymptotes, slope and asymmetry, and shifts
/// the curve of a sample by ln of its potency; the separate model gives each its own curve. The
/// shift, not the ratio of EC50s, is the potency (USP <1032>, <1034>).
public struct CurveAssay: Sendable {
    /// The family of the curves.
    public let family: CurveFamily
    /// The samples, in order of appearance.
    public let samples: [String]
    /// Parameters of the common model; `location` is that of the standard.
    public let commonParameters: [CurveParameter: Double]
    /// Residual sum of squares of the common model.
    public let commonResidualSumOfSquares: Double
    /// Degrees of freedom of the common model.
    public let commonDegreesOfFreedom: Int
    /// Parameters of each preparation fitted on its own.
    public let separateParameters: [String: [CurveParameter: Double]]
    /// Residual sum of squares of the separate curves.
    public let separateResidualSumOfSquares: Double
    /// Degrees of freedom of the separate curves.
    public let separateDegreesOfFreedom: Int
    /// Separate against common curves.
    public let parallelism: VarianceLine
    /// Lack of fit of the separate curves against replicates; nil without replicates.
    public let lackOfFit: VarianceLine?
    /// Measures of parallelism of each sample against the standard.
    public let measures: [String: [ParallelismMeasure]]
    /// The relative potency of each sample with the Wald interval, or why it is withheld.
    public let potencies: [String: Result<RelativePotency, Inconclusive>]

    let model: Model
    let solution: LevenbergMarquardt.Solution
    let confidence: Double
    let multipliers: [String: Double]

    /// Residual standard deviation of the common model.
    public var residualStandardDeviation: Double {
        (commonResidualSumOfSquares / Double(commonDegreesOfFreedom)).squareRoot()
    }

    /// Analyses an assay.
    /// - Parameters:
    ///   - multipliers: what a ratio of 1 stands for, by sample; 1 where absent.
    ///   - criterion: how parallelism is judged before a potency is given.
    ///   - equivalenceConfidence: confidence of the intervals of the measures.
    public init(
        _ observations: [AssayObservation], standard: String,
        family: CurveFamily = .fourParameter, transform: ResponseTransform = .none,
        weighting: ResponseWeighting = .equal, confidence: Double = 0.95,
        equivalenceConfidence: Double = 0.9, multipliers: [String: Double] = [:],
        criterion: ParallelismCriterion = .differenceTest(alpha: 0.05)
    ) throws(AnalysisError) {
        try requireProbability(confidence, "the confidence")
        try requireProbability(equivalenceConfidence, "the confidence of equivalence")
        let names = try orderedPreparations(observations, standard: standard)
        var groups = try DoseGroup.groups(
            observations, preparations: names, transform: transform)
        var separate = try CurveAssay.separate(groups, names, family)
        var model = Model(groups, family, preparations: names.count)
        var solution = try model.fit(
            from: model.start(separate),
            judgedBy: { CurveAssay.fitsMuchWorse($0, than: separate, groups, family) })
        if case .powerOfMean(let exponent) = weighting {
            for _ in 0..<30 {
                let fitted = model.problem.fitted(at: solution.parameters)
                try reweight(&groups, fitted, exponent)
                let last = solution.parameters
                model = Model(groups, family, preparations: names.count)
                solution = try model.fit(from: last)
                let change = zip(last, solution.parameters).map { abs($0 - $1) / (abs($1) + 1e-9) }
                if (change.max() ?? 0) < 1e-9 { break }
            }
            separate = try CurveAssay.separate(groups, names, family)
        }
        self.family = family
        self.model = model
        self.solution = solution
        self.confidence = confidence
        self.multipliers = multipliers
        samples = Array(names.dropFirst())
        let count = family.parameters.count
        let within = groups.reduce(0) { $0 + $1.weight * $1.squaresWithin }
        let responses = groups.reduce(0) { $0 + $1.count }
        var common: [CurveParameter: Double] = [:]
        for parameter in family.parameters {
            common[parameter] = solution.parameters[parameter.index]
        }
        commonParameters = common
        commonResidualSumOfSquares = solution.sumOfSquares + within
        commonDegreesOfFreedom = responses - count - (names.count - 1)
        separateDegreesOfFreedom = responses - count * names.count
        guard separateDegreesOfFreedom > 0 else {
            throw .tooFew(
                what: "responses", found: responses, needed: count * names.count + 1)
        }
        let separateBetween = separate.reduce(0) { $0 + $1.solution.sumOfSquares }
        separateResidualSumOfSquares = separateBetween + within
        separateParameters = Dictionary(
            uniqueKeysWithValues: zip(names, separate.map { $0.values(family) }))
        parallelism = try VarianceLine(
            "non-parallelism", commonDegreesOfFreedom - separateDegreesOfFreedom,
            max(0, commonResidualSumOfSquares - separateResidualSumOfSquares),
            error: separateResidualSumOfSquares, errorDegreesOfFreedom: separateDegreesOfFreedom)
        let replicates = responses - groups.count
        lackOfFit =
            replicates > 0 && groups.count > count * names.count
            ? try VarianceLine(
                "lack of fit", groups.count - count * names.count, separateBetween, error: within,
                errorDegreesOfFreedom: replicates) : nil
        measures = try CurveAssay.measures(
            separate, names, family,
            variance: separateResidualSumOfSquares / Double(separateDegreesOfFreedom),
            degreesOfFreedom: separateDegreesOfFreedom, confidence: equivalenceConfidence)
        let inverse = model.problem.inverseInformation(at: solution.parameters)
        let critical = try StudentT(degreesOfFreedom: Double(commonDegreesOfFreedom))
            .quantile(0.5 + confidence / 2)
        var potencies: [String: Result<RelativePotency, Inconclusive>] = [:]
        for (index, name) in names.enumerated().dropFirst() {
            if let failure = CurveAssay.failure(
                of: name, criterion, parallelism, measures[name] ?? [])
            {
                potencies[name] = .failure(failure)
                continue
            }
            let place = count + index - 1
            guard solution.converged, let inverse else {
                potencies[name] = .failure(
                    Inconclusive(
                        .notIdentifiable, "the data do not determine the potency of '\(name)'"))
                continue
            }
            let variance = commonResidualSumOfSquares / Double(commonDegreesOfFreedom)
            let error = (variance * inverse[place, place]).squareRoot()
            let estimate = solution.parameters[place]
            potencies[name] = .success(
                RelativePotency(
                    lnRatio: estimate, standardError: error,
                    lnInterval: Interval(estimate - critical * error, estimate + critical * error),
                    method: .wald, confidence: confidence, multiplier: multipliers[name] ?? 1))
        }
        self.potencies = potencies
    }

    /// The dose of the standard at half of the common curve's effect, when it lies outside the
    /// standard's own doses above 0: one end of the curve was then never seen.
    func halfEffectBeyondDoses(
        of observations: [AssayObservation], standard: String
    ) -> (dose: Double, doses: ClosedRange<Double>)? {
        let doses = observations.filter { $0.preparation == standard && $0.dose > 0 }.map(\.dose)
        guard let lowest = doses.min(), let highest = doses.max(),
            let slope = commonParameters[.slope], let location = commonParameters[.location]
        else { return nil }
        // (1 + exp(-b (x - c)))^-G = 1/2 at x = c - ln(2^(1/G) - 1) / b.
        let asymmetry = exp(commonParameters[.asymmetry] ?? 0)
        let dose = exp(location - log(pow(2, 1 / asymmetry) - 1) / slope)
        return (lowest...highest).contains(dose) ? nil : (dose, lowest...highest)
    }

    /// Why the potency of a sample is withheld, or nil.
    private static func failure(
        of name: String, _ criterion: ParallelismCriterion, _ line: VarianceLine,
        _ measures: [ParallelismMeasure]
    ) -> Inconclusive? {
        switch criterion {
        case .notJudged: return nil
        case .differenceTest(let alpha):
            guard let p = line.p, p < alpha else { return nil }
            return Inconclusive(
                .notParallel,
                "the curves are not parallel (p = \(shortened(p)), limit \(alpha)): no single"
                    + " potency describes '\(name)'")
        case .equivalence(let margins):
            for margin in margins {
                guard
                    let measure = measures.first(where: {
                        $0.quantity == margin.quantity && $0.comparison == margin.comparison
                    })
                else { continue }
                let outcome = EquivalenceOutcome(measure.interval, margin: margin.limits)
                guard outcome != .equivalent else { continue }
                return Inconclusive(
                    .notParallel,
                    "the \(margin.quantity.rawValue) of '\(name)' is not shown to be equivalent to"
                        + " that of the standard (\(outcome.rawValue)): the potency is withheld")
            }
            return nil
        }
    }
}

extension CurveAssay {
    /// Whether common curves leave so much more than separate ones that it has to be made sure
    /// that no better common curve exists, before the preparations are said not to be parallel.
    private static func fitsMuchWorse(
        _ common: LevenbergMarquardt.Solution, than separate: [Separate], _ groups: [DoseGroup],
        _ family: CurveFamily
    ) -> Bool {
        let count = family.parameters.count
        let between = separate.reduce(0) { $0 + $1.solution.sumOfSquares }
        let within = groups.reduce(0) { $0 + $1.weight * $1.squaresWithin }
        let responses = groups.reduce(0) { $0 + $1.count }
        let degrees = Double(responses - count * separate.count)
        let added = Double((count - 1) * (separate.count - 1))
        guard degrees > 0, added > 0 else { return false }
        // An F of 2 is the mark: a level of about 0.1 in assays of the usual size.
        return (common.sumOfSquares - between) / added > 2 * (between + within) / degrees
    }

    /// One preparation on its own.
    struct Separate {
        let problem: CurveProblem
        let solution: LevenbergMarquardt.Solution

        func values(_ family: CurveFamily) -> [CurveParameter: Double] {
            Dictionary(
                uniqueKeysWithValues: family.parameters.map {
                    ($0, solution.parameters[$0.index])
                })
        }

        /// A compared quantity and its variance, for a residual variance.
        func quantity(
            _ quantity: ParallelismMeasure.Quantity, _ variance: Double
        ) -> (value: Double, variance: Double) {
            guard let inverse = problem.inverseInformation(at: solution.parameters) else {
                return (.nan, .infinity)
            }
            let x = solution.parameters
            switch quantity {
            case .zeroDose: return (x[0], variance * inverse[0, 0])
            case .infiniteDose: return (x[1], variance * inverse[1, 1])
            case .slope: return (x[2], variance * inverse[2, 2])
            case .range:
                return (
                    x[1] - x[0], variance * (inverse[0, 0] + inverse[1, 1] - 2 * inverse[0, 1])
                )
            case .asymmetry:
                guard x.count > 4 else { return (1, 0) }
                let g = exp(x[4])
                return (g, variance * inverse[4, 4] * g * g)
            }
        }
    }

    private static func separate(
        _ groups: [DoseGroup], _ names: [String], _ family: CurveFamily
    ) throws(AnalysisError) -> [Separate] {
        var result: [Separate] = []
        for (index, name) in names.enumerated() {
            var own = groups.filter { $0.preparation == index }
            for place in own.indices { own[place].preparation = 0 }
            let needed = family.parameters.count
            let doses = Set(own.map(\.lnDose)).count
            guard doses >= needed else {
                throw .tooFew(
                    what: "different doses of '\(name)'", found: doses, needed: needed)
            }
            guard own.contains(where: { $0.mean != own[0].mean }) else {
                throw .constant(what: "the response of '\(name)'")
            }
            let (problem, solution) = try CurveFit.solve(
                own, family, family.parameters, [:], nil)
            result.append(Separate(problem: problem, solution: solution))
        }
        return result
    }

    private static func measures(
        _ separate: [Separate], _ names: [String], _ family: CurveFamily, variance: Double,
        degreesOfFreedom: Int, confidence: Double
    ) throws(AnalysisError) -> [String: [ParallelismMeasure]] {
        let critical = try StudentT(degreesOfFreedom: Double(degreesOfFreedom))
            .quantile(0.5 + confidence / 2)
        var measures: [String: [ParallelismMeasure]] = [:]
        for (index, name) in names.enumerated().dropFirst() {
            var own: [ParallelismMeasure] = []
            for quantity in ParallelismMeasure.Quantity.allCases {
                if quantity == .asymmetry, family == .fourParameter { continue }
                for comparison in ParallelismMeasure.Comparison.allCases {
                    own.append(
                        .compare(
                            quantity, comparison, sample: separate[index], standard: separate[0],
                            variance: variance, critical: critical))
                }
            }
            measures[name] = own
        }
        return measures
    }
}
