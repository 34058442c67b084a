/// The numbers that one replication leaves behind, and where each stands in its row.
struct CampaignColumns: Sendable {
    /// A number that every campaign has.
    enum Column: Int, CaseIterable {
        /// Doses and vials of released batches.
        case doses, vials
        /// EUR, with the fixed cost.
        case cost
        /// Batches released.
        case released
        /// Hour at which the last batch ended.
        case makespan
        /// Hours that batches waited for resources.
        case waiting
        /// Hours between start and end, over all batches.
        case cycle
        /// Cells that were filled in released batches.
        case cells
        /// Batches started; not started because of stock; not started for want of a bank.
        case started, leftOut, withoutBank
        /// The integral of the number of batches in process, batch-hours.
        case inProcess
        /// Patients who came; were served at once; later; gave up; wait at the end.
        case patients, servedAtOnce, servedLate, lost, unserved
        /// Hours that served patients waited.
        case patientWaiting
        /// Supply in the unit of the demand: asked for, used, expired, in stock at the end.
        case asked, used, expired, inStock
        /// Vials taken from the bank, banks begun, and the hour at which the last was used up.
        case bankVials, banks, bankEnd
    }

    /// What a resource has.
    enum ResourceColumn: Int, CaseIterable {
        /// Unit-hours in use.
        case busy
        /// Hours that batches waited for it.
        case waiting
        /// The integral of the number that waits.
        case queue
    }

    /// What a period has.
    enum PeriodColumn: Int, CaseIterable {
        /// Units released, asked for, and in stock at its end.
        case released, asked, stock
    }

    let resources: Int
    let periods: Int

    /// Periods that supply is shown in.
    static let periods = 12

    private static let general = Column.allCases.count
    private static let losses = BatchLoss.allCases.count

    init(resources: Int, hasDemand: Bool) {
        self.resources = resources
        periods = hasDemand ? Self.periods : 0
    }

    /// Numbers in a row.
    var count: Int {
        Self.general + Self.losses + resources * ResourceColumn.allCases.count
            + periods * PeriodColumn.allCases.count
    }

    /// The place of a loss.
    static func place(of loss: BatchLoss) -> Int { general + loss.rawValue - 1 }

    /// The place of a number of a resource.
    func place(of column: ResourceColumn, resource: Int) -> Int {
        Self.general + Self.losses + resource * ResourceColumn.allCases.count + column.rawValue
    }

    /// The place of a number of a period.
    func place(of column: PeriodColumn, period: Int) -> Int {
        Self.general + Self.losses + resources * ResourceColumn.allCases.count
            + period * PeriodColumn.allCases.count + column.rawValue
    }
}
