import Foundation

/// A parallel-line assay: straight lines of the response on ln dose with a common slope.
///
/// European Pharmacopoeia 5.3, section 3.2; D. J. Finney, "Statistical Method in Biological
/// Assay", 3rd ed. 1978. The error is the residual of the model with one mean per treatment and
/// the blocks of the design; the ratio is that of the common-slope model, with Fieller limits.
/// Sums of squares are sequential: blocks, preparations, common slope, separate slopes,
/// treatments; in a balanced design the order makes no difference.
public struct ParallelLineAssay: Hashable, Sendable {
    /// The limits of validity, set before the assay.
    public struct Criteria: Hashable, Sendable {
        /// The regression must be significant at this level; nil: not judged.
        public var regressionAlpha: Double?
        /// Deviation from parallelism must not be significant at this level; nil: not judged.
        public var parallelismAlpha: Double?
        /// Deviation from linearity must not be significant at this level; nil: not judged.
        public var linearityAlpha: Double?

        /// Limits; the default is 0.05 for each (European Pharmacopoeia 5.3, 3.2.4).
        public init(
            regressionAlpha: Double? = 0.05, parallelismAlpha: Double? = 0.05,
            linearityAlpha: Double? = 0.05
        ) {
            self.regressionAlpha = regressionAlpha
            self.parallelismAlpha = parallelismAlpha
            self.linearityAlpha = linearityAlpha
        }

        /// Report the tests and judge none of them.
        public static let notJudged = Criteria(
            regressionAlpha: nil, parallelismAlpha: nil, linearityAlpha: nil)
    }

    /// The full analysis of variance.
    public let anova: [VarianceLine]
    /// Slope of the response per unit of ln dose.
    public let commonSlope: Double
    /// Intercept of each preparation at ln dose 0.
    public let intercepts: [String: Double]
    /// Residual variance of the full treatment and block model.
    public let errorVariance: Double
    /// Degrees of freedom of `errorVariance`.
    public let errorDegreesOfFreedom: Int
    /// Absolute correlation: the root of the share of preparations, regression and blocks in the
    /// total.
    public let correlation: Double
    /// Studentised residuals from the full model, in the order of the observations.
    public let studentisedResiduals: [Double]
    /// The checks that were judged.
    public let checks: [ValidityCheck]
    /// The relative potency of each sample, or why it is withheld.
    public let potencies: [String: Result<RelativePotency, Inconclusive>]
    /// The samples, in order of appearance.
    public let samples: [String]

    /// The line of the analysis of variance with the given name.
    public func line(_ source: String) -> VarianceLine? { anova.first { $0.source == source } }

    /// Analyses an assay.
    /// - Parameters:
    ///   - multipliers: what a ratio of 1 stands for, by sample; 1 where absent.
    /// - Throws: for fewer than two doses of a preparation, a dose that is not positive, missing
    ///   blocks, or no replication.
    public init(
        _ observations: [AssayObservation], standard: String,
        design: AssayDesign = .completelyRandomised, transform: ResponseTransform = .none,
        confidence: Double = 0.95, multipliers: [String: Double] = [:],
        criteria: Criteria = Criteria()
    ) throws(AnalysisError) {
        try requireProbability(confidence, "the confidence")
        let layout = try ParallelLineLayout(
            observations, standard: standard, design: design, transform: transform)
        let y = layout.response
        guard y.contains(where: { $0 != y[0] }) else { throw .constant(what: "the response") }
        let stages = try layout.stages()
        let error = stages.residual
        let errorDF = stages.residualDegreesOfFreedom
        guard errorDF > 0 else {
            throw .tooFew(
                what: "observations", found: y.count, needed: y.count - errorDF + 1)
        }
        let lines = try stages.lines()
        anova = lines
        samples = Array(layout.preparations.dropFirst())
        let fit = stages.commonSlope
        let slopeIndex = layout.preparations.count
        commonSlope = fit.coefficients[slopeIndex]
        var intercepts: [String: Double] = [:]
        for (index, name) in layout.preparations.enumerated() {
            intercepts[name] = fit.coefficients[index]
        }
        self.intercepts = intercepts
        errorVariance = error / Double(errorDF)
        errorDegreesOfFreedom = errorDF
        let explained = ["preparations", "regression", "blocks", "rows", "columns"].compactMap {
            name in
            lines.first { $0.source == name }?.sumOfSquares
        }.reduce(0, +)
        let total = lines.last?.sumOfSquares ?? 0
        correlation = total > 0 ? min(1, explained / total).squareRoot() : 0
        studentisedResiduals = stages.studentisedResiduals
        checks = ParallelLineAssay.checks(lines, criteria)
        let failure = ParallelLineAssay.failure(checks)
        let critical = try StudentT(degreesOfFreedom: Double(errorDF))
            .quantile(0.5 + confidence / 2)
        var potencies: [String: Result<RelativePotency, Inconclusive>] = [:]
        for (index, name) in layout.preparations.enumerated().dropFirst() {
            potencies[name] =
                failure.map { .failure($0) }
                ?? ParallelLineAssay.potency(
                    of: name, index, fit, slopeIndex, errorVariance, critical, confidence,
                    multipliers[name] ?? 1)
        }
        self.potencies = potencies
    }

    private static func checks(_ lines: [VarianceLine], _ criteria: Criteria) -> [ValidityCheck] {
        var checks: [ValidityCheck] = []
        func judge(_ name: String, _ source: String, _ alpha: Double?, significant: Bool) {
            guard let alpha, let p = lines.first(where: { $0.source == source })?.p else { return }
            checks.append(
                ValidityCheck(
                    name: name, p: p, alpha: alpha, passed: significant ? p < alpha : p >= alpha))
        }
        judge("regression", "regression", criteria.regressionAlpha, significant: true)
        judge("parallelism", "non-parallelism", criteria.parallelismAlpha, significant: false)
        judge("linearity", "non-linearity", criteria.linearityAlpha, significant: false)
        return checks
    }

    private static func failure(_ checks: [ValidityCheck]) -> Inconclusive? {
        guard let failed = checks.first(where: { !$0.passed }) else { return nil }
        let numbers = "(p = \(shortened(failed.p)), limit \(failed.alpha))"
        switch failed.name {
        case "regression":
            return Inconclusive(
                .noDoseResponse, "the response does not depend on the dose \(numbers)")
        case "parallelism":
            return Inconclusive(
                .notParallel,
                "the lines are not parallel \(numbers): no single potency describes the sample")
        default:
            return Inconclusive(
                .notLinear, "the response is not a straight line on log dose \(numbers)")
        }
    }

    private static func potency(
        of name: String, _ index: Int, _ fit: LinearFit, _ slope: Int, _ variance: Double,
        _ critical: Double, _ confidence: Double, _ multiplier: Double
    ) -> Result<RelativePotency, Inconclusive> {
        let v = fit.inverseCrossProduct
        let numerator = fit.coefficients[index] - fit.coefficients[0]
        let denominator = fit.coefficients[slope]
        let set = FiellerSet.ratio(
            numerator: numerator, denominator: denominator,
            numeratorVariance: variance * (v[index, index] + v[0, 0] - 2 * v[index, 0]),
            denominatorVariance: variance * v[slope, slope],
            covariance: variance * (v[index, slope] - v[0, slope]), critical: critical)
        return set.bounded("the potency of '\(name)'").map { interval in
            RelativePotency(
                lnRatio: numerator / denominator, standardError: nil, lnInterval: interval,
                method: .fieller, confidence: confidence, multiplier: multiplier)
        }
    }
}

/// A number with four significant digits, for messages.
func shortened(_ value: Double) -> String { String(format: "%.4g", value) }
