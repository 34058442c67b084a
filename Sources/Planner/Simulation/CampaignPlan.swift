/// A manufacturing campaign as a person describes it: the process, who and what it needs, how cells
/// grow and fail, when people work, what is needed and what it costs.
///
/// A plan may say anything. `Campaign` accepts only a plan that can be simulated.
///
/// Units throughout: hours from 00:00 of the first day, cells, cm², and money in `currency`.
public struct CampaignPlan: Hashable, Sendable {
    /// What it is called in reports.
    public var name: String
    /// When batches start.
    public var schedule: CampaignSchedule
    /// What a batch starts from.
    public var material: StartingMaterial
    /// How cells grow.
    public var growth: CampaignGrowth
    /// What batches share and wait for.
    public var resources: [CampaignResource]
    /// When people work.
    public var calendar: WorkCalendar
    /// The process of one batch, in order.
    public var steps: [CampaignStep]
    /// How cells become vials and doses.
    public var filling: Filling
    /// Who needs the doses; nil when only supply is of interest.
    public var demand: CampaignDemand?
    /// Stock at or above which a planned batch is left out, in the unit of the demand; nil starts
    /// every batch.
    public var stockTarget: Double?
    /// The bank that batches draw vials from; nil when each has its own material.
    public var bank: CampaignBank?
    /// What the site costs in the campaign however many batches are made.
    public var fixedCost: Double
    /// The time over which demand arises and supply is shown, in hours.
    public var horizon: Double
    /// Which draws belong to which random parameter.
    public var draws = DrawLayout()
    /// The currency of all money; it is never converted.
    public var currency = "EUR"

    /// A plan of these parts, without demand, stock target or bank.
    public init(
        name: String, schedule: CampaignSchedule, material: StartingMaterial,
        growth: CampaignGrowth, resources: [CampaignResource], calendar: WorkCalendar,
        steps: [CampaignStep], filling: Filling, fixedCost: Double, horizon: Double = 8760
    ) {
        self.name = name
        self.schedule = schedule
        self.material = material
        self.growth = growth
        self.resources = resources
        self.calendar = calendar
        self.steps = steps
        self.filling = filling
        self.fixedCost = fixedCost
        self.horizon = horizon
    }
}

/// When batches start.
public struct CampaignSchedule: Hashable, Sendable {
    /// How start times come about.
    public enum Starts: Hashable, Sendable {
        /// One every so many hours.
        case every(Double)
        /// At these hours, ascending, one for each batch.
        case at([Double])
        /// Independent of each other, on average one every so many hours (a Poisson process).
        case atRandom(meanInterval: Double)
    }

    /// Batches that are planned.
    public var batches: Int
    /// When they start.
    public var starts: Starts
    /// Hours by which batch b waits after a shift opens, times b + 1: it orders those that wait
    /// for the same morning.
    public var stagger: Double

    /// `batches`, started as `starts` says.
    public init(batches: Int, starts: Starts, stagger: Double = 0) {
        self.batches = batches
        self.starts = starts
        self.stagger = stagger
    }
}

/// What a batch starts from, and how it varies between donors and batches.
public struct StartingMaterial: Hashable, Sendable {
    /// Where the cells come from.
    public enum Origin: Hashable, Sendable {
        /// Donated tissue: median cells, standard deviations of the logarithm.
        case tissue(medianCells: Double, sdLogDonor: Double, sdLogBatch: Double)
        /// Vials of a bank, of which a share is viable after thawing.
        case vials(Int, cellsPerVial: Double, recovery: Distribution)
    }

    /// Where the cells come from.
    public var origin: Origin
    /// How batches are shared among donors.
    public var donors: DonorUse
    /// What the material of a batch costs, EUR.
    public var cost: Double

    /// Material from `origin`.
    public init(origin: Origin, donors: DonorUse, cost: Double) {
        self.origin = origin
        self.donors = donors
        self.cost = cost
    }
}

/// How batches are shared among donors or lines.
public enum DonorUse: Hashable, Sendable {
    /// So many donors, each for an equal run of batches.
    case donors(Int)
    /// A new donor after so many batches.
    case batchesPerDonor(Int)
}

/// Growth of adherent cells: exponential after a lag, up to a plateau.
///
/// The doubling time is lognormal between donors, between batches of a donor and between passages
/// of a batch, and lengthens by a constant share of the first with each passage.
public struct CampaignGrowth: Hashable, Sendable {
    /// Median doubling time in the first passage, hours.
    public var doublingTime: Double
    /// Lengthening with each passage, as a share of the first.
    public var slope: Double
    /// Standard deviation of its logarithm between donors.
    public var sdLogDonor: Double
    /// The same between batches.
    public var sdLogBatch: Double
    /// The same between passages.
    public var sdLogPassage: Double
    /// Hours before growth begins.
    public var lag: Double
    /// The share of seeded cells that attach.
    public var attachment: Double
    /// Cells seeded for each cm².
    public var seedingDensity: Double
    /// Cells on each cm² at which a culture is ready.
    public var harvestDensity: Double
    /// Cells on each cm² at which growth ends.
    public var maximumDensity: Double

    /// Growth with these parameters.
    public init(
        doublingTime: Double, slope: Double, sdLogDonor: Double, sdLogBatch: Double,
        sdLogPassage: Double, lag: Double, attachment: Double, seedingDensity: Double,
        harvestDensity: Double, maximumDensity: Double
    ) {
        self.doublingTime = doublingTime
        self.slope = slope
        self.sdLogDonor = sdLogDonor
        self.sdLogBatch = sdLogBatch
        self.sdLogPassage = sdLogPassage
        self.lag = lag
        self.attachment = attachment
        self.seedingDensity = seedingDensity
        self.harvestDensity = harvestDensity
        self.maximumDensity = maximumDensity
    }
}

/// Something that batches share: isolators, incubator places, operators, a laboratory.
public struct CampaignResource: Hashable, Sendable {
    /// The id by which steps name it.
    public var id: String
    /// What it is called in reports.
    public var name: String
    /// How many there are.
    public var units: Int
    /// What one costs while it is used, EUR/h.
    public var costPerHour: Double

    /// `units` of a resource.
    public init(id: String, name: String, units: Int, costPerHour: Double = 0) {
        self.id = id
        self.name = name
        self.units = units
        self.costPerHour = costPerHour
    }
}

/// How cells become vials and doses.
public struct Filling: Hashable, Sendable {
    /// Nominal cells in a vial.
    public var cellsPerVial: Double
    /// How much more is filled than the label says: 1.1 for 10 % more.
    public var overfill: Double
    /// The share of cells that is viable after thawing.
    public var recovery: Double
    /// Viable cells in a dose.
    public var cellsPerDose: Double
    /// Vials of a batch for tests, retention and stability.
    public var vialsKept: Int
    /// A batch with fewer vials is no batch.
    public var leastVials: Int
    /// Vials that can be filled and frozen at once; cells beyond them are discarded.
    public var vialsAtMost = 1_000_000

    /// Vials and doses of these sizes.
    public init(
        cellsPerVial: Double, overfill: Double, recovery: Double, cellsPerDose: Double,
        vialsKept: Int = 0, leastVials: Int = 0
    ) {
        self.cellsPerVial = cellsPerVial
        self.overfill = overfill
        self.recovery = recovery
        self.cellsPerDose = cellsPerDose
        self.vialsKept = vialsKept
        self.leastVials = leastVials
    }
}

/// A bank that batches draw vials from.
public struct CampaignBank: Hashable, Sendable {
    /// Vials of one bank that batches may take.
    public var vials: Int
    /// Vials that a batch takes.
    public var vialsPerBatch: Int
    /// Banks there are or can be made; after the last one no batch starts.
    public var banks: Int
    /// What making a further bank costs, EUR; the first is not counted.
    public var costPerBank: Double

    /// `banks` banks of `vials` vials.
    public init(vials: Int, vialsPerBatch: Int, banks: Int, costPerBank: Double) {
        self.vials = vials
        self.vialsPerBatch = vialsPerBatch
        self.banks = banks
        self.costPerBank = costPerBank
    }
}

/// Which draws belong to which random parameter.
public struct DrawLayout: Hashable, Sendable {
    /// The entity of the first donor; donors follow each other.
    public var firstDonor: UInt32
    /// The entity of the first batch.
    public var firstBatch: UInt32
    /// Slots of parameters by their path; a path that is not here has the slot of its hash.
    public var pinned: [String: DrawSlot]

    /// Donors and batches counted from these entities. By default donors have the upper half of
    /// all entities, so that no number of batches reaches them.
    public init(
        firstDonor: UInt32 = 0x8000_0000, firstBatch: UInt32 = 1,
        pinned: [String: DrawSlot] = [:]
    ) {
        self.firstDonor = firstDonor
        self.firstBatch = firstBatch
        self.pinned = pinned
    }

    /// The entity of the patients who ask for doses.
    static let demandEntity: UInt32 = 0xFFFF_FFFF
    /// The entity of batch starts that come at random.
    static let startEntity: UInt32 = 0xFFFF_FFFE

    /// The slot of the parameter at `path`.
    func slot(_ path: String) -> DrawSlot { pinned[path] ?? DrawSlot(path: path) }
}
