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
        let bars = levers(of: plan, options).map { lever in
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

    private struct Lever {
        var name: String
        var value: Double
        var step = 0.2
        var most = Double.infinity
        var set: (Double, inout PlanningCase, inout PlanOptions) -> Void
    }

    private static func levers(of plan: PlanningCase, _ options: PlanOptions) -> [Lever] {
        var levers = [
            Lever(
                name: "patients",
                value: options.patients ?? plan.demand.patientsPerYear
                    * options.years
            ) { value, _, options in options.patients = value },
            Lever(name: "fixed cost of a year", value: plan.fixedCostPerYear) { value, plan, _ in
                plan.fixedCostPerYear = value
            },
            Lever(name: "prices of materials", value: 1) { value, plan, _ in
                for place in plan.materials.indices { plan.materials[place].unitCost *= value }
            },
            Lever(name: "prices of tests", value: 1) { value, plan, _ in
                for stage in plan.stages.indices {
                    for operation in plan.stages[stage].operations.indices {
                        for assay in plan.stages[stage].operations[operation].assays.indices {
                            plan.stages[stage].operations[operation].assays[assay].cost *= value
                        }
                    }
                }
            },
            Lever(name: "wages by the hour", value: 1) { value, plan, _ in
                for place in plan.resources.roles.indices {
                    plan.resources.roles[place].costPerHour? *= value
                }
            },
            Lever(
                name: "recovery after thawing", value: plan.dose.postThawRecovery, step: 0.1,
                most: 1
            ) { value, plan, _ in plan.dose.postThawRecovery = value },
        ]
        if let growth = plan.growth {
            if let density = growth.targetDensity {
                levers.append(
                    Lever(
                        name: "density at harvest", value: density, step: 0.1,
                        most: growth.maximumDensity ?? .infinity
                    ) { value, plan, _ in plan.growth?.targetDensity = value })
            }
            levers.append(
                Lever(
                    name: "recovery at harvest", value: growth.harvestRecovery, step: 0.1, most: 1
                ) { value, plan, _ in
                    plan.growth?.harvestRecovery = value
                    plan.growth?.recoverySpread = 0
                })
        }
        if plan.failures.contaminationPerOpenOperation > 0 {
            levers.append(
                Lever(
                    name: "contamination per open operation",
                    value: plan.failures.contaminationPerOpenOperation, most: 1
                ) { value, plan, _ in plan.failures.contaminationPerOpenOperation = value })
        }
        if let release = plan.failures.release, release > 0 {
            levers.append(
                Lever(name: "failure at release", value: release, most: 1) { value, plan, _ in
                    plan.failures.release = value
                })
        }
        return levers
    }
}
