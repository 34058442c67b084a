/// What a simulated campaign comes to. Time is in hours.
public struct CampaignResult: Hashable, Sendable, Codable {
    /// The campaign's name.
    public var campaign = ""
    /// The currency of all money.
    public var currency = "EUR"
    /// The seed of the draws.
    public var seed: UInt32 = 0
    /// Replications that were asked for.
    public var replicationsAsked = 0
    /// Replications that were run: all others would have added precision only.
    public var replications = 0
    /// Whether it was stopped before all were run.
    public var isPartial = false

    /// Doses of released batches.
    public var doses = Outcome.none
    /// Vials of released batches.
    public var vials = Outcome.none
    /// Batches that were started, and released.
    public var batchesStarted = Outcome.none
    /// Batches that were released.
    public var batchesReleased = Outcome.none
    /// All cost of the campaign.
    public var cost = Outcome.none
    /// Cost over doses released, in replications that released any.
    public var costPerDose = Outcome.none
    /// The distribution of the cost of a dose.
    public var costPerDoseHistogram = Histogram(from: 0, to: 0, counts: [])
    /// Hour at which the last batch ended.
    public var makespan = Outcome.none
    /// Hours of a batch from start to end.
    public var timePerBatch = Outcome.none
    /// Hours of them that it waited for something shared.
    public var waitingPerBatch = Outcome.none
    /// Lost batches by cause, most frequent first.
    public var losses: [Loss] = []
    /// What batches share.
    public var resources: [ResourceUse] = []
    /// The id of the resource that holds the campaign back first: the one that batches waited for
    /// longest, or, where none waited, the one most in use.
    public var bottleneck: String?
    /// Supply against demand; nil without a demand.
    public var supply: SupplyResult?
    /// The bank; nil without one.
    public var bank: BankResult?
    /// The greatest gap, relative to either side, between the number in a system over time and
    /// what goes through it times its stay (Little's law), over all runs. Above rounding it would
    /// be a fault of the engine.
    public var littleGap = 0.0

    /// Batches lost for one reason.
    public struct Loss: Hashable, Sendable, Codable {
        /// The reason.
        public let cause: String
        /// Lost batches in a campaign.
        public let batches: Outcome
        /// Lost batches over started ones.
        public let share: Double
    }

    /// How a resource is used.
    public struct ResourceUse: Hashable, Sendable, Codable {
        /// Its id.
        public let id: String
        /// What it is called.
        public let name: String
        /// How many there are.
        public let units: Int
        /// The share of all its hours in which it is used.
        public let use: Outcome
        /// Hours of use over the hours in which work may begin; above 1 where places are kept
        /// through the night.
        public let useInShift: Outcome
        /// Hours that one batch waits for it.
        public let waitingPerBatch: Outcome
        /// How many batches wait for it on average.
        public let meanQueue: Double
    }

    /// Supply against demand.
    public struct SupplyResult: Hashable, Sendable, Codable {
        /// What stock is counted in: doses or vials.
        public let unit: String
        /// Patients who came.
        public let patients: Outcome
        /// The share of them served within the time they could wait.
        public let serviceLevel: Outcome
        /// The share served on the day they came.
        public let servedAtOnce: Outcome
        /// Hours that a served patient waited.
        public let waitingPerPatient: Outcome
        /// Units used, and expired.
        public let used: Outcome
        /// Units that expired.
        public let expired: Outcome
        /// Units left at the end.
        public let inStock: Outcome
        /// Cost over patients served.
        public let costPerPatient: Outcome
        /// Cost over units used.
        public let costPerUnitUsed: Outcome
        /// Planned batches that were left out because there was enough.
        public let batchesLeftOut: Outcome
        /// Means over the horizon.
        public let periods: [Period]
    }

    /// Supply and demand in one part of the horizon, means over replications.
    public struct Period: Hashable, Sendable, Codable {
        /// Hour at which it ends.
        public let until: Double
        /// Units released in it.
        public let released: Double
        /// Units asked for in it.
        public let asked: Double
        /// Units in stock at its end.
        public let stock: Double
    }

    /// How long the bank lasts.
    public struct BankResult: Hashable, Sendable, Codable {
        /// Vials that batches took.
        public let vials: Outcome
        /// Banks that were begun.
        public let banks: Outcome
        /// The share of replications in which batches could not start because no bank was left.
        public let runsOut: Double
        /// The hour at which that was, where it was.
        public let runsOutAt: Outcome
    }
}

extension Outcome {
    static let none = OutcomeCollector().outcome()
}
