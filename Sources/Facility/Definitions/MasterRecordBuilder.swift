import Guidance
import ProductDefinition
import Quantities

/// Turns a definition into what the site executes.
///
/// What remains is what a batch record needs: steps with their parameters, controls, materials
/// and outputs, banks, and the specifications with the limits of the declared phase.
struct MasterRecordBuilder {
    let definition: MasterRecordID
    let model: Definition

    /// The facts that register the definition, the product first.
    func facts(from sources: [DefinitionSource]) throws(Rejection) -> [any Fact] {
        let stages = try stages()
        guard !stages.isEmpty else {
            throw Rejection(
                "definition.no-stages", "no stage of the process has an operation to execute",
                help: "write the operations of at least one stage")
        }
        try requireFollowUp()
        var facts: [any Fact] = [
            DefinitionRegistered(
                definition: definition, product: product, simulation: simulation, sources: sources)
        ]
        for bank in model.banks {
            facts.append(
                DefinitionBankRegistered(definition: definition, bank: masterBank(bank)))
        }
        for specification in model.specifications {
            facts.append(
                DefinitionSpecificationRegistered(
                    definition: definition, specification: masterSpecification(specification)))
        }
        for study in model.stability {
            facts.append(
                DefinitionStudyRegistered(definition: definition, study: masterStudy(study)))
        }
        for stage in stages {
            facts.append(DefinitionStageRegistered(definition: definition, stage: stage))
        }
        return facts
    }

    private var phase: DevelopmentPhase { model.product.phase.value }

    private var product: MasterProduct {
        let product = model.product
        return MasterProduct(
            id: product.id.value, name: product.name.value, version: product.version.value,
            phase: phase.rawValue,
            cellsPerContainer: product.formulation?.cellsPerContainer?.value,
            fillVolume: product.formulation?.fillVolume?.value,
            overfill: product.formulation?.overfill?.value,
            shelfLife: product.shelfLife?.claim.value, inUseTime: product.inUse?.claim.value,
            dose: product.dose?.target.value,
            storage: product.storage?.temperature?.value.description,
            specification: model.specifications.first {
                $0.appliesTo.value == .drugProduct
            }?.id.value,
            origin: product.origin?.value.rawValue,
            jurisdictions: product.jurisdictions.map(\.value.rawValue),
            doseRange: product.dose?.range?.value,
            patientWeight: product.dose?.patientWeight?.value,
            storageTemperature: product.storage?.temperature?.value,
            maximumDoublings: model.process?.maximumPDL?.limit.value,
            maximumFreezeThaw: model.process?.maximumFreezeThaw?.value,
            poolsDonors: model.process?.pooling.map { $0.donors.value > 1 },
            isLeukocyteRich: model.donors?.isLeukocyteRich?.value,
            tissueTransportTime: model.donors?.transport?.time?.value,
            tissueTransportTemperature: model.donors?.transport?.temperature?.value,
            maximumDonorShare: model.donors?.maximumShare?.value,
            route: product.route?.value.rawValue,
            isCordMSC: product.cellSource.map {
                $0.value == .umbilicalCord
                    && product.cellType?.value == .mesenchymalStromalCells
            },
            excipients: product.formulation?.excipients.map { ingredient in
                let material = model.materials.first { $0.id.value == ingredient.material.value }
                let name = material?.name.value ?? ingredient.material.value
                return "\(name) (\(ingredient.amount.value))"
            },
            lotTestedMaterials: model.materials.filter {
                $0.isCritical.isYes && $0.qualification?.lotTest != nil
            }.map(\.id.value),
            followUp: Self.orNone(followUp), trials: Self.orNone(model.trials.map(\.id.value)),
            riskReviews: Self.orNone(
                (model.risks?.assessments ?? []).compactMap { assessment in
                    assessment.reviewDue.flatMap { CalendarDate($0.value.description) }.map {
                        MasterRiskReview(assessment: assessment.id.value, due: $0)
                    }
                }),
            transferGaps: Self.orNone(
                (model.transfer?.gaps ?? []).filter { $0.closed == nil }.map { gap in
                    MasterTransferGap(
                        name: gap.name.value, owner: gap.owner?.value,
                        due: gap.due.flatMap { CalendarDate($0.value.description) })
                }),
            transferTasks: Self.orNone(
                (model.transfer?.items ?? []).map { task in
                    MasterTransferTask(
                        item: task.item.value, owner: task.receivingOwner?.value,
                        due: task.due.flatMap { CalendarDate($0.value.description) },
                        accepted: task.isAccepted.isYes ? task.evidence.map(\.value) : [])
                }), isTransferred: model.transfer.map { _ in true },
            preparations: Self.orNone(model.media.map(Self.preparation)),
            supplies: Self.orNone(model.materials.compactMap(Self.supply)))
    }

    private static func supply(_ material: Definition.Material) -> MasterSupply? {
        guard material.leadTime != nil || material.safetyStock != nil else { return nil }
        return MasterSupply(
            material: material.id.value, leadTime: material.leadTime?.value,
            safetyStock: material.safetyStock?.value)
    }

    private static func preparation(_ medium: Definition.Medium) -> MasterPreparation {
        MasterPreparation(
            material: medium.id.value, name: medium.name.value,
            ingredients: medium.recipe.map {
                MasterMaterialUse(material: $0.material.value, quantity: $0.amount.value)
            },
            instruction: medium.preparation?.value, shelfLife: medium.shelfLife?.value,
            tests: orNone(medium.tests.map(\.value)), useWithin: medium.useWithin?.value)
    }

    private static func orNone<Element>(_ list: [Element]) -> [Element]? {
        list.isEmpty ? nil : list
    }

    /// A hazard is named by its kind, and by its id where two are of one kind.
    private var followUp: [MasterFollowUp] {
        let hazards = model.risks?.hazards ?? []
        return model.followUp.compactMap { plan in
            guard let interval = plan.interval?.value, let duration = plan.duration?.value else {
                return nil
            }
            let hazard = hazards.first { $0.id.value == plan.hazard?.value }
            let isAlone = hazards.count { $0.kind.value == hazard?.kind.value } == 1
            return MasterFollowUp(
                hazard: (isAlone ? hazard?.kind.value.rawValue : nil) ?? plan.hazard?.value
                    ?? "effect",
                endpoint: plan.endpoint.value, interval: interval, duration: duration)
        }
    }

    /// Refuses a plan with more visits than a patient could keep.
    private func requireFollowUp() throws(Rejection) {
        for plan in followUp where plan.visitDays.count > MasterFollowUp.visitsMax {
            throw Rejection(
                "definition.follow-up-visits",
                "the follow-up for \(plan.hazard) every \(plan.interval) over \(plan.duration) is "
                    + "more than \(MasterFollowUp.visitsMax) visits",
                help: "name a longer interval for the later years")
        }
    }

    private func masterBank(_ bank: Definition.CellBank) -> MasterBank {
        let tier: BankTier =
            switch bank.tier.value {
            case .seed: .seed
            case .master: .master
            case .working: .working
            case .endOfProduction: .endOfProduction
            }
        return MasterBank(
            id: bank.id.value, name: bank.name?.value ?? bank.id.value, tier: tier,
            cellsPerVial: bank.cellsPerVial?.value, maximumDoublings: bank.maximumPDL?.value,
            specification: bank.specification?.value, vialsPerUse: bank.vialsPerUse?.value,
            reserveVials: bank.reserveVials?.value, madeFrom: bank.madeFrom?.value,
            passage: bank.passage?.value, isPluripotent: model.cellLine.map { _ in true },
            tests: masterBankTests(bank.tests))
    }

    /// The lines of the test matrix the definition speaks of. A test that its own bank passed is a
    /// test of every bank of the kind; one that is planned or pending is left to the matrix. What
    /// belongs to mesenchymal stromal cells is asked of them alone.
    private func masterBankTests(_ tests: [Definition.BankTestResult]) -> [MasterBankTest] {
        var lines = tests.map { test in
            let isNeeded: Bool? =
                switch test.result.value {
                case .pass, .fail: true
                case .planned, .pending: nil
                case .notRequired: test.detail == nil ? nil : false
                }
            return MasterBankTest(
                test: test.test.value, isNeeded: isNeeded, assay: test.assay?.value,
                reason: isNeeded == false ? test.detail?.value : nil)
        }
        guard !isMesenchymal else { return lines }
        for test in ["isct-panel", "mesodermal-differentiation"]
        where !lines.contains(where: { $0.test == test }) {
            lines.append(
                MasterBankTest(
                    test: test, isNeeded: false, reason: "no mesenchymal stromal cells"))
        }
        return lines
    }

    private var isMesenchymal: Bool {
        switch model.product.cellType?.value {
        case .mesenchymalStromalCells, .pluripotentDerivedMesenchymalCells: true
        default: false
        }
    }

    private func masterSpecification(
        _ specification: Definition.Specification
    ) -> MasterSpecification {
        MasterSpecification(
            id: specification.id.value, name: specification.name.value,
            tests: specification.tests.filter { !$0.isCharacterisation.isYes }.map { test in
                let assay = model.assays.first { $0.id.value == test.assay?.value }
                return MasterTest(
                    id: test.id?.value ?? Self.slug(test.name.value), attribute: test.name.value,
                    category: test.testClass.value.rawValue, assay: test.assay?.value,
                    method: assay?.name.value, compendial: assay?.compendial?.value,
                    validation: assay?.validation?.value.rawValue,
                    criterion: test.limit.limit(in: phase).map { Self.criterion($0.value) }
                        ?? .reported,
                    isSecondStage: test.isSecondStage?.value,
                    isAfterReprocessing: test.isAfterReprocessing?.value)
            },
            twoStageRelease: specification.twoStageRelease?.value,
            sterilityPoints: Self.orNone(
                (specification.sampling?.sterilityPoints ?? []).compactMap {
                    SamplePoint($0.value)
                }),
            sterilityVolume: specification.sampling?.sterilityVolume?.value)
    }

    private func masterStudy(_ study: Definition.StabilityStudy) -> MasterStudy {
        MasterStudy(
            id: study.id.value, name: study.name?.value ?? study.id.value,
            subject: study.subject.value.rawValue, points: study.points.map(\.value),
            tests: study.tests.map(\.value), containersPerPoint: study.containersPerPoint?.value,
            protocolNumber: study.protocolDocument?.value)
    }

    private static func criterion(_ limit: Definition.Limit) -> Criterion {
        switch limit {
        case .range(let range): .within(range)
        case .text(let text): limit.isReportOnly ? .reported : .observed(text)
        }
    }

    /// A short name made of the letters and digits of `text`.
    private static func slug(_ text: String) -> String {
        let parts = text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return parts.joined(separator: "-")
    }
}

// MARK: Stages

extension MasterRecordBuilder {
    /// What one batch record covers: a stage, with every stage that takes the cells straight on.
    private func stages() throws(Rejection) -> [MasterStage] {
        var chains: [[Definition.Stage]] = []
        for stage in model.process?.stages ?? [] {
            let continued = chains.firstIndex { chain in
                guard let last = chain.last else { return false }
                return last.to?.value == stage.id.value || stage.from?.value == last.id.value
            }
            if let continued { chains[continued].append(stage) } else { chains.append([stage]) }
        }
        var stages: [MasterStage] = []
        for chain in chains {
            let executed = chain.filter { $0.operations.contains(where: Self.isExecuted) }
            guard let first = executed.first, let last = executed.last else { continue }
            let operations = executed.flatMap(\.operations).filter(Self.isExecuted)
            let filling =
                operations.last { $0.outputs.contains(where: Self.isFilled) } ?? operations.last
            let steps = operations.map { step($0, fills: $0.id == filling?.id) }
            stages.append(
                MasterStage(
                    id: first.id.value, name: executed.map(\.name.value).joined(separator: "; "),
                    input: try input(of: first, operations), output: output(of: last, operations),
                    steps: steps,
                    labelText: filling?.outputs.lazy.filter(Self.isFilled)
                        .compactMap(\.label?.value).first,
                    reprocessing: reprocessing(within: steps),
                    isolationYield: isolationYield(of: operations)))
        }
        try requireExecutable(stages)
        return stages
    }

    /// The ways back that lead from one of `steps` to another; `nil` when there is none.
    private func reprocessing(within steps: [MasterStep]) -> [MasterReprocessing]? {
        let places = Dictionary(
            steps.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        let ways = (model.process?.reprocessing ?? []).filter { way in
            guard let end = places[way.after.value], let start = places[way.backTo.value] else {
                return false
            }
            return start <= end
        }.map { way in
            MasterReprocessing(
                id: way.id.value, name: way.name.value, after: way.after.value,
                backTo: way.backTo.value, condition: way.condition.value,
                maximum: way.maximum?.value ?? 1, within: way.within?.value)
        }
        return ways.isEmpty ? nil : ways
    }

    /// Refuses a way back that no batch could go: it leaves the record of one batch.
    private func requireExecutable(_ stages: [MasterStage]) throws(Rejection) {
        let known = Set(stages.flatMap { $0.reprocessing ?? [] }.map(\.id))
        let lost = (model.process?.reprocessing ?? []).first { !known.contains($0.id.value) }
        guard let lost else { return }
        throw Rejection(
            "definition.reprocessing-across-records",
            "'\(lost.id)' leads from '\(lost.after)' to '\(lost.backTo)', which are not executed "
                + "in one batch record",
            help: "name two operations of one chain of stages")
    }

    /// Testing and release have records of their own.
    private static func isExecuted(_ operation: Definition.Operation) -> Bool {
        switch operation.kind.value {
        case .test, .release: false
        default: true
        }
    }

    private static func isFilled(_ output: Definition.Output) -> Bool {
        output.bank != nil || output.kind?.value == .bankVials
            || output.kind?.value == .drugProduct
    }

    private func input(
        of stage: Definition.Stage, _ operations: [Definition.Operation]
    ) throws(Rejection) -> StageMaterial {
        let source = stage.from?.value ?? operations.lazy.compactMap(\.vials?.bank.value).first
        guard let source else {
            throw Rejection(
                "definition.stage-without-input", "stage '\(stage.id)' starts from nothing",
                help: "say 'from:' which material or bank")
        }
        return model.banks.contains { $0.id.value == source }
            ? .bank(source) : .startingMaterial(source)
    }

    private func output(
        of stage: Definition.Stage, _ operations: [Definition.Operation]
    ) -> StageMaterial {
        let banks = Set(model.banks.map(\.id.value))
        let named =
            stage.to?.value
            ?? operations.lazy.flatMap(\.outputs).compactMap(\.bank?.value).first
        if let named, banks.contains(named) { return .bank(named) }
        return .product
    }

    private func step(_ operation: Definition.Operation, fills: Bool) -> MasterStep {
        let measured = operation.parameters.filter { $0.target.value.quantity != nil }
        let observed = operation.parameters.filter { $0.target.value.quantity == nil }
        return MasterStep(
            id: operation.id.value,
            name: operation.name?.value ?? operation.kind.value.rawValue,
            instruction: operation.instructions.isEmpty
                ? nil : operation.instructions.map(\.value).joined(separator: " "),
            after: operation.after.isEmpty ? nil : operation.after.map(\.value),
            room: operation.room?.value, equipment: operation.equipment.map(\.value),
            parameters: measured.map { Self.parameter($0, of: operation.kind.value) },
            checks: observed.map(Self.check) + operation.controls.map(Self.check)
                + connectionCheck(of: operation),
            materials: operation.materials.filter { !isStageInput($0.material.value) }.map {
                MasterMaterialUse(
                    material: $0.material.value, quantity: $0.amount.value,
                    tolerance: $0.tolerance?.value)
            },
            needsVerification: operation.secondCheck.isYes
                || operation.parameters.contains { $0.secondCheck.isYes },
            fillsContainers: fills, needsLineClearance: operation.lineClearance.isYes,
            isOpen: operation.state?.value == .open,
            roomGrade: operation.room.flatMap { room in
                model.premises?.rooms.first { $0.id.value == room.value }
            }.map { AreaGrade($0.grade.value) },
            localGrade: operation.localGrade.map { AreaGrade($0.value) },
            openTime: operation.state?.value == .open ? operation.openTime?.value : nil,
            holds: operation.holds.isEmpty
                ? nil
                : operation.holds.map {
                    MasterHold(name: $0.name.value, maximum: $0.maximum.value)
                })
    }

    private var simulation: MasterSimulation? {
        guard let programme = model.premises?.processSimulation else { return nil }
        return MasterSimulation(
            covers: programme.covers.map(\.value),
            interventions: programme.interventions.map(\.value), units: programme.units?.value,
            duration: programme.duration?.value, initialRuns: programme.initialRuns?.value,
            intervalMonths: programme.interval.flatMap { Self.months($0.value) },
            operatorIntervalMonths: programme.operatorInterval.flatMap { Self.months($0.value) },
            isManual: programme.isManualFilling.isYes)
    }

    /// An interval in whole months, rounded down: "6 months" is 6, "1 year" is 12.
    private static func months(_ interval: Quantity) -> Int? {
        guard let month = try? Unit("months"),
            let months = try? interval.converted(to: month).value.doubleValue,
            (0...1200).contains(months)
        else { return nil }
        // A year is twelve months exactly; the sum of its days may fall a hair short of it.
        return Int((months + 1e-6).rounded(.down))
    }

    /// Donated material is scanned as a container, not weighed out of a lot.
    private func isStageInput(_ material: String) -> Bool {
        model.process?.stages.contains { $0.from?.value == material } ?? false
    }

    private static func parameter(
        _ parameter: Definition.Parameter, of operation: Definition.OperationKind
    ) -> MasterParameter {
        let unit =
            parameter.target.value.quantity?.unit ?? parameter.normal?.value.unit
            ?? parameter.proven?.value.unit
        return MasterParameter(
            id: parameter.id?.value ?? slug(parameter.name.value), name: parameter.name.value,
            unit: unit?.description ?? "", target: parameter.target.value.quantity,
            normal: parameter.normal?.value, proven: parameter.proven?.value,
            isCritical: parameter.criticality?.value == .cpp,
            isCalculated: parameter.kind.map { $0.value == .calculated },
            calculation: parameter.kind?.value == .calculated
                ? Calculation(
                    unit: unit?.description ?? "", name: parameter.name.value,
                    ofTissue: operation == .receive) : nil)
    }

    /// The cells that a gram of tissue is meant to give, where an operation states its yield so.
    private func isolationYield(of operations: [Definition.Operation]) -> QuantityRange? {
        guard let perGram = try? Unit("cells/g") else { return nil }
        return operations.lazy.compactMap { operation -> QuantityRange? in
            guard let yield = operation.yield?.value.value,
                (try? yield.converted(to: perGram)) != nil
            else { return nil }
            return operation.yield?.normal?.value ?? operation.yield?.range?.value
        }.first
    }

    /// The look at the connections of a closed system before it is used, where the definition asks
    /// for one.
    private func connectionCheck(of operation: Definition.Operation) -> [MasterCheck] {
        guard operation.integrity?.connectionCheck.isYes ?? false,
            let state = operation.state?.value, state != .open,
            !operation.controls.contains(where: { $0.id.value == "connections" })
        else { return [] }
        return [
            MasterCheck(
                id: "connections", name: "connections of the closed system, before use",
                criterion: .observed("tight"), action: "do not use the set",
                rule: "closed-system-check")
        ]
    }

    /// A parameter in words is confirmed by what was observed.
    private static func check(_ parameter: Definition.Parameter) -> MasterCheck {
        MasterCheck(
            id: parameter.id?.value ?? slug(parameter.name.value), name: parameter.name.value,
            criterion: .observed(parameter.target.value.description), action: nil)
    }

    private static func check(_ control: Definition.InProcessControl) -> MasterCheck {
        MasterCheck(
            id: control.id.value, name: control.name.value,
            criterion: criterion(control.limit.value),
            action: control.decision?.value ?? control.action.value.rawValue)
    }
}
