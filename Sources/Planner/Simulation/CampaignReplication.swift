/// One replication in full, for a closer look and for a Gantt chart.
public struct CampaignReplication: Hashable, Sendable {
    /// One operation of one batch.
    public struct Operation: Hashable, Sendable, Codable {
        /// The batch, from zero.
        public let batch: Int
        /// The passage it belongs to.
        public let passage: Int
        /// What was done.
        public let label: String
        /// Whether the batch only waited in it: for a result, a review, a day.
        public let isHold: Bool
        /// Hour at which it began.
        public let start: Double
        /// Hour at which it ended.
        public let end: Double
    }

    /// A stretch of time in which a batch had units of a resource.
    public struct Use: Hashable, Sendable, Codable {
        /// The batch, from zero.
        public let batch: Int
        /// The id of the resource.
        public let resource: String
        /// How many units.
        public let units: Int
        /// Hour at which it had them.
        public let start: Double
        /// Hour at which it gave them back.
        public let end: Double
    }

    /// Doses and vials of released batches.
    public let doses: Double
    /// Vials of released batches.
    public let vials: Double
    /// EUR, with the fixed cost.
    public let cost: Double
    /// Batches started.
    public let started: Double
    /// Batches released.
    public let released: Double
    /// Batches lost for each cause.
    public let losses: [BatchLoss: Double]
    /// Hour at which the last batch ended.
    public let makespan: Double
    /// Hours that batches waited.
    public let waiting: Double
    /// Hours from start to end over all batches.
    public let cycle: Double
    /// Cells that were filled in released batches.
    public let cells: Double
    /// Unit-hours in use of each resource, by its id.
    public let busy: [String: Double]
    /// Operations in the order in which they ended; empty when they were not asked for.
    public let operations: [Operation]
    /// What batches used and for how long, in the order in which it was given back; empty when
    /// operations were not asked for.
    public let uses: [Use]
}

extension CampaignSimulation {
    /// One replication, on request with all its operations.
    public func replication(_ number: UInt64, traced: Bool = false) -> CampaignReplication {
        var engine = CampaignEngine(campaign.program)
        engine.isTracing = traced
        let columns = engine.columns
        let row = UnsafeMutablePointer<Double>.allocate(capacity: columns.count)
        defer { row.deallocate() }
        engine.run(DrawStream(seed: seed, replication: number), into: row)
        let labels = campaign.program.labels
        return CampaignReplication(
            doses: row[.doses], vials: row[.vials], cost: row[.cost], started: row[.started],
            released: row[.released],
            losses: Dictionary(
                uniqueKeysWithValues: BatchLoss.allCases.map {
                    ($0, row[CampaignColumns.place(of: $0)])
                }),
            makespan: row[.makespan], waiting: row[.waiting], cycle: row[.cycle],
            cells: row[.cells],
            busy: Dictionary(
                uniqueKeysWithValues: campaign.plan.resources.enumerated().map {
                    ($1.id, row[columns.place(of: .busy, resource: $0)])
                }),
            operations: engine.trace.map {
                CampaignReplication.Operation(
                    batch: Int($0.batch), passage: Int($0.passage), label: labels[Int($0.label)],
                    isHold: $0.isHold, start: $0.start, end: $0.end)
            },
            uses: engine.tracedUses.map {
                CampaignReplication.Use(
                    batch: Int($0.batch), resource: campaign.plan.resources[Int($0.resource)].id,
                    units: Int($0.units), start: $0.start, end: $0.end)
            })
    }
}
