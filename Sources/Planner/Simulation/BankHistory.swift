/// What the banks before a batch give and cost.
struct BankHistory {
    /// How batches are shared among donors.
    let donors: DonorUse
    /// What the banks cost, shared among their batches.
    let costPerBatch: Double

    init(_ campaign: DefinedCampaign) {
        let planning = campaign.planning
        let prices = Dictionary(
            planning.materials.map { ($0.id, $0.unitCost) }, uniquingKeysWith: { first, _ in first }
        )
        let wages = Dictionary(
            planning.resources.roles.map { ($0.id, $0.costPerHour ?? 0) },
            uniquingKeysWith: { first, _ in first })
        var (batches, cost) = (1.0, 0.0)
        var isFromDonor = false
        var bankID = planning.stages[campaign.firstStage].fromBank
        var seen: Set<String> = []
        while let id = bankID, seen.insert(id).inserted,
            let bank = planning.banks.first(where: { $0.id == id })
        {
            let uses = (bank.vials - bank.reserveVials) / max(bank.vialsPerUse, 1)
            batches *= Double(max(uses, 1))
            guard let maker = planning.stages.first(where: { $0.makesBank == id }) else { break }
            cost += Self.cost(maker, prices, wages) / batches
            isFromDonor = maker.fromBank == nil
            if isFromDonor { cost += planning.donationCost / batches }
            bankID = maker.fromBank
        }
        donors = isFromDonor ? .batchesPerDonor(Int(min(batches, 100_000))) : .donors(1)
        costPerBatch = cost
    }

    /// Materials, tests and work of a stage that succeeds.
    private static func cost(
        _ stage: PlannedStage, _ prices: [String: Double], _ wages: [String: Double]
    ) -> Double {
        stage.operations.reduce(0) { sum, operation in
            let materials = operation.uses.reduce(0) { $0 + $1.amount * (prices[$1.material] ?? 0) }
            let tests = operation.assays.reduce(0) { $0 + $1.cost }
            let hours = operation.kind == .test ? operation.handsOnHours : operation.hours
            let work = operation.people.reduce(0) {
                $0 + $1.people * hours * (wages[$1.role] ?? 0)
            }
            return sum + materials + tests + work
        }
    }
}
