/// A stage of the process as the plan sees it.
public struct PlannedStage: Codable, Sendable {
    /// Its id.
    public var id: String
    /// What it is.
    public var name: String
    /// The bank its cells are thawed from, if any.
    public var fromBank: String?
    /// The bank it makes, if it makes one.
    public var makesBank: String?
    /// Its operations, in order.
    public var operations: [PlannedOperation]
}

/// A unit operation as the plan sees it: what it does to the cells, and what it takes.
public struct PlannedOperation: Codable, Sendable {
    /// What is done.
    public enum Kind: String, Codable, Sendable {
        case thaw, seed, culture, harvest, passage, recover, fill, test, release, other
    }

    /// Its id.
    public var id: String
    /// What it does to the cells.
    public var kind: Kind
    /// The day of the process on which it is done, where it is dated.
    public var day: Double?
    /// How far it may be off that day, in hours.
    public var windowHours: Double?
    /// How long it takes, in hours; 0 for a culture.
    public var hours: Double = 0
    /// Who does it.
    public var people: [PlannedCrew] = []
    /// Time at the bench where that is not its duration, in hours.
    public var handsOnHours: Double = 0
    /// How long people and room are busy, in hours: what takes longer than a day binds them for the
    /// time at the bench alone.
    var boundHours: Double {
        if handsOnHours > 0 || kind == .test { return handsOnHours }
        return hours > 24 ? 0 : hours
    }
    /// Time until its result, in days, for a test or a release.
    public var waitingDays: Double = 0
    /// Whether it occupies a clean room.
    public var usesRoom = false
    /// Whether the product is open to the air.
    public var isOpen = false
    /// What it uses up.
    public var uses: [MaterialUse] = []
    /// The vials it thaws.
    public var vials: PlannedVials?
    /// The culture.
    public var culture: PlannedCulture?
    /// The density cells are seeded at.
    public var seeding: SeedingDensity?
    /// Vessels that are seeded for a step that does not grow cells by the model.
    public var plates: PlannedVessels?
    /// Cells for each cm² that are found here, where no growth model leads to them.
    public var arealYield: Double?
    /// The share of cells that comes through.
    public var recovery: Double?
    /// Cells taken as a sample.
    public var sampledCells: Double = 0
    /// What it fills: the id of a bank, or an empty text for the product.
    public var fillsBank: String?
    /// Containers at hand for filling.
    public var containersMax: Int?
    /// Tests, by price.
    public var assays: [PlannedAssay] = []
    /// How often it succeeds.
    public var success: Double?
}

/// People of a role in an operation.
public struct PlannedCrew: Codable, Sendable {
    /// The role.
    public var role: String
    /// How many.
    public var people: Double
}

/// An amount of a material.
public struct MaterialUse: Codable, Sendable {
    /// The material.
    public var material: String
    /// How much, in the unit of its stock.
    public var amount: Double
}

/// Vials thawed from a bank.
public struct PlannedVials: Codable, Sendable {
    /// The bank.
    public var bank: String
    /// How many.
    public var count: Int
}

/// Vessels of one kind.
public struct PlannedVessels: Codable, Sendable {
    /// The material.
    public var material: String
    /// Growth area of one, in cm².
    public var area: Double
    /// Places of one in an incubator.
    public var places: Double
    /// How many.
    public var count: Int

    /// The area of all, in cm².
    public var totalArea: Double { area * Double(count) }
}

/// A culture.
public struct PlannedCulture: Codable, Sendable {
    /// Its vessels.
    public var vessels: PlannedVessels
    /// The passage of the cells.
    public var passage: Int
    /// How long it lasts where it is not grown to a density, in hours.
    public var fixedHours: Double?
    /// Cells for each g of tissue, for the outgrowth.
    public var cellsPerGram: Double?
    /// Medium changes.
    public var feed: PlannedFeed?
    /// Whether its vessels are bought here and not in an earlier step.
    public var buysVessels = false
    /// Whether its first medium is bought here and not in an earlier step.
    public var buysMedium = false
}

/// Medium changes of a culture.
public struct PlannedFeed: Codable, Sendable {
    /// How often, in hours.
    public var everyHours: Double
    /// The share of the medium that is changed.
    public var share: Double = 1
    /// How long one takes, in hours.
    public var hours: Double
    /// Who does it.
    public var people: [PlannedCrew]
    /// What 1 mL of its medium is made of.
    public var mediumPerMilliliter: [MaterialUse]
    /// What one change uses up beside the medium.
    public var uses: [MaterialUse]
}

/// The density cells are seeded at, in cells/cm².
public struct SeedingDensity: Codable, Sendable {
    /// The set value.
    public var target: Double
    /// Normal operating range.
    public var normal: [Double]?
    /// Proven acceptable range.
    public var proven: [Double]?
}

/// A test, by its price.
public struct PlannedAssay: Codable, Sendable {
    /// Its id.
    public var id: String
    /// What one run costs.
    public var cost: Double
}
