import Foundation

/// The potency a standard was assigned, with the chain of standards behind it.
///
/// Potency is relative: a sample is measured against a working standard, the working standard
/// against a primary one. The variances of the logarithms add along the chain (USP <1033>,
/// European Pharmacopoeia 5.12), so a unit is known no better than its links.
public struct AssignedPotency: Hashable, Sendable {
    /// One link: a standard measured against the one before it.
    public struct Link: Hashable, Sendable {
        /// The standard.
        public let standard: String
        /// The standard it was measured against; nil for the primary one.
        public let against: String?
        /// Independent assays behind the assignment; 0 for the primary one.
        public let assays: Int
        /// ln of the potency against the standard before.
        public let lnRatio: Double
        /// Standard error of `lnRatio`.
        public let standardError: Double
        /// Its degrees of freedom; nil where it is taken as known.
        public let degreesOfFreedom: Double?
    }

    /// The links, the primary standard first.
    public let chain: [Link]
    /// The unit, as IU/mg.
    public let unit: String

    /// ln of the potency in the unit.
    public var lnPotency: Double { chain.reduce(0) { $0 + $1.lnRatio } }
    /// The potency in the unit.
    public var potency: Double { exp(lnPotency) }
    /// The standard the potency belongs to.
    public var standard: String { chain.last?.standard ?? "" }
    /// Standard error of `lnPotency`: the root of the sum of squares along the chain.
    public var standardError: Double {
        chain.reduce(0) { $0 + $1.standardError * $1.standardError }.squareRoot()
    }

    /// Satterthwaite's degrees of freedom of the whole chain; nil when no link has any.
    public var degreesOfFreedom: Double? {
        let squared = standardError * standardError
        let parts = chain.reduce(0.0) { sum, link in
            guard let df = link.degreesOfFreedom, df > 0 else { return sum }
            let variance = link.standardError * link.standardError
            return sum + variance * variance / df
        }
        return parts > 0 ? squared * squared / parts : nil
    }

    /// A primary standard whose potency is defined.
    /// - Parameter standardError: of ln of the potency; 0 for a definition.
    public static func primary(
        _ standard: String, potency: Double, unit: String, standardError: Double = 0
    ) throws(AnalysisError) -> AssignedPotency {
        guard potency > 0, potency.isFinite else {
            throw .outOfRange(
                what: "the potency of '\(standard)'", value: potency, limits: "more than 0")
        }
        guard standardError >= 0, standardError.isFinite else {
            throw .outOfRange(
                what: "the standard error of '\(standard)'", value: standardError,
                limits: "at least 0")
        }
        return AssignedPotency(
            chain: [
                Link(
                    standard: standard, against: nil, assays: 0, lnRatio: log(potency),
                    standardError: standardError, degreesOfFreedom: nil)
            ], unit: unit)
    }

    /// Fewest independent assays an assignment rests on unless another number was set.
    public static let assaysMin = 3

    /// A standard assigned from independent assays against this one.
    /// - Parameters:
    ///   - assays: potencies of the new standard as ratios to this one.
    ///   - needed: fewest assays.
    /// - Throws: for fewer assays, or a standard that stands in the chain already.
    public func assigning(
        _ standard: String, assays: [PotencyCombination.Assay],
        method: PotencyCombination.Method = .automatic, needed: Int = assaysMin
    ) throws(AnalysisError) -> AssignedPotency {
        guard assays.count >= max(2, needed) else {
            throw .tooFew(
                what: "independent assays of '\(standard)'", found: assays.count,
                needed: max(2, needed))
        }
        guard !chain.contains(where: { $0.standard == standard }) else {
            throw .duplicate(what: "standard", name: standard)
        }
        let combined = try PotencyCombination(assays, method: method)
        return AssignedPotency(
            chain: chain + [
                Link(
                    standard: standard, against: self.standard, assays: assays.count,
                    lnRatio: combined.lnPotency, standardError: combined.standardError,
                    degreesOfFreedom: combined.degreesOfFreedom)
            ], unit: unit)
    }

    /// Confidence interval of the potency in the unit.
    public func interval(confidence: Double = 0.95) throws(AnalysisError) -> Interval {
        try requireProbability(confidence, "the confidence")
        let quantile =
            if let degreesOfFreedom {
                try StudentT(degreesOfFreedom: degreesOfFreedom).quantile(0.5 + confidence / 2)
            } else {
                try Normal.quantile(0.5 + confidence / 2)
            }
        let half = quantile * standardError
        return Interval(lnPotency - half, lnPotency + half).exponential
    }
}

/// The replacement of a standard: the new one measured side by side with the old one.
///
/// The new standard may take over when the interval of its potency, as assigned, against that
/// expected lies within margins set before: otherwise the unit would drift at every change.
public struct StandardBridging: Hashable, Sendable {
    /// The new standard over the old one, from the bridging assays.
    public let ratio: Double
    /// Its 1 - 2 alpha confidence interval.
    public let interval: Interval
    /// The ratio the labels promise.
    public let expected: Double
    /// Found over expected, with its interval.
    public let shift: Double
    /// Confidence interval of `shift`.
    public let shiftInterval: Interval
    /// The margins of `shift`.
    public let margins: Interval
    /// Equivalent, different, or not decided by these assays.
    public let outcome: EquivalenceOutcome
    /// The combination behind the ratio.
    public let combination: PotencyCombination

    /// Judges a bridging study.
    /// - Parameters:
    ///   - assays: potencies of the new standard as ratios to the old one.
    ///   - expected: the ratio that the assigned potencies imply.
    ///   - margins: limits of found over expected, as 0.9 to 1.11.
    public init(
        _ assays: [PotencyCombination.Assay], expected: Double, margins: Interval,
        alpha: Double = 0.05, method: PotencyCombination.Method = .automatic
    ) throws(AnalysisError) {
        guard expected > 0, expected.isFinite else {
            throw .outOfRange(what: "the expected ratio", value: expected, limits: "more than 0")
        }
        guard let low = margins.lower, let high = margins.upper, low > 0, low < 1, high > 1 else {
            throw .outOfRange(
                what: "a margin of the ratio", value: margins.lower ?? .nan,
                limits: "a range around 1, as 0.9 to 1.11")
        }
        guard alpha > 0, alpha < 0.5 else {
            throw .outOfRange(what: "alpha", value: alpha, limits: "between 0 and 0.5")
        }
        let combined = try PotencyCombination(assays, method: method, confidence: 1 - 2 * alpha)
        combination = combined
        ratio = combined.potency
        interval = combined.interval
        self.expected = expected
        shift = combined.potency / expected
        shiftInterval = combined.interval.scaled(by: 1 / expected)
        self.margins = margins
        outcome = EquivalenceOutcome(.success(shiftInterval), margin: margins)
    }
}
