import Foundation
import Statistics

/// Body weight: lognormal with a mean and a standard deviation, cut at the weights treated.
public struct WeightDistribution: Codable, Sendable {
    /// Mean of the uncut distribution, in kg.
    public var mean: Double
    /// Its standard deviation, in kg.
    public var spread: Double
    /// The lightest patient treated, in kg.
    public var minimum: Double
    /// The heaviest, in kg.
    public var maximum: Double

    /// A distribution of body weight.
    public init(mean: Double, spread: Double, minimum: Double, maximum: Double) {
        self.mean = mean
        self.spread = spread
        self.minimum = minimum
        self.maximum = maximum
    }

    /// The probability of a weight above `low` and up to `high`.
    public func probability(above low: Double, through high: Double) -> Double {
        let (low, high) = (max(low, minimum), min(high, maximum))
        guard high > low else { return 0 }
        guard spread > 0 else { return mean > low && mean <= high ? 1 : 0 }
        return (cumulative(high) - cumulative(low)) / (cumulative(maximum) - cumulative(minimum))
    }

    private func cumulative(_ weight: Double) -> Double {
        let variance = log(1 + (spread / mean) * (spread / mean))
        let location = log(mean) - variance / 2
        return Normal.cumulative((log(weight) - location) / variance.squareRoot())
    }
}

extension PlannedDose {
    /// Viable cells of one container when it is given.
    public var viablePerContainer: Double {
        cellsPerContainer * (1 + overfill) * postThawRecovery * washRecovery
    }

    /// No dose takes more containers: above this the dose or the container is wrong.
    static let containersMax = 10_000

    /// How many containers an administration takes, with the probability of each number.
    ///
    /// By body weight, k containers serve the weights in ((k − 1)v, kv] with v the viable cells of
    /// a container over the cells for each kg.
    func containersPerAdministration(
        _ weight: WeightDistribution?
    ) -> (mean: Double, shares: [Int: Double])? {
        let needed = cells * deadVolumeFactor
        guard isPerKilogram, let weight else {
            let count = (needed / viablePerContainer).rounded(.up)
            guard count >= 1, count <= Double(Self.containersMax) else { return nil }
            return (count, [Int(count): 1])
        }
        let kilograms = viablePerContainer / needed
        let most = (weight.maximum / kilograms).rounded(.up)
        guard kilograms > 0, most >= 1, most <= Double(Self.containersMax) else { return nil }
        var (mean, shares) = (0.0, [Int: Double]())
        for count in 1...Int(most) {
            let share = weight.probability(
                above: Double(count - 1) * kilograms, through: Double(count) * kilograms)
            guard share > 0 else { continue }
            shares[count] = share
            mean += Double(count) * share
        }
        return mean > 0 ? (mean, shares) : nil
    }
}
