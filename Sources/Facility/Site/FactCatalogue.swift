package import Ledger

/// Every kind of fact this version of Seedlot can read, by its name and version.
package enum FactCatalogue {
    /// All kinds, sorted. A kind that was shipped stays here for ever.
    package static let all: [any Fact.Type] = [
        AdverseEventRecorded.self,
        AdverseEventReported.self,
        AgreementRecorded.self,
        AlertSent.self,
        AnalystQualified.self,
        AuditRecorded.self,
        AuthorisationRecorded.self,
        BankFilled.self,
        BankReceived.self,
        BankRejected.self,
        BankReleased.self,
        BankTestInvalidated.self,
        BankTestRecorded.self,
        BatchAborted.self,
        BatchAffected.self,
        BatchCertified.self,
        BatchCompleted.self,
        BatchOpened.self,
        BatchPaused.self,
        BatchPooled.self,
        BatchRejected.self,
        BatchReprocessed.self,
        BatchResumed.self,
        BatchReviewed.self,
        BatchSplit.self,
        ChangeApproved.self,
        ChangeClosed.self,
        ChangeImplemented.self,
        ChangeProposed.self,
        CheckRecorded.self,
        ComplaintClosed.self,
        ComplaintReceived.self,
        ConditionalUseAllowed.self,
        ConsentRecorded.self,
        ConsentWithdrawn.self,
        ContainerMoved.self,
        ContainerUsed.self,
        ContainersDestroyed.self,
        ContainersFreed.self,
        ContainersReserved.self,
        ContainersReturned.self,
        ContentsCorrected.self,
        CorrectiveActionChecked.self,
        CorrectiveActionCompleted.self,
        CorrectiveActionOpened.self,
        CountRecorded.self,
        CytometryAnalysisRegistered.self,
        CytometryResultRecorded.self,
        DefinitionApproved.self,
        DefinitionBankRegistered.self,
        DefinitionRegistered.self,
        DefinitionRetired.self,
        DefinitionSpecificationRegistered.self,
        DefinitionStageRegistered.self,
        DefinitionStudyRegistered.self,
        DeviationClassified.self,
        DeviationClosed.self,
        DeviationExtended.self,
        DeviationOpened.self,
        DonationReceived.self,
        DonationRejected.self,
        DonationReleased.self,
        DilutionAssessed.self,
        DonorDeclaredEligible.self,
        DonorDeclaredIneligible.self,
        DonorHistoryRecorded.self,
        DonorRegistered.self,
        DonorTestRecorded.self,
        DocumentApproved.self,
        DocumentRegistered.self,
        DocumentWithdrawn.self,
        DoseAdministered.self,
        DosesFilled.self,
        DueMoved.self,
        EntryCorrected.self,
        EnvironmentLimitsSet.self,
        EnvironmentSampleRead.self,
        EnvironmentSampleTaken.self,
        EquipmentCalibrated.self,
        EquipmentQualified.self,
        EquipmentRegistered.self,
        EquipmentServiceChanged.self,
        ExceptionDisposed.self,
        ExceptionalSupplyAllowed.self,
        ExcursionAssessed.self,
        ExcursionRecorded.self,
        FollowUpPlanned.self,
        FollowUpRecorded.self,
        FullPhaseRecorded.self,
        GlovesTested.self,
        GowningAssessed.self,
        HeadAppointed.self,
        HoldLifted.self,
        HoldPlaced.self,
        InterventionRecorded.self,
        IsolateIdentified.self,
        KeyReplaced.self,
        LabelsIssued.self,
        LabelsReconciled.self,
        LabelsReprinted.self,
        LaboratoryPhaseRecorded.self,
        LevelLimitsSet.self,
        LevelRecorded.self,
        LineCleared.self,
        LineRegistered.self,
        LineScored.self,
        LineSelected.self,
        LineStretchRecorded.self,
        LotHoldLifted.self,
        LotHoldPlaced.self,
        LotMoved.self,
        MaterialConsumed.self,
        MaterialCounted.self,
        MaterialDestroyed.self,
        MaterialPrepared.self,
        MaterialReceived.self,
        MaterialRejected.self,
        MaterialReleased.self,
        MaterialRetested.self,
        MaterialReturned.self,
        MaterialTested.self, MaterialTestInvalidated.self,
        MeetingAnswered.self,
        MeetingRecorded.self,
        MethodRegistered.self,
        MonitoringPlanSet.self,
        ObligationFulfilled.self,
        ObligationRecorded.self,
        OrderCancelled.self,
        OrderChanged.self,
        OrderPlaced.self,
        OrganisationRegistered.self,
        OrganisationSuspended.self,
        OutcomeRecorded.self,
        ParameterCorrected.self,
        ParameterRecorded.self,
        ParticleSeriesImported.self,
        ParticlesRecorded.self,
        PasswordChanged.self,
        PatientRegistered.self,
        PersonEnrolled.self,
        PersonLeft.self,
        PointsConfirmed.self,
        PreparationChecked.self,
        PressureRecorded.self,
        QualityReviewApproved.self,
        RecallBegun.self,
        RecallClosed.self,
        RecallContactRecorded.self,
        ResultInvalidated.self,
        ResultRecorded.self,
        InvalidRunRecorded.self,
        ResultsVerified.self,
        RolesAssigned.self,
        RoomCleaned.self,
        RoomConditionChanged.self,
        RoomPassed.self,
        RoomQualified.self,
        RoomRegistered.self,
        RoomWaySet.self,
        SampleDisposed.self,
        SampleHandedOver.self,
        SamplePulled.self,
        SampleReceived.self,
        SampleTaken.self,
        SecondStageClosed.self,
        SelfInspectionRecorded.self,
        ShipmentDispatched.self,
        ShipmentLogImported.self,
        ShipmentReceived.self,
        SignInFailed.self,
        SignedIn.self,
        SimulationRead.self,
        SimulationRecorded.self,
        SiteAuthorised.self,
        SiteFounded.self,
        StepCompleted.self,
        StepStarted.self,
        StepVerified.self,
        StorageLogImported.self,
        StudyBatchAssigned.self,
        ItemsAnswered.self,
        StudyConcluded.self,
        StudyOpened.self,
        StudyResultInvalidated.self,
        StudyResultRecorded.self,
        SupplierApproved.self,
        SystemChecked.self,
        TokenIssued.self,
        TokenRevoked.self,
        TraceImported.self,
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
