import Foundation

/// The analysis of one attribute at one storage condition by ICH Q1E.
///
/// Batches may be pooled when neither slopes nor, given a common slope, intercepts differ at the
/// level 0.25; else the shelf life is that of the worst batch. The shelf life ends where the
/// one-sided 95 % confidence bound of the mean meets the limit (97.5 % on each side for limits on
/// both), rounded down to whole units of time, and is capped by the rule of extrapolation.
public struct ShelfLifeAnalysis: Hashable, Sendable {
    /// The bound of one line against one limit.
    public struct Bound: Hashable, Sendable {
        /// The line, with its batch.
        public let line: BatchLine
        /// The limit.
        public let limit: Double
        /// Whether the limit is the upper one.
        public let isUpper: Bool
        /// Where the bound leaves the limit.
        public let crossing: BatchLine.Crossing
    }

    /// A supported shelf life.
    public struct ShelfLife: Hashable, Sendable {
        /// Whole units of time.
        public let duration: Int
        /// Where the worst bound meets its limit; nil when it does not within a hundred times
        /// the data.
        public let crossing: Double?
        /// The batch that governs; nil for a pooled line or when the cap governs.
        public let governingBatch: String?
        /// Whether the rule of extrapolation, and not the data, sets the end.
        public let isLimitedByExtrapolation: Bool
    }

    /// The conventions used.
    public let conventions: StabilityConventions
    /// The rule of extrapolation used.
    public let extrapolation: ExtrapolationRule
    /// Batches' slopes against a common one; nil for a single batch.
    public let slopes: VarianceLine?
    /// Batches' intercepts given a common slope; nil for a single batch.
    public let intercepts: VarianceLine?
    /// Slopes and intercepts together; nil for a single batch.
    public let joint: VarianceLine?
    /// The model the tests lead to; nil for a single batch.
    public let selected: PoolingModel?
    /// The bounds of each model, for all three.
    public let bounds: [PoolingModel: [Bound]]
    /// The bounds the shelf life rests on.
    public let governing: [Bound]
    /// Latest time with data.
    public let dataEnd: Double
    /// Longest shelf life by the rule of extrapolation.
    public let longest: Double
    /// The shelf life, or why none can be given.
    public let shelfLife: Result<ShelfLife, Inconclusive>
    /// What the reader should know: fewer than three batches, no significant change.
    public let remarks: [String]

    /// How far beyond the data a crossing is reported, as a multiple of the time of the data.
    public static let crossingReach = 100.0

    /// Analyses a study.
    /// - Parameters:
    ///   - timeUnit: the unit of the times, by which the months of the rule are converted.
    ///   - boundConfidence: confidence of each bound; nil for 0.95 with a limit on one side and
    ///     0.975 with limits on both or an unknown direction.
    /// - Throws: for fewer than three observations or two times of a batch, negative times, or
    ///   values that are not finite.
    public init(
        _ observations: [StabilityObservation], limit: StabilityLimit,
        conventions: StabilityConventions = StabilityConventions(),
        extrapolation: ExtrapolationRule = .realTimeOnly,
        timeUnit: StabilityTimeUnit = .months, boundConfidence: Double? = nil
    ) throws(AnalysisError) {
        let confidence = boundConfidence ?? limit.boundConfidence
        try requireProbability(confidence, "the confidence of the bound")
        if case .both(let lower, let upper) = limit, !(lower < upper) {
            throw .outOfRange(
                what: "the upper limit", value: upper, limits: "above the lower limit \(lower)")
        }
        let batches = try ShelfLifeAnalysis.batches(observations)
        let models = try PooledModels(batches, conventions)
        self.conventions = conventions
        self.extrapolation = extrapolation
        slopes = models.slopes
        intercepts = models.intercepts
        joint = models.joint
        selected = models.selected
        let end = observations.map(\.time).max() ?? 0
        dataEnd = end
        longest = extrapolation.longest(dataUpTo: end, in: timeUnit)
        var bounds: [PoolingModel: [Bound]] = [:]
        for (model, lines) in models.lines {
            var own: [Bound] = []
            for line in lines {
                let quantile = try StudentT(degreesOfFreedom: line.degreesOfFreedom)
                    .quantile(confidence)
                for (value, upper) in [(limit.lowerLimit, false), (limit.upperLimit, true)] {
                    guard let value else { continue }
                    own.append(
                        Bound(
                            line: line, limit: value, isUpper: upper,
                            crossing: line.crossing(limit: value, upper: upper, quantile: quantile))
                    )
                }
            }
            bounds[model] = own
        }
        self.bounds = bounds
        governing = bounds[models.selected ?? .commonLine] ?? []
        shelfLife = ShelfLifeAnalysis.shelfLife(governing, end: end, longest: longest)
        var remarks: [String] = []
        if batches.count < 3 {
            remarks.append(
                "\(batches.count) batch\(batches.count == 1 ? "" : "es") given: ICH Q1E expects at"
                    + " least 3")
        }
        if governing.allSatisfy({ $0.line.errorVariance == 0 }) {
            remarks.append("the results lie exactly on a line: no variation to judge by")
        }
        self.remarks = remarks
    }

    private static func shelfLife(
        _ bounds: [Bound], end: Double, longest: Double
    ) -> Result<ShelfLife, Inconclusive> {
        var earliest: (time: Double, batch: String?)?
        for bound in bounds {
            switch bound.crossing {
            case .outsideAtStart:
                let batch = bound.line.batch.map { " of batch '\($0)'" } ?? ""
                return .failure(
                    Inconclusive(
                        .outsideAtStart,
                        "the confidence bound\(batch) is outside the limit \(bound.limit) at time 0"
                    ))
            case .at(let time):
                if time < earliest?.time ?? .infinity { earliest = (time, bound.line.batch) }
            case .never: continue
            }
        }
        let crossing = earliest.flatMap { $0.time <= crossingReach * end ? $0.time : nil }
        let limited = crossing.map { $0 > longest } ?? true
        let supported = min(crossing ?? longest, longest)
        // A duration that is whole up to rounding is that whole number.
        let duration = Int((supported + 1e-9 * max(1, supported)).rounded(.down))
        guard duration > 0 else {
            return .failure(
                Inconclusive(
                    .tooLittleData, "the data support less than one whole unit of time"))
        }
        return .success(
            ShelfLife(
                duration: duration, crossing: crossing,
                governingBatch: limited ? nil : earliest?.batch,
                isLimitedByExtrapolation: limited))
    }

    private static func batches(
        _ observations: [StabilityObservation]
    ) throws(AnalysisError) -> [BatchSums] {
        var order: [String] = []
        var times: [String: [Double]] = [:]
        var values: [String: [Double]] = [:]
        for (index, observation) in observations.enumerated() {
            guard observation.time.isFinite, observation.time >= 0 else {
                throw .outOfRange(
                    what: "time \(index + 1)", value: observation.time, limits: "at least 0")
            }
            guard observation.value.isFinite else {
                throw .notFinite(what: "result", position: index + 1)
            }
            if times[observation.batch] == nil { order.append(observation.batch) }
            times[observation.batch, default: []].append(observation.time)
            values[observation.batch, default: []].append(observation.value)
        }
        guard observations.count >= 3 else {
            throw .tooFew(what: "results", found: observations.count, needed: 3)
        }
        var sums: [BatchSums] = []
        for name in order {
            let batch = BatchSums(name, times: times[name] ?? [], values: values[name] ?? [])
            let different = Set(times[name] ?? []).count
            guard different > 1 else {
                throw .tooFew(what: "times of batch '\(name)'", found: different, needed: 2)
            }
            sums.append(batch)
        }
        return sums
    }
}

/// The three models and the tests between them.
struct PooledModels {
    var slopes: VarianceLine?
    var intercepts: VarianceLine?
    var joint: VarianceLine?
    var selected: PoolingModel?
    var lines: [PoolingModel: [BatchLine]] = [:]

    init(_ batches: [BatchSums], _ conventions: StabilityConventions) throws(AnalysisError) {
        let k = batches.count
        let n = batches.reduce(0) { $0 + $1.count }
        let meanTime = batches.reduce(0) { $0 + $1.count * $1.meanTime } / n
        let meanValue = batches.reduce(0) { $0 + $1.count * $1.meanValue } / n
        let within = (
            xx: batches.reduce(0) { $0 + $1.sxx }, xy: batches.reduce(0) { $0 + $1.sxy },
            yy: batches.reduce(0) { $0 + $1.syy }
        )
        var total = within
        for batch in batches {
            let x = batch.meanTime - meanTime
            let y = batch.meanValue - meanValue
            total.xx += batch.count * x * x
            total.xy += batch.count * x * y
            total.yy += batch.count * y * y
        }
        let pooledResidual = max(0, total.yy - total.xy * total.xy / total.xx)
        let commonResidual = max(0, within.yy - within.xy * within.xy / within.xx)
        let separateResidual = batches.reduce(0) { $0 + $1.residual }
        guard n > 2 else { throw .tooFew(what: "results", found: Int(n), needed: 3) }
        let pooledSlope = total.xy / total.xx
        lines[.commonLine] = [
            BatchLine(
                batch: nil, intercept: meanValue - pooledSlope * meanTime, slope: pooledSlope,
                meanTime: meanTime, count: n, sxx: total.xx,
                errorVariance: pooledResidual / (n - 2), degreesOfFreedom: n - 2)
        ]
        guard k > 1 else { return }
        let separateDF = Int(n) - 2 * k
        let commonDF = Int(n) - k - 1
        guard separateDF > 0 else {
            throw .tooFew(what: "results", found: Int(n), needed: 2 * k + 1)
        }
        slopes = try VarianceLine(
            "slopes", k - 1, max(0, commonResidual - separateResidual), error: separateResidual,
            errorDegreesOfFreedom: separateDF)
        let usesFull = conventions.interceptError == .fullModel
        intercepts = try VarianceLine(
            "intercepts", k - 1, max(0, pooledResidual - commonResidual),
            error: usesFull ? separateResidual : commonResidual,
            errorDegreesOfFreedom: usesFull ? separateDF : commonDF)
        joint = try VarianceLine(
            "joint", 2 * (k - 1), max(0, pooledResidual - separateResidual),
            error: separateResidual, errorDegreesOfFreedom: separateDF)
        let commonSlope = within.xy / within.xx
        lines[.commonSlope] = batches.map { batch in
            BatchLine(
                batch: batch.name, intercept: batch.meanValue - commonSlope * batch.meanTime,
                slope: commonSlope, meanTime: batch.meanTime, count: batch.count, sxx: within.xx,
                errorVariance: commonResidual / Double(commonDF),
                degreesOfFreedom: Double(commonDF))
        }
        let own = conventions.separateSlopeError == .own
        var separate: [BatchLine] = []
        for batch in batches {
            guard !own || batch.count > 2 else {
                throw .tooFew(
                    what: "results of batch '\(batch.name)'", found: Int(batch.count), needed: 3)
            }
            separate.append(
                BatchLine(
                    batch: batch.name, intercept: batch.meanValue - batch.slope * batch.meanTime,
                    slope: batch.slope, meanTime: batch.meanTime, count: batch.count,
                    sxx: batch.sxx,
                    errorVariance: own
                        ? batch.residual / (batch.count - 2)
                        : separateResidual / Double(separateDF),
                    degreesOfFreedom: own ? batch.count - 2 : Double(separateDF)))
        }
        lines[.separate] = separate
        // A test without a p (no residual variation at all) cannot justify pooling.
        let alpha = conventions.poolingAlpha
        let slopesDiffer = (slopes?.p ?? (commonResidual > 0 ? 0 : 1)) < alpha
        let interceptsDiffer = (intercepts?.p ?? (pooledResidual > 0 ? 0 : 1)) < alpha
        selected = slopesDiffer ? .separate : interceptsDiffer ? .commonSlope : .commonLine
    }
}
