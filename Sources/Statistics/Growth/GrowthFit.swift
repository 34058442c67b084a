import Foundation

/// A growth curve fitted to counts over time.
public struct GrowthFit: Hashable, Sendable {
    /// The model.
    public let model: GrowthModel
    /// The parameters, in the order of the model.
    public let parameters: [Double]
    /// Their standard errors.
    public let standardErrors: [Double]
    /// Residual sum of squares, on the scale of the model.
    public let residualSumOfSquares: Double
    /// Residual degrees of freedom.
    public let degreesOfFreedom: Int
    /// Akaike's criterion with the correction for small samples; comparable between models of
    /// the same scale only. Infinite with too few counts.
    public let aicc: Double
    /// Maximum specific growth rate per unit of time; rates of different models must not be
    /// compared.
    public let rate: Result<Estimate, Inconclusive>

    /// Fits `model` to values at times.
    /// - Parameter values: counts, or log10 of counts for a logarithmic model.
    /// - Throws: for too few values, values that do not vary, or a fit that does not settle.
    public init(
        _ model: GrowthModel, times: [Double], values: [Double], confidence: Double = 0.95
    ) throws(AnalysisError) {
        try requireProbability(confidence, "the confidence")
        guard times.count == values.count else {
            throw .unequalLengths("times", times.count, "values", values.count)
        }
        try requireFinite(times, "time")
        try requireFinite(values, "value")
        let names = model.parameterNames
        guard times.count > names.count else {
            throw .tooFew(what: "counts", found: times.count, needed: names.count + 1)
        }
        let different = Set(times).count
        guard different >= names.count else {
            throw .tooFew(what: "different times", found: different, needed: names.count)
        }
        guard Set(values).count > 1 else { throw .constant(what: "the counts") }
        let problem = GrowthProblem(model: model, times: times, values: values)
        var best: LevenbergMarquardt.Solution?
        for start in model.starts(times, values) {
            let found = LevenbergMarquardt(evaluationLimit: 500).minimise(problem, from: start)
            guard found.converged, found.sumOfSquares.isFinite else { continue }
            if found.sumOfSquares < best?.sumOfSquares ?? .infinity { best = found }
        }
        guard let best else { throw .notConverged(what: "the \(model.rawValue) growth curve") }
        var jacobian = Matrix(rows: times.count, columns: names.count)
        var parameters = best.parameters
        parameters.withUnsafeMutableBufferPointer { x in
            jacobian.elements.withUnsafeMutableBufferPointer { problem.jacobian(at: x, into: $0) }
        }
        let qr = HouseholderQR(jacobian)
        guard qr.firstDependentColumn == nil else {
            throw .singular(
                what: "the \(model.rawValue) growth curve",
                remedy: "add counts where the curve bends, or fit a simpler model")
        }
        let inverse = qr.inverseCrossProduct()
        let df = times.count - names.count
        let variance = best.sumOfSquares / Double(df)
        self.model = model
        self.parameters = best.parameters
        let errors = names.indices.map { (variance * inverse[$0, $0]).squareRoot() }
        standardErrors = errors
        residualSumOfSquares = best.sumOfSquares
        degreesOfFreedom = df
        let (n, k) = (Double(times.count), Double(names.count + 1))
        aicc =
            n - k - 1 > 0
            ? n * log(best.sumOfSquares / n) + 2 * k + 2 * k * (k + 1) / (n - k - 1) : .infinity
        let place = model.ratePlace
        let value = place.map { best.parameters[$0] } ?? 1 / best.parameters[2]
        let error =
            place.map { errors[$0] } ?? errors[2] / (best.parameters[2] * best.parameters[2])
        let t = try StudentT(degreesOfFreedom: Double(df)).quantile(0.5 + confidence / 2)
        rate =
            value > 0
            ? .success(
                Estimate(
                    value: value, standardError: error,
                    interval: Interval(value - t * error, value + t * error)))
            : .failure(Inconclusive(.noGrowth, "the fitted growth rate is not positive"))
    }

    /// Why the fitted plateau is no estimate, or nil.
    ///
    /// The rise of a sigmoid slows at half of the plateau (logistic) or earlier (Gompertz); counts
    /// that never reach half of it bend too little to say where they would end.
    /// - Parameter values: the values that were fitted.
    public func plateauBeyond(_ values: [Double]) -> Inconclusive? {
        let place = model.plateauPlace
        let largest = values.max() ?? 0
        let onCounts: (Double) -> Double = { model.isLogarithmic ? pow(10, $0) : $0 }
        let (plateau, reached) = (onCounts(parameters[place]), onCounts(largest))
        guard !(plateau <= 2 * reached) else { return nil }
        return Inconclusive(
            .notIdentifiable,
            "the counts end at \(shortened(reached)), below half of the fitted plateau of"
                + " \(shortened(plateau)): count for longer, or fit exponential growth")
    }

    /// Time to double at the maximum rate, with the interval of the rate inverted; unbounded
    /// above when the rate does not differ from 0.
    public var doublingTime: Result<(value: Double, interval: Interval), Inconclusive> {
        rate.map { doublingTimeOf($0) }
    }
}

/// ln 2 over a rate, with its interval inverted.
func doublingTimeOf(_ rate: Estimate) -> (value: Double, interval: Interval) {
    let ln2 = M_LN2
    let upper = rate.interval.lower.flatMap { $0 > 0 ? ln2 / $0 : nil }
    return (ln2 / rate.value, Interval(rate.interval.upper.map { ln2 / $0 }, upper))
}

private struct GrowthProblem: LeastSquaresProblem {
    let model: GrowthModel
    let times: [Double]
    let values: [Double]

    var parameterCount: Int { model.parameterNames.count }
    var residualCount: Int { times.count }

    func residuals(
        at parameters: UnsafeMutableBufferPointer<Double>,
        into residuals: UnsafeMutableBufferPointer<Double>
    ) {
        var gradient = (0.0, 0.0, 0.0, 0.0)
        for row in times.indices {
            residuals[row] = model.evaluate(parameters, times[row], &gradient) - values[row]
        }
    }

    func jacobian(
        at parameters: UnsafeMutableBufferPointer<Double>,
        into jacobian: UnsafeMutableBufferPointer<Double>
    ) {
        let m = times.count
        var gradient = (0.0, 0.0, 0.0, 0.0)
        for row in times.indices {
            _ = model.evaluate(parameters, times[row], &gradient)
            jacobian[row] = gradient.0
            jacobian[m + row] = gradient.1
            jacobian[2 * m + row] = gradient.2
            if parameterCount > 3 { jacobian[3 * m + row] = gradient.3 }
        }
    }
}

/// Exponential growth over a chosen window of time: a straight line through ln of the counts.
public struct ExponentialGrowth: Hashable, Sendable {
    /// ln of the count at time 0.
    public let intercept: Double
    /// Growth rate per unit of time.
    public let rate: Estimate
    /// Counts in the window.
    public let count: Int

    /// Fits the counts within a window; nil for all.
    /// - Throws: for fewer than 3 counts, or counts that are not positive.
    public init(
        times: [Double], counts: [Double], window: ClosedRange<Double>? = nil,
        confidence: Double = 0.95
    ) throws(AnalysisError) {
        try requireProbability(confidence, "the confidence")
        guard times.count == counts.count else {
            throw .unequalLengths("times", times.count, "counts", counts.count)
        }
        let kept = times.indices.filter { window?.contains(times[$0]) ?? true }
        guard kept.count >= 3 else {
            throw .tooFew(what: "counts in the window", found: kept.count, needed: 3)
        }
        for index in kept where !(counts[index] > 0 && counts[index].isFinite) {
            throw .outOfRange(
                what: "count \(index + 1)", value: counts[index],
                limits: "more than 0 to take its logarithm")
        }
        let x = kept.map { times[$0] }
        let fit = try LinearFit(
            design: Matrix(columns: [x.map { _ in 1 }, x]), response: kept.map { log(counts[$0]) },
            terms: ["the start", "the rate from different times"])
        let errors = fit.standardErrors ?? [0, 0]
        let t = try StudentT(degreesOfFreedom: Double(fit.degreesOfFreedom))
            .quantile(0.5 + confidence / 2)
        intercept = fit.coefficients[0]
        let value = fit.coefficients[1]
        rate = Estimate(
            value: value, standardError: errors[1],
            interval: Interval(value - t * errors[1], value + t * errors[1]))
        count = kept.count
    }

    /// Time to double, or why there is none.
    public var doublingTime: Result<(value: Double, interval: Interval), Inconclusive> {
        guard rate.value > 0 else {
            return .failure(
                Inconclusive(
                    .noGrowth, "the growth rate is \(shortened(rate.value)): no doubling time"))
        }
        return .success(doublingTimeOf(rate))
    }
}
