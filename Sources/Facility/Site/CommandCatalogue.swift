package import Ledger

/// Every command of the site: the one list behind pages, API, command line and scenarios.
package enum CommandCatalogue {
    /// All commands, in the order a site meets them.
    package static let all: [any Command.Type] = [
        FoundSite.self,
        EnrolPerson.self,
        AssignRoles.self,
        AppointHead.self,
        ChangePassword.self,
        ReplaceKey.self,
        LeavePerson.self,
        IssueToken.self,
        RevokeToken.self,
        RegisterOrganisation.self,
        RecordAuthorisation.self,
        RecordAgreement.self,
        RecordAudit.self,
        ApproveSupplier.self,
        SuspendOrganisation.self,
        RecordSiteAuthorisation.self,
        RecordSelfInspection.self,
        RecordSystemCheck.self,
        RecordObligation.self,
        FulfilObligation.self,
        RecordMeeting.self,
        RecordAnswer.self,
        RegisterRoom.self,
        QualifyRoom.self,
        ChangeRoomCondition.self,
        RecordCleaning.self,
        SetRoomWay.self,
        RecordPassage.self,
        RegisterEquipment.self,
        QualifyEquipment.self,
        RecordCalibration.self,
        ChangeService.self,
        TestGloves.self,
        SetEnvironmentLimits.self,
        SetMonitoringPlan.self,
        TakeEnvironmentSample.self,
        ReadEnvironmentSample.self,
        IdentifyIsolate.self,
        RecordParticles.self,
        ImportParticleSeries.self,
        RecordPressure.self,
        RegisterDefinition.self,
        ApproveDefinition.self,
        RetireDefinition.self,
        RegisterDocument.self,
        ApproveDocument.self,
        WithdrawDocument.self,
        RecordTraining.self,
        AssessGowning.self,
        RecordSimulation.self,
        ReadSimulation.self,
        RegisterLine.self,
        RecordLineStretch.self,
        ScoreLine.self,
        SelectLine.self,
        ReceiveBank.self,
        RecordBankTest.self,
        RegisterDonor.self,
        RecordConsent.self,
        RecordDonorHistory.self,
        WithdrawConsent.self,
        RecordDonorTest.self,
        AssessDilution.self,
        DeclareDonorEligible.self,
        DeclareDonorIneligible.self,
        ReceiveDonation.self,
        ReleaseDonation.self,
        RejectDonation.self,
        ReceiveMaterial.self,
        PrepareMaterial.self,
        CheckPreparation.self,
        RecordMaterialTest.self,
        ReleaseMaterial.self,
        RejectMaterial.self,
        AllowConditionalUse.self,
        RetestMaterial.self,
        MoveLot.self,
        DestroyMaterial.self,
        ReturnMaterial.self,
        CountMaterial.self,
        MoveContainers.self,
        DestroyContainers.self,
        PlaceHold.self,
        LiftHold.self,
        ImportStorageLog.self,
        SetLevelLimits.self,
        RecordLevel.self,
        RecordExcursion.self,
        AssessExcursion.self,
        TakeSample.self,
        HandOverSample.self,
        ReceiveSample.self,
        DisposeSample.self,
        OpenBatch.self,
        ClearLine.self,
        StartStep.self,
        UseContainer.self,
        ConsumeMaterial.self,
        RecordParameter.self,
        CorrectParameter.self,
        CorrectEntry.self,
        ImportTrace.self,
        RecordCheck.self,
        RecordIntervention.self,
        FillContainers.self,
        CompleteStep.self,
        VerifyStep.self,
        RecordCount.self,
        PauseBatch.self,
        ResumeBatch.self,
        SplitBatch.self,
        PoolBatch.self,
        ReprocessBatch.self,
        AbortBatch.self,
        IssueLabels.self,
        ReprintLabels.self,
        ReconcileLabels.self,
        CompleteBatch.self,
        RegisterMethod.self,
        QualifyAnalyst.self,
        RecordResult.self,
        RecordInvalidRun.self,
        VerifyResults.self,
        RegisterCytometryAnalysis.self,
        RecordCytometryResult.self,
        OpenDeviation.self,
        ExtendDeviation.self,
        ClassifyDeviation.self,
        RecordLaboratoryPhase.self,
        InvalidateResult.self,
        RecordFullPhase.self,
        CloseDeviation.self,
        OpenCorrectiveAction.self,
        CompleteCorrectiveAction.self,
        CheckCorrectiveAction.self,
        MoveDue.self,
        ProposeChange.self,
        ApproveChange.self,
        ImplementChange.self,
        CloseChange.self,
        ReceiveComplaint.self,
        CloseComplaint.self,
        ApproveQualityReview.self,
        BeginRecall.self,
        RecordRecallContact.self,
        CloseRecall.self,
        OpenStudy.self,
        AssignBatch.self,
        AnswerItems.self,
        PullSample.self,
        RecordStudyResult.self,
        ConcludeStudy.self,
        ReleaseBank.self,
        RejectBank.self,
        DisposeException.self,
        ReviewBatch.self,
        ConfirmPoints.self,
        CertifyBatch.self,
        RejectBatch.self,
        SendAlert.self,
        CloseSecondStage.self,
        SupplyExceptionally.self,
        RegisterPatient.self,
        PlaceOrder.self,
        ChangeOrder.self,
        CancelOrder.self,
        ReserveContainers.self,
        FreeContainers.self,
        DispatchShipment.self,
        ReceiveShipment.self,
        ImportShipmentLog.self,
        AdministerDose.self,
        ReturnContainers.self,
        PlanFollowUp.self,
        RecordFollowUp.self,
        RecordAdverseEvent.self,
        ReportAdverseEvent.self,
        RecordOutcome.self,
    ]

    /// Each command with its schema, read off its decoder once and not at every request.
    private static let byName: [String: (type: any Command.Type, schema: FieldSchema)] =
        Dictionary(uniqueKeysWithValues: all.map { ($0.name, ($0, $0.schema)) })

    /// The command called `name`.
    package static func type(named name: String) throws(CommandProblem) -> any Command.Type {
        try known(name).type
    }

    private static func known(
        _ name: String
    ) throws(CommandProblem) -> (type: any Command.Type, schema: FieldSchema) {
        if let known = byName[name] { return known }
        throw CommandProblem(
            command: name, problems: ["there is no command '\(name)'"],
            help: didYouMean(name, among: all.map { $0.name })
                ?? "'seedlot commands' lists the commands")
    }

    /// Reads the command `name` from `json`, or says everything that is wrong with it.
    package static func decode(
        _ name: String, from json: JSONValue
    ) throws(CommandProblem) -> any Command {
        let (type, schema) = try known(name)
        let problems = schema.problems(with: json, at: "")
        guard problems.isEmpty else { throw CommandProblem(command: name, problems: problems) }
        do {
            return try json.decoded(as: type)
        } catch let DecodingError.dataCorrupted(context) {
            let path = context.codingPath.reduce("") { path, key in
                if let index = key.intValue { return "\(path)[\(index)]" }
                return path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)"
            }
            throw CommandProblem(
                command: name, problems: ["'\(path)': \(context.debugDescription)"])
        } catch {
            throw CommandProblem(command: name, problems: ["\(error)"])
        }
    }
}

/// Why some JSON is not the command it claims to be.
package struct CommandProblem: Error, Hashable, CustomStringConvertible {
    package var command: String
    /// Each problem names the field, what it holds, and what it should hold.
    package var problems: [String]
    package var help: String?

    init(command: String, problems: [String], help: String? = nil) {
        self.command = command
        self.problems = problems
        self.help = help
    }

    package var description: String {
        problems.joined(separator: "; ") + (help.map { "; \($0)" } ?? "")
    }
}

extension FieldSchema {
    /// Everything in `json` that this schema does not accept.
    func problems(with json: JSONValue, at path: String) -> [String] {
        let here = path.isEmpty ? "the command" : "'\(path)'"
        switch (self, json) {
        case (.text(let maximum), .string(let text)):
            if text.count > maximum {
                return ["\(here) has \(text.count) characters, at most \(maximum) are allowed"]
            }
            return hasControlCharacter(text) ? ["\(here) has a control character"] : []
        case (.choice(let words), .string(let text)):
            if words.contains(text) { return [] }
            let near = didYouMean(text, among: words)
            return [
                "\(here) is '\(text.prefix(80))', not one of \(words.joined(separator: ", "))"
                    + (near.map { "; \($0)" } ?? "")
            ]
        case (.integer(let range), .number(let number)):
            guard let whole = Int(exactly: number), range.contains(whole) else {
                return [
                    "\(here) is \(number), not a whole number from \(range.lowerBound) to "
                        + "\(range.upperBound)"
                ]
            }
            return []
        case (.formatted, .string(let text)):
            return hasControlCharacter(text) ? ["\(here) has a control character"] : []
        case (.boolean, .bool): return []
        case (.list(let element, let maximum), .array(let values)):
            if values.count > maximum {
                return ["\(here) has \(values.count) members, at most \(maximum) are allowed"]
            }
            return values.enumerated().flatMap { index, value in
                element.problems(with: value, at: "\(path)[\(index)]")
            }
        case (.object(let fields), .object(let members)):
            return Self.problems(in: members, fields: fields, at: path)
        default:
            return ["\(here) is \(json.kindName), \(expectation) is needed"]
        }
    }

    /// True when `text` has a character that no label, page or paper could show.
    private func hasControlCharacter(_ text: String) -> Bool {
        text.utf8.contains { $0 < 32 && $0 != 9 && $0 != 10 && $0 != 13 }
    }

    private static func problems(
        in members: [String: JSONValue], fields: [NamedField], at path: String
    ) -> [String] {
        let prefix = path.isEmpty ? "" : path + "."
        var problems: [String] = []
        for field in fields {
            if let value = members[field.name], value != .null {
                problems += field.schema.problems(with: value, at: prefix + field.name)
            } else if field.isRequired {
                problems.append("'\(prefix + field.name)' is missing: \(field.schema.expectation)")
            }
        }
        let known = fields.map(\.name)
        for name in members.keys.sorted() where !known.contains(name) {
            let near = didYouMean(name, among: known)
            problems.append(
                "'\(prefix + name.prefix(80))' is not a field"
                    + (near.map { "; \($0)" } ?? ""))
        }
        return problems
    }

    /// What the schema asks for, in words.
    package var expectation: String {
        switch self {
        case .text: "text"
        case .choice(let words): "one of \(words.joined(separator: ", "))"
        case .integer(let range):
            "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .boolean: "true or false"
        case .formatted(let form, let example): "\(form), as text such as \"\(example)\""
        case .list(let element, _): "a list of \(element.expectation)"
        case .object: "an object"
        }
    }
}
