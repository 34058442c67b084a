/// A share with a mean and a standard deviation, as a beta distribution.
public struct BetaShape: Hashable, Sendable {
    /// The exponents of x and of 1 − x, each plus one.
    public let a, b: Double

    /// The shape parameters by moments: with k = m(1 − m)/s² − 1, a = mk and b = (1 − m)k.
    /// Nil when no beta distribution has these moments.
    public static func byMoments(mean: Double, spread: Double) -> BetaShape? {
        guard mean > 0, mean < 1, spread > 0 else { return nil }
        let size = mean * (1 - mean) / (spread * spread) - 1
        guard size > 0 else { return nil }
        return BetaShape(a: mean * size, b: (1 - mean) * size)
    }

    /// The smaller of the two.
    var least: Double { min(a, b) }

    /// Whether it has one peak between its ends. With a shape below 1 the distribution is piled up
    /// at 0 or 1, which no recovery is: most often a standard error was taken for a standard
    /// deviation, and a planner must not guess.
    var isPeaked: Bool { least >= 1 }
}
