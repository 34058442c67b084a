import Foundation

/// A dose of a quantal assay: how many units of a group responded.
public struct QuantalObservation: Hashable, Sendable {
    /// The preparation.
    public var preparation: String
    /// The dose.
    public var dose: Double
    /// Units treated.
    public var total: Int
    /// Units that responded.
    public var affected: Int

    /// An observation.
    public init(preparation: String, dose: Double, total: Int, affected: Int) {
        self.preparation = preparation
        self.dose = dose
        self.total = total
        self.affected = affected
    }
}

/// A parallel-line assay of responses that are all or none.
///
/// European Pharmacopoeia 5.3, chapter 4; D. J. Finney, "Probit Analysis", 3rd ed. 1971.
public struct QuantalAssay: Sendable {
    /// What is done when responses scatter more than binomially.
    public enum Heterogeneity: Hashable, Sendable {
        /// Normal quantiles, no scaling.
        case ignored
        /// Variances times chi squared over its degrees of freedom and t quantiles, when the
        /// deviations are significant at this level (European Pharmacopoeia 5.3, 4.2.4).
        case scaledWhenSignificant(alpha: Double)
    }

    /// The scale.
    public let link: BinomialLink
    /// The preparations, the standard first.
    public let preparations: [String]
    /// Intercept of each preparation at ln dose 0.
    public let intercepts: [String: Double]
    /// Common slope per unit of ln dose.
    public let slope: Double
    /// The fitted regression: intercepts in the order of `preparations`, then the slope.
    public let regression: BinomialRegression
    /// Deviance of separate slopes against a common one.
    public let nonParallelism: DevianceTest
    /// Deviance of the separate lines.
    public let nonLinearity: DevianceTest
    /// The factor the variances were scaled by; 1 for binomial variation.
    public let heterogeneityFactor: Double
    /// The relative potency of each sample, or why it is withheld.
    public let potencies: [String: Result<RelativePotency, Inconclusive>]

    private let observations: [QuantalObservation]
    private let critical: Double
    private let confidence: Double
    private let multipliers: [String: Double]

    /// A difference of deviances, chi squared when the simpler model holds.
    public struct DevianceTest: Hashable, Sendable {
        /// The difference.
        public let deviance: Double
        /// Degrees of freedom.
        public let degreesOfFreedom: Int
        /// Probability of a larger difference; nil without degrees of freedom.
        public let p: Double?

        init(_ deviance: Double, _ degreesOfFreedom: Int) throws(AnalysisError) {
            self.deviance = max(0, deviance)
            self.degreesOfFreedom = degreesOfFreedom
            p =
                degreesOfFreedom > 0
                ? try ChiSquared(degreesOfFreedom: Double(degreesOfFreedom))
                    .upperTail(max(0, deviance)) : nil
        }
    }

    /// Analyses an assay; a single preparation gives effective doses and no potency.
    /// - Parameter parallelismAlpha: level at which non-parallelism withholds the potency; nil:
    ///   not judged.
    /// - Throws: for doses that are not positive, impossible counts, fewer than two doses, or
    ///   responses that separate completely.
    public init(
        _ observations: [QuantalObservation], standard: String, link: BinomialLink = .probit,
        confidence: Double = 0.95,
        heterogeneity: Heterogeneity = .scaledWhenSignificant(alpha: 0.05),
        multipliers: [String: Double] = [:], parallelismAlpha: Double? = 0.05
    ) throws(AnalysisError) {
        try requireProbability(confidence, "the confidence")
        try QuantalAssay.check(observations)
        var names: [String] = []
        for observation in observations where !names.contains(observation.preparation) {
            names.append(observation.preparation)
        }
        guard names.contains(standard) else {
            throw .unknown(what: "standard", name: standard, known: names)
        }
        names = [standard] + names.filter { $0 != standard }
        preparations = names
        self.link = link
        self.observations = observations
        self.confidence = confidence
        self.multipliers = multipliers
        let indicators = names.map { name in
            observations.map { $0.preparation == name ? 1.0 : 0 }
        }
        let lnDose = observations.map { log($0.dose) }
        let fit = try QuantalAssay.fit(
            Matrix(columns: indicators + [lnDose]), observations, link)
        regression = fit
        slope = fit.coefficients[names.count]
        var intercepts: [String: Double] = [:]
        for (index, name) in names.enumerated() { intercepts[name] = fit.coefficients[index] }
        self.intercepts = intercepts
        let separate: BinomialRegression
        do {
            let slopes = indicators.map { column in zip(column, lnDose).map { $0 * $1 } }
            separate = try QuantalAssay.fit(
                Matrix(columns: indicators + slopes), observations, link)
        } catch {
            // One preparation separates completely on its own: the tests cannot be made.
            separate = fit
        }
        nonParallelism = try DevianceTest(
            fit.deviance - separate.deviance, fit.degreesOfFreedom - separate.degreesOfFreedom)
        nonLinearity = try DevianceTest(separate.deviance, separate.degreesOfFreedom)
        var factor = 1.0
        var critical = try Normal.quantile(0.5 + confidence / 2)
        if case .scaledWhenSignificant(let alpha) = heterogeneity, fit.degreesOfFreedom > 0 {
            let df = Double(fit.degreesOfFreedom)
            if try ChiSquared(degreesOfFreedom: df).upperTail(fit.pearson) < alpha {
                factor = fit.pearson / df
                critical = try StudentT(degreesOfFreedom: df).quantile(0.5 + confidence / 2)
            }
        }
        heterogeneityFactor = factor
        self.critical = critical
        var failure: Inconclusive?
        if let alpha = parallelismAlpha, let p = nonParallelism.p, p < alpha {
            failure = Inconclusive(
                .notParallel,
                "the lines are not parallel (p = \(shortened(p)), limit \(alpha)): no single"
                    + " potency describes the sample")
        }
        var potencies: [String: Result<RelativePotency, Inconclusive>] = [:]
        let v = fit.covariance
        let last = names.count
        for (index, name) in names.enumerated().dropFirst() {
            let set = FiellerSet.ratio(
                numerator: fit.coefficients[index] - fit.coefficients[0], denominator: slope,
                numeratorVariance: factor * (v[index, index] + v[0, 0] - 2 * v[index, 0]),
                denominatorVariance: factor * v[last, last],
                covariance: factor * (v[index, last] - v[0, last]), critical: critical)
            let ratio = (fit.coefficients[index] - fit.coefficients[0]) / slope
            potencies[name] =
                failure.map { .failure($0) }
                ?? set.bounded("the potency of '\(name)'").map {
                    RelativePotency(
                        lnRatio: ratio, standardError: nil, lnInterval: $0, method: .fieller,
                        confidence: confidence, multiplier: multipliers[name] ?? 1)
                }
        }
        self.potencies = potencies
    }

    /// The dose at which a share of the units of a preparation responds, with Fieller limits.
    public func effectiveDose(
        _ share: Double, of preparation: String
    ) throws(AnalysisError) -> Result<(lnDose: Double, lnInterval: Interval), Inconclusive> {
        try requireProbability(share, "the share")
        guard let index = preparations.firstIndex(of: preparation) else {
            throw .unknown(what: "preparation", name: preparation, known: preparations)
        }
        let last = preparations.count
        let v = regression.covariance
        let numerator = try link.eta(share) - regression.coefficients[index]
        let set = FiellerSet.ratio(
            numerator: numerator, denominator: slope,
            numeratorVariance: heterogeneityFactor * v[index, index],
            denominatorVariance: heterogeneityFactor * v[last, last],
            covariance: -heterogeneityFactor * v[index, last], critical: critical)
        let lnDose = numerator / slope
        return set.bounded("the effective dose of '\(preparation)'").map { (lnDose, $0) }
    }

    /// g of Fieller's theorem: the share of the slope that is noise.
    public var g: Double {
        let last = preparations.count
        let variance = heterogeneityFactor * regression.covariance[last, last]
        return critical * critical * variance / (slope * slope)
    }

    /// The relative potency with the interval of the profile deviance.
    public func profile(
        of sample: String
    ) throws(AnalysisError) -> Result<RelativePotency, Inconclusive> {
        guard let index = preparations.dropFirst().firstIndex(of: sample),
            case .success(let fieller)? = potencies[sample]
        else {
            if let potency = potencies[sample] { return potency }
            throw .unknown(
                what: "sample", name: sample, known: Array(preparations.dropFirst()))
        }
        // Without the intercept of the sample; its doses are shifted by ln of its potency.
        let columns = preparations.indices.filter { $0 != index }.map { place in
            observations.map { observation -> Double in
                let own = preparations.firstIndex(of: observation.preparation) ?? 0
                return own == place || (place == 0 && own == index) ? 1 : 0
            }
        }
        let target = regression.deviance + critical * critical * heterogeneityFactor
        func excess(_ lnRatio: Double) throws(AnalysisError) -> Double {
            let doses = observations.map {
                log($0.dose) + ($0.preparation == sample ? lnRatio : 0)
            }
            let fit = try QuantalAssay.fit(
                Matrix(columns: columns + [doses]), observations, link)
            return fit.deviance - target
        }
        func end(_ wald: Double) throws(AnalysisError) -> Double? {
            var inner = fieller.lnRatio
            var outer = fieller.lnRatio + 1.2 * (wald - fieller.lnRatio)
            var tries = 0
            while try excess(outer) < 0 {
                inner = outer
                outer = fieller.lnRatio + 1.5 * (outer - fieller.lnRatio)
                tries += 1
                guard tries < 20 else { return nil }
            }
            for _ in 0..<60 where abs(outer - inner) > 1e-12 {
                let middle = 0.5 * (inner + outer)
                if try excess(middle) < 0 { inner = middle } else { outer = middle }
            }
            return 0.5 * (inner + outer)
        }
        guard let low = fieller.lnInterval.lower, let high = fieller.lnInterval.upper else {
            return .success(fieller)
        }
        let interval = try Interval(end(low), end(high))
        return .success(
            RelativePotency(
                lnRatio: fieller.lnRatio, standardError: nil, lnInterval: interval,
                method: .profile, confidence: confidence, multiplier: fieller.multiplier))
    }

    private static func fit(
        _ design: Matrix, _ observations: [QuantalObservation], _ link: BinomialLink
    ) throws(AnalysisError) -> BinomialRegression {
        try BinomialRegression(
            design: design, total: observations.map { Double($0.total) },
            affected: observations.map { Double($0.affected) }, link: link)
    }

    private static func check(_ observations: [QuantalObservation]) throws(AnalysisError) {
        for (index, observation) in observations.enumerated() {
            guard observation.dose.isFinite, observation.dose > 0 else {
                throw .outOfRange(
                    what: "dose \(index + 1)", value: observation.dose,
                    limits: "more than 0 on a logarithmic scale")
            }
            guard observation.total > 0, (0...observation.total).contains(observation.affected)
            else {
                throw .outOfRange(
                    what: "the number affected in row \(index + 1)",
                    value: Double(observation.affected),
                    limits: "between 0 and the \(observation.total) treated")
            }
        }
        guard Set(observations.map(\.dose)).count > 1 else {
            throw .tooFew(
                what: "different doses", found: Set(observations.map(\.dose)).count, needed: 2)
        }
        let shares = Set(observations.map { Double($0.affected) / Double($0.total) })
        if shares == [0] { throw .constant(what: "the response: no unit responded") }
        if shares == [1] { throw .constant(what: "the response: every unit responded") }
    }
}
