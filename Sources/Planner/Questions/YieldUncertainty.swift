import Foundation
public import Statistics

/// How much the yield of a batch and the cost of an administration vary, without waiting: the
/// recursion of the plan, drawn again and again. What shared resources do is for the simulation.
public struct YieldUncertainty: Codable, Sendable {
    /// Spreads that a definition does not carry; both general knowledge of the field.
    public struct Spreads: Codable, Sendable, Hashable {
        /// Of the logarithm of the density at harvest.
        public var density = 0.10
        /// Of the share that comes through formulation.
        public var formulation = 0.03

        /// The usual spreads.
        public init() {}
    }

    /// A quantity at 5, 50 and 95 %.
    public struct Band: Codable, Sendable, Hashable {
        /// Exceeded by 95 in 100.
        public var low: Double
        /// The median.
        public var median: Double
        /// Exceeded by 5 in 100.
        public var high: Double
    }

    /// Containers left of a batch.
    public var releasable: Band
    /// The share of batches released.
    public var success: Double
    /// Administrations of a batch that is started, on average.
    public var administrationsPerStart: Double
    /// Cost of an administration that can be given, campaign by campaign.
    public var costPerAdministration: Band
    /// The same, one number a campaign, for a picture.
    public var costs: [Double]

    /// No study draws more campaigns.
    public static let campaignsMax = 100_000

    /// Draws `campaigns` campaigns of the plan `made`.
    /// - Throws: `AnalysisError` for fewer than 20 campaigns or more than `campaignsMax`.
    public static func of(
        _ made: Plan, _ plan: PlanningCase, campaigns: Int, seed: UInt64,
        spreads: Spreads = Spreads()
    ) throws(AnalysisError) -> YieldUncertainty {
        guard campaigns >= 20 else {
            throw .tooFew(what: "campaigns", found: campaigns, needed: 20)
        }
        guard campaigns <= campaignsMax else {
            throw .tooMany(what: "campaigns", found: campaigns, limit: campaignsMax)
        }
        guard let product = made.stages.last, let last = product.cultures.last else {
            throw .tooFew(what: "cultures of the product", found: 0, needed: 1)
        }
        let after = losses(plan, after: last.operation, in: product)
        var random = RandomSource(seed: seed)
        let perContainer = plan.dose.cellsPerContainer * (1 + plan.dose.overfill)
        let taken = Double(made.batch.filled - made.batch.releasable)
        var (yields, costs, released) = ([Double](), [Double](), 0)
        var administrations = 0.0
        let starts = min(made.batches.toStart, 1000)
        for _ in 0..<campaigns {
            var given = 0.0
            for start in 0..<starts {
                let recovery =
                    plan.growth.map {
                        clipped($0.harvestRecovery, $0.recoverySpread, &random) / $0.harvestRecovery
                    } ?? 1
                let harvested =
                    last.harvested * exp(spreads.density * random.normal()) * recovery
                let formed =
                    max(harvested - after.sampled, 0)
                    * clipped(after.recovery, spreads.formulation, &random)
                let containers = max((formed / perContainer).rounded(.down) - taken, 0)
                let isReleased = random.uniform() < product.success
                if start == 0 || yields.count < 10_000 { yields.append(containers) }
                guard isReleased else { continue }
                released += 1
                given += containers / made.doses.containersPerAdministration
            }
            administrations += given
            costs.append(given > 0 ? made.cost.total / given : .infinity)
        }
        let finite = costs.filter(\.isFinite)
        let drawn = Double(campaigns * starts)
        return YieldUncertainty(
            releasable: band(yields), success: Double(released) / drawn,
            administrationsPerStart: administrations / drawn,
            costPerAdministration: band(finite), costs: finite)
    }

    /// Cells sampled and the share recovered after the last culture.
    private static func losses(
        _ plan: PlanningCase, after culture: String, in product: StagePlan
    ) -> (sampled: Double, recovery: Double) {
        let operations = plan.stages.filter { product.stages.contains($0.id) }
            .flatMap(\.operations)
        let begin = operations.firstIndex { $0.id == culture } ?? 0
        var (sampled, recovery) = (0.0, 1.0)
        for operation in operations[begin...] {
            sampled += operation.sampledCells
            if operation.kind == .recover { recovery *= operation.recovery ?? 1 }
        }
        return (sampled, recovery)
    }

    /// A share drawn about its mean, never below a half of it nor above one.
    private static func clipped(
        _ mean: Double, _ spread: Double, _ random: inout RandomSource
    ) -> Double {
        min(max(mean + spread * random.normal(), mean / 2), 1)
    }

    private static func band(_ values: [Double]) -> Band {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return Band(low: .nan, median: .nan, high: .nan) }
        return Band(
            low: Summary.quantile(sorted: sorted, 0.05),
            median: Summary.quantile(sorted: sorted, 0.5),
            high: Summary.quantile(sorted: sorted, 0.95))
    }
}
