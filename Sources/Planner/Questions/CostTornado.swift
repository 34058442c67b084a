/// What one number at a time does to the cost of a patient.
public struct CostTornado: Codable, Sendable {
    /// One number, at its low and at its high end.
    public struct Bar: Codable, Sendable, Hashable {
        /// The number.
        public var parameter: String
        /// Its low and its high end, as they were planned with.
        public var low, high: Double
        /// The cost of a patient at its low end; nil where that plan is refused.
        public var costAtLow: Double?
        /// The cost of a patient at its high end; nil where that plan is refused.
        public var costAtHigh: Double?

        /// How far it moves the cost.
        public var reach: Double {
            guard let costAtLow, let costAtHigh else { return 0 }
            return abs(costAtHigh - costAtLow)
        }
    }

    /// The cost of a patient as planned.
    public var planned: Double
    /// The numbers, the strongest first.
    public var bars: [Bar]

    /// Moves the numbers of `plan` one at a time by a fifth of their value, shares by a tenth.
    ///
    /// One number at a time shows no interactions; `SobolIndices` does.
    public static func of(_ plan: PlanningCase, _ options: PlanOptions) throws(PlanRefused)
        -> CostTornado
    {
        let planned = try Plan.make(plan, options).cost.perPatientUsed
        let bars = PlanLever.all(of: plan, options).map { lever in
            let (low, high) = (lever.value * (1 - lever.step), lever.value * (1 + lever.step))
            func cost(_ value: Double) -> Double? {
                var (changed, asked) = (plan, options)
                lever.set(min(value, lever.most), &changed, &asked)
                return try? Plan.make(changed, asked).cost.perPatientUsed
            }
            return Bar(
                parameter: lever.name, low: low, high: min(high, lever.most), costAtLow: cost(low),
                costAtHigh: cost(high))
        }
        return CostTornado(planned: planned, bars: bars.sorted { $0.reach > $1.reach })
    }
}
