/// What a plan is asked for.
public struct PlanOptions: Codable, Sendable, Hashable {
    /// Patients in the period; those of the definition when nil.
    public var patients: Double?
    /// The period, in years.
    public var years = 1.0
    /// Batches to start, where they are not to be computed.
    public var batches: Int?
    /// Master stocks to make; as many as the batches need when nil. Zero where they exist.
    public var masterStocks: Int?
    /// Donations to buy; as many as the master stocks need when nil.
    public var donations: Int?

    /// A plan for the demand of the definition, for a year.
    public init() {}
}

/// What a patient receives.
public struct DosePlan: Codable, Sendable {
    /// Patients in the period.
    public var patients: Double
    /// Administrations in the period.
    public var administrations: Double
    /// Viable cells of one container when it is given.
    public var viablePerContainer: Double
    /// Containers for an administration, on average.
    public var containersPerAdministration: Double
    /// The share of administrations by the number of containers.
    public var containerShares: [Int: Double]
    /// Containers in the period.
    public var containers: Double
    /// Patients that are not exceeded at the service level.
    public var patientsAtServiceLevel: Int
    /// Containers for them.
    public var containersAtServiceLevel: Double
}

/// What one batch gives.
public struct BatchPlan: Codable, Sendable {
    /// Containers filled.
    public var filled: Int
    /// Containers left after tests and retention.
    public var releasable: Int
    /// Administrations from them.
    public var administrations: Double
    /// Cells before filling.
    public var cells: Double
    /// The probability that it is released.
    public var success: Double
    /// Cumulative population doublings.
    public var cumulativeDoublings: Double
    /// From thaw to release, in days.
    public var days: Double
}

/// How many batches meet the demand.
public struct BatchCount: Codable, Sendable {
    /// Batches to start on average.
    public var meanNeeded: Double
    /// Released batches that cover the demand at the service level.
    public var successesNeeded: Int
    /// Batches to start so that so many are released at the service level.
    public var toStart: Int
    /// The service level.
    public var serviceLevel: Double
    /// Days between two starts.
    public var intervalDays: Double
}

/// Donors.
public struct DonorPlan: Codable, Sendable {
    /// The probability that a donation becomes a released master stock.
    public var success: Double
    /// Donations for one master stock with 95 % confidence.
    public var donationsForOne: Int
    /// Master stocks the batches need.
    public var masterStocks: Int
    /// Donations for them, with 95 % confidence.
    public var donations: Int
    /// Batches that one donation can give.
    public var batchesPerDonation: Int
    /// The share of the patients that one donation serves.
    public var shareOfPatients: Double
}
