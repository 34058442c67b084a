import Foundation

/// One culture or differentiation of the plan: what is seeded, how long, what comes out.
public struct CultureStep: Codable, Sendable, Hashable {
    /// The operation.
    public var operation: String
    /// The vessel.
    public var vessel: String
    /// How many.
    public var vessels: Int
    /// Their area, in cm².
    public var area: Double
    /// Cells seeded for each cm²; nil for the outgrowth of a tissue.
    public var seedingDensity: Double?
    /// Cells seeded.
    public var seeded: Double?
    /// How long it takes, in hours; nil where dated steps say so.
    public var hours: Double?
    /// Medium changes.
    public var feeds: Int
    /// Medium, in L.
    public var mediumLiters: Double
    /// Cells harvested.
    public var harvested: Double
    /// Population doublings; nil for the outgrowth of a tissue.
    public var doublings: Double?
    /// Cumulative population doublings after it.
    public var cumulativeDoublings: Double
    /// Places in the incubators over days.
    public var placeDays: Double
}

/// The cells through one group of stages, from thaw or tissue to bank or product.
struct CellBalance {
    var cultures: [CultureStep] = []
    var cells = 0.0
    var doublings = 0.0
    var filled: Int?
    var remarks: [String] = []
    var refusals: [PlanRefusal] = []
    /// Cells seeded for a step without a growth model: density in cells/cm² and area.
    private var plated: (step: PlannedOperation, vessels: PlannedVessels, density: Double)?
    private var seeding: (operation: String, range: SeedingDensity)?
    private var isFreshlyThawed = false

    let plan: PlanningCase
    let place: (String) -> String?

    init(_ plan: PlanningCase, startingAt doublings: Double, place: @escaping (String) -> String?) {
        self.plan = plan
        self.doublings = doublings
        self.place = place
    }

    /// Follows the cells through `operation`.
    mutating func follow(_ operation: PlannedOperation) {
        if let vials = operation.vials, let bank = plan.banks.first(where: { $0.id == vials.bank })
        {
            cells = Double(vials.count) * bank.cellsPerVial * bank.recovery
            isFreshlyThawed = true
        }
        if let yield = operation.arealYield { harvest(operation, yield) }
        if let range = operation.seeding { seeding = (operation.id, range) }
        switch operation.kind {
        case .culture: if let culture = operation.culture { grow(operation, culture) }
        case .recover: cells *= operation.recovery ?? 1
        case .fill: fill(operation)
        default: break
        }
        if operation.sampledCells > 0 {
            cells -= operation.sampledCells
            if cells <= 0 {
                refuse(
                    .noYield,
                    "\(operation.id) takes \(number(operation.sampledCells)) cells as a sample and "
                        + "leaves none",
                    help: "take a smaller sample, or grow more cells before it", at: operation.id)
            }
        }
        if let vessels = operation.plates { plate(operation, in: vessels) }
    }

    // MARK: Steps

    private mutating func grow(_ operation: PlannedOperation, _ culture: PlannedCulture) {
        let area = culture.vessels.totalArea
        if let perGram = culture.cellsPerGram {
            cells = (plan.tissueMass ?? 0) * perGram
            let hours = culture.fixedHours ?? 0
            record(operation, culture, area: area, density: nil, used: nil, hours: hours)
            return
        }
        guard let growth = plan.growth else {
            refuse(
                .missingNumber,
                "\(operation.id) grows cells and the definition has no growth model",
                help: "write 'planning: growth:'", at: operation.id)
            return
        }
        guard let density = seedingDensity(in: area, operation.id) else { return }
        let lag = isFreshlyThawed ? growth.lagAfterThaw : growth.lag
        let (hours, reached): (Double, Double)
        if let fixed = culture.fixedHours {
            hours = fixed
            reached = growth.density(
                after: fixed, from: density, passage: culture.passage, lag: lag)
        } else if let target = growth.targetDensity {
            hours = growth.hours(
                from: density, to: target, passage: culture.passage, lag: lag)
            reached = target
        } else {
            return refuse(
                .missingNumber,
                "\(operation.id) has neither a fixed time nor a density to grow to",
                help: "write 'harvest-density' in 'planning: growth:'", at: operation.id)
        }
        let used = density * area
        cells = area * reached * growth.harvestRecovery
        let gained = PopulationDoublings.between(seeded: used, harvested: cells)
        if !gained.isFinite || gained <= 0 {
            refuse(
                .noYield, "\(operation.id) harvests no more cells than it was seeded with",
                help: "seed fewer cells, or let them grow longer", at: operation.id)
        }
        doublings += gained
        isFreshlyThawed = false
        record(
            operation, culture, area: area, density: density, used: used, hours: hours,
            gained: gained)
    }

    private mutating func record(
        _ operation: PlannedOperation, _ culture: PlannedCulture, area: Double, density: Double?,
        used: Double?, hours: Double, gained: Double? = nil
    ) {
        let feeds = culture.feed.map { culture.feeds(in: hours, every: $0.everyHours) } ?? 0
        let perArea = plan.growth?.mediumPerArea ?? 0
        let share = culture.feed?.share ?? 1
        cultures.append(
            CultureStep(
                operation: operation.id, vessel: culture.vessels.material,
                vessels: culture.vessels.count, area: area, seedingDensity: density, seeded: used,
                hours: hours, feeds: feeds,
                mediumLiters: area * perArea * (1 + Double(feeds) * share) / 1000,
                harvested: cells, doublings: gained, cumulativeDoublings: doublings,
                placeDays: Double(culture.vessels.count) * culture.vessels.places * hours / 24))
    }

    /// Cells found at a density that was measured, not computed: a differentiation.
    private mutating func harvest(_ operation: PlannedOperation, _ yield: Double) {
        guard let plated else {
            return refuse(
                .noYield, "\(operation.id) harvests cells that no step before it has seeded",
                help: "add the step that seeds them, with its vessel", at: operation.id)
        }
        let recovered = yield * (operation.recovery ?? 1)
        let gained = PopulationDoublings.between(seeded: plated.density, harvested: recovered)
        cells = recovered * plated.vessels.totalArea
        doublings += max(gained, 0)
        let days = operation.day.flatMap { end in plated.step.day.map { end - $0 } }
        let places = Double(plated.vessels.count) * plated.vessels.places
        cultures.append(
            CultureStep(
                operation: plated.step.id, vessel: plated.vessels.material,
                vessels: plated.vessels.count, area: plated.vessels.totalArea,
                seedingDensity: plated.density,
                seeded: plated.density * plated.vessels.totalArea, hours: days.map { $0 * 24 },
                feeds: 0,
                mediumLiters: 0, harvested: cells, doublings: gained,
                cumulativeDoublings: doublings, placeDays: places * (days ?? 0)))
        self.plated = nil
    }

    private mutating func plate(_ operation: PlannedOperation, in vessels: PlannedVessels) {
        guard let density = seedingDensity(in: vessels.totalArea, operation.id) else { return }
        plated = (operation, vessels, density)
        cells = density * vessels.totalArea
    }

    /// The density the cells are seeded at: all of them inside the normal range; above it the
    /// target, and the rest is left over; outside the proven range there is no plan.
    private mutating func seedingDensity(in area: Double, _ operation: String) -> Double? {
        guard area > 0, cells > 0, cells.isFinite else {
            refuse(
                .noYield, "no cells reach \(operation)",
                help: "give the steps before it a yield, or thaw vials", at: operation)
            return nil
        }
        let all = cells / area
        guard let (step, range) = seeding else { return all }
        seeding = nil
        var density = all
        if let most = range.normal?.last ?? range.proven?.last, all > most {
            density = range.target
            remarks.append(
                "\(step): \(number(cells - density * area)) cells more than the seeding density "
                    + "needs are left over")
        }
        if let proven = range.proven, let low = proven.first, let high = proven.last,
            density < low || density > high
        {
            refuse(
                .seeding,
                "\(step) seeds \(number(density)) cells/cm2, outside the proven range of "
                    + "\(number(low)) to \(number(high)) cells/cm2",
                help: density < low
                    ? "use fewer vessels or thaw more vials" : "use more vessels", at: step)
            return nil
        }
        if let low = range.normal?.first, density < low {
            remarks.append(
                "\(step): \(number(density)) cells/cm2 are below the normal range, which begins at "
                    + "\(number(low))")
        }
        return density
    }

    private mutating func fill(_ operation: PlannedOperation) {
        if let bank = plan.banks.first(where: { $0.id == operation.fillsBank }) {
            filled = Int(min(Double(bank.vials), (cells / bank.cellsPerVial).rounded(.down)))
        } else {
            let perContainer = plan.dose.cellsPerContainer * (1 + plan.dose.overfill)
            let possible = (cells / perContainer).rounded(.down)
            filled = Int(max(0, min(possible, Double(operation.containersMax ?? .max), 1e9)))
            if let most = operation.containersMax, possible > Double(most) {
                remarks.append(
                    "\(operation.id): cells for \(number(possible)) containers, \(most) are at hand"
                )
            }
        }
    }

    private mutating func refuse(
        _ rule: PlanRefusal.Rule, _ message: String, help: String, at operation: String
    ) {
        refusals.append(PlanRefusal(rule, message, help: help, place: place(operation)))
    }

    private func number(_ value: Double) -> String { PlanNumber.text(value) }
}

extension PlannedCulture {
    /// Medium changes before the end: one at each whole interval that is over before it.
    func feeds(in hours: Double, every interval: Double) -> Int {
        guard interval > 0, hours > 0 else { return 0 }
        // At the end itself the cells are harvested, not fed.
        return Int(min(((hours - 1e-9) / interval).rounded(.down), 10_000))
    }
}
