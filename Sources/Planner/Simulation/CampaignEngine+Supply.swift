/// Stock, patients and the bank in one replication.
struct SupplyState {
    /// Stock from one released batch.
    struct Lot {
        var units: Double
        var expires: Double
    }

    /// A patient who waits.
    struct Patient {
        var came: Double
        var units: Double
    }

    let hasDemand: Bool
    let demand: CampaignDemand?
    let expectedUnits: Double
    var lots: [Lot] = []
    /// Patients in the order in which they came; those before `firstWaiting` are done with.
    var waiting: [Patient] = []
    var firstWaiting = 0
    var stock = 0.0
    var inProcess = 0.0
    var patients: UInt64 = 0
    var nextPatient = 0.0
    var bankVials = 0
    var banks = 0
    var hasNoBank = false

    init(_ plan: CampaignPlan) {
        demand = plan.demand
        hasDemand = plan.demand != nil
        expectedUnits = plan.stockTarget == nil ? 0 : Self.expectedUnits(plan)
    }

    /// What a batch in process is expected to give: the plan's own dimensioning, so that the
    /// policy knows no more than a planner would.
    private static func expectedUnits(_ plan: CampaignPlan) -> Double {
        var withoutStock = plan
        withoutStock.stockTarget = nil
        withoutStock.demand = nil
        withoutStock.bank = nil
        guard let campaign = try? Campaign(withoutStock) else { return 0 }
        return plan.demand?.countsVials == true
            ? Double(campaign.nominal.vials) : Double(campaign.nominal.doses)
    }

    mutating func reset() {
        lots.removeAll(keepingCapacity: true)
        waiting.removeAll(keepingCapacity: true)
        firstWaiting = 0
        stock = 0
        inProcess = 0
        patients = 0
        nextPatient = demand?.from ?? 0
        bankVials = 0
        banks = 0
        hasNoBank = false
    }

    /// Units that patients wait for who have not yet given up.
    func backlog(at now: Double) -> Double {
        guard let demand else { return 0 }
        return waiting[firstWaiting...].reduce(0) { sum, patient in
            now - patient.came > demand.patience ? sum : sum + patient.units
        }
    }

    /// Lets go of served patients, now and then.
    mutating func forgetServed() {
        guard firstWaiting > 64, firstWaiting * 2 > waiting.count else { return }
        waiting.removeFirst(firstWaiting)
        firstWaiting = 0
    }
}

extension CampaignEngine {
    // MARK: Whether a batch starts

    /// Whether stock and work in process leave a need for another batch.
    mutating func supplyWants(_ row: UnsafeMutablePointer<Double>) -> Bool {
        guard let target = program.plan.stockTarget, !isMedian else { return true }
        dropExpired(row)
        let backlog = supply.backlog(at: now)
        let position = supply.stock - backlog + supply.inProcess * supply.expectedUnits
        guard position < target else {
            row[.leftOut] += 1
            return false
        }
        return true
    }

    /// Takes the vials of a batch from the bank, if there are enough.
    mutating func drawsFromBank(_ row: UnsafeMutablePointer<Double>) -> Bool {
        if let bank = program.plan.bank {
            if supply.banks == 0 || supply.bankVials < bank.vialsPerBatch {
                guard supply.banks < bank.banks else {
                    if !supply.hasNoBank { row[.bankEnd] = now }
                    supply.hasNoBank = true
                    row[.withoutBank] += 1
                    return false
                }
                if supply.banks > 0 { row[.cost] += bank.costPerBank }
                supply.banks += 1
                supply.bankVials = bank.vials
            }
            supply.bankVials -= bank.vialsPerBatch
            row[.bankVials] += Double(bank.vialsPerBatch)
        }
        supply.inProcess += 1
        return true
    }

    /// A batch in process gives nothing.
    mutating func batchIsLost() { supply.inProcess -= 1 }

    /// A batch comes into stock and serves those who wait, in their order.
    mutating func batchIsReleased(
        vials: Double, doses: Double, _ row: UnsafeMutablePointer<Double>
    ) {
        supply.inProcess -= 1
        guard let demand = supply.demand else { return }
        let units = demand.countsVials ? vials : doses
        notePeriods(.released, units, row)
        guard units > 0 else { return }
        dropExpired(row)
        supply.lots.append(
            SupplyState.Lot(units: units, expires: demand.shelfLife.map { now + $0 } ?? .infinity))
        addStock(units, row)
        serve(row)
    }

    /// Puts what is there at the start into stock; it expires as if it had been released then.
    mutating func stockUp(_ row: UnsafeMutablePointer<Double>) {
        guard let demand = supply.demand, demand.initialStock > 0 else { return }
        supply.lots.append(
            SupplyState.Lot(units: demand.initialStock, expires: demand.shelfLife ?? .infinity))
        addStock(demand.initialStock, row)
    }

    // MARK: Patients

    /// Schedules the next patient, while the demand lasts.
    mutating func schedulePatient(_ entity: Int32) {
        guard let demand = supply.demand else { return }
        // The time of each patient is a function of its number, whatever else happens.
        let slot = DrawSlot(number: min(supply.patients * 2, DrawSlot.maximum - 1))
        let uniform = slot.map { stream.uniform(entity: DrawLayout.demandEntity, slot: $0) } ?? 0.5
        supply.nextPatient -= 8760 / demand.patientsPerYear * Elementary.log(1 - uniform)
        guard supply.nextPatient < program.plan.horizon else { return }
        heap.schedule(entity, at: supply.nextPatient)
    }

    /// A patient comes and is served, if all that is needed is in stock.
    mutating func patientComes(_ row: UnsafeMutablePointer<Double>) {
        guard let demand = supply.demand else { return }
        let slot = DrawSlot(number: min(supply.patients * 2 + 1, DrawSlot.maximum))
        let uniform = slot.map { stream.uniform(entity: DrawLayout.demandEntity, slot: $0) } ?? 0.5
        supply.patients += 1
        let units = demand.need.units(uniform)
        row[.patients] += 1
        row[.asked] += units
        notePeriods(.asked, units, row)
        supply.waiting.append(SupplyState.Patient(came: now, units: units))
        dropExpired(row)
        serve(row)
    }

    /// Serves patients in the order in which they came; none overtakes another.
    private mutating func serve(_ row: UnsafeMutablePointer<Double>) {
        guard let demand = supply.demand else { return }
        while supply.firstWaiting < supply.waiting.count {
            let patient = supply.waiting[supply.firstWaiting]
            if now - patient.came > demand.patience {
                row[.lost] += 1
            } else if patient.units <= supply.stock {
                takeFromStock(patient.units, row)
                row[now > patient.came ? .servedLate : .servedAtOnce] += 1
                row[.patientWaiting] += now - patient.came
                row[.used] += patient.units
            } else {
                break
            }
            supply.firstWaiting += 1
        }
        supply.forgetServed()
    }

    /// Takes the oldest stock first.
    private mutating func takeFromStock(_ units: Double, _ row: UnsafeMutablePointer<Double>) {
        var left = units
        addStock(-units, row)
        while left > 0, !supply.lots.isEmpty {
            let taken = min(left, supply.lots[0].units)
            supply.lots[0].units -= taken
            left -= taken
            if supply.lots[0].units <= 0 { supply.lots.removeFirst() }
        }
    }

    private mutating func dropExpired(_ row: UnsafeMutablePointer<Double>) {
        while let lot = supply.lots.first, lot.expires < now {
            addStock(-lot.units, row)
            row[.expired] += lot.units
            supply.lots.removeFirst()
        }
    }

    // MARK: Periods

    private var periodHours: Double { program.plan.horizon / Double(CampaignColumns.periods) }

    /// Adds stock from now on, in every period that has not yet ended.
    private mutating func addStock(_ units: Double, _ row: UnsafeMutablePointer<Double>) {
        for period in firstOpenPeriod..<max(columns.periods, firstOpenPeriod) {
            row[columns.place(of: .stock, period: period)] += units
        }
        supply.stock += units
    }

    private func notePeriods(
        _ column: CampaignColumns.PeriodColumn, _ units: Double,
        _ row: UnsafeMutablePointer<Double>
    ) {
        let period = firstOpenPeriod
        guard period < columns.periods else { return }
        row[columns.place(of: column, period: period)] += units
    }

    private var firstOpenPeriod: Int {
        min(Int((now / periodHours).rounded(.down)), columns.periods)
    }

    // MARK: The end

    /// Books what is left when nothing more happens.
    mutating func closeSupply(_ row: UnsafeMutablePointer<Double>) {
        row[.banks] = Double(supply.banks)
        guard let demand = supply.demand else { return }
        for patient in supply.waiting[supply.firstWaiting...] {
            row[now - patient.came > demand.patience ? .lost : .unserved] += 1
        }
        row[.inStock] = supply.stock
    }
}

extension CampaignDemand.Need {
    /// What a patient needs at a uniform draw.
    func units(_ uniform: Double) -> Double {
        switch self {
        case .doses(let doses): return max(doses.quantile(uniform).rounded(.up), 1)
        case .vials(let weight, let limits, let dose, let vial, let administrations):
            let kilograms = weight.quantile(uniform)
            let treated = min(max(kilograms, limits.lowerBound), limits.upperBound)
            let each = (treated * dose / vial).rounded(.up)
            return max(each, 1) * Double(administrations)
        }
    }
}
