import Foundation

/// One response of a bioassay.
public struct AssayObservation: Hashable, Sendable {
    /// The preparation: the standard or a sample.
    public var preparation: String
    /// The dose, in a unit common to all preparations; dilutions count as doses.
    public var dose: Double
    /// The response as measured.
    public var response: Double
    /// How much the response counts in the fit of a curve: the inverse of its relative variance.
    public var weight: Double
    /// The block, for a randomised block design.
    public var block: String?
    /// The row, for a Latin square.
    public var row: String?
    /// The column, for a Latin square.
    public var column: String?

    /// An observation.
    public init(
        preparation: String, dose: Double, response: Double, weight: Double = 1,
        block: String? = nil, row: String? = nil, column: String? = nil
    ) {
        self.preparation = preparation
        self.dose = dose
        self.response = response
        self.weight = weight
        self.block = block
        self.row = row
        self.column = column
    }
}

/// How treatments were allotted to units.
public enum AssayDesign: String, Hashable, Sendable, CaseIterable {
    /// Completely randomised.
    case completelyRandomised = "completely-randomised"
    /// Every block holds every treatment.
    case randomisedBlock = "randomised-block"
    /// Rows and columns each hold every treatment once.
    case latinSquare = "latin-square"
}

/// The scale on which responses are analysed.
public enum ResponseTransform: String, Hashable, Sendable, CaseIterable {
    /// As measured.
    case none
    /// Natural logarithm.
    case ln
    /// Common logarithm.
    case log10
    /// Square root.
    case squareRoot = "square-root"

    /// `response` on this scale.
    func apply(_ response: Double, position: Int) throws(AnalysisError) -> Double {
        guard response.isFinite else {
            throw .notFinite(what: "response", position: position)
        }
        switch self {
        case .none: return response
        case .ln, .log10:
            guard response > 0 else {
                throw .outOfRange(
                    what: "response \(position)", value: response,
                    limits: "more than 0 to take its logarithm")
            }
            return self == .ln ? log(response) : Foundation.log10(response)
        case .squareRoot:
            guard response >= 0 else {
                throw .outOfRange(
                    what: "response \(position)", value: response,
                    limits: "at least 0 to take its square root")
            }
            return response.squareRoot()
        }
    }
}

/// A relative potency on the logarithmic scale it is estimated on.
public struct RelativePotency: Hashable, Sendable {
    /// ln of sample potency over standard potency, before the multiplier.
    public let lnRatio: Double
    /// Standard error of `lnRatio`, where the method has one.
    public let standardError: Double?
    /// Confidence interval of `lnRatio`.
    public let lnInterval: Interval
    /// How the interval was found.
    public let method: IntervalMethod
    /// Confidence of the interval.
    public let confidence: Double
    /// Assigned potency times pre-dilution ratio: what a ratio of 1 stands for.
    public let multiplier: Double

    /// The ways an interval is found.
    public enum IntervalMethod: String, Hashable, Sendable, CaseIterable {
        /// Fieller's theorem.
        case fieller
        /// Estimate plus and minus a quantile times the standard error of the logarithm.
        case wald
        /// The ratios that raise the residual sum of squares by no more than the quantile.
        case profile
    }

    /// The potency: ratio times multiplier.
    public var potency: Double { exp(lnRatio) * multiplier }
    /// Confidence interval of the potency.
    public var interval: Interval { lnInterval.exponential.scaled(by: multiplier) }
    /// Interval ends over the estimate, in percent, as pharmacopoeial limits are written.
    public var relativeLimits: Interval {
        Interval(
            lnInterval.lower.map { 100 * exp($0 - lnRatio) },
            lnInterval.upper.map { 100 * exp($0 - lnRatio) })
    }
}

/// A check of validity with its limit and outcome.
public struct ValidityCheck: Hashable, Sendable {
    /// What is checked.
    public let name: String
    /// The probability found.
    public let p: Double
    /// The significance level.
    public let alpha: Double
    /// Whether the assay is valid in this respect.
    public let passed: Bool
}

/// The preparations of an assay in order of appearance, with the standard first.
func orderedPreparations(
    _ observations: [AssayObservation], standard: String
) throws(AnalysisError) -> [String] {
    var names: [String] = []
    for observation in observations where !names.contains(observation.preparation) {
        names.append(observation.preparation)
    }
    guard names.contains(standard) else {
        throw .unknown(what: "standard", name: standard, known: names)
    }
    guard names.count > 1 else {
        throw .tooFew(what: "preparations", found: names.count, needed: 2)
    }
    return [standard] + names.filter { $0 != standard }
}
