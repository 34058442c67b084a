/// Looks at the numbers of a case before anything is computed from them.
enum PlanGuard {
    static func refusals(of plan: PlanningCase, _ options: PlanOptions) -> [PlanRefusal] {
        var found: [PlanRefusal] = []
        func need(
            _ holds: Bool, _ rule: PlanRefusal.Rule, _ message: @autoclosure () -> String,
            _ help: String
        ) {
            if !holds { found.append(PlanRefusal(rule, message(), help: help)) }
        }
        func positive(_ value: Double, _ what: String) {
            need(
                value.isFinite && value > 0, .impossibleNumber,
                "\(what) is \(value), it must be above 0", "correct the number")
        }
        func share(_ value: Double, _ what: String, zero: Bool = false) {
            need(
                value.isFinite && value <= 1 && (zero ? value >= 0 : value > 0), .impossibleNumber,
                "\(what) is \(value), it must be \(zero ? "from 0" : "above 0") to 1",
                "correct the number")
        }
        func notNegative(_ value: Double, _ what: String) {
            need(
                value.isFinite && value >= 0, .impossibleNumber,
                "\(what) is \(value), it must not be negative", "correct the number")
        }
        let patients = options.patients ?? plan.demand.patientsPerYear
        need(
            patients.isFinite && patients > 0, .noDemand, "\(patients) patients are planned for",
            "plan for at least one patient")
        need(
            options.years.isFinite && options.years > 0 && options.years <= 100, .impossibleNumber,
            "the period is \(options.years) years, it must be above 0 and at most 100",
            "plan for weeks or years")
        for (count, what) in [
            (options.batches, "batches"), (options.masterStocks, "master stocks"),
            (options.donations, "donations"),
        ] {
            guard let count else { continue }
            need(
                (what == "batches" ? 1 : 0)...CountDistributions.countMax ~= count,
                .impossibleNumber, "\(count) \(what) cannot be planned",
                "plan for at most \(CountDistributions.countMax)")
        }
        positive(plan.demand.administrationsPerPatient, "administrations for a patient")
        need(
            plan.demand.serviceLevel > 0 && plan.demand.serviceLevel < 1, .impossibleNumber,
            "the service level is \(plan.demand.serviceLevel), it must lie between 0 and 1",
            "a stock serves 95 % or 99 %; never all")
        notNegative(plan.demand.safetyStockDays, "the safety stock")
        positive(plan.dose.cells, "the dose")
        positive(plan.dose.cellsPerContainer, "cells in a container")
        positive(plan.dose.deadVolumeFactor, "the dead-volume factor")
        notNegative(plan.dose.overfill, "the overfill")
        share(plan.dose.postThawRecovery, "recovery after thawing")
        share(plan.dose.washRecovery, "recovery after washing")
        notNegative(plan.fixedCostPerYear, "the fixed cost of a year")
        notNegative(plan.donationCost, "the cost of a donation")
        share(
            plan.failures.contaminationPerOpenOperation, "contamination per open operation",
            zero: true)
        share(plan.failures.differentiation, "the share of differentiations that fail", zero: true)
        share(plan.failures.release ?? 0, "the share of batches out of specification", zero: true)
        if let weight = plan.demand.weight { found += refusals(of: weight) }
        if plan.dose.isPerKilogram, plan.demand.weight == nil {
            need(
                false, .missingNumber, "the dose goes by body weight and no weight is given",
                "write 'patient-weight' in 'planning: demand:'")
        }
        if let growth = plan.growth { found += refusals(of: growth) }
        for bank in plan.banks { found += refusals(of: bank) }
        for stage in plan.stages {
            for operation in stage.operations { found += refusals(of: operation) }
        }
        for material in plan.materials {
            notNegative(material.unitCost, "the cost of \(material.id)")
        }
        found += refusals(of: plan.resources)
        return found
    }

    private static func refusals(of weight: WeightDistribution) -> [PlanRefusal] {
        guard
            weight.mean.isFinite, weight.spread.isFinite, weight.mean > 0, weight.spread >= 0,
            weight.minimum >= 0, weight.maximum > weight.minimum, weight.maximum.isFinite,
            weight.probability(above: weight.minimum, through: weight.maximum) > 0
        else {
            return [
                PlanRefusal(
                    .impossibleNumber,
                    "body weight has a mean of \(weight.mean) kg, a spread of \(weight.spread) kg "
                        + "and the limits \(weight.minimum) to \(weight.maximum) kg",
                    help: "give a mean within the limits and a spread that is not negative")
            ]
        }
        return []
    }

    private static func refusals(of growth: GrowthLaw) -> [PlanRefusal] {
        let positive = [
            ("doubling time", growth.doublingTime), ("attachment", growth.attachment),
            ("recovery at harvest", growth.harvestRecovery),
            ("medium for an area", growth.mediumPerArea),
            ("harvest density", growth.targetDensity ?? 1),
            ("maximum density", growth.maximumDensity ?? 1),
        ].filter { !($0.1.isFinite && $0.1 > 0) }
        let negative = [
            ("slope of the doubling time", growth.slope), ("lag", growth.lag),
            ("lag after thawing", growth.lagAfterThaw), ("donor spread", growth.donorSpread),
            ("batch spread", growth.batchSpread), ("passage spread", growth.passageSpread),
        ].filter { !($0.1.isFinite && $0.1 >= 0) }
        var found = (positive + negative).map {
            PlanRefusal(
                .impossibleNumber, "\($0.0) is \($0.1), which no culture has",
                help: "correct it in 'planning: growth:'")
        }
        for (what, value) in [
            ("attachment", growth.attachment), ("recovery at harvest", growth.harvestRecovery),
        ] where value > 1 {
            found.append(
                PlanRefusal(
                    .impossibleNumber, "\(what) is \(value), it must be at most 1",
                    help: "correct it in 'planning: growth:'"))
        }
        if let target = growth.targetDensity, let most = growth.maximumDensity, target > most {
            found.append(
                PlanRefusal(
                    .impossibleNumber,
                    "cells are harvested at \(PlanNumber.text(target)) cells/cm2 and stop growing "
                        + "at \(PlanNumber.text(most)) cells/cm2",
                    help: "harvest earlier, or correct the maximum density"))
        }
        if let refusal = BetaShape.refusal(
            mean: growth.harvestRecovery, spread: growth.recoverySpread,
            what: "recovery at harvest")
        {
            found.append(refusal)
        }
        return found
    }

    private static func refusals(of bank: PlannedBank) -> [PlanRefusal] {
        guard bank.vials > 0, bank.vialsPerUse > 0, bank.cellsPerVial > 0,
            bank.cellsPerVial.isFinite, bank.recovery > 0, bank.recovery <= 1,
            bank.reserveVials >= 0
        else {
            return [
                PlanRefusal(
                    .impossibleNumber,
                    "the bank '\(bank.id)' has \(bank.vials) vials of "
                        + "\(PlanNumber.text(bank.cellsPerVial)) cells, \(bank.reserveVials) kept "
                        + "back, \(bank.vialsPerUse) thawed at once, a recovery of \(bank.recovery)",
                    help: "give vials, vials-per-use, cells-per-vial and recovery above 0")
            ]
        }
        return []
    }

    private static func refusals(of operation: PlannedOperation) -> [PlanRefusal] {
        var numbers: [(String, Double)] = [
            ("duration", operation.hours), ("hands-on time", operation.handsOnHours),
            ("time to the result", operation.waitingDays), ("sample", operation.sampledCells),
        ]
        if let culture = operation.culture {
            numbers.append(("vessels", Double(culture.vessels.count)))
            numbers.append(("area of a vessel", culture.vessels.area))
            numbers.append(("time of the culture", culture.fixedHours ?? 0))
            numbers.append(("yield", culture.cellsPerGram ?? 0))
        }
        numbers.append(("yield", operation.arealYield ?? 0))
        for use in operation.uses { numbers.append(("amount of \(use.material)", use.amount)) }
        var found = numbers.filter { !($0.1.isFinite && $0.1 >= 0) }.map {
            PlanRefusal(
                .impossibleNumber, "\($0.0) of \(operation.id) is \($0.1)",
                help: "correct the number")
        }
        for (what, value) in [("recovery", operation.recovery), ("success", operation.success)] {
            guard let value, !(value >= 0 && value <= 1) else { continue }
            found.append(
                PlanRefusal(
                    .impossibleNumber, "\(what) of \(operation.id) is \(value), it is a share",
                    help: "write it as a percentage from 0 to 100 %"))
        }
        return found
    }

    /// A resource that a batch does not use may be missing; one that it uses and that is missing
    /// allows no batch, which the capacity of the plan refuses.
    private static func refusals(of resources: PlannedResources) -> [PlanRefusal] {
        let positive = [
            ("hours of a shift", resources.shiftHours),
            ("operating days", resources.operatingDays),
            ("hours of a person in a year", resources.productiveHours),
        ].filter { !($0.1.isFinite && $0.1 > 0) }
        let notNegative =
            [
                ("clean-room workstations", Double(resources.workstations)),
                ("incubator places", resources.incubatorPlaces),
            ] + resources.roles.map { ("people of the role '\($0.id)'", $0.people) }
        return (positive + notNegative.filter { !($0.1.isFinite && $0.1 >= 0) }).map {
            PlanRefusal(
                .noCapacity, "there are \(PlanNumber.text($0.1)) \($0.0)",
                help: "describe the facility: equipment, roles and 'planning: calendar:'")
        }
    }
}
