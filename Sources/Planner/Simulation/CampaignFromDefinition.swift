public import ProductDefinition
import Quantities

/// What a person may choose when a definition is simulated.
public struct CampaignChoices: Hashable, Sendable {
    /// Batches in the year; nil for the number that the definition plans.
    public var batches: Int?
    /// Patients in the year; nil for the number in the definition.
    public var patients: Double?
    /// Days that a patient can wait.
    public var patienceDays = 30.0
    /// Vials in stock when the year begins: without them its first months are served late.
    public var initialStock = 0.0
    /// Days by which the first batch goes ahead of the first patient. The patients' year begins
    /// after them.
    public var leadDays = 0.0
    /// Stock, in vials, at or above which a planned batch is left out; nil starts every batch.
    public var stockTarget: Double?

    /// The definition as it stands.
    public init() {}
}

extension Campaign {
    /// The campaign of one year that a definition describes.
    ///
    /// The batch begins where cells are thawed from the last bank, or with the tissue where there
    /// is no bank. What earlier stages cost is shared among the batches that a bank gives.
    ///
    /// - Throws: a `CampaignRefusal`, of the kind `.incomplete` when the definition does not say
    ///   enough or forbids what it plans.
    public init(
        _ definition: Definition, _ choices: CampaignChoices = CampaignChoices()
    ) throws(CampaignRefusal) {
        let planning: PlanningCase
        do throws(PlanRefused) {
            planning = try PlanningCase(definition)
        } catch {
            throw CampaignRefusal(
                .incomplete, error.description,
                wayOut: error.refusals.first?.help ?? "complete the definition")
        }
        let reader = DefinedCampaign(definition, planning, choices)
        var plan = try reader.plan()
        let first = try Campaign(plan)
        plan.schedule.starts = .at(reader.starts(of: first))
        try self.init(plan)
    }
}

/// Turns a definition and the numbers of its plan into a campaign.
struct DefinedCampaign {
    let definition: Definition
    let planning: PlanningCase
    let choices: CampaignChoices

    /// The defined operations by their id.
    let operations: [String: Definition.Operation]
    /// Place of the first stage of a batch.
    let firstStage: Int

    init(
        _ definition: Definition, _ planning: PlanningCase, _ choices: CampaignChoices
    ) {
        self.definition = definition
        self.planning = planning
        self.choices = choices
        operations = Dictionary(
            (definition.process?.stages ?? []).flatMap(\.operations).map { ($0.id.value, $0) },
            uniquingKeysWith: { first, _ in first })
        firstStage = planning.stages.lastIndex { $0.fromBank != nil } ?? 0
    }

    private static let yearHours = 8760.0

    func plan() throws(CampaignRefusal) -> CampaignPlan {
        guard let batches = choices.batches ?? definition.planning?.batchesPerYear?.value else {
            throw CampaignRefusal(
                .incomplete, "the definition does not say how many batches a year has",
                wayOut: "write 'batches-per-year: 24' under 'planning', or ask for a number")
        }
        let growth = try growth()
        var builder = CampaignStepBuilder(self, growth: growth)
        try builder.build()
        var plan = CampaignPlan(
            name: planning.name,
            schedule: CampaignSchedule(
                batches: batches, starts: .every(Self.yearHours / Double(max(batches, 1)))),
            material: try material(),
            growth: growth, resources: resources(builder.used), calendar: calendar(),
            steps: builder.steps, filling: filling(builder.vialsAtMost),
            fixedCost: planning.fixedCostPerYear,
            horizon: Self.yearHours + choices.leadDays * 24)
        plan.currency = planning.currency
        plan.demand = demand()
        plan.stockTarget = choices.stockTarget
        plan.bank = bank()
        return plan
    }

    // MARK: Growth and material

    private func growth() throws(CampaignRefusal) -> CampaignGrowth {
        guard let law = planning.growth else {
            throw CampaignRefusal(
                .incomplete, "the definition does not say how the cells grow",
                wayOut: "write 'growth:' under 'planning'")
        }
        let seeding =
            planning.stages[firstStage...].lazy.flatMap(\.operations).compactMap(\.seeding).first?
            .target ?? definition.planning?.growth?.seedingDensity?.amount("cells/cm2")
        guard let harvest = law.targetDensity ?? law.maximumDensity else {
            throw CampaignRefusal(
                .incomplete, "the definition gives neither a harvest nor a greatest density",
                wayOut: "write 'harvest-density:' under 'planning: growth:'")
        }
        return CampaignGrowth(
            doublingTime: law.doublingTime, slope: law.slope, sdLogDonor: law.donorSpread,
            sdLogBatch: law.batchSpread, sdLogPassage: law.passageSpread, lag: law.lag,
            attachment: law.attachment,
            seedingDensity: min(seeding ?? harvest / 10, harvest),
            harvestDensity: harvest, maximumDensity: max(law.maximumDensity ?? harvest, harvest))
    }

    private func material() throws(CampaignRefusal) -> StartingMaterial {
        let stage = planning.stages[firstStage]
        guard let bankID = stage.fromBank else { return try tissue(stage) }
        guard let bank = planning.banks.first(where: { $0.id == bankID }) else {
            throw CampaignRefusal(
                .incomplete, "the bank '\(bankID)' has no vials or no cells in a vial",
                wayOut: "write 'vials' and 'cells-per-vial' for it")
        }
        let count = stage.operations.lazy.compactMap(\.vials).first?.count ?? bank.vialsPerUse
        let history = BankHistory(self)
        return StartingMaterial(
            origin: .vials(
                count, cellsPerVial: bank.cellsPerVial,
                recovery: Self.share(bank.recovery, sd: 0)),
            donors: history.donors, cost: history.costPerBatch)
    }

    private func tissue(_ stage: PlannedStage) throws(CampaignRefusal) -> StartingMaterial {
        let perGram = stage.operations.lazy.compactMap(\.culture?.cellsPerGram).first
        guard let perGram, let mass = planning.tissueMass else {
            throw CampaignRefusal(
                .incomplete,
                "the definition does not say how many cells a batch starts from",
                wayOut: "thaw vials of a bank, or give the mass of tissue and its yield")
        }
        let spread = definition.planning?.isolationYield?.logSpread?.value.doubleValue ?? 0
        return StartingMaterial(
            origin: .tissue(medianCells: perGram * mass, sdLogDonor: 0, sdLogBatch: spread),
            donors: .batchesPerDonor(1), cost: planning.donationCost)
    }

    /// A share as a distribution that cannot leave 0 to 1; the standard deviation is carried to
    /// the log-odds by the delta method.
    static func share(_ mean: Double, sd: Double) -> Distribution {
        guard sd > 0, mean > 0, mean < 1 else { return .fixed(mean) }
        return .logitNormal(median: mean, sdLogit: sd / (mean * (1 - mean)))
    }

    private func bank() -> CampaignBank? {
        guard let bankID = planning.stages[firstStage].fromBank,
            let bank = planning.banks.first(where: { $0.id == bankID })
        else { return nil }
        let taken = planning.stages[firstStage].operations.lazy.compactMap(\.vials).first?.count
        let isMadeAgain = planning.stages.contains { $0.makesBank == bankID }
        return CampaignBank(
            vials: bank.vials - bank.reserveVials, vialsPerBatch: taken ?? bank.vialsPerUse,
            banks: isMadeAgain ? 100_000 : 1, costPerBank: 0)
    }

    // MARK: Resources

    /// Equipment that is short: what stores, counts or watches is shared without waiting.
    func isShared(_ kind: Definition.EquipmentKind) -> Bool {
        switch kind {
        case .biosafetyCabinet, .laminarFlowHood, .openIsolator, .closedIsolator, .rabs,
            .bioreactor, .centrifuge, .cellWasher, .fillingMachine, .controlledRateFreezer,
            .closedSystem:
            true
        default: false
        }
    }

    /// The id of the places in all incubators.
    static let incubator = "incubator places"

    private func resources(_ used: Set<String>) -> [CampaignResource] {
        var list = [
            CampaignResource(
                id: Self.incubator, name: "incubator places",
                units: Int(min(planning.resources.incubatorPlaces, 1e6)))
        ]
        for item in definition.premises?.equipment ?? [] where used.contains(item.id.value) {
            list.append(
                CampaignResource(
                    id: item.id.value, name: item.name?.value ?? item.id.value,
                    units: item.count?.value ?? 1))
        }
        for role in definition.premises?.roles ?? [] where used.contains(role.id.value) {
            let cost = planning.resources.roles.first { $0.id == role.id.value }?.costPerHour
            list.append(
                CampaignResource(
                    id: role.id.value, name: role.name?.value ?? role.id.value,
                    units: Int((role.people?.value.doubleValue ?? 0).rounded(.up)),
                    costPerHour: cost ?? 0))
        }
        return list.filter { used.contains($0.id) }
    }

    private func calendar() -> WorkCalendar {
        let calendar = definition.planning?.calendar
        let opens = Definition.Calendar.hour(calendar?.opens?.value) ?? 8
        let days = Set(
            (calendar?.days ?? []).compactMap { day in
                Definition.Weekday.allCases.firstIndex(of: day.value)
            })
        return WorkCalendar(
            opens: opens, closes: Definition.Calendar.hour(calendar?.closes?.value) ?? 16,
            days: days.isEmpty ? Set(0..<7) : days,
            shutdownWeeks: Set((calendar?.shutdownWeeks ?? []).map(\.value)))
    }

    // MARK: Doses and patients

    private func filling(_ vialsAtMost: Int?) -> Filling {
        let dose = planning.dose
        let weight = dose.isPerKilogram ? planning.demand.weight?.mean ?? 70 : 1
        var filling = Filling(
            cellsPerVial: dose.cellsPerContainer, overfill: 1 + dose.overfill,
            recovery: min((1 + dose.overfill) * dose.postThawRecovery * dose.washRecovery, 1),
            cellsPerDose: dose.cells * weight * dose.deadVolumeFactor,
            vialsKept: dose.sampledContainers + dose.retainedContainers, leastVials: 1)
        let freezer = planning.resources.freezerVials ?? filling.vialsAtMost
        filling.vialsAtMost = max(min(vialsAtMost ?? freezer, freezer), 1)
        return filling
    }

    private func demand() -> CampaignDemand? {
        let dose = planning.dose
        let demand = planning.demand
        let weight = dose.isPerKilogram ? demand.weight : nil
        let content =
            dose.cellsPerContainer * (1 + dose.overfill) * dose.postThawRecovery
            * dose.washRecovery
        let administrations = min(max(demand.administrationsPerPatient, 1), 1000)
        var result = CampaignDemand(
            patientsPerYear: choices.patients ?? demand.patientsPerYear,
            need: .vials(
                weight: weight.map(Self.lognormal) ?? .fixed(dose.isPerKilogram ? 70 : 1),
                limits: Self.limits(weight),
                cellsPerKilogram: dose.cells * dose.deadVolumeFactor,
                viableCellsPerVial: content, administrations: Int(administrations.rounded(.up))),
            patience: choices.patienceDays * 24, from: choices.leadDays * 24)
        result.initialStock = choices.initialStock
        result.shelfLife = definition.product.shelfLife?.claim.value.amount("h")
        return result
    }

    private static func limits(_ weight: WeightDistribution?) -> ClosedRange<Double> {
        guard let weight, weight.minimum <= weight.maximum, weight.minimum >= 0 else {
            return 0...1000
        }
        return weight.minimum...min(weight.maximum, 1000)
    }

    /// A lognormal with the mean and standard deviation of a body weight.
    private static func lognormal(_ weight: WeightDistribution) -> Distribution {
        guard weight.mean > 0, weight.spread > 0 else { return .fixed(weight.mean) }
        let variation = weight.spread / weight.mean
        let variance = Elementary.log(1 + variation * variation)
        return .lognormal(
            median: weight.mean * Elementary.exp(-0.5 * variance), sdLog: variance.squareRoot())
    }

    // MARK: Starts

    /// Batches spread over the year, none of which would have to be worked on in a shutdown.
    func starts(of campaign: Campaign) -> [Double] {
        let plan = campaign.plan
        let count = plan.schedule.batches
        let waits = plan.steps.reduce(0) { sum, step in
            if case .wait(let hours, _) = step.action { sum + hours.mean } else { sum }
        }
        let work = max(campaign.nominal.hours - waits, 0)
        let open = (0..<365).map { day in
            let from = Double(day) * 24
            let lastDay = Int(min((from + work) / 24, 3650))
            return !(day...max(lastDay, day)).contains {
                plan.calendar.shutdownWeeks.contains($0 % WorkCalendar.daysInYear / 7 + 1)
            }
        }
        let days = open.indices.filter { open[$0] }
        // A process longer than the time between shutdowns has to go through them.
        guard !days.isEmpty else {
            return (0..<count).map { Double($0) * Self.yearHours / Double(count) }
        }
        return (0..<count).map { batch in
            let place = Double(batch) * Double(days.count) / Double(count)
            let whole = Int(place)
            return Double(days[whole]) * 24 + (place - Double(whole)) * 24
        }
    }
}
