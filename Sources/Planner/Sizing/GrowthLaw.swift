import Foundation

/// How the cells grow: nothing for a lag, then exponentially, never above the maximum density.
///
/// `D(t) = min(Dmax, Ds·a·2^((t − lag)/DT))`, with the doubling time growing by `slope` at each
/// passage: `DT_k = DT·(1 + slope·(k − 1))`.
public struct GrowthLaw: Codable, Sendable {
    /// The time for one doubling at passage 1, in hours.
    public var doublingTime: Double
    /// Growth of the doubling time with each passage, as a share.
    public var slope: Double = 0
    /// The time before growth begins, in hours.
    public var lag: Double
    /// The lag of the first culture after a thaw, in hours.
    public var lagAfterThaw: Double
    /// The share of seeded cells that attach.
    public var attachment: Double
    /// The density cells are harvested at, in cells/cm²; nil where the time is fixed.
    public var targetDensity: Double?
    /// The density growth ends at, in cells/cm².
    public var maximumDensity: Double?
    /// The share of cells recovered at harvest.
    public var harvestRecovery: Double
    /// Its standard deviation.
    public var recoverySpread: Double = 0
    /// Medium for each cm², in mL.
    public var mediumPerArea: Double
    /// Standard deviation of the logarithm of the doubling time between donors or lines.
    public var donorSpread: Double = 0
    /// The same between batches.
    public var batchSpread: Double = 0
    /// The same between passages.
    public var passageSpread: Double = 0

    /// A law; times in hours, densities in cells/cm².
    public init(
        doublingTime: Double, slope: Double = 0, lag: Double, lagAfterThaw: Double,
        attachment: Double, targetDensity: Double?, maximumDensity: Double?,
        harvestRecovery: Double, recoverySpread: Double = 0, mediumPerArea: Double,
        donorSpread: Double = 0, batchSpread: Double = 0, passageSpread: Double = 0
    ) {
        self.doublingTime = doublingTime
        self.slope = slope
        self.lag = lag
        self.lagAfterThaw = lagAfterThaw
        self.attachment = attachment
        self.targetDensity = targetDensity
        self.maximumDensity = maximumDensity
        self.harvestRecovery = harvestRecovery
        self.recoverySpread = recoverySpread
        self.mediumPerArea = mediumPerArea
        self.donorSpread = donorSpread
        self.batchSpread = batchSpread
        self.passageSpread = passageSpread
    }

    /// The doubling time at passage `passage`, in hours.
    public func doublingTime(passage: Int) -> Double {
        doublingTime * (1 + slope * (Double(passage) - 1))
    }

    /// The hours until cells seeded at `seeded` cells/cm² reach `target` cells/cm².
    public func hours(from seeded: Double, to target: Double, passage: Int, lag: Double) -> Double {
        lag + doublingTime(passage: passage) * log2(target / (seeded * attachment))
    }

    /// The density after `hours`, in cells/cm².
    public func density(after hours: Double, from seeded: Double, passage: Int, lag: Double)
        -> Double
    {
        let grown =
            seeded * attachment * exp2(max(hours - lag, 0) / doublingTime(passage: passage))
        return min(maximumDensity ?? .infinity, grown)
    }
}

/// The arithmetic of population doublings (ISO 24603:2022 speaks of PD and cumulative PDL).
public enum PopulationDoublings {
    /// `log2(harvested / seeded)`, both viable, seeded and not attached.
    public static func between(seeded: Double, harvested: Double) -> Double {
        log2(harvested / seeded)
    }

    /// Passages until `start` cells are at least `wanted` when each multiplies them by `factor`:
    /// the least n with start·factor^n ≥ wanted. Nil when they never are.
    public static func passages(from start: Double, to wanted: Double, factor: Double) -> Int? {
        guard start > 0, factor > 1, wanted.isFinite else { return nil }
        guard wanted > start else { return 0 }
        // A quotient that is whole but for the rounding of the logarithms is taken as whole.
        return Int((log(wanted / start) / log(factor) - 1e-12).rounded(.up))
    }

    /// The hours in which logistic growth takes a culture from `start` to `target` cells/cm²:
    /// `lag + ln[D_t (D_max − D_0) / (D_0 (D_max − D_t))] / μ`, with μ = ln 2 / doubling time.
    /// Nil when the target is not below the maximum.
    public static func logisticHours(
        from start: Double, to target: Double, maximum: Double, doublingTime: Double, lag: Double
    ) -> Double? {
        guard start > 0, start < maximum, target >= start, target < maximum else { return nil }
        let rate = log(2) / doublingTime
        return lag + log(target * (maximum - start) / (start * (maximum - target))) / rate
    }
}
