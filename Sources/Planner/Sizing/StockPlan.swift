import Statistics

/// What has to be in stock so that patients are served without waiting for a batch.
public struct StockPlan: Codable, Sendable, Hashable {
    /// Days from the start of a batch to its release.
    public var leadDays: Double
    /// Patients in that time, on average.
    public var patientsInLeadTime: Double
    /// The least stock that serves them at the service level, in administrations:
    /// `S = min { S : P(Poisson(λL) ≤ S) ≥ level }`.
    public var baseStock: Int
    /// What of it is beyond the average, in administrations.
    public var safetyStock: Double
    /// The stock the definition asks for in days, in administrations.
    public var stockByDays: Double

    static func make(
        _ plan: PlanningCase, _ doses: DosePlan, _ options: PlanOptions, leadDays: Double
    ) -> StockPlan {
        let perDay = doses.patients / (options.years * 365)
        let mean = perDay * leadDays
        let each = plan.demand.administrationsPerPatient
        let patients =
            CountDistributions.poissonQuantile(mean: mean, confidence: plan.demand.serviceLevel)
            ?? Int(mean.rounded(.up))
        let stock = (Double(patients) * each).rounded(.up)
        return StockPlan(
            leadDays: leadDays, patientsInLeadTime: mean, baseStock: Int(stock),
            safetyStock: max(stock - mean * each, 0),
            stockByDays: perDay * plan.demand.safetyStockDays * each)
    }

    /// The safety stock in normal form: `z √(L σ_d² + d² σ_L²)`.
    /// - Parameters:
    ///   - demand: demand in a day, with its standard deviation `spread`.
    ///   - leadDays: time to replenish, in days, with its standard deviation `leadSpread`.
    /// - Returns: nil when a number cannot be one of its kind.
    public static func safetyStock(
        demand: Double, spread: Double, leadDays: Double, leadSpread: Double, serviceLevel: Double
    ) -> Double? {
        guard demand >= 0, spread >= 0, leadDays >= 0, leadSpread >= 0, serviceLevel > 0,
            serviceLevel < 1, let z = try? Normal.quantile(serviceLevel)
        else { return nil }
        return z
            * (leadDays * spread * spread + demand * demand * leadSpread * leadSpread)
            .squareRoot()
    }
}
