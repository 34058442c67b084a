import Foundation

/// What a plan costs in its period, and for each batch, container, administration and patient.
///
/// Two denominators are always shown, for the two camps of published models differ by exactly
/// that: what is *used* by the patients planned for, and the *capacity*, all that is released.
public struct PlanCost: Codable, Sendable {
    /// A line of the sum.
    public struct Line: Codable, Sendable, Hashable {
        /// What it is for.
        public var item: String
        /// The category of the published models: materials, consumables, labour, quality control,
        /// starting material, facility and organisation.
        public var category: String
        /// The amount in the period.
        public var amount: Double
    }

    /// The lines.
    public var lines: [Line] = []
    /// What the site costs in the period without a batch.
    public var fixed = 0.0
    /// What batches, banks and donations cost.
    public var variable = 0.0
    /// The sum.
    public var total = 0.0
    /// For a batch that is started.
    public var perBatch = 0.0
    /// For a released container.
    public var perContainerReleased = 0.0
    /// For an administration that is given.
    public var perAdministrationUsed = 0.0
    /// For a patient.
    public var perPatientUsed = 0.0
    /// For an administration that could be given from all that is released.
    public var perAdministrationCapacity = 0.0
    /// The variable cost of one batch that is started.
    public var variablePerBatch = 0.0
    /// The share of the banks in an administration, used.
    public var banksPerAdministration = 0.0
    /// Expected variable cost of one released batch, with what was spent on those that failed:
    /// `(C p + Σ p_j C_j) / p`, each failure found where it happens.
    public var perReleasedBatch = 0.0
    /// What failures add to a released batch.
    public var failurePerReleasedBatch = 0.0
    /// What stands behind the fixed cost, where the definition describes it.
    public var facility = FacilityCost()

    init() {}

    static func make(_ made: Plan, _ plan: PlanningCase, _ supply: BankSupply) -> PlanCost {
        var cost = PlanCost()
        guard let product = made.stages.last else { return cost }
        let started = Double(made.batches.toStart)
        for stage in made.stages {
            let runs = stage.makesBank.map { Double(supply.runs[$0] ?? 0) } ?? started
            let what = stage.makesBank.map { "bank '\($0)'" } ?? "product"
            cost.add("materials of the \(what)", "materials", runs * stage.cost.materials)
            cost.add("consumables of the \(what)", "consumables", runs * stage.cost.consumables)
            cost.add("labour of the \(what)", "labour", runs * stage.cost.labour)
            cost.add(
                "tests of the \(what)", "quality control", runs * stage.cost.qualityControl)
        }
        if let donors = made.donors {
            // One donation for each stock is already among the materials of its stage.
            let lost = Double(max(donors.donations - donors.masterStocks, 0))
            cost.add(
                "donations that become no stock", "starting material", lost * plan.donationCost)
        }
        cost.variable = cost.lines.reduce(0) { $0 + $1.amount }
        cost.fixed = plan.fixedCostPerYear * made.options.years
        cost.add("site, people and quality system", "facility and organisation", cost.fixed)
        cost.total = cost.variable + cost.fixed
        let released = started * made.batch.success
        cost.perBatch = cost.total / started
        cost.perContainerReleased = cost.total / (released * Double(made.batch.releasable))
        cost.perAdministrationUsed = cost.total / made.doses.administrations
        cost.perPatientUsed = cost.total / made.doses.patients
        cost.perAdministrationCapacity = cost.total / (released * made.batch.administrations)
        cost.variablePerBatch = product.cost.total
        let banks = made.stages.dropLast().reduce(0.0) { sum, stage in
            sum + stage.cost.total * Double(stage.makesBank.flatMap { supply.runs[$0] } ?? 0)
        }
        cost.banksPerAdministration = banks / made.doses.administrations
        let spent = product.expectedSpending(plan.failures)
        cost.perReleasedBatch = spent / product.success
        cost.failurePerReleasedBatch = cost.perReleasedBatch - product.cost.total
        cost.facility = FacilityCost.make(plan)
        return cost
    }

    private mutating func add(_ item: String, _ category: String, _ amount: Double) {
        if amount != 0 { lines.append(Line(item: item, category: category, amount: amount)) }
    }

    /// The sum of each category, the largest first.
    public var categories: [(category: String, amount: Double)] {
        var sums: [String: Double] = [:]
        for line in lines { sums[line.category, default: 0] += line.amount }
        return sums.map { ($0.key, $0.value) }
            .sorted { ($1.amount, $0.category) < ($0.amount, $1.category) }
    }
}

extension StagePlan {
    /// What a started batch costs on average: all of it when it comes to its end, and what was
    /// spent up to the open operation at which it was contaminated.
    func expectedSpending(_ failures: FailureProbabilities) -> Double {
        var (alive, spent) = (1.0, 0.0)
        let open = Set(openOperationIDs)
        for step in schedule where open.contains(step.operation) {
            spent += alive * failures.contaminationPerOpenOperation * step.spent
            alive *= 1 - failures.contaminationPerOpenOperation
        }
        return spent + alive * cost.total
    }
}
