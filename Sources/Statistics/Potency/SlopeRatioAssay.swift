/// A slope-ratio assay: straight lines on the dose itself that meet at dose 0.
///
/// European Pharmacopoeia 5.3, section 3.3. The response is y = intercept + slope_i x dose; the
/// potency of a sample is the ratio of its slope to that of the standard, with Fieller limits.
public struct SlopeRatioAssay: Hashable, Sendable {
    /// The variance the limits rest on.
    public enum ErrorTerm: String, Hashable, Sendable, CaseIterable {
        /// The residual of the common-intercept regression.
        case regression
        /// The variation between replicates of the same dose.
        case pureError = "pure-error"
    }

    /// Common intercept.
    public let intercept: Double
    /// Slope of each preparation.
    public let slopes: [String: Double]
    /// The samples, in order of appearance.
    public let samples: [String]
    /// Residual sum of squares of the common-intercept regression.
    public let residualSumOfSquares: Double
    /// Degrees of freedom of `residualSumOfSquares`.
    public let residualDegreesOfFreedom: Int
    /// Sum of squares between replicates.
    public let pureErrorSumOfSquares: Double
    /// Degrees of freedom of `pureErrorSumOfSquares`.
    public let pureErrorDegreesOfFreedom: Int
    /// Departure of the treatment means from the common-intercept lines, against pure error.
    public let nonLinearity: VarianceLine
    /// Separate intercepts against the common one, blanks apart; nil when it cannot be fitted.
    public let intersection: VarianceLine?
    /// The blanks against the intersection of the lines; nil without blanks.
    public let blanks: VarianceLine?
    /// g of Fieller's theorem: the share of the slope that is noise.
    public let g: Double
    /// The ratio of each sample, or why it is withheld; here `lnRatio` is the logarithm of the
    /// ratio of slopes.
    public let potencies: [String: Result<SlopeRatio, Inconclusive>]

    /// A ratio of slopes with its Fieller limits.
    public struct SlopeRatio: Hashable, Sendable {
        /// Slope of the sample over slope of the standard.
        public let ratio: Double
        /// Confidence interval of the ratio.
        public let interval: Interval
    }

    /// Analyses an assay.
    /// - Parameters:
    ///   - alpha: the significance level of linearity and intersection; nil: not judged.
    public init(
        _ observations: [AssayObservation], standard: String,
        transform: ResponseTransform = .none, errorTerm: ErrorTerm = .pureError,
        confidence: Double = 0.95, alpha: Double? = 0.05
    ) throws(AnalysisError) {
        try requireProbability(confidence, "the confidence")
        let names = try orderedPreparations(observations, standard: standard)
        var y: [Double] = []
        for (index, observation) in observations.enumerated() {
            guard observation.dose.isFinite, observation.dose >= 0 else {
                throw .outOfRange(
                    what: "dose \(index + 1)", value: observation.dose, limits: "at least 0")
            }
            y.append(try transform.apply(observation.response, position: index + 1))
        }
        guard y.contains(where: { $0 != y[0] }) else { throw .constant(what: "the response") }
        let ones = [Double](repeating: 1, count: y.count)
        let doses = names.map { name in
            observations.map { $0.preparation == name ? $0.dose : 0 }
        }
        for (name, column) in zip(names, doses) where Set(column).subtracting([0]).isEmpty {
            throw .tooFew(what: "positive doses of '\(name)'", found: 0, needed: 1)
        }
        let fit = try LinearFit(
            design: Matrix(columns: [ones] + doses), response: y, terms: ["intercept"] + names)
        intercept = fit.coefficients[0]
        var slopes: [String: Double] = [:]
        for (index, name) in names.enumerated() { slopes[name] = fit.coefficients[index + 1] }
        self.slopes = slopes
        samples = Array(names.dropFirst())
        residualSumOfSquares = fit.residualSumOfSquares
        residualDegreesOfFreedom = fit.degreesOfFreedom
        // A dose of zero is the same treatment for every preparation.
        let treatments = numbered(
            observations.map { $0.dose == 0 ? "blank" : "\($0.preparation)|\($0.dose)" })
        let pure = try pureError(y, treatments)
        pureErrorSumOfSquares = pure.sumOfSquares
        pureErrorDegreesOfFreedom = pure.degreesOfFreedom
        nonLinearity = try VarianceLine(
            "non-linearity", fit.degreesOfFreedom - pure.degreesOfFreedom,
            max(0, fit.residualSumOfSquares - pure.sumOfSquares), error: pure.sumOfSquares,
            errorDegreesOfFreedom: pure.degreesOfFreedom)
        let tests = try SlopeRatioAssay.intercepts(observations, names, y, pure)
        intersection = tests.intersection
        blanks = tests.blanks
        let errorDF = errorTerm == .regression ? fit.degreesOfFreedom : pure.degreesOfFreedom
        let errorSquares =
            errorTerm == .regression ? fit.residualSumOfSquares : pure.sumOfSquares
        guard errorDF > 0 else {
            throw .tooFew(what: "replicates", found: y.count, needed: y.count + 1)
        }
        let variance = errorSquares / Double(errorDF)
        let critical = try StudentT(degreesOfFreedom: Double(errorDF))
            .quantile(0.5 + confidence / 2)
        let v = fit.inverseCrossProduct
        let slope = fit.coefficients[1]
        g = critical * critical * variance * v[1, 1] / (slope * slope)
        var failure: Inconclusive?
        if let alpha {
            if let p = nonLinearity.p, p < alpha {
                failure = Inconclusive(
                    .notLinear, "the response is not a straight line on dose (p = \(shortened(p)))")
            } else if let p = intersection?.p, p < alpha {
                failure = Inconclusive(
                    .notParallel, "the lines do not meet at dose 0 (p = \(shortened(p)))")
            }
        }
        var potencies: [String: Result<SlopeRatio, Inconclusive>] = [:]
        for (index, name) in names.enumerated().dropFirst() {
            let own = index + 1
            let set = FiellerSet.ratio(
                numerator: fit.coefficients[own], denominator: slope,
                numeratorVariance: variance * v[own, own],
                denominatorVariance: variance * v[1, 1], covariance: variance * v[own, 1],
                critical: critical)
            potencies[name] =
                failure.map { .failure($0) }
                ?? set.bounded("the potency of '\(name)'").map {
                    SlopeRatio(ratio: fit.coefficients[own] / slope, interval: $0)
                }
        }
        self.potencies = potencies
    }

    /// Separate intercepts against a common one, over the observations with a positive dose, and
    /// the blanks against the common intercept of the lines.
    private static func intercepts(
        _ observations: [AssayObservation], _ names: [String], _ y: [Double],
        _ pure: (sumOfSquares: Double, degreesOfFreedom: Int)
    ) throws(AnalysisError) -> (intersection: VarianceLine?, blanks: VarianceLine?) {
        let dosed = observations.indices.filter { observations[$0].dose > 0 }
        let response = dosed.map { y[$0] }
        let indicator = names.map { name in
            dosed.map { observations[$0].preparation == name ? 1.0 : 0 }
        }
        let doses = names.map { name in
            dosed.map { observations[$0].preparation == name ? observations[$0].dose : 0 }
        }
        let ones = [Double](repeating: 1, count: dosed.count)
        let separate: LinearFit
        do {
            separate = try LinearFit(
                design: Matrix(columns: indicator + doses), response: response)
        } catch {
            return (nil, nil)
        }
        let common = try LinearFit(design: Matrix(columns: [ones] + doses), response: response)
        let intersection = try VarianceLine(
            "intersection", names.count - 1,
            max(0, common.residualSumOfSquares - separate.residualSumOfSquares),
            error: separate.residualSumOfSquares,
            errorDegreesOfFreedom: separate.degreesOfFreedom)
        guard dosed.count < observations.count else { return (intersection, nil) }
        let allOnes = [Double](repeating: 1, count: y.count)
        let allDoses = names.map { name in
            observations.map { $0.preparation == name ? $0.dose : 0 }
        }
        let blank = observations.map { $0.dose == 0 ? 1.0 : 0 }
        let together = try LinearFit(design: Matrix(columns: [allOnes] + allDoses), response: y)
        let apart = try LinearFit(
            design: Matrix(columns: [allOnes] + allDoses + [blank]), response: y)
        let blanks = try VarianceLine(
            "blanks", 1, max(0, together.residualSumOfSquares - apart.residualSumOfSquares),
            error: pure.sumOfSquares, errorDegreesOfFreedom: pure.degreesOfFreedom)
        return (intersection, blanks)
    }
}

/// The sum of squares between replicates of the same treatment.
func pureError(
    _ y: [Double], _ treatments: [Int]
) throws(AnalysisError) -> (sumOfSquares: Double, degreesOfFreedom: Int) {
    var groups = [[Double]](repeating: [], count: (treatments.max() ?? 0) + 1)
    for (value, treatment) in zip(y, treatments) { groups[treatment].append(value) }
    var squares = 0.0
    for group in groups { squares += (try Summary(group)).sumOfSquares }
    return (squares, y.count - groups.count)
}
