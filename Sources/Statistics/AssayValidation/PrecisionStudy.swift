import Foundation

/// Precision and bias of an assay from repeated runs (ICH Q2, USP <1033>).
public struct PrecisionStudy: Hashable, Sendable {
    /// Variance components, runs (or days and runs) first, then repeatability as "error".
    public let components: NestedVariance
    /// Standard deviation within a run.
    public let repeatability: Double
    /// Standard deviation of a single result in any run.
    public let intermediatePrecision: Double
    /// Upper confidence bound of the intermediate precision.
    public let intermediateUpperBound: Double?
    /// Mean of all results.
    public let mean: Double
    /// Confidence interval of the mean, with runs as the units.
    public let meanInterval: Interval

    /// 100 x intermediate precision / mean; nil for a mean that is not positive.
    public var intermediateCVPercent: Double? {
        mean > 0 ? 100 * intermediatePrecision / mean : nil
    }

    /// Studies results grouped by effects, outermost first.
    /// - Parameters:
    ///   - confidence: of the upper bound.
    ///   - meanConfidence: of the interval of the mean.
    public init(
        _ results: [Double], effects: [(name: String, levels: [String])],
        confidence: Double = 0.95, meanConfidence: Double = 0.9
    ) throws(AnalysisError) {
        try requireProbability(confidence, "the confidence")
        try requireProbability(meanConfidence, "the confidence of the mean")
        components = try NestedVariance(results, effects: effects)
        mean = components.mean
        repeatability = components.components.last?.standardDeviation ?? 0
        intermediatePrecision = components.total.standardDeviation
        if let df = components.total.degreesOfFreedom {
            let chi = try ChiSquared(degreesOfFreedom: df).quantile(1 - confidence)
            intermediateUpperBound = (df * components.total.variance / chi).squareRoot()
        } else {
            intermediateUpperBound = nil
        }
        guard let outer = components.components.first, let square = outer.meanSquare,
            let df = outer.degreesOfFreedom
        else { throw .tooFew(what: "runs", found: 0, needed: 2) }
        let error = (square / Double(results.count)).squareRoot()
        let t = try StudentT(degreesOfFreedom: df).quantile(0.5 + meanConfidence / 2)
        meanInterval = Interval(mean - t * error, mean + t * error)
    }

    /// The standard deviation of a reportable value that averages so many replicates in each of
    /// so many runs: sqrt(Vrun / k + Vrep / (n k)).
    public func formatDeviation(runs: Int, replicates: Int) throws(AnalysisError) -> Double {
        guard runs > 0, replicates > 0 else {
            throw .tooFew(what: "runs and replicates", found: min(runs, replicates), needed: 1)
        }
        let between = components.components.dropLast().reduce(0) { $0 + $1.variance }
        let within = components.components.last?.variance ?? 0
        return (between / Double(runs) + within / Double(runs * replicates)).squareRoot()
    }
}

/// Relative bias of measured potencies at each level, and the range over which the assay is
/// valid (USP <1033>).
public struct RelativeBiasStudy: Hashable, Sendable {
    /// One level.
    public struct Level: Hashable, Sendable {
        /// The target.
        public let target: Double
        /// exp(mean of ln(measured / target)) - 1, in percent.
        public let biasPercent: Double
        /// 90 % confidence interval of the bias, in percent.
        public let interval: Interval
        /// 100 (exp(s) - 1).
        public let geometricCVPercent: Double
        /// Whether the interval of the bias and the precision keep their limits.
        public let passes: Bool
    }

    /// The levels, from the lowest target.
    public let levels: [Level]
    /// The targets that pass without a failing one between, or why there is no range.
    public let range: Result<ClosedRange<Double>, Inconclusive>

    /// Studies measured values by target.
    /// - Parameters:
    ///   - biasLimit: largest absolute bias, in percent.
    ///   - precisionLimit: largest geometric coefficient of variation, in percent.
    public init(
        targets: [Double], measured: [Double], biasLimit: Double, precisionLimit: Double,
        confidence: Double = 0.9
    ) throws(AnalysisError) {
        guard targets.count == measured.count else {
            throw .unequalLengths("targets", targets.count, "measured values", measured.count)
        }
        for (index, target) in targets.enumerated() where !(target > 0 && target.isFinite) {
            throw .outOfRange(what: "target \(index + 1)", value: target, limits: "more than 0")
        }
        var levels: [Level] = []
        for target in Set(targets).sorted() {
            let own = targets.indices.filter { targets[$0] == target }.map { measured[$0] / target }
            let summary = try GeometricSummary(own, confidence: confidence)
            func percent(_ ratio: Double?) -> Double? { ratio.map { 100 * ($0 - 1) } }
            let interval = Interval(
                percent(summary.interval.lower), percent(summary.interval.upper))
            levels.append(
                Level(
                    target: target, biasPercent: 100 * (summary.geometricMean - 1),
                    interval: interval, geometricCVPercent: summary.geometricCVPercent,
                    passes: interval.lies(inside: Interval(-biasLimit, biasLimit))
                        && summary.geometricCVPercent <= precisionLimit))
        }
        self.levels = levels
        var best: ArraySlice<Level> = []
        var run: ArraySlice<Level> = levels[0..<0]
        for (index, level) in levels.enumerated() {
            run = level.passes ? levels[(index - run.count)...index] : levels[index..<index]
            if run.count > best.count { best = run }
        }
        if let low = best.first, let high = best.last, best.count > 1 {
            range = .success(low.target...high.target)
        } else {
            range = .failure(
                Inconclusive(
                    .criterionFailed,
                    "no two neighbouring levels keep the limits of bias and precision"))
        }
    }
}

/// Limits of blank and detection from replicates (CLSI EP17).
public struct DetectionCapability: Hashable, Sendable {
    /// Limit of the blank: the order statistic of rank 0.5 + 0.95 B.
    public let limitOfBlank: Double
    /// Limit of detection: limit of the blank + c x pooled standard deviation of low samples.
    public let limitOfDetection: Double

    /// Limits from blank results and results of low samples, one list a sample.
    public init(
        blanks: [Double], lowSamples: [[Double]], share: Double = 0.95
    ) throws(AnalysisError) {
        try requireProbability(share, "the share")
        guard blanks.count >= 10 else {
            throw .tooFew(what: "blank results", found: blanks.count, needed: 10)
        }
        try requireFinite(blanks, "blank result")
        let sorted = blanks.sorted()
        let rank = 0.5 + share * Double(blanks.count)
        let lower = min(max(Int(rank), 1), sorted.count)
        let upper = min(lower + 1, sorted.count)
        limitOfBlank =
            sorted[lower - 1] + (rank - Double(lower)) * (sorted[upper - 1] - sorted[lower - 1])
        var (squares, df) = (0.0, 0)
        for sample in lowSamples {
            let summary = try Summary(sample)
            squares += summary.sumOfSquares
            df += summary.count - 1
        }
        guard df > 0 else { throw .tooFew(what: "low-level results", found: df + 1, needed: 2) }
        let z = try Normal.quantile(share)
        let c = z / (1 - 1 / (4 * Double(df)))
        limitOfDetection = limitOfBlank + c * (squares / Double(df)).squareRoot()
    }
}
