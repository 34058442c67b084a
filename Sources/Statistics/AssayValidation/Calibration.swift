import Foundation

/// A straight calibration line with its limits of detection and quantitation.
public struct Calibration: Hashable, Sendable {
    /// The standard deviation that 3.3 s / S and 10 s / S use; ICH Q2 leaves it open.
    public enum DeviationConvention: String, Hashable, Sendable, CaseIterable {
        /// The residual standard deviation of the line.
        case residual = "residual-sd"
        /// The standard error of its intercept.
        case intercept = "intercept-se"
    }

    /// Signal at concentration 0.
    public let intercept: Double
    /// Signal per concentration, S.
    public let slope: Double
    /// Standard error of the intercept.
    public let interceptError: Double
    /// Standard error of the slope.
    public let slopeError: Double
    /// Residual standard deviation.
    public let residualDeviation: Double
    /// Residual degrees of freedom.
    public let degreesOfFreedom: Int
    /// Squared correlation; no measure of linearity.
    public let rSquared: Double

    private let count: Double
    private let meanX: Double
    private let meanY: Double
    private let sxx: Double
    private let largest: Double

    /// A line through `signal` at known `concentration`.
    /// - Throws: for fewer than 3 points, equal concentrations, or a slope of 0.
    public init(concentration: [Double], signal: [Double]) throws(AnalysisError) {
        guard concentration.count == signal.count else {
            throw .unequalLengths(
                "concentrations", concentration.count, "signals", signal.count)
        }
        guard concentration.count >= 3 else {
            throw .tooFew(what: "calibration points", found: concentration.count, needed: 3)
        }
        let fit = try LinearFit(
            design: Matrix(columns: [concentration.map { _ in 1 }, concentration]),
            response: signal, terms: ["the intercept", "the slope from different concentrations"])
        let (x, y) = (try Summary(concentration), try Summary(signal))
        guard fit.coefficients[1] != 0, y.sumOfSquares > 0 else {
            throw .constant(what: "the signal")
        }
        intercept = fit.coefficients[0]
        slope = fit.coefficients[1]
        interceptError = fit.standardErrors?[0] ?? 0
        slopeError = fit.standardErrors?[1] ?? 0
        residualDeviation = (fit.residualVariance ?? 0).squareRoot()
        degreesOfFreedom = fit.degreesOfFreedom
        rSquared = 1 - fit.residualSumOfSquares / y.sumOfSquares
        count = Double(concentration.count)
        meanX = x.mean
        meanY = y.mean
        sxx = x.sumOfSquares
        largest = x.maximum
    }

    /// Detection limit 3.3 s / S (ICH Q2).
    public func detectionLimit(_ convention: DeviationConvention) -> Double {
        3.3 * deviation(convention) / abs(slope)
    }

    /// Quantitation limit 10 s / S (ICH Q2).
    public func quantitationLimit(_ convention: DeviationConvention) -> Double {
        10 * deviation(convention) / abs(slope)
    }

    private func deviation(_ convention: DeviationConvention) -> Double {
        convention == .residual ? residualDeviation : interceptError
    }

    /// The concentration of a signal, with its standard error and interval.
    public struct InversePrediction: Hashable, Sendable {
        /// The concentration.
        public let concentration: Double
        /// Its standard error.
        public let standardError: Double
        /// Half of its confidence interval.
        public let halfWidth: Double
    }

    /// The concentration for the mean of `replicates` signals.
    public func concentration(
        ofSignal signal: Double, replicates: Int = 1, alpha: Double = 0.05
    ) throws(AnalysisError) -> InversePrediction {
        guard replicates > 0 else {
            throw .tooFew(what: "replicates", found: replicates, needed: 1)
        }
        try requireProbability(alpha, "alpha")
        let distance = (signal - meanY) / slope
        let error =
            residualDeviation / abs(slope)
            * (1 / Double(replicates) + 1 / count + distance * distance / sxx).squareRoot()
        let t = try StudentT(degreesOfFreedom: Double(degreesOfFreedom)).quantile(1 - alpha / 2)
        return InversePrediction(
            concentration: (signal - intercept) / slope, standardError: error,
            halfWidth: t * error)
    }

    /// The concentrations of DIN 32645.
    public struct DINLimits: Hashable, Sendable {
        /// The signal at this concentration is exceeded by blanks with probability alpha.
        public let critical: Double
        /// Detected with probability 1 - beta, by the norm: twice the critical value for equal
        /// errors.
        public let detection: Double
        /// The concentration whose interval is the k-th part of it.
        public let quantitation: Double
    }

    /// Critical value, detection and quantitation limit by DIN 32645.
    /// - Parameters:
    ///   - alpha: error of the first kind for the critical value and the detection limit.
    ///   - quantitationAlpha: error of the interval at the quantitation limit.
    ///   - k: the concentration over the half width of its interval.
    public func dinLimits(
        alpha: Double = 0.01, beta: Double = 0.01, quantitationAlpha: Double = 0.01, k: Double = 3,
        replicates: Int = 1
    ) throws(AnalysisError) -> DINLimits {
        try requireProbability(alpha, "alpha")
        try requireProbability(beta, "beta")
        let t = StudentT(degreesOfFreedom: Double(degreesOfFreedom))
        let blank =
            residualDeviation / abs(slope)
            * (1 / Double(max(1, replicates)) + 1 / count + meanX * meanX / sxx).squareRoot()
        let critical = try t.quantile(1 - alpha) * blank
        let detection = critical + (try t.quantile(1 - beta)) * blank
        // x = k times its own half width, by iteration from the detection limit.
        var x = detection
        for _ in 0..<200 {
            let half = try concentration(
                ofSignal: intercept + slope * x, replicates: replicates, alpha: quantitationAlpha
            ).halfWidth
            let next = k * half
            if abs(next - x) < 1e-14 * abs(next) {
                x = next
                break
            }
            x = next
        }
        return DINLimits(critical: critical, detection: detection, quantitation: x)
    }

    /// The concentration that is detected with probability 1 - beta, by the upper prediction
    /// bound of the blank and the lower prediction bound at the concentration (chemCal).
    public func detectionLimit(
        byPrediction alpha: Double, beta: Double
    ) throws(AnalysisError) -> Result<Double, Inconclusive> {
        try requireProbability(alpha, "alpha")
        try requireProbability(beta, "beta")
        let t = StudentT(degreesOfFreedom: Double(degreesOfFreedom))
        let (upperT, lowerT) = (try t.quantile(1 - alpha), try t.quantile(1 - beta))
        func spread(_ x: Double) -> Double {
            let distance = x - meanX
            return residualDeviation / abs(slope)
                * (1 + 1 / count + distance * distance / sxx).squareRoot()
        }
        let critical = upperT * spread(0)
        var (low, high) = (0.0, max(largest, critical))
        while high - lowerT * spread(high) < critical {
            guard high < 1e6 * max(largest, critical) else {
                return .failure(
                    Inconclusive(
                        .noDoseResponse, "the slope is too small to tell any concentration from 0"))
            }
            high *= 2
        }
        for _ in 0..<200 where high - low > 1e-15 * high {
            let middle = 0.5 * (low + high)
            if middle - lowerT * spread(middle) < critical { low = middle } else { high = middle }
        }
        return .success(high)
    }
}

/// Linearity by polynomials of rising degree and by lack of fit (CLSI EP06, ICH Q2).
public struct LinearityStudy: Hashable, Sendable {
    /// A fitted polynomial.
    public struct Polynomial: Hashable, Sendable {
        /// Coefficients from the constant up.
        public let coefficients: [Double]
        /// Their standard errors.
        public let standardErrors: [Double]
        /// Two-sided probabilities of their t tests.
        public let p: [Double]
        /// Residual standard deviation.
        public let residualDeviation: Double
        /// Residual degrees of freedom.
        public let degreesOfFreedom: Int
    }

    /// Polynomials of degree 1, 2 and, with enough levels, 3.
    public let polynomials: [Polynomial]
    /// Lack of fit of the line against replicates; nil without them.
    public let lackOfFit: VarianceLine?
    /// The highest degree whose leading coefficient is significant, at least 1.
    public let bestDegree: Int
    /// The largest distance of the best polynomial from the line at a level, in percent of the
    /// line there; nil where the line is 0.
    public let largestDeviationPercent: Double?

    /// Whether no curvature was shown.
    public var isLinear: Bool { bestDegree == 1 }

    /// Studies `response` at known `levels`.
    public init(
        levels: [Double], response: [Double], alpha: Double = 0.05
    ) throws(AnalysisError) {
        guard levels.count == response.count else {
            throw .unequalLengths("levels", levels.count, "responses", response.count)
        }
        try requireProbability(alpha, "alpha")
        let distinct = Set(levels).count
        guard distinct >= 3 else {
            throw .tooFew(what: "different levels", found: distinct, needed: 3)
        }
        var polynomials: [Polynomial] = []
        var fits: [LinearFit] = []
        for degree in 1...min(3, distinct - 1) where response.count > degree + 1 {
            let columns = (0...degree).map { power in
                levels.map { level in (0..<power).reduce(1.0) { product, _ in product * level } }
            }
            let fit = try LinearFit(design: Matrix(columns: columns), response: response)
            fits.append(fit)
            let errors = fit.standardErrors ?? []
            let t = StudentT(degreesOfFreedom: Double(fit.degreesOfFreedom))
            var p: [Double] = []
            for (value, error) in zip(fit.coefficients, errors) {
                p.append(error > 0 ? try t.twoSided(value / error) : 0)
            }
            polynomials.append(
                Polynomial(
                    coefficients: fit.coefficients, standardErrors: errors, p: p,
                    residualDeviation: (fit.residualVariance ?? 0).squareRoot(),
                    degreesOfFreedom: fit.degreesOfFreedom))
        }
        guard let line = fits.first else {
            throw .tooFew(what: "results", found: response.count, needed: 3)
        }
        self.polynomials = polynomials
        let best = (polynomials.lastIndex { ($0.p.last ?? 1) < alpha }).map { $0 + 1 } ?? 1
        bestDegree = max(1, best)
        let pure = try pureError(response, numbered(levels))
        let df = line.degreesOfFreedom - pure.degreesOfFreedom
        lackOfFit =
            pure.degreesOfFreedom > 0 && df > 0
            ? try VarianceLine(
                "lack of fit", df, max(0, line.residualSumOfSquares - pure.sumOfSquares),
                error: pure.sumOfSquares, errorDegreesOfFreedom: pure.degreesOfFreedom) : nil
        let chosen = fits[max(1, best) - 1]
        var largest: Double?
        for (index, value) in response.enumerated() {
            let straight = value - line.residuals[index]
            let curved = value - chosen.residuals[index]
            guard straight != 0 else { continue }
            largest = max(largest ?? 0, 100 * abs(curved - straight) / abs(straight))
        }
        largestDeviationPercent = largest
    }
}
