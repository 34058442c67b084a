/// Takes in the rows of replications in their order and gives the result.
///
/// Order is what makes a sum of rounded numbers the same for any number of threads and any size of
/// chunk. Memory does not grow with the number of rows.
struct CampaignCollector {
    private enum Kind: Int, CaseIterable {
        case doses, vials, started, released, cost, costPerDose, makespan, timePerBatch
        case waitingPerBatch, patients, serviceLevel, servedAtOnce, waitingPerPatient, used
        case expired, inStock, costPerPatient, costPerUnit, leftOut, bankVials, banks, bankEnd
    }

    private let plan: CampaignPlan
    private let columns: CampaignColumns
    private(set) var count = 0
    private var general = [OutcomeCollector](
        repeating: OutcomeCollector(), count: Kind.allCases.count)
    private var losses = [OutcomeCollector](
        repeating: OutcomeCollector(), count: BatchLoss.allCases.count)
    private var use: [OutcomeCollector]
    private var useInShift: [OutcomeCollector]
    private var waiting: [OutcomeCollector]
    private var queues: [Double]
    private var periods: [Double]
    private var runsOut = 0
    private var littleGap = 0.0
    /// Open hours up to a makespan are the same again and again; the last one is kept.
    private let openHoursPerHour: Double

    init(_ plan: CampaignPlan, _ columns: CampaignColumns) {
        self.plan = plan
        self.columns = columns
        let none = [OutcomeCollector](
            repeating: OutcomeCollector(), count: plan.resources.count)
        (use, useInShift, waiting) = (none, none, none)
        queues = [Double](repeating: 0, count: plan.resources.count)
        periods = [Double](
            repeating: 0,
            count: columns.periods * CampaignColumns.PeriodColumn.allCases.count)
        let year = Double(WorkCalendar.daysInYear * 24)
        openHoursPerHour = plan.calendar.openHours(until: year) / year
    }

    /// Takes in the next row.
    mutating func add(_ row: UnsafePointer<Double>) {
        count += 1
        func value(_ column: CampaignColumns.Column) -> Double { row[column.rawValue] }
        func put(_ kind: Kind, _ value: Double) { general[kind.rawValue].add(value) }
        let started = value(.started)
        put(.doses, value(.doses))
        put(.vials, value(.vials))
        put(.started, started)
        put(.released, value(.released))
        put(.cost, value(.cost))
        put(.costPerDose, value(.cost) / value(.doses))
        put(.makespan, value(.makespan))
        put(.timePerBatch, value(.cycle) / started)
        put(.waitingPerBatch, value(.waiting) / started)
        for loss in BatchLoss.allCases {
            losses[loss.rawValue - 1].add(row[CampaignColumns.place(of: loss)])
        }
        addResources(row, makespan: value(.makespan), started: started)
        gap(value(.inProcess), value(.cycle))
        if plan.bank != nil {
            put(.bankVials, value(.bankVials))
            put(.banks, value(.banks))
            if value(.withoutBank) > 0 {
                runsOut += 1
                put(.bankEnd, value(.bankEnd))
            }
        }
        guard plan.demand != nil else { return }
        let served = value(.servedAtOnce) + value(.servedLate)
        put(.patients, value(.patients))
        put(.serviceLevel, served / value(.patients))
        put(.servedAtOnce, value(.servedAtOnce) / value(.patients))
        put(.waitingPerPatient, value(.patientWaiting) / served)
        put(.used, value(.used))
        put(.expired, value(.expired))
        put(.inStock, value(.inStock))
        put(.costPerPatient, value(.cost) / served)
        put(.costPerUnit, value(.cost) / value(.used))
        put(.leftOut, value(.leftOut))
        let first = columns.place(of: .released, period: 0)
        for index in periods.indices { periods[index] += row[first + index] }
    }

    private mutating func addResources(
        _ row: UnsafePointer<Double>, makespan: Double, started: Double
    ) {
        for (index, resource) in plan.resources.enumerated() {
            let busy = row[columns.place(of: .busy, resource: index)]
            let waited = row[columns.place(of: .waiting, resource: index)]
            let queue = row[columns.place(of: .queue, resource: index)]
            let hours = Double(resource.units) * makespan
            use[index].add(busy / hours)
            useInShift[index].add(busy / (hours * openHoursPerHour))
            waiting[index].add(waited / started)
            if makespan > 0 { queues[index] += queue / makespan }
            gap(queue, waited)
        }
    }

    private mutating func gap(_ left: Double, _ right: Double) {
        let scale = max(abs(left), abs(right), 1)
        littleGap = max(littleGap, abs(left - right) / scale)
    }

    /// What came out.
    func result(seed: UInt32, asked: Int) -> CampaignResult {
        func outcome(_ kind: Kind) -> Outcome { general[kind.rawValue].outcome() }
        var result = CampaignResult()
        result.campaign = plan.name
        result.currency = plan.currency
        result.seed = seed
        result.replicationsAsked = asked
        result.replications = count
        result.isPartial = count < asked
        result.doses = outcome(.doses)
        result.vials = outcome(.vials)
        result.batchesStarted = outcome(.started)
        result.batchesReleased = outcome(.released)
        result.cost = outcome(.cost)
        result.costPerDose = outcome(.costPerDose)
        result.costPerDoseHistogram = general[Kind.costPerDose.rawValue].histogram(bins: 40)
        result.makespan = outcome(.makespan)
        result.timePerBatch = outcome(.timePerBatch)
        result.waitingPerBatch = outcome(.waitingPerBatch)
        result.losses = lossList(started: result.batchesStarted.mean)
        result.resources = resourceList()
        result.bottleneck = bottleneck(result.resources)
        result.littleGap = littleGap
        if plan.bank != nil {
            result.bank = CampaignResult.BankResult(
                vials: outcome(.bankVials), banks: outcome(.banks),
                runsOut: Double(runsOut) / Double(max(count, 1)), runsOutAt: outcome(.bankEnd))
        }
        result.supply = supply()
        return result
    }

    private func lossList(started: Double) -> [CampaignResult.Loss] {
        BatchLoss.allCases.compactMap { cause -> CampaignResult.Loss? in
            let batches = losses[cause.rawValue - 1].outcome()
            guard batches.mean > 0 else { return nil }
            return CampaignResult.Loss(
                cause: cause.name, batches: batches, share: batches.mean / started)
        }
        .sorted { ($0.batches.mean, $1.cause) > ($1.batches.mean, $0.cause) }
    }

    private func resourceList() -> [CampaignResult.ResourceUse] {
        plan.resources.enumerated().map { index, resource in
            CampaignResult.ResourceUse(
                id: resource.id, name: resource.name, units: resource.units,
                use: use[index].outcome(), useInShift: useInShift[index].outcome(),
                waitingPerBatch: waiting[index].outcome(),
                meanQueue: queues[index] / Double(max(count, 1)))
        }
    }

    private func bottleneck(_ resources: [CampaignResult.ResourceUse]) -> String? {
        guard let slowest = resources.max(by: { $0.waitingPerBatch.mean < $1.waitingPerBatch.mean })
        else { return nil }
        if slowest.waitingPerBatch.mean > 0 { return slowest.id }
        return resources.max { $0.use.mean < $1.use.mean }?.id
    }

    private func supply() -> CampaignResult.SupplyResult? {
        guard let demand = plan.demand else { return nil }
        func outcome(_ kind: Kind) -> Outcome { general[kind.rawValue].outcome() }
        let width = CampaignColumns.PeriodColumn.allCases.count
        let runs = Double(max(count, 1))
        let list = (0..<columns.periods).map { period in
            CampaignResult.Period(
                until: plan.horizon * Double(period + 1) / Double(columns.periods),
                released: periods[period * width] / runs,
                asked: periods[period * width + 1] / runs,
                stock: periods[period * width + 2] / runs)
        }
        return CampaignResult.SupplyResult(
            unit: demand.countsVials ? "vials" : "doses", patients: outcome(.patients),
            serviceLevel: outcome(.serviceLevel), servedAtOnce: outcome(.servedAtOnce),
            waitingPerPatient: outcome(.waitingPerPatient), used: outcome(.used),
            expired: outcome(.expired), inStock: outcome(.inStock),
            costPerPatient: outcome(.costPerPatient), costPerUnitUsed: outcome(.costPerUnit),
            batchesLeftOut: outcome(.leftOut), periods: list)
    }
}
