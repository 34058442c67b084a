/// A share with a mean and a standard deviation, as a beta distribution.
public enum BetaShape {
    /// The shape parameters a and b by moments: with k = m(1 − m)/s² − 1, a = mk and b = (1 − m)k.
    /// Nil when no beta distribution has these moments.
    public static func byMoments(mean: Double, spread: Double) -> (a: Double, b: Double)? {
        guard mean > 0, mean < 1, spread > 0 else { return nil }
        let size = mean * (1 - mean) / (spread * spread) - 1
        guard size > 0 else { return nil }
        return (mean * size, (1 - mean) * size)
    }

    /// Why a share cannot have this spread: with a shape below 1 the distribution is piled up at 0
    /// or 1, which no recovery is; most often a standard error was multiplied or mistaken.
    static func refusal(
        mean: Double, spread: Double, what: String, place: String? = nil
    ) -> PlanRefusal? {
        guard spread > 0, mean > 0, mean < 1 else { return nil }
        let shape = byMoments(mean: mean, spread: spread)
        if let shape, shape.a >= 1, shape.b >= 1 { return nil }
        let least = shape.map { PlanNumber.text(min($0.a, $0.b)) } ?? "none"
        return PlanRefusal(
            .spread,
            "\(what) is \(PlanNumber.text(mean * 100)) % with a spread of "
                + "\(PlanNumber.text(spread * 100)) %: as a beta distribution its shape is "
                + "\(least), it must be at least 1",
            help: "give the standard deviation between batches, not a standard error of a mean "
                + "(SEM times the root of n), and check it against the data", place: place)
    }
}
