/// How a quantity of a campaign varies. Each takes one uniform draw and is monotone in it.
public enum Distribution: Hashable, Sendable {
    /// Always the same.
    case fixed(Double)
    /// The logarithm is normal: median, standard deviation of the logarithm.
    case lognormal(median: Double, sdLog: Double)
    /// The time to an event without memory.
    case exponential(mean: Double)
    /// Every value between two is alike.
    case uniform(from: Double, to: Double)
    /// Least, most likely and greatest value.
    case triangular(from: Double, mode: Double, to: Double)
    /// A normal whose ends are set to the limits. For recoveries prefer `beta` or `logitNormal`,
    /// which need no cut.
    case clampedNormal(mean: Double, sd: Double, from: Double, to: Double)
    /// A share whose log-odds are normal: median between 0 and 1, standard deviation of the
    /// log-odds.
    case logitNormal(median: Double, sdLogit: Double)
    /// A share with mean between 0 and 1 and standard deviation.
    case beta(mean: Double, sd: Double)

    /// The value below which a share `probability` lies.
    public func quantile(_ probability: Double) -> Double {
        switch self {
        case .fixed(let value): value
        case .lognormal(let median, let sdLog):
            median * Elementary.exp(sdLog * InverseNormal.quantile(probability))
        case .exponential(let mean): -mean * Elementary.log(1 - probability)
        case .uniform(let low, let high): low + (high - low) * probability
        case .triangular(let low, let mode, let high):
            Self.triangular(probability, low, mode, high)
        case .clampedNormal(let mean, let sd, let low, let high):
            min(high, max(low, mean + sd * InverseNormal.quantile(probability)))
        case .logitNormal(let median, let sdLogit):
            1
                / (1 + (1 - median) / median
                    * Elementary.exp(-sdLogit * InverseNormal.quantile(probability)))
        case .beta(let mean, let sd):
            BetaShape.byMoments(mean: mean, spread: sd)
                .map { BetaQuantile($0).value(probability) } ?? mean
        }
    }

    private static func triangular(
        _ p: Double, _ low: Double, _ mode: Double, _ high: Double
    ) -> Double {
        let width = high - low
        guard width > 0 else { return low }
        if p <= (mode - low) / width {
            return low + (p * width * (mode - low)).squareRoot()
        }
        return high - ((1 - p) * width * (high - mode)).squareRoot()
    }

    /// The mean.
    public var mean: Double {
        switch self {
        case .fixed(let value): value
        case .lognormal(let median, let sdLog): median * Elementary.exp(0.5 * sdLog * sdLog)
        case .exponential(let mean): mean
        case .uniform(let low, let high): 0.5 * (low + high)
        case .triangular(let low, let mode, let high): (low + mode + high) / 3
        case .clampedNormal(let mean, _, let low, let high): min(high, max(low, mean))
        case .logitNormal(let median, _): median
        case .beta(let mean, _): mean
        }
    }

    /// What is wrong with the parameters; nil when they describe a distribution of values that
    /// are not negative.
    public var flaw: String? {
        func flaw(_ values: [(String, Double)]) -> String? {
            for (name, value) in values {
                if !value.isFinite { return "\(name) is \(value), which is not a number" }
                if value < 0 { return "\(name) is \(value) and must not be negative" }
                if value > Self.greatest {
                    return "\(name) is \(value) and must be at most \(Self.greatest)"
                }
            }
            return nil
        }
        switch self {
        case .fixed(let value): return flaw([("value", value)])
        case .lognormal(let median, let sd):
            return flaw([("median", median), ("standard deviation of the logarithm", sd)])
                ?? (sd > 5 ? "standard deviation of the logarithm is \(sd), above 5" : nil)
        case .exponential(let mean): return flaw([("mean", mean)])
        case .uniform(let low, let high):
            return flaw([("lower end", low), ("upper end", high)])
                ?? (low > high ? "lower end \(low) is above upper end \(high)" : nil)
        case .triangular(let low, let mode, let high):
            return flaw([("lower end", low), ("mode", mode), ("upper end", high)])
                ?? (low > mode || mode > high
                    ? "mode \(mode) is not between \(low) and \(high)" : nil)
        case .clampedNormal(let mean, let sd, let low, let high):
            return flaw([
                ("mean", mean), ("deviation", sd), ("lower end", low), ("upper end", high),
            ])
                ?? (low > high ? "lower end \(low) is above upper end \(high)" : nil)
        case .logitNormal(let median, let sd):
            return flaw([("median", median), ("standard deviation of the log-odds", sd)])
                ?? (median <= 0 || median >= 1
                    ? "median \(median) is not a share between 0 and 1" : nil)
        case .beta(let mean, let sd):
            return flaw([("mean", mean), ("deviation", sd)]) ?? Self.betaFlaw(mean, sd)
        }
    }

    private static func betaFlaw(_ mean: Double, _ sd: Double) -> String? {
        guard mean > 0, mean < 1 else { return "mean \(mean) is not a share between 0 and 1" }
        guard sd > 0 else { return nil }
        guard let shape = BetaShape.byMoments(mean: mean, spread: sd), shape.isPeaked else {
            let least = BetaShape.byMoments(mean: mean, spread: sd)?.least ?? 0
            return "mean \(mean) with deviation \(sd) gives a beta distribution with a shape of "
                + "\(least), below 1"
        }
        guard shape.a + shape.b <= 1e8 else {
            return "deviation \(sd) is too small for a beta distribution"
        }
        return nil
    }

    /// No quantity of a campaign is greater; it keeps every product of two far from overflow.
    static let greatest = 1e18
}
