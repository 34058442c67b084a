/// A plan: what has to be made, with what, and what it costs, for a number of patients.
public struct Plan: Codable, Sendable {
    /// The product.
    public var name: String
    /// The currency of every price.
    public var currency: String
    /// The year of the prices.
    public var priceYear: Int?
    /// What was asked for.
    public var options: PlanOptions
    /// What a patient receives.
    public var doses: DosePlan
    /// What one batch gives.
    public var batch: BatchPlan
    /// How many batches meet the demand.
    public var batches: BatchCount
    /// The banks.
    public var banks: [BankPlan]
    /// Donors, where the process begins with a tissue.
    public var donors: DonorPlan?
    /// The stages, those that make banks first; the last one makes the product.
    public var stages: [StagePlan]
    /// What each resource allows, the tightest first.
    public var limits: [ResourceLimit]
    /// The resource that limits the plan; nil when none is described.
    public var bottleneck: String?
    /// What it costs.
    public var cost: PlanCost
    /// What has to be bought.
    public var materials: [MaterialNeed]
    /// What has to be in stock.
    public var stock: StockPlan
    /// What a reader should know before trusting it.
    public var remarks: [String]
}

extension Plan {
    /// The confidence donors are counted with.
    static let donorConfidence = 0.95

    /// Plans `plan` for what `options` ask.
    /// - Parameter place: where an operation stands in the definition, for the refusals.
    /// - Throws: `PlanRefused` with everything that is wrong.
    public static func make(
        _ plan: PlanningCase, _ options: PlanOptions = PlanOptions(),
        place: @escaping (String) -> String? = { _ in nil }
    ) throws(PlanRefused) -> Plan {
        let wrong = PlanGuard.refusals(of: plan, options)
        guard wrong.isEmpty else { throw PlanRefused(wrong) }
        let (stages, doublingsOf) = try plannedStages(plan, place)
        guard let product = stages.last, product.makesBank == nil else {
            throw PlanRefused(
                .noYield, "no stage of the process fills the product",
                help: "end the process with a stage that fills it")
        }
        let releasable =
            product.filled - plan.dose.sampledContainers - plan.dose.retainedContainers
        guard releasable > 0 else {
            throw PlanRefused(
                .noYield,
                "a batch fills \(product.filled) containers and tests and retention take "
                    + "\(plan.dose.sampledContainers + plan.dose.retainedContainers)",
                help: "make the batch larger or the sample smaller")
        }
        let doses = try dosePlan(plan, options)
        let perBatch =
            plan.dose.isPerKilogram
            ? Double(releasable) / doses.containersPerAdministration
            : (Double(releasable) / doses.containersPerAdministration).rounded(.down)
        guard perBatch >= 1 else {
            throw PlanRefused(
                .noYield,
                "a batch gives \(releasable) containers and an administration takes "
                    + PlanNumber.text(doses.containersPerAdministration),
                help: "make the batch larger, or pool batches for a dose")
        }
        let batches = try batchCount(
            plan, options, doses, releasable: releasable, perBatch: perBatch,
            success: product.success)
        let supply = BankSupply(
            plan, stages: stages, doublings: doublingsOf, batches: batches.toStart, options)
        guard supply.isPossible else {
            throw PlanRefused(
                .noYield, supply.problem ?? "a bank gives no batch",
                help: "fill more vials, or thaw fewer")
        }
        let donors = supply.donors(
            batches: batches.toStart,
            patientsPerBatch: perBatch
                / plan.demand
                .administrationsPerPatient, patients: doses.patients)
        let limits = plan.resources.limits(
            for: product, batches: Double(batches.toStart) / options.years)
        if let tightest = limits.first,
            Double(batches.toStart) / options.years > tightest.batchesPerYear
        {
            throw PlanRefused(
                .noCapacity,
                "\(batches.toStart) batches in \(PlanNumber.text(options.years)) years are needed "
                    + "and \(tightest.resource) allow "
                    + "\(PlanNumber.text(tightest.batchesPerYear)) a year",
                help: "add capacity, make the batch larger, or plan for fewer patients")
        }
        var made = Plan(
            name: plan.name, currency: plan.currency, priceYear: plan.priceYear, options: options,
            doses: doses,
            batch: BatchPlan(
                filled: product.filled, releasable: releasable, administrations: perBatch,
                cells: product.cellsBeforeFilling, success: product.success,
                cumulativeDoublings: product.cumulativeDoublings, days: product.days),
            batches: batches, banks: supply.plans, donors: donors, stages: stages, limits: limits,
            bottleneck: limits.first?.resource, cost: PlanCost(), materials: [],
            stock: StockPlan.make(plan, doses, options, leadDays: product.days),
            remarks: stages.flatMap(\.remarks) + supply.remarks
                + remarks(plan, product, donors))
        made.cost = PlanCost.make(made, plan, supply)
        made.materials = MaterialNeed.list(made, plan, supply)
        return made
    }

    /// What stands against the plan without forbidding it.
    private static func remarks(
        _ plan: PlanningCase, _ product: StagePlan, _ donors: DonorPlan?
    ) -> [String] {
        var remarks: [String] = []
        if let most = plan.maximumDonorShare, most > 0, let donors, donors.shareOfPatients > most {
            remarks.append(
                "one donation serves \(PlanNumber.text(donors.shareOfPatients * 100)) % of the "
                    + "patients and the definition allows \(PlanNumber.text(most * 100)) %: share "
                    + "them among \(PlanNumber.text((1 / most).rounded(.up))) donors or more")
        }
        if let holds = plan.resources.freezerVials, holds > 0, product.filled > holds {
            let runs = (Double(product.filled) / Double(holds)).rounded(.up)
            remarks.append(
                "\(product.filled) containers are frozen in \(PlanNumber.text(runs)) runs: the "
                    + "controlled-rate freezers hold \(holds)")
        }
        return remarks
    }

    /// The groups of stages, each with the doublings its cells begin with; and those of the banks.
    private static func plannedStages(
        _ plan: PlanningCase, _ place: @escaping (String) -> String?
    ) throws(PlanRefused) -> ([StagePlan], [String: Double]) {
        var doublings = Dictionary(
            plan.banks.map { ($0.id, $0.doublings) }, uniquingKeysWith: { $1 })
        var (made, refusals): ([StagePlan], [PlanRefusal]) = ([], [])
        for group in groups(of: plan.stages) {
            let start = group.compactMap(\.fromBank).first.flatMap { doublings[$0] } ?? 0
            let (stage, wrong) = StagePlan.make(
                group, of: plan, startingAt: start, place: place)
            refusals += wrong
            if let bank = stage.makesBank {
                doublings[bank] = stage.cumulativeDoublings
                let limit = plan.banks.first { $0.id == bank }?.maximumDoublings
                if let limit, stage.cumulativeDoublings > limit {
                    refusals.append(tooManyDoublings(bank, stage.cumulativeDoublings, limit))
                }
            } else if let limit = plan.doublingsLimit, stage.cumulativeDoublings > limit {
                refusals.append(tooManyDoublings("the product", stage.cumulativeDoublings, limit))
            }
            made.append(stage)
        }
        guard refusals.isEmpty else { throw PlanRefused(refusals) }
        return (made, doublings)
    }

    /// Stages up to one that makes a bank belong together; the rest makes the product.
    private static func groups(of stages: [PlannedStage]) -> [[PlannedStage]] {
        var (groups, current): ([[PlannedStage]], [PlannedStage]) = ([], [])
        for stage in stages {
            current.append(stage)
            if stage.makesBank != nil {
                groups.append(current)
                current = []
            }
        }
        return current.isEmpty ? groups : groups + [current]
    }

    private static func tooManyDoublings(
        _ what: String, _ value: Double, _ limit: Double
    ) -> PlanRefusal {
        PlanRefusal(
            .doublings,
            "\(what) would have \(PlanNumber.text(value)) cumulative population doublings, the "
                + "limit is \(PlanNumber.text(limit)) PD",
            help: "bank earlier, seed more cells, or support a higher limit with data")
    }

    private static func dosePlan(
        _ plan: PlanningCase, _ options: PlanOptions
    ) throws(PlanRefused) -> DosePlan {
        guard let containers = plan.dose.containersPerAdministration(plan.demand.weight) else {
            throw PlanRefused(
                .dose, "no number of containers gives the dose",
                help: "check dose, cells in a container and body weight")
        }
        let patients = options.patients ?? plan.demand.patientsPerYear * options.years
        guard
            let most = CountDistributions.poissonQuantile(
                mean: patients, confidence: plan.demand.serviceLevel)
        else {
            throw PlanRefused(
                .noDemand, "\(PlanNumber.text(patients)) patients are no demand a site can plan",
                help: "plan for fewer patients")
        }
        let administrations = plan.demand.administrationsPerPatient
        return DosePlan(
            patients: patients, administrations: patients * administrations,
            viablePerContainer: plan.dose.viablePerContainer,
            containersPerAdministration: containers.mean, containerShares: containers.shares,
            containers: patients * administrations * containers.mean,
            patientsAtServiceLevel: most,
            containersAtServiceLevel: Double(most) * administrations * containers.mean)
    }

    private static func batchCount(
        _ plan: PlanningCase, _ options: PlanOptions, _ doses: DosePlan, releasable: Int,
        perBatch: Double, success: Double
    ) throws(PlanRefused) -> BatchCount {
        guard success > 0 else {
            throw PlanRefused(
                .noYield, "no batch is ever released: the probabilities multiply to zero",
                help: "check 'success' of the steps and 'failures' of the planning numbers")
        }
        // Somebody is to be treated, so that one batch is needed even where the quantile is 0.
        let needed = max(
            1,
            (Double(doses.patientsAtServiceLevel) * plan.demand.administrationsPerPatient
                / perBatch - 1e-12).rounded(.up))
        let service = plan.demand.serviceLevel
        let found =
            needed <= Double(CountDistributions.countMax)
            ? CountDistributions.trials(
                for: Int(needed), probability: success, confidence: service) : nil
        guard let start = options.batches ?? found else {
            throw PlanRefused(
                .noCapacity,
                "\(PlanNumber.text(needed)) released batches are needed; no number of starts up to "
                    + "\(CountDistributions.countMax) gives them",
                help: "make the batch larger, or plan for fewer patients")
        }
        return BatchCount(
            meanNeeded: doses.administrations / perBatch / success, successesNeeded: Int(needed),
            toStart: start, serviceLevel: service,
            intervalDays: options.years * 365 / Double(max(start, 1)))
    }
}
