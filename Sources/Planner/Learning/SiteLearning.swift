public import Statistics

/// How one batch of a site ended.
public struct RecordedBatch: Codable, Sendable, Hashable {
    /// The batch.
    public var batch: String
    /// Whether it made a bank and not the product.
    public var madeBank: Bool
    /// Whether it came to its release.
    public var isReleased: Bool

    /// An outcome.
    public init(batch: String, madeBank: Bool, isReleased: Bool) {
        self.batch = batch
        self.madeBank = madeBank
        self.isReleased = isReleased
    }
}

/// What a site's records say of the numbers it plans with.
public struct SiteLearning: Codable, Sendable {
    /// Growth; nil where the definition has no growth model.
    public var growth: GrowthLearning?
    /// Batches of the product that are not released.
    public var product: FailureLearning?
    /// Batches of banks that are not released.
    public var banks: FailureLearning?

    /// Learns from the passages and ends of batches what `plan` assumed.
    public static func from(
        _ passages: [PassageRecord], _ outcomes: [RecordedBatch], plan: PlanningCase,
        made: Plan, highestFailure: Double? = nil
    ) throws(AnalysisError) -> SiteLearning {
        var learning = SiteLearning()
        if let law = plan.growth {
            learning.growth = try GrowthLearning.from(passages, law: law)
        }
        func rate(
            _ what: String, _ madeBank: Bool, assumed: Double?
        ) throws(AnalysisError) -> FailureLearning? {
            guard let assumed, assumed > 0, assumed < 1 else { return nil }
            let ended = outcomes.filter { $0.madeBank == madeBank }
            return try FailureLearning.of(
                what, mean: assumed, highest: madeBank ? nil : highestFailure,
                failures: ended.count { !$0.isReleased }, trials: ended.count)
        }
        learning.product = try rate(
            "batches of the product", false, assumed: 1 - made.batch.success)
        let banks = made.stages.filter { $0.makesBank != nil }
        learning.banks = try rate(
            "batches of banks", true,
            assumed: banks.isEmpty
                ? nil : 1 - banks.reduce(0) { $0 + $1.success } / Double(banks.count))
        return learning
    }

    /// What was learned, for a person.
    public var text: String {
        var page = PlanText()
        if let growth {
            page.line("Doubling time (h, 95 % interval)")
            page.row("assumed", Self.text(growth.prior))
            page.row(
                "recorded", growth.observedMedian.map(PlanNumber.text) ?? "-",
                "\(growth.passages) passages"
                    + (growth.observedLogSpread.map {
                        ", spread \(PlanNumber.text($0 * 100)) %"
                    } ?? ""))
            page.row("now", Self.text(growth.posterior))
            page.row("next passage, new donor", Self.text(growth.newDonor))
            for donor in growth.donors {
                page.row(
                    "next passage, \(donor.donor)", Self.text(donor.nextPassage),
                    "\(donor.passages) passages in \(donor.batches) batches")
            }
        }
        for failure in [product, banks].compactMap({ $0 }) {
            page.section("\(failure.what.capitalisedFirst) that are not released")
            page.row("assumed", Self.text(failure.prior))
            page.row("recorded", "\(failure.failures) of \(failure.trials)")
            page.row("now", Self.text(failure.posterior))
        }
        return page.text
    }

    private static func text(_ estimate: GrowthLearning.Estimate) -> String {
        "\(PlanNumber.text(estimate.median)) (\(PlanNumber.text(estimate.lower)) to "
            + "\(PlanNumber.text(estimate.upper)))"
    }

    private static func text(_ rate: FailureLearning.Rate) -> String {
        "\(PlanNumber.text(rate.mean * 100)) % (\(PlanNumber.text(rate.lower * 100)) to "
            + "\(PlanNumber.text(rate.upper * 100)))"
    }
}

extension String {
    fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
