import Foundation
import Statistics

/// Binomial and Poisson counts: how many batches, donors and vials are enough.
public enum CountDistributions {
    /// No search for a count goes beyond this: a plan of a hundred thousand batches a year is a
    /// mistake in its numbers.
    public static let countMax = 100_000

    /// P(Binomial(n, p) ≥ k), through the incomplete beta function.
    public static func binomialAtLeast(_ k: Int, of n: Int, probability p: Double) -> Double {
        if k <= 0 { return 1 }
        if k > n || p <= 0 { return 0 }
        if p >= 1 { return 1 }
        return (try? BetaDistribution(Double(k), Double(n - k + 1)).cumulative(p)) ?? .nan
    }

    /// The least number of trials in which at least `successes` succeed with the probability
    /// `confidence`; nil when none up to `countMax` is enough.
    public static func trials(
        for successes: Int, probability p: Double, confidence: Double
    ) -> Int? {
        if successes <= 0 { return 0 }
        guard p > 0, confidence < 1, successes <= countMax else { return nil }
        // The probability rises with the number of trials, so that halving finds the least one.
        var (low, high) = (successes, successes)
        while binomialAtLeast(successes, of: high, probability: p) < confidence {
            low = high + 1
            high *= 2
            if low > countMax { return nil }
        }
        while low < high {
            let middle = (low + high) / 2
            if binomialAtLeast(successes, of: middle, probability: p) >= confidence {
                high = middle
            } else {
                low = middle + 1
            }
        }
        return low <= countMax ? low : nil
    }

    /// The least count that a Poisson number of the mean `mean` exceeds with a probability of at
    /// most 1 − `confidence`; nil when the mean is too large to be a demand.
    public static func poissonQuantile(mean: Double, confidence: Double) -> Int? {
        guard mean >= 0, mean <= 1e9, confidence < 1 else { return nil }
        if mean == 0 { return 0 }
        if mean > 1e4 {
            // Cornish-Fisher with the skewness; exact to a unit above ten thousand.
            guard let z = try? Normal.quantile(confidence) else { return nil }
            return Int((mean + z * mean.squareRoot() + (z * z - 1) / 6).rounded(.up))
        }
        // Terms are summed by their logarithms: e^-mean alone is nothing above a mean of 745.
        var total = 0.0
        for count in 0...(Int(mean) * 2 + 200) {
            total += exp(-mean + Double(count) * log(mean) - lgamma(Double(count) + 1))
            if total >= confidence { return count }
        }
        return nil
    }
}
