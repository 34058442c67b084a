extension BetaShape {
    /// Why a share cannot have this spread; nil when it can.
    static func refusal(
        mean: Double, spread: Double, what: String, place: String? = nil
    ) -> PlanRefusal? {
        guard spread > 0, mean > 0, mean < 1 else { return nil }
        let shape = byMoments(mean: mean, spread: spread)
        if let shape, shape.isPeaked { return nil }
        let least = shape.map { PlanNumber.text($0.least) } ?? "none"
        return PlanRefusal(
            .spread,
            "\(what) is \(PlanNumber.text(mean * 100)) % with a spread of "
                + "\(PlanNumber.text(spread * 100)) %: as a beta distribution its shape is "
                + "\(least), it must be at least 1",
            help: "give the standard deviation between batches, not a standard error of a mean "
                + "(SEM times the root of n), and check it against the data", place: place)
    }
}
