/// The numbers of one product, process and plant that a plan is made from: what was read from a
/// definition, in the units named here, before anything is computed.
///
/// Times are in hours, areas in cm², volumes in mL, money in the unit of `currency`.
public struct PlanningCase: Codable, Sendable {
    /// The product.
    public var name: String
    /// The currency of every price.
    public var currency: String
    /// The year of the prices.
    public var priceYear: Int?
    /// The process, bank stages first.
    public var stages: [PlannedStage]
    /// The banks.
    public var banks: [PlannedBank]
    /// How the cells grow; nil where no step grows cells by the model.
    public var growth: GrowthLaw?
    /// What a patient receives.
    public var dose: PlannedDose
    /// How much is needed.
    public var demand: PlannedDemand
    /// How often things fail.
    public var failures: FailureProbabilities
    /// People, clean rooms and equipment.
    public var resources: PlannedResources
    /// The mass of tissue that enters the first culture, in g.
    public var tissueMass: Double?
    /// The most patients, as a share, that one donor may serve.
    public var maximumDonorShare: Double?
    /// What one donation costs.
    public var donationCost: Double
    /// The most cumulative population doublings at release.
    public var doublingsLimit: Double?
    /// What the site costs in a year without a batch.
    public var fixedCostPerYear: Double
    /// Interest on what is invested, in a year.
    public var interest: Double = 0.05
    /// Fixed capital over the price of the equipment; 1 prices the equipment alone.
    public var langFactor: Double = 1
    /// What is bought, by id.
    public var materials: [PlannedMaterial] = []
}

/// How often things fail.
public struct FailureProbabilities: Codable, Sendable {
    /// A contamination, for each open operation.
    public var contaminationPerOpenOperation: Double
    /// A differentiation that fails.
    public var differentiation: Double
    /// A batch out of specification; nil where each test step has its own success.
    public var release: Double?

    /// The probabilities.
    public init(contaminationPerOpenOperation: Double, differentiation: Double, release: Double?) {
        self.contaminationPerOpenOperation = contaminationPerOpenOperation
        self.differentiation = differentiation
        self.release = release
    }
}

/// What a patient receives and what one container holds.
public struct PlannedDose: Codable, Sendable {
    /// Viable cells: a number, or for each kg of body weight.
    public var cells: Double
    /// Whether `cells` is for each kg.
    public var isPerKilogram: Bool
    /// How much more is prepared than reaches the patient.
    public var deadVolumeFactor: Double
    /// Nominal viable cells in a container.
    public var cellsPerContainer: Double
    /// The share filled above the nominal.
    public var overfill: Double
    /// The share of viable cells after thawing.
    public var postThawRecovery: Double
    /// The share left after washing before use.
    public var washRecovery: Double
    /// Containers taken for release tests.
    public var sampledContainers: Int
    /// Containers kept for retention.
    public var retainedContainers: Int
}

/// How much is needed in a year.
public struct PlannedDemand: Codable, Sendable {
    /// Patients in a year.
    public var patientsPerYear: Double
    /// Administrations for each.
    public var administrationsPerPatient: Double
    /// Body weight, where the dose goes by it.
    public var weight: WeightDistribution?
    /// The share of years in which the demand is met.
    public var serviceLevel: Double
    /// How long the stock is to last without a batch, in days.
    public var safetyStockDays: Double
}

/// A cell bank or stock.
public struct PlannedBank: Codable, Sendable {
    /// Its id.
    public var id: String
    /// Vials it is made with.
    public var vials: Int
    /// Vials kept back for tests, retention and stability.
    public var reserveVials: Int
    /// Vials thawed at once.
    public var vialsPerUse: Int
    /// Cells in a vial.
    public var cellsPerVial: Double
    /// Viable cells after thawing, as a share.
    public var recovery: Double
    /// Its population doublings, where no stage of the process makes it.
    public var doublings: Double
    /// The most doublings it may have.
    public var maximumDoublings: Double?
    /// The bank or line it is made from.
    public var madeFrom: String?
}

/// People, clean rooms and equipment.
public struct PlannedResources: Codable, Sendable {
    /// The roles.
    public var roles: [PlannedRole]
    /// Isolators or cabinets that can be worked in at the same time.
    public var workstations: Int
    /// Places for vessels in all incubators.
    public var incubatorPlaces: Double
    /// Vials that the controlled-rate freezers hold in one run.
    public var freezerVials: Int?
    /// Hours of a shift.
    public var shiftHours: Double
    /// Days of the week on which the clean rooms are open.
    public var openDaysPerWeek: Int
    /// Days of a year on which the clean rooms are used.
    public var operatingDays: Double
    /// Hours of a full-time person at the bench in a year.
    public var productiveHours: Double
    /// What was bought.
    public var equipment: [PlannedEquipment]
    /// Floor area by class, in m².
    public var cleanArea: Double
    /// Floor area that is not classified, in m².
    public var otherArea: Double
}

/// People of a role.
public struct PlannedRole: Codable, Sendable {
    /// Its id.
    public var id: String
    /// Full-time people.
    public var people: Double
    /// What an hour costs.
    public var costPerHour: Double?
    /// What a year costs.
    public var costPerYear: Double?
}

/// Equipment of one kind.
public struct PlannedEquipment: Codable, Sendable {
    /// Its id.
    public var id: String
    /// How many.
    public var count: Int
    /// What one costs.
    public var price: Double
    /// Over how many years it is written off.
    public var life: Double
    /// Maintenance in a year, as a share of the price.
    public var maintenance: Double
}

/// Something bought.
public struct PlannedMaterial: Codable, Sendable {
    /// Its id.
    public var id: String
    /// What it is.
    public var name: String
    /// The unit its stock is kept in.
    public var unit: String
    /// Whether it is used up without becoming part of the culture: packaging, vessels, kits.
    public var isConsumable: Bool
    /// What a unit costs.
    public var unitCost: Double
    /// From order to delivery, in days.
    public var leadTimeDays: Double?
    /// How long the stock lasts without delivery, in days.
    public var safetyStockDays: Double?
    /// Approved suppliers; 0 where the definition names none.
    public var suppliers: Int
    /// The plan for when the supplier fails.
    public var secondSource: String?
    /// How long it may be kept, in days.
    public var shelfLifeDays: Double?
}
