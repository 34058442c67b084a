import Statistics

/// What a bank gives: how often it can be used, and for how long.
public struct BankPlan: Codable, Sendable {
    /// The bank.
    public var bank: String
    /// Vials it holds.
    public var vials: Int
    /// Vials that can be used.
    public var usable: Int
    /// Thaws it gives.
    public var uses: Int
    /// Thaws in a year of the plan.
    public var usesPerYear: Double
    /// Years until its vials are used up; nil when nothing uses it.
    public var years: Double?
    /// Its population doublings.
    public var doublings: Double

    /// Vials to thaw so that enough cells survive with the probability `confidence`.
    ///
    /// In normal form: the least u with `mean·u − z·spread·√u ≥ needed`, and of those vials one in
    /// `1 / failure` may be lost: the least n with P(Bin(n, 1 − failure) ≥ u) ≥ `confidence`.
    /// - Parameters:
    ///   - needed: viable cells that must survive.
    ///   - mean: viable cells of a vial after thawing.
    ///   - spread: their standard deviation between vials.
    ///   - failure: the probability that a vial is lost altogether.
    /// - Returns: nil when no number of vials is enough.
    public static func vialsToThaw(
        needed: Double, mean: Double, spread: Double, failure: Double, confidence: Double
    ) -> Int? {
        guard needed > 0, mean > 0, spread >= 0, failure >= 0, failure < 1,
            confidence > 0, confidence < 1, let z = try? Normal.quantile(confidence)
        else { return nil }
        let shift = z * spread
        let root = (shift + (shift * shift + 4 * mean * needed).squareRoot()) / (2 * mean)
        let count = (root * root - 1e-12).rounded(.up)
        guard count <= Double(CountDistributions.countMax) else { return nil }
        if failure == 0 { return max(Int(count), 1) }
        return CountDistributions.trials(
            for: max(Int(count), 1), probability: 1 - failure, confidence: confidence)
    }
}
