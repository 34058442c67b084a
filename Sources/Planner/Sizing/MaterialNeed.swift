/// What has to be bought for a plan, and when it has to be ordered.
public struct MaterialNeed: Codable, Sendable {
    /// The material.
    public var material: String
    /// What it is.
    public var name: String
    /// How much in the period, in `unit`.
    public var amount: Double
    /// Its unit.
    public var unit: String
    /// What that costs.
    public var cost: Double
    /// Days from order to delivery; the order goes out so long before the first use.
    public var leadTimeDays: Double?
    /// What is kept in stock for the time without delivery, in `unit`.
    public var safetyStock: Double?
    /// Whether one supplier alone delivers it and no second source is described.
    public var isSingleSource: Bool

    static func list(_ made: Plan, _ plan: PlanningCase, _ supply: BankSupply) -> [MaterialNeed] {
        var amounts: [String: Double] = [:]
        for stage in made.stages {
            let runs = stage.makesBank.map { supply.runs[$0] ?? 0 } ?? made.batches.toStart
            for use in stage.uses { amounts[use.material, default: 0] += use.amount * Double(runs) }
        }
        return plan.materials.compactMap { material in
            guard let amount = amounts[material.id], amount > 0 else { return nil }
            return MaterialNeed(
                material: material.id, name: material.name, amount: amount, unit: material.unit,
                cost: amount * material.unitCost, leadTimeDays: material.leadTimeDays,
                safetyStock: material.safetyStockDays.map {
                    amount / (made.options.years * 365) * $0
                },
                isSingleSource: material.suppliers == 1 && material.secondSource == nil)
        }.sorted { $0.cost > $1.cost }
    }
}
