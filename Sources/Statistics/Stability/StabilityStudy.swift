import Foundation

/// One result of a stability study.
public struct StabilityObservation: Hashable, Sendable {
    /// The batch.
    public var batch: String
    /// Time since the start, in the unit of the study; at least 0.
    public var time: Double
    /// The result.
    public var value: Double

    /// An observation.
    public init(batch: String, time: Double, value: Double) {
        self.batch = batch
        self.time = time
        self.value = value
    }
}

/// The acceptance criterion an attribute must stay inside until the end of its shelf life.
public enum StabilityLimit: Hashable, Sendable {
    /// Not below; a one-sided bound.
    case lower(Double)
    /// Not above; a one-sided bound.
    case upper(Double)
    /// Between; half of the error on each side.
    case both(lower: Double, upper: Double)
    /// Not below, for an attribute whose direction of change is not known; half of the error on
    /// each side.
    case lowerUnknownDirection(Double)
    /// Not above, for an attribute whose direction of change is not known.
    case upperUnknownDirection(Double)

    var lowerLimit: Double? {
        switch self {
        case .lower(let limit), .both(let limit, _), .lowerUnknownDirection(let limit): limit
        case .upper, .upperUnknownDirection: nil
        }
    }

    var upperLimit: Double? {
        switch self {
        case .upper(let limit), .both(_, let limit), .upperUnknownDirection(let limit): limit
        case .lower, .lowerUnknownDirection: nil
        }
    }

    /// Confidence of each bound for a total of 95 %.
    var boundConfidence: Double {
        switch self {
        case .lower, .upper: 0.95
        case .both, .lowerUnknownDirection, .upperUnknownDirection: 0.975
        }
    }
}

/// The points on which programs for ICH Q1E differ; each is printed with the result.
public struct StabilityConventions: Hashable, Sendable {
    /// The error against which batches' intercepts are tested, given a common slope.
    public enum InterceptError: String, Hashable, Sendable, CaseIterable {
        /// The residual of separate slopes and intercepts, as JMP and expirest.
        case fullModel = "full-model"
        /// The residual of the common-slope model with separate intercepts.
        case reducedModel = "reduced-model"
    }

    /// The error of the bounds when slopes are separate.
    public enum SeparateSlopeError: String, Hashable, Sendable, CaseIterable {
        /// One residual variance pooled over the batches, as Minitab.
        case pooled
        /// The residual variance of each batch alone, as JMP.
        case own
    }

    /// Level of the tests for pooling (ICH Q1E B.3).
    public var poolingAlpha: Double
    /// The error of the intercept test.
    public var interceptError: InterceptError
    /// The error of separate slopes.
    public var separateSlopeError: SeparateSlopeError

    /// Conventions; the defaults are level 0.25, the full-model error and the pooled error.
    public init(
        poolingAlpha: Double = 0.25, interceptError: InterceptError = .fullModel,
        separateSlopeError: SeparateSlopeError = .pooled
    ) {
        self.poolingAlpha = poolingAlpha
        self.interceptError = interceptError
        self.separateSlopeError = separateSlopeError
    }
}

/// How far beyond the long-term data a shelf life may be set (ICH Q1E 2.4 and 2.5, Q5C).
public enum ExtrapolationRule: String, Hashable, Sendable, CaseIterable {
    /// Room temperature, no significant change at accelerated conditions: up to twice the data,
    /// not more than 12 months beyond.
    case roomTemperature = "room-temperature"
    /// Room temperature with significant change at accelerated but not at intermediate
    /// conditions: up to one and a half times, not more than 6 months beyond.
    case roomTemperatureIntermediate = "room-temperature-intermediate"
    /// Refrigerated, no significant change at accelerated conditions: up to one and a half times,
    /// not more than 6 months beyond.
    case refrigerated
    /// No extrapolation: biological products (Q5C), cryopreserved cells, in-use and hold times,
    /// or significant change.
    case realTimeOnly = "real-time-only"

    /// The longest shelf life that data up to `time` support by this rule, in the same unit.
    public func longest(
        dataUpTo time: Double, in unit: StabilityTimeUnit = .months
    ) -> Double {
        switch self {
        case .roomTemperature: min(2 * time, time + 12 * unit.inOneMonth)
        case .roomTemperatureIntermediate, .refrigerated:
            min(1.5 * time, time + 6 * unit.inOneMonth)
        case .realTimeOnly: time
        }
    }
}

/// The unit of the times of a stability study.
public enum StabilityTimeUnit: String, Hashable, Sendable, CaseIterable {
    case hours, days, weeks, months, years

    /// How many of the unit are a month, a twelfth of a year of 365.25 days: the months by which
    /// ICH Q1E limits extrapolation are converted by it.
    var inOneMonth: Double {
        switch self {
        case .hours: 730.5
        case .days: 30.4375
        case .weeks: 30.4375 / 7
        case .months: 1
        case .years: 1.0 / 12
        }
    }
}

/// Batches described by one regression, parallel lines or a line each.
public enum PoolingModel: String, Hashable, Sendable, CaseIterable {
    /// One line for all batches.
    case commonLine = "common slope, common intercept"
    /// Parallel lines.
    case commonSlope = "common slope, separate intercepts"
    /// A line for each batch.
    case separate = "separate slopes, separate intercepts"
}
