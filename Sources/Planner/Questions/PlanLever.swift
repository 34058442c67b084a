/// A number of a plan that can be moved: where it stands, how far it is moved, and how.
struct PlanLever {
    var name: String
    var value: Double
    /// How far it is moved either way, as a share.
    var step = 0.2
    /// It cannot be above this.
    var most = Double.infinity
    var set: (Double, inout PlanningCase, inout PlanOptions) -> Void

    /// Its two ends.
    var ends: (low: Double, high: Double) {
        (value * (1 - step), min(value * (1 + step), most))
    }

    static func all(of plan: PlanningCase, _ options: PlanOptions) -> [PlanLever] {
        var levers = [
            PlanLever(
                name: "patients",
                value: options.patients ?? plan.demand.patientsPerYear
                    * options.years
            ) { value, _, options in options.patients = value },
            PlanLever(name: "fixed cost of a year", value: plan.fixedCostPerYear) {
                value, plan, _ in
                plan.fixedCostPerYear = value
            },
            PlanLever(name: "prices of materials", value: 1) { value, plan, _ in
                for place in plan.materials.indices { plan.materials[place].unitCost *= value }
            },
            PlanLever(name: "prices of tests", value: 1) { value, plan, _ in
                for stage in plan.stages.indices {
                    for operation in plan.stages[stage].operations.indices {
                        for assay in plan.stages[stage].operations[operation].assays.indices {
                            plan.stages[stage].operations[operation].assays[assay].cost *= value
                        }
                    }
                }
            },
            PlanLever(name: "wages by the hour", value: 1) { value, plan, _ in
                for place in plan.resources.roles.indices {
                    plan.resources.roles[place].costPerHour? *= value
                }
            },
            PlanLever(
                name: "recovery after thawing", value: plan.dose.postThawRecovery, step: 0.1,
                most: 1
            ) { value, plan, _ in plan.dose.postThawRecovery = value },
        ]
        if let growth = plan.growth {
            if let density = growth.targetDensity {
                levers.append(
                    PlanLever(
                        name: "density at harvest", value: density, step: 0.1,
                        most: growth.maximumDensity ?? .infinity
                    ) { value, plan, _ in plan.growth?.targetDensity = value })
            }
            levers.append(
                PlanLever(
                    name: "recovery at harvest", value: growth.harvestRecovery, step: 0.1, most: 1
                ) { value, plan, _ in
                    plan.growth?.harvestRecovery = value
                    plan.growth?.recoverySpread = 0
                })
        }
        if plan.failures.contaminationPerOpenOperation > 0 {
            levers.append(
                PlanLever(
                    name: "contamination per open operation",
                    value: plan.failures.contaminationPerOpenOperation, most: 1
                ) { value, plan, _ in plan.failures.contaminationPerOpenOperation = value })
        }
        if let release = plan.failures.release, release > 0 {
            levers.append(
                PlanLever(name: "failure at release", value: release, most: 1) { value, plan, _ in
                    plan.failures.release = value
                })
        }
        return levers
    }
}
