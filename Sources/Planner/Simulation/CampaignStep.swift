/// One step of the process of a batch.
public struct CampaignStep: Hashable, Sendable {
    /// The id by which its draws and messages name it.
    public var id: String
    /// What is done.
    public var action: Action
    /// The id of the step that follows; nil for the next one in the list. After the last one, and
    /// after a release, the batch ends.
    public var next: String?

    /// A step that does `action`.
    public init(_ id: String, _ action: Action, next: String? = nil) {
        self.id = id
        self.action = action
        self.next = next
    }

    /// What a step does.
    public enum Action: Hashable, Sendable {
        /// Plans vessels for the cells and takes places for them, to be kept until a step vacates
        /// them.
        case occupy(Occupancy)
        /// People and equipment work on the batch.
        case operate(CampaignOperation)
        /// Cells grow, fed from time to time.
        case culture(CampaignCulture)
        /// Time passes: a sterility test, a review.
        case wait(Distribution, label: String)
        /// The batch is judged and ends: the probability that it is out of specification.
        case release(outOfSpecification: Double)
    }
}

/// Vessels and the places they take.
public struct Occupancy: Hashable, Sendable {
    /// How much area is seeded.
    public enum Area: Hashable, Sendable {
        /// All of it, whatever the number of cells: pieces of tissue that cells grow out of.
        case whole
        /// What the cells suffice for at the seeding density, up to the whole.
        case byCells
    }

    /// The resource whose units are places.
    public var resource: String
    /// How much area is seeded.
    public var seeded: Area
    /// The area there is, cm².
    public var area: Double
    /// The area in one place, cm².
    public var areaPerUnit: Double
    /// Cells seeded for each cm²; nil for those of the growth model.
    public var seedingDensity: Double?
    /// Vessels and their first medium, EUR/cm².
    public var costPerArea = 0.0

    /// Up to `area`, with `areaPerUnit` in each unit of `resource`.
    public init(resource: String, seeded: Area, area: Double, areaPerUnit: Double) {
        self.resource = resource
        self.seeded = seeded
        self.area = area
        self.areaPerUnit = areaPerUnit
    }
}

/// Work on a batch by people with equipment.
///
/// Resources are taken in the order of `crew`; use one order throughout a process, or two batches
/// may wait for each other for ever. (`Campaign` refuses a process that does not.)
public struct CampaignOperation: Hashable, Sendable {
    /// A resource and how many of its units.
    public struct Use: Hashable, Sendable {
        /// The id of the resource.
        public var resource: String
        /// How many units.
        public var units: Int

        /// `units` of `resource`.
        public init(_ resource: String, _ units: Int) {
            self.resource = resource
            self.units = units
        }
    }

    /// What the work does to the cells.
    public enum Effect: Hashable, Sendable {
        /// Nothing that counts.
        case none
        /// The culture is harvested at its density of the moment; a share is recovered.
        case harvest(recovery: Distribution)
        /// So many cells are found on each cm², however they got there.
        case collect(perArea: Distribution)
        /// A share of the cells is kept: washing, enrichment.
        case keep(Distribution)
        /// Cells are filled into vials.
        case fill
    }

    /// What can fail at its end and is seen at once.
    public struct Failure: Hashable, Sendable {
        /// Its probability.
        public var probability: Double
        /// What the loss is booked as.
        public var cause: BatchLoss

        /// `cause` with `probability`.
        public init(_ probability: Double, _ cause: BatchLoss) {
            self.probability = probability
            self.cause = cause
        }
    }

    /// Repetition of work that gave no valid result, such as an invalid assay.
    public struct Repetition: Hashable, Sendable {
        /// The probability that it is not valid.
        public var probability: Double
        /// How often it is repeated at most; after that the batch is lost as `.noValidResult`.
        public var atMost: Int

        /// Repeats with `probability`, `atMost` times.
        public init(_ probability: Double, atMost: Int) {
            self.probability = probability
            self.atMost = atMost
        }
    }

    /// Its name in a trace.
    public var label: String
    /// What it needs, in the order of taking.
    public var crew: [Use]
    /// How long it takes, hours.
    public var duration: Distribution
    /// Whether it starts in working hours only.
    public var startsInShift: Bool
    /// The probability that it contaminates the batch; seen at the next checkpoint.
    public var contamination = 0.0
    /// Materials for the area in culture, EUR/cm².
    public var costPerArea = 0.0
    /// Materials and tests of the whole operation, EUR.
    public var cost = 0.0
    /// Materials for each vial, EUR.
    public var costPerVial = 0.0
    /// What it does to the cells.
    public var effect = Effect.none
    /// Cells that are taken for tests.
    public var cellsTaken = 0.0
    /// Whether the places that are occupied become free at its end.
    public var vacates = false
    /// Whether contamination and failed growth are seen at its end.
    public var isCheckpoint = false
    /// What can fail at its end.
    public var failure: Failure?
    /// Whether it may have to be repeated.
    public var repetition: Repetition?

    /// Work by `crew` for `duration`.
    public init(
        _ label: String, crew: [Use], duration: Distribution, startsInShift: Bool = true
    ) {
        self.label = label
        self.crew = crew
        self.duration = duration
        self.startsInShift = startsInShift
    }
}

/// Growth of a passage.
public struct CampaignCulture: Hashable, Sendable {
    /// How the time to readiness comes about.
    public enum Kind: Hashable, Sendable {
        /// Cells grow out of tissue: median hours, standard deviation of the logarithm; varies
        /// with the donor's doubling time.
        case outgrowth(median: Double, sdLog: Double)
        /// Cells grow from the seeding to the harvest density.
        case expansion
        /// A course of fixed length, in hours: all cells are seeded on the whole area, and are as
        /// dense at its end as they have grown.
        case course(hours: Double)
    }

    /// The passage; the first after outgrowth or thawing is 1.
    public var passage: Int
    /// How the time to readiness comes about.
    public var kind: Kind
    /// Hours between feeds.
    public var feedEvery: Double
    /// Feeds at most.
    public var feedsAtMost: Int
    /// The work of one feed.
    public var feed: CampaignOperation?
    /// A culture that takes longer has failed, hours; nil for no limit.
    public var limit: Double?
    /// Hours before growth begins, where they differ from the growth model: after a thaw.
    public var lag: Double?
    /// Cells seeded for each cm², where they differ from the growth model.
    public var seedingDensity: Double?

    /// Growth in `passage`, without feeds.
    public init(passage: Int, kind: Kind, limit: Double?) {
        self.passage = passage
        self.kind = kind
        self.limit = limit
        feedEvery = 0
        feedsAtMost = 0
    }
}

/// Why a batch was lost.
public enum BatchLoss: Int, CaseIterable, Hashable, Sendable {
    /// Contaminated in an open operation.
    case contamination = 1
    /// Grew too slowly.
    case growth
    /// Tested out of specification.
    case outOfSpecification
    /// The donor was not eligible, or no cells came out of the tissue.
    case startingMaterial
    /// Tests gave no valid result.
    case noValidResult
    /// Too few vials.
    case lowYield
    /// A step did not succeed.
    case process

    /// In words.
    public var name: String {
        switch self {
        case .contamination: "contamination"
        case .growth: "growth failure"
        case .outOfSpecification: "out of specification"
        case .startingMaterial: "starting material"
        case .noValidResult: "no valid test result"
        case .lowYield: "too few vials"
        case .process: "process step failed"
        }
    }
}
