package import Ledger

/// The site at one instant: nothing but the facts of its ledger, applied in order.
///
/// A value made of persistent collections: a copy costs nothing, so readers never wait for
/// writers, and a failed append is undone by dropping a value.
package struct SiteState: Sendable, Codable {
    /// The name the site was founded under; `nil` before its first fact.
    package internal(set) var name: String?
    /// How many facts were applied: the index of the next entry.
    package internal(set) var entryCount: UInt64 = 0

    /// What each identifier names.
    package internal(set) var things = Table<String, Thing>()
    package internal(set) var people = Table<PersonID, Person>()
    package internal(set) var masters = Table<MasterRecordID, MasterRecord>()
    package internal(set) var lines = Table<CellLineID, CellLine>()
    package internal(set) var donors = Table<DonorID, Donor>()
    package internal(set) var lots = Table<LotID, Lot>()
    package internal(set) var containers = Table<ContainerID, Container>()
    package internal(set) var banks = Table<BankID, Bank>()
    package internal(set) var batches = Table<BatchID, Batch>()
    package internal(set) var deviations = Table<DeviationID, Deviation>()
    /// The deviations about a thing, oldest first.
    package internal(set) var deviationsAbout = Table<String, [DeviationID]>()
    package internal(set) var patients = Table<PatientID, Patient>()
    package internal(set) var orders = Table<OrderID, Order>()
    package internal(set) var shipments = Table<ShipmentID, Shipment>()
    package internal(set) var samples = Table<SampleID, Sample>()
    /// Test methods as the site does them, by what definitions call them.
    package internal(set) var methods = Table<String, TestMethod>()
    package internal(set) var excursions = Table<ExcursionID, StorageExcursion>()
    package internal(set) var correctiveActions = Table<CorrectiveActionID, CorrectiveAction>()
    package internal(set) var changes = Table<ChangeID, ChangeControl>()
    package internal(set) var complaints = Table<ComplaintID, Complaint>()
    package internal(set) var recalls = Table<RecallID, Recall>()
    package internal(set) var studies = Table<StudyID, Study>()
    package internal(set) var cytometryAnalyses = Table<CytometryAnalysisID, CytometryAnalysis>()
    /// Which container stands on a position of storage.
    package internal(set) var positions = Table<String, ContainerID>()
    package internal(set) var rooms = Table<RoomID, Room>()
    package internal(set) var equipment = Table<EquipmentID, Equipment>()
    package internal(set) var organisations = Table<OrganisationID, Organisation>()
    package internal(set) var environmentSamples = Table<EnvironmentSampleID, EnvironmentSample>()
    /// Limits the site has set below the published ones, by place and method, oldest first.
    package internal(set) var environmentLimits = Table<LimitKey, [EnvironmentLimit]>()
    /// Sampling plans by place, the versions oldest first.
    package internal(set) var monitoringPlans = Table<PlaceID, [MonitoringPlan]>()
    /// Imported particle counts, by place, oldest first.
    package internal(set) var particleSeries = Table<PlaceID, [ParticleSeries]>()
    package internal(set) var simulations = Table<SimulationID, Simulation>()
    /// Who is responsible for production and for quality control.
    package internal(set) var heads = Table<Office, Head>()
    /// Permits of the site, oldest first.
    package internal(set) var authorisations: [SiteAuthorisation] = []
    /// Inspections of the site by itself, oldest first.
    package internal(set) var selfInspections: [SelfInspection] = []
    /// Trial restores of a backup and evaluations of the computerised system, oldest first.
    package internal(set) var systemChecks: [SystemCheck] = []
    /// Temperature logs of storage units, oldest first.
    package internal(set) var storageLogs = Table<String, [TemperatureLog]>()
    /// Corrections of what was typed, by the thing they concern, oldest first.
    package internal(set) var corrections = Table<String, [Correction]>()
    /// Product quality reviews, oldest first.
    package internal(set) var qualityReviews: [ApprovedQualityReview] = []
    /// Instructions, procedures and forms.
    package internal(set) var documents = Table<DocumentID, ControlledDocument>()
    /// What authorisations ask for, and what was promised.
    package internal(set) var obligations = Table<ObligationID, Obligation>()
    /// Meetings with authorities, vendors and partners.
    package internal(set) var meetings = Table<MeetingID, Meeting>()
    /// Tokens of instruments, revoked ones too.
    package internal(set) var tokens = Table<AccessTokenID, AccessToken>()
    /// The token with the digest of a secret.
    package internal(set) var tokensByDigest = Table<Digest, AccessTokenID>()
    /// What came from what.
    package internal(set) var genealogy = Genealogy()

    /// A site before its first fact.
    package init() {}

    /// Applies one fact that was recorded with `stamp`.
    package mutating func apply(_ fact: any Fact, at stamp: Stamp) {
        fact.apply(to: &self, at: stamp)
        entryCount = stamp.entry + 1
    }
}

/// What an identifier may name.
package enum Thing: String, CaseIterable, Sendable, Codable {
    case person, donor, lot, container, bank, batch, deviation, patient, order, shipment
    case sample, excursion, capa, change, complaint, recall, study
    case master = "definition"
    case token = "access token"
    case room, equipment, organisation, simulation
    case environmentSample = "environmental sample"
    case line = "cell line"
    case cytometryAnalysis = "cytometry analysis"
    case obligation, meeting
    case document
}

// MARK: Looking things up for a decision

extension SiteState {
    package func person(_ id: PersonID) throws(Rejection) -> Person { try find(id, in: people) }
    package func donor(_ id: DonorID) throws(Rejection) -> Donor { try find(id, in: donors) }
    package func line(_ id: CellLineID) throws(Rejection) -> CellLine { try find(id, in: lines) }
    package func lot(_ id: LotID) throws(Rejection) -> Lot { try find(id, in: lots) }
    package func bank(_ id: BankID) throws(Rejection) -> Bank { try find(id, in: banks) }
    package func batch(_ id: BatchID) throws(Rejection) -> Batch { try find(id, in: batches) }
    package func order(_ id: OrderID) throws(Rejection) -> Order { try find(id, in: orders) }

    package func patient(_ id: PatientID) throws(Rejection) -> Patient {
        try find(id, in: patients)
    }
    package func shipment(_ id: ShipmentID) throws(Rejection) -> Shipment {
        try find(id, in: shipments)
    }
    package func master(_ id: MasterRecordID) throws(Rejection) -> MasterRecord {
        try find(id, in: masters)
    }
    package func container(_ id: ContainerID) throws(Rejection) -> Container {
        try find(id, in: containers)
    }
    package func room(_ id: RoomID) throws(Rejection) -> Room { try find(id, in: rooms) }
    package func equipment(_ id: EquipmentID) throws(Rejection) -> Equipment {
        try find(id, in: equipment)
    }
    package func organisation(_ id: OrganisationID) throws(Rejection) -> Organisation {
        try find(id, in: organisations)
    }
    package func environmentSample(
        _ id: EnvironmentSampleID
    ) throws(Rejection) -> EnvironmentSample {
        try find(id, in: environmentSamples)
    }
    package func simulation(_ id: SimulationID) throws(Rejection) -> Simulation {
        try find(id, in: simulations)
    }
    package func deviation(_ id: DeviationID) throws(Rejection) -> Deviation {
        try find(id, in: deviations)
    }

    package func sample(_ id: SampleID) throws(Rejection) -> Sample { try find(id, in: samples) }
    package func change(_ id: ChangeID) throws(Rejection) -> ChangeControl {
        try find(id, in: changes)
    }
    package func complaint(_ id: ComplaintID) throws(Rejection) -> Complaint {
        try find(id, in: complaints)
    }
    package func recall(_ id: RecallID) throws(Rejection) -> Recall { try find(id, in: recalls) }
    package func study(_ id: StudyID) throws(Rejection) -> Study { try find(id, in: studies) }
    package func obligation(_ id: ObligationID) throws(Rejection) -> Obligation {
        try find(id, in: obligations)
    }
    package func meeting(_ id: MeetingID) throws(Rejection) -> Meeting {
        try find(id, in: meetings)
    }
    package func document(_ id: DocumentID) throws(Rejection) -> ControlledDocument {
        try find(id, in: documents, called: "document")
    }
    package func accessToken(_ id: AccessTokenID) throws(Rejection) -> AccessToken {
        try find(id, in: tokens)
    }
    package func excursion(_ id: ExcursionID) throws(Rejection) -> StorageExcursion {
        try find(id, in: excursions)
    }
    package func correctiveAction(_ id: CorrectiveActionID) throws(Rejection) -> CorrectiveAction {
        try find(id, in: correctiveActions)
    }

    /// The number that the site gives next to a thing it records itself: `prefix-0001`, the first that
    /// nothing is called.
    ///
    /// - Parameters:
    ///   - number: where to begin.
    ///   - count: how many the same command has taken before.
    func unusedNumber<T>(
        _ prefix: String, from number: Int, after count: Int = 0
    ) -> Identifier<T> {
        var (number, skipped) = (number, 0)
        while true {
            let text = "\(prefix)-" + padded(number, to: 4)
            if things[text] == nil {
                if skipped == count { return Identifier(unchecked: text) }
                skipped += 1
            }
            number += 1
        }
    }

    /// Refuses an identifier that already names something.
    func requireUnused<T>(_ id: Identifier<T>) throws(Rejection) {
        guard let thing = things[id.text] else { return }
        throw Rejection(
            "site.identifier-in-use", "'\(id)' is in use: \(thing.rawValue)",
            help: "identifiers are unique over the whole site: choose another")
    }

    private func find<Value>(
        _ id: Identifier<Value>, in table: Table<Identifier<Value>, Value>,
        called word: String? = nil
    ) throws(Rejection) -> Value {
        if let value = table[id] { return value }
        let kind = word ?? "\(Value.self)".lowercased()
        if let other = things[id.text] {
            throw Rejection(
                "site.identifier-of-another-kind",
                "'\(id)' is a \(other.rawValue), not a \(kind)")
        }
        throw Rejection(
            "site.unknown-identifier", "there is no \(kind) '\(id)'",
            help: didYouMean(id.text, in: table))
    }
}
