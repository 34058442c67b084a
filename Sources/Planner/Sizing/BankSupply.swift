/// The banks a number of batches needs, from the product back to the first one.
struct BankSupply {
    private(set) var plans: [BankPlan] = []
    /// Runs of each bank-making stage in the period, by bank.
    private(set) var runs: [String: Int] = [:]
    private(set) var remarks: [String] = []
    private(set) var problem: String?
    /// The first bank of the process, where it makes one from tissue.
    private(set) var firstMade: StagePlan?
    private var batchesPerFirst = 1
    private let plan: PlanningCase
    private let options: PlanOptions

    var isPossible: Bool { problem == nil }

    init(
        _ plan: PlanningCase, stages: [StagePlan], doublings: [String: Double], batches: Int,
        _ options: PlanOptions
    ) {
        self.plan = plan
        self.options = options
        let makers = Dictionary(
            stages.compactMap { stage in stage.makesBank.map { ($0, stage) } },
            uniquingKeysWith: { $1 })
        firstMade = stages.first { $0.makesBank != nil }
        var (demanded, bankID) = (Double(batches), stages.last.flatMap { thawed(by: $0) })
        var seen: Set<String> = []
        while let id = bankID, seen.insert(id).inserted,
            let bank = plan.banks.first(where: { $0.id == id })
        {
            let maker = makers[id]
            let vials = maker?.filled ?? bank.vials
            let usable = vials - bank.reserveVials
            let uses = bank.vialsPerUse > 0 ? max(usable, 0) / bank.vialsPerUse : 0
            guard uses > 0 else {
                problem =
                    "the bank '\(id)' has \(usable) usable vials and a thaw takes "
                    + "\(bank.vialsPerUse)"
                return
            }
            let perYear = demanded / options.years
            plans.append(
                BankPlan(
                    bank: id, vials: vials, usable: usable, uses: uses, usesPerYear: perYear,
                    years: perYear > 0 ? Double(uses) / perYear : nil,
                    doublings: doublings[id] ?? bank.doublings))
            guard maker != nil else {
                if demanded > Double(uses) {
                    remarks.append(
                        "the bank '\(id)' gives \(uses) thaws and \(PlanNumber.text(demanded)) are "
                            + "needed: make the next one in time")
                }
                bankID = bank.madeFrom
                demanded = (demanded / Double(uses)).rounded(.up)
                continue
            }
            batchesPerFirst = Int.counted(Double(batchesPerFirst) * Double(uses)) ?? 1
            demanded = (demanded / Double(uses)).rounded(.up)
            runs[id] = Int(demanded)
            bankID = bank.madeFrom
        }
        if let first = firstMade?.makesBank, let given = options.masterStocks {
            if given < runs[first] ?? 0 {
                remarks.append(
                    "\(runs[first] ?? 0) runs of '\(first)' are needed and \(given) are made in "
                        + "the period: the others have to exist")
            }
            runs[first] = given
        }
    }

    private func thawed(by stage: StagePlan) -> String? {
        plan.stages.first { stage.stages.contains($0.id) && $0.fromBank != nil }?.fromBank
    }

    /// The donors behind the first bank; nil where the process does not begin with a tissue.
    func donors(batches: Int, patientsPerBatch: Double, patients: Double) -> DonorPlan? {
        guard let first = firstMade, let bank = first.makesBank, plan.tissueMass != nil,
            first.cultures.contains(where: { $0.seeded == nil })
        else { return nil }
        let confidence = Plan.donorConfidence
        let stocks = runs[bank] ?? 0
        let one =
            CountDistributions.trials(for: 1, probability: first.success, confidence: confidence)
        let all = CountDistributions.trials(
            for: stocks, probability: first.success, confidence: confidence)
        let served = Double(min(batchesPerFirst, batches)) * patientsPerBatch
        return DonorPlan(
            success: first.success, donationsForOne: one ?? 0, masterStocks: stocks,
            donations: options.donations ?? all ?? 0, batchesPerDonation: batchesPerFirst,
            shareOfPatients: patients > 0 ? min(served / patients, 1) : 0)
    }
}
