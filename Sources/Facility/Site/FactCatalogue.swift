package import Ledger

/// Every kind of fact this version of Seedlot can read, by its name and version.
package enum FactCatalogue {
    /// All kinds, sorted. A kind that was shipped stays here for ever.
    package static let all: [any Fact.Type] = [
        AgreementRecorded.self,
        AuditRecorded.self,
        AuthorisationRecorded.self,
        BankFilled.self,
        BankReleased.self,
        BatchAffected.self,
        BatchCertified.self,
        BatchCompleted.self,
        BatchOpened.self,
        BatchRejected.self,
        BatchReviewed.self,
        CheckRecorded.self,
        ConsentRecorded.self,
        ConsentWithdrawn.self,
        ContainerUsed.self,
        DefinitionApproved.self,
        DefinitionBankRegistered.self,
        DefinitionRegistered.self,
        DefinitionSpecificationRegistered.self,
        DefinitionStageRegistered.self,
        DeviationClosed.self,
        DeviationOpened.self,
        DonationReceived.self,
        DonationReleased.self,
        DonorDeclaredEligible.self,
        DonorDeclaredIneligible.self,
        DonorRegistered.self,
        DonorTestRecorded.self,
        DoseAdministered.self,
        DosesFilled.self,
        EnvironmentLimitsSet.self,
        EnvironmentSampleRead.self,
        EnvironmentSampleTaken.self,
        EquipmentCalibrated.self,
        EquipmentQualified.self,
        EquipmentRegistered.self,
        EquipmentServiceChanged.self,
        GlovesTested.self,
        GowningAssessed.self,
        HeadAppointed.self,
        HoldPlaced.self,
        IsolateIdentified.self,
        KeyReplaced.self,
        LineCleared.self,
        MaterialConsumed.self,
        MaterialReceived.self,
        MaterialRejected.self,
        MaterialReleased.self,
        OrderPlaced.self,
        OrganisationRegistered.self,
        OrganisationSuspended.self,
        ParameterCorrected.self,
        ParameterRecorded.self,
        ParticleSeriesImported.self,
        ParticlesRecorded.self,
        PasswordChanged.self,
        PatientRegistered.self,
        PersonEnrolled.self,
        PersonLeft.self,
        PressureRecorded.self,
        ResultRecorded.self,
        RolesAssigned.self,
        RoomCleaned.self,
        RoomConditionChanged.self,
        RoomQualified.self,
        RoomRegistered.self,
        ShipmentDispatched.self,
        ShipmentReceived.self,
        SignInFailed.self,
        SignedIn.self,
        SimulationRead.self,
        SimulationRecorded.self,
        SiteFounded.self,
        StepCompleted.self,
        StepStarted.self,
        StepVerified.self,
        SupplierApproved.self,
        TrainingRecorded.self,
    ]

    private static let byKind: [String: any Fact.Type] = Dictionary(
        uniqueKeysWithValues: all.map { ($0.kind, $0) })

    /// The type of facts of `kind`, or `nil` when this version does not know it.
    package static func type(of kind: String) -> (any Fact.Type)? { byKind[kind] }
}

/// Why an entry of the ledger could not be read as a fact.
package enum FactError: Error, Hashable, CustomStringConvertible {
    /// The entry was written by a later version, or by something else.
    case unknownKind(String, entry: UInt64)
    /// The entry does not have the fields its kind has.
    case malformed(kind: String, entry: UInt64, reason: String)

    package var description: String {
        switch self {
        case .unknownKind(let kind, let entry):
            "entry \(entry) is of kind '\(kind)', which this version does not know; "
                + "open the site with the version that wrote it"
        case .malformed(let kind, let entry, let reason):
            "entry \(entry) of kind '\(kind)' cannot be read: \(reason)"
        }
    }
}

extension LedgerEntry {
    /// The fact of this entry and its stamp.
    package func fact() throws(FactError) -> (fact: any Fact, stamp: Stamp) {
        guard let type = FactCatalogue.type(of: kind) else {
            throw .unknownKind(kind, entry: index)
        }
        func malformed(_ reason: String) -> FactError {
            .malformed(kind: kind, entry: index, reason: reason)
        }
        guard let happened = Timestamp(draft.at), let recorded = Timestamp(draft.recorded) else {
            throw malformed("'at' or 'recorded' is no instant in UTC")
        }
        guard let person = PersonID(draft.by) else { throw malformed("'by' is no identifier") }
        let fact: any Fact
        do {
            fact = try body.decoded(as: type)
        } catch {
            throw malformed("\(error)")
        }
        return (
            fact, Stamp(person: person, happened: happened, recorded: recorded, entry: index)
        )
    }
}
