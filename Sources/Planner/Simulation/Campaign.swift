/// A campaign that can be simulated.
///
/// Everything that would make a run meaningless or endless is refused here, so that the engine has
/// no case left in which it could hang or divide by zero.
public struct Campaign: Sendable {
    /// What was described.
    public let plan: CampaignPlan
    /// The process as the engine runs it.
    let program: CampaignProgram
    /// The course of one batch alone, with every random parameter at its median.
    public let nominal: NominalBatch

    /// Batches in a campaign at most; a batch takes about 200 bytes of memory.
    public static let batchesAtMost = 200_000
    /// Units of a resource at most.
    public static let unitsAtMost = 1_000_000
    /// Steps of a process at most.
    public static let stepsAtMost = 500
    /// Feeds of a passage and repetitions of an operation at most.
    public static let turnsAtMost = 100
    /// Resources at most.
    public static let resourcesAtMost = 64
    /// Donors at most.
    public static let donorsAtMost = batchesAtMost
    /// The longest time anything may take, hours: a century.
    public static let hoursAtMost = 876_600.0
    /// Patients in a year at most.
    public static let patientsAtMost = 1e6

    /// The campaign that `plan` describes.
    ///
    /// - Throws: a `CampaignRefusal` that names what cannot be simulated, its value, the limit and
    ///   the way out.
    public init(_ plan: CampaignPlan) throws(CampaignRefusal) {
        var check = CampaignCheck(plan)
        let order = try check.run()
        self.plan = plan
        program = try CampaignProgram(plan, order: order)
        nominal = NominalBatch(program)
        try check.judge(nominal)
    }
}

/// The course of one batch alone, with every random parameter at its median.
public struct NominalBatch: Hashable, Sendable {
    /// Cells that are filled.
    public let cells: Double
    /// Vials to release.
    public let vials: Int
    /// Doses to release.
    public let doses: Int
    /// Hours from start to the end of the batch.
    public let hours: Double
    /// What it costs, EUR, without the fixed cost.
    public let cost: Double
}
