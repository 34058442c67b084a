import ProductDefinition
import Quantities

/// Reads the stages and operations of a definition for the plan.
///
/// Two conventions, said in the guide: a parameter whose id ends in `recovery` is the share of
/// cells that comes through, and one in cells/cm² whose id ends in `density` is a seeding density
/// where the step sets it, a density that is found where the step measures it.
struct DefinitionOperations {
    let definition: Definition
    let prices: DefinitionPrices
    private(set) var tissueMass: Double?
    private(set) var refusals: [PlanRefusal] = []

    init(_ definition: Definition, _ prices: DefinitionPrices) {
        self.definition = definition
        self.prices = prices
    }

    mutating func stage(_ stage: Definition.Stage) -> PlannedStage {
        var operations: [PlannedOperation] = []
        var bought: Set<String> = []
        for (place, operation) in stage.operations.enumerated() {
            var planned = self.operation(operation, bought: bought)
            let later = stage.operations[(place + 1)...]
            if planned.kind == .seed || planned.kind == .passage, planned.seeding != nil {
                planned.plates = plated(by: operation, before: later)
            }
            if planned.kind == .culture { bought = [] }
            bought.formUnion(operation.materials.map(\.material.value))
            operations.append(planned)
        }
        let thawed = stage.operations.compactMap { $0.vials?.bank.value }.first
        let filled = operations.compactMap(\.fillsBank).first { !$0.isEmpty }
        return PlannedStage(
            id: stage.id.value, name: stage.name.value, fromBank: thawed, makesBank: filled,
            operations: operations)
    }

    private mutating func operation(
        _ operation: Definition.Operation, bought: Set<String>
    ) -> PlannedOperation {
        let kind = Self.kind(operation.kind.value)
        var planned = PlannedOperation(id: operation.id.value, kind: kind)
        planned.day = operation.day?.value.doubleValue
        planned.windowHours = operation.window?.value.amount("h")
        let hours = operation.duration?.amount("h") ?? 0
        switch kind {
        case .culture: break
        case .test, .release: planned.waitingDays = hours / 24
        default: planned.hours = hours
        }
        planned.people = crews(operation.roles)
        planned.handsOnHours = operation.handsOn?.value.amount("h") ?? 0
        let room = definition.room(operation.room)
        planned.usesRoom =
            kind != .culture && kind != .test
            && room.map { $0.grade.value != .cnc }
                ?? false
        planned.isOpen = operation.state?.value == .open
        planned.uses = operation.materials.flatMap { prices.uses(of: $0.material, $0.amount.value) }
        planned.success = operation.success?.amount("")
        planned.recovery = operation.parameters.first {
            $0.id?.value.hasSuffix("recovery") == true
        }?
        .target.value.quantity?.amount("")
        planned.sampledCells = operation.samples.reduce(0) {
            $0 + ($1.amount?.value.amount("cells") ?? 0)
        }
        if let vials = operation.vials {
            planned.vials = PlannedVials(
                bank: vials.bank.value, count: Int.counted(vials.count.value) ?? 0)
        }
        if let mass = operation.parameters.lazy.compactMap({
            $0.id?.value == "mass" ? $0.target.value.quantity?.amount("g") : nil
        }).first {
            tissueMass = mass
        }
        densities(of: operation, into: &planned)
        if kind == .culture { planned.culture = culture(operation, bought) }
        if kind == .fill { fill(operation, into: &planned) }
        planned.assays = assays(of: operation)
        return planned
    }

    private static func kind(_ kind: Definition.OperationKind) -> PlannedOperation.Kind {
        switch kind {
        case .thaw: .thaw
        case .seed: .seed
        case .culture: .culture
        case .harvest: .harvest
        case .passage: .passage
        case .wash, .formulate, .pool, .enrich: .recover
        case .fill: .fill
        case .test: .test
        case .release: .release
        default: .other
        }
    }

    private func crews(_ crews: [Definition.Crew]) -> [PlannedCrew] {
        crews.map { PlannedCrew(role: $0.role.value, people: $0.people?.value.doubleValue ?? 1) }
    }

    /// Densities that are set, and those that are found.
    private func densities(
        of operation: Definition.Operation, into planned: inout PlannedOperation
    ) {
        for parameter in operation.parameters {
            guard let density = parameter.target.value.quantity?.amount("cells/cm2") else {
                continue
            }
            let isFound =
                parameter.kind?.value == .measured
                && parameter.id?.value.hasSuffix("seeding-density") != true
            if isFound {
                planned.arealYield = planned.arealYield ?? density
            } else {
                planned.seeding = SeedingDensity(
                    target: density, normal: parameter.normal?.value.ends("cells/cm2"),
                    proven: parameter.proven?.value.ends("cells/cm2"))
            }
        }
        // What a culture grows by the model is not read from what the record expects to find.
        if planned.kind == .culture { planned.arealYield = nil }
        if planned.kind == .harvest || planned.kind == .passage,
            let yield = operation.yield?.amount("cells/cm2")
        {
            planned.arealYield = yield
        }
    }

    private func vessels(_ reference: Located<String>, count: Int) -> PlannedVessels? {
        guard let material = definition.material(reference), let vessel = material.vessel,
            let area = vessel.area?.value.amount("cm2")
        else { return nil }
        return PlannedVessels(
            material: material.id.value, area: area,
            places: vessel.incubatorPlaces?.value.doubleValue ?? 1, count: count)
    }

    private mutating func culture(
        _ operation: Definition.Operation, _ bought: Set<String>
    ) -> PlannedCulture? {
        guard let use = operation.vessel,
            let vessels = vessels(use.material, count: Int.counted(use.count?.value) ?? 1)
        else {
            refusals.append(
                PlanRefusal(
                    .missingNumber,
                    "the culture '\(operation.id.value)' has no vessel with an area",
                    help: "write 'vessel: { material: stack-10, count: 2 }'",
                    place: operation.position.place))
            return nil
        }
        let perGram = operation.yield?.amount("cells/g")
        let isTimed =
            perGram != nil || operation.day != nil
            || definition.planning?.growth?.harvestDensity == nil
        var culture = PlannedCulture(
            vessels: vessels, passage: operation.passage?.value ?? 1,
            fixedHours: isTimed ? operation.duration?.amount("h") : nil, cellsPerGram: perGram)
        if let feed = operation.feed {
            culture.feed = PlannedFeed(
                everyHours: feed.every.value.amount("h") ?? 0,
                share: feed.share?.value.amount("") ?? 1,
                hours: feed.duration?.value.amount("h") ?? 0, people: crews(feed.roles),
                mediumPerMilliliter: definition.medium(feed.medium).map(prices.perMilliliter)
                    ?? prices.uses(of: feed.medium, .milliliter),
                uses: feed.materials.flatMap { prices.uses(of: $0.material, $0.amount.value) })
        }
        culture.buysVessels = !bought.contains(vessels.material)
        culture.buysMedium = operation.feed.map { !bought.contains($0.medium.value) } ?? false
        return culture
    }

    /// The vessels a step seeds for what is not a culture by the model: differentiations.
    private func plated(
        by operation: Definition.Operation, before later: ArraySlice<Definition.Operation>
    ) -> PlannedVessels? {
        for next in later {
            if next.kind.value == .culture { return nil }
            if next.kind.value == .harvest || next.kind.value == .passage { break }
        }
        if let use = operation.vessel {
            return vessels(use.material, count: Int.counted(use.count?.value) ?? 1)
        }
        for use in operation.materials {
            let count = Int.counted(use.amount.value.amount("items")) ?? 1
            if let vessels = vessels(use.material, count: count) { return vessels }
        }
        return nil
    }

    private func fill(_ operation: Definition.Operation, into planned: inout PlannedOperation) {
        let bank = operation.outputs.lazy.compactMap { $0.bank?.value }.first
        planned.fillsBank = bank ?? ""
        guard bank == nil,
            let container = operation.outputs.first?.container
                ?? definition.product.formulation?.container
        else { return }
        let stock = operation.materials.first { $0.material == container }
        planned.containersMax = Int.counted(stock?.amount.value.amount("items"))
    }

    /// The tests of an operation: its controls, and those of the specification it tests. One run
    /// of a method answers all tests of a specification that name it; what is characterisation is
    /// not done on every batch.
    private func assays(of operation: Definition.Operation) -> [PlannedAssay] {
        var runs = operation.controls.compactMap(\.assay)
        if let specification = definition.specification(operation.specification) {
            var seen: Set<String> = []
            for test in specification.tests where test.isCharacterisation?.value != true {
                if let assay = test.assay, seen.insert(assay.value).inserted { runs.append(assay) }
            }
        }
        return runs.compactMap { reference in
            guard let assay = definition.assay(reference) else { return nil }
            let cost = assay.cost?.value.amount(
                anyOf: "\(prices.currency)/run", prices.currency, "\(prices.currency)/test")
            return PlannedAssay(id: assay.id.value, cost: cost ?? 0)
        }
    }
}

extension Quantity {
    /// One millilitre.
    fileprivate static let milliliter =
        (try? Quantity("1 mL")) ?? Quantity(.one)
}
