import Foundation

/// An interval that holds at least a share of a population, with a confidence.
public struct ToleranceInterval: Hashable, Sendable {
    /// The assumption behind an interval.
    public enum Model: String, Hashable, Sendable, CaseIterable {
        /// Normal values.
        case normal
        /// Values whose logarithms are normal.
        case logNormal = "log-normal"
        /// Any continuous distribution: the extremes of the sample.
        case distributionFree = "distribution-free"
    }

    /// The sides that are bounded.
    public enum Sides: String, Hashable, Sendable, CaseIterable {
        /// Both.
        case both
        /// Below only.
        case lower
        /// Above only.
        case upper
    }

    /// The interval; a side that is not bounded is nil.
    public let interval: Interval
    /// Factor k of the standard deviation; nil for a distribution-free interval.
    public let factor: Double?
    /// The confidence reached; for a distribution-free interval more than was asked for.
    public let confidence: Double
    /// The share of the population.
    public let content: Double
    /// The assumption.
    public let model: Model

    /// The interval for `values`, or why the sample cannot support one.
    public static func of(
        _ values: [Double], content: Double, confidence: Double, model: Model = .normal,
        sides: Sides = .both, method: ToleranceFactor.Method = .exact
    ) throws(AnalysisError) -> Result<ToleranceInterval, Inconclusive> {
        let summary = try Summary(values)
        if model == .distributionFree {
            return try distributionFree(values, summary, content, confidence, sides)
        }
        var scaled = summary
        if model == .logNormal {
            for (index, value) in values.enumerated() where !(value > 0) {
                throw .outOfRange(
                    what: "value \(index + 1)", value: value,
                    limits: "more than 0 to take its logarithm")
            }
            scaled = try Summary(values.map { log($0) })
        }
        let deviation = try scaled.requiredStandardDeviation("values")
        guard deviation > 0 else { throw .constant(what: "the sample") }
        let factor =
            sides == .both
            ? try ToleranceFactor.twoSided(
                count: values.count, content: content, confidence: confidence, method: method)
            : try ToleranceFactor.oneSided(
                count: values.count, content: content, confidence: confidence)
        let interval = Interval(
            sides == .upper ? nil : scaled.mean - factor * deviation,
            sides == .lower ? nil : scaled.mean + factor * deviation)
        return .success(
            ToleranceInterval(
                interval: model == .logNormal ? interval.exponential : interval, factor: factor,
                confidence: confidence, content: content, model: model))
    }

    private static func distributionFree(
        _ values: [Double], _ summary: Summary, _ content: Double, _ confidence: Double,
        _ sides: Sides
    ) throws(AnalysisError) -> Result<ToleranceInterval, Inconclusive> {
        try requireProbability(content, "the content")
        try requireProbability(confidence, "the confidence")
        let reached = ToleranceFactor.distributionFreeConfidence(
            count: values.count, content: content, twoSided: sides == .both)
        guard reached >= confidence else {
            let needed = try ToleranceFactor.smallestCount(
                content: content, confidence: confidence, twoSided: sides == .both)
            return .failure(
                Inconclusive(
                    .tooLittleData,
                    "\(values.count) values hold \(content) of any population with confidence"
                        + " \(shortened(reached)): \(needed) values are needed for \(confidence)"))
        }
        return .success(
            ToleranceInterval(
                interval: Interval(
                    sides == .upper ? nil : summary.minimum,
                    sides == .lower ? nil : summary.maximum), factor: nil,
                confidence: reached, content: content, model: .distributionFree))
    }
}

/// The rates of wrong decisions with a proposed acceptance limit.
///
/// True values of lots are normal with the process mean and standard deviation; a measured value
/// adds normal error. A lot is wrongly rejected when its true value keeps the specification and
/// its measured value misses the acceptance limits, and wrongly accepted the other way round.
public struct AcceptanceRisk: Hashable, Sendable {
    /// Share of all lots that are good and rejected.
    public let falseReject: Double
    /// Share of all lots that are bad and accepted.
    public let falseAccept: Double
    /// Share of all lots whose true value keeps the specification.
    public let good: Double

    /// Share of the good lots that are rejected; nil when no lot is good.
    public var rejectedAmongGood: Double? { good > 0 ? falseReject / good : nil }
    /// Share of the bad lots that are accepted; nil when no lot is bad.
    public var acceptedAmongBad: Double? { good < 1 ? falseAccept / (1 - good) : nil }

    /// The rates for a process and a measurement.
    /// - Parameters:
    ///   - measurementDeviation: standard deviation of a single measurement.
    ///   - replicates: measurements averaged for a decision.
    public init(
        processMean: Double, processDeviation: Double, measurementDeviation: Double,
        replicates: Int = 1, specification: SpecificationLimits, acceptance: SpecificationLimits
    ) throws(AnalysisError) {
        guard processDeviation > 0, processDeviation.isFinite else {
            throw .outOfRange(
                what: "the process standard deviation", value: processDeviation,
                limits: "more than 0")
        }
        guard measurementDeviation > 0, measurementDeviation.isFinite else {
            throw .outOfRange(
                what: "the measurement standard deviation", value: measurementDeviation,
                limits: "more than 0")
        }
        guard replicates > 0 else {
            throw .tooFew(what: "replicates", found: replicates, needed: 1)
        }
        let error = measurementDeviation / Double(replicates).squareRoot()
        let low = processMean - 9 * processDeviation
        let high = processMean + 9 * processDeviation
        // Pieces between the specification limits, so that no rule steps over an edge; each is
        // cut to the scale of the sharper of the two normal curves.
        let edges =
            [low]
            + [specification.lower, specification.upper].compactMap { $0 }.filter {
                low < $0 && $0 < high
            } + [high]
        var (reject, accept, good) = (0.0, 0.0, 0.0)
        let grain = 2 * min(processDeviation, error)
        for (from, to) in zip(edges, edges.dropFirst()) {
            let pieces = min(2000, max(4, Int(((to - from) / grain).rounded(.up))))
            let isGood = specification.contains(0.5 * (from + to))
            for piece in 0..<pieces {
                let a = from + (to - from) * Double(piece) / Double(pieces)
                let b = from + (to - from) * Double(piece + 1) / Double(pieces)
                let (nodes, weights) = GaussLegendre.rule(nodes: 10, from: a, to: b)
                for (x, weight) in zip(nodes, weights) {
                    let share =
                        weight * Normal.density((x - processMean) / processDeviation)
                        / processDeviation
                    let missed =
                        (acceptance.lower.map { Normal.cumulative(($0 - x) / error) } ?? 0)
                        + (acceptance.upper.map { Normal.upperTail(($0 - x) / error) } ?? 0)
                    if isGood {
                        good += share
                        reject += share * missed
                    } else {
                        accept += share * (1 - missed)
                    }
                }
            }
        }
        falseReject = reject
        falseAccept = accept
        self.good = good
    }
}
