public import ProductDefinition
import Guidance
import Quantities

extension PlanningCase {
    /// Hours of a full-time person at the bench in a year, where the definition gives none: 1,600
    /// working hours, seven in ten of them productive.
    static let productiveHoursUsual = 1600 * 0.7

    /// The case that `definition` describes.
    /// - Throws: `PlanRefused` with every number that is missing or forbidden.
    public init(_ definition: Definition) throws(PlanRefused) {
        var numbers = DefinitionNumbers()
        for refusal in DefinitionLimits.refusals(of: definition) { numbers.refuse(refusal) }
        guard let planning = definition.planning, let process = definition.process,
            !process.stages.isEmpty
        else {
            throw PlanRefused(
                .missingNumber,
                definition.planning == nil
                    ? "the definition has no planning numbers" : "the definition has no process",
                help: definition.planning == nil
                    ? "write 'planning:' with growth, demand, failures and fixed cost"
                    : "write 'process:' with its stages")
        }
        let prices = DefinitionPrices(definition)
        var reader = DefinitionOperations(definition, prices)
        let stages = process.stages.map { reader.stage($0) }
        for refusal in reader.refusals { numbers.refuse(refusal) }
        let growth = planning.growth.map { Self.growth($0, &numbers) }
        let dose = Self.dose(definition, &numbers)
        let demand = Self.demand(planning, definition, &numbers)
        let resources = Self.resources(definition, planning)
        let failures = planning.failures
        let interest = planning.interest?.value.amount("")
        let donation = definition.materials.first { $0.role.value == .startingMaterial }
        let currency = prices.currency
        let fixed = numbers.required(
            planning.fixedCost?.amount("\(currency)/year"), "what the site costs in a year",
            write: "fixed-cost: 1600000 EUR/year", at: planning.position)
        guard numbers.refusals.isEmpty else { throw PlanRefused(numbers.refusals) }
        self.init(
            name: definition.product.name.value, currency: currency,
            priceYear: planning.currencyYear?.value, stages: stages,
            banks: definition.banks.compactMap(Self.bank), growth: growth, dose: dose,
            demand: demand,
            failures: FailureProbabilities(
                contaminationPerOpenOperation:
                    failures?.contaminationPerOpenOperation?.amount("") ?? 0,
                differentiation: failures?.differentiationFailure?.amount("") ?? 0,
                release: failures?.releaseFailure?.amount("")),
            resources: resources, tissueMass: reader.tissueMass,
            maximumDonorShare: definition.donors?.maximumShare?.value.amount(""),
            donationCost: donation?.cost?.value.amount("\(currency)/item") ?? 0,
            doublingsLimit: process.maximumPDL?.limit.value.amount("PD"),
            fixedCostPerYear: fixed, interest: interest ?? 0.05,
            langFactor: planning.langFactor?.value.doubleValue ?? 1,
            materials: prices.materials())
    }

    private static func growth(
        _ growth: Definition.Growth, _ numbers: inout DefinitionNumbers
    ) -> GrowthLaw {
        let position = growth.position
        let lag = growth.lag?.amount("h") ?? 0
        return GrowthLaw(
            doublingTime: growth.doublingTime.amount("h") ?? .nan,
            slope: growth.doublingTimeSlope?.value.doubleValue ?? 0, lag: lag,
            lagAfterThaw: growth.lagAfterThaw?.amount("h") ?? lag,
            attachment: growth.attachment?.amount("") ?? 1,
            targetDensity: growth.harvestDensity?.amount("cells/cm2"),
            maximumDensity: growth.maximumDensity?.amount("cells/cm2"),
            harvestRecovery: growth.harvestRecovery?.amount("") ?? 1,
            recoverySpread: growth.harvestRecovery?.spread?.value.amount("") ?? 0,
            mediumPerArea: numbers.required(
                growth.mediumPerArea?.amount("mL/cm2"), "the medium for an area",
                write: "medium-per-area: 0.2 mL/cm2", at: position),
            donorSpread: growth.donorSpread?.value.doubleValue ?? 0,
            batchSpread: growth.batchSpread?.value.doubleValue ?? 0,
            passageSpread: growth.passageSpread?.value.doubleValue ?? 0)
    }

    private static func dose(
        _ definition: Definition, _ numbers: inout DefinitionNumbers
    ) -> PlannedDose {
        let product = definition.product
        let position = product.dose?.position ?? product.position
        let perKilogram = product.dose?.target.value.amount("cells/kg")
        let cells = numbers.required(
            perKilogram ?? product.dose?.target.value.amount("cells"), "the dose in cells",
            write: "dose: { target: 1e6 cells/kg }", at: position)
        let formulation = product.formulation
        let sampling = definition.specification(for: .drugProduct)?.sampling
        return PlannedDose(
            cells: cells, isPerKilogram: perKilogram != nil,
            deadVolumeFactor: product.dose?.deadVolumeFactor?.value.doubleValue ?? 1,
            cellsPerContainer: numbers.required(
                formulation?.cellsPerContainer?.value.amount("cells"), "the cells in a container",
                write: "formulation: { cells-per-container: 50e6 cells }", at: position),
            overfill: formulation?.overfill?.value.amount("") ?? 0,
            postThawRecovery: formulation?.postThawRecovery?.amount("") ?? 1,
            washRecovery: formulation?.washRecovery?.amount("") ?? 1,
            sampledContainers: Int.counted(sampling?.containers?.value) ?? 0,
            retainedContainers: Int.counted(sampling?.retention?.value) ?? 0)
    }

    private static func demand(
        _ planning: Definition.Planning, _ definition: Definition,
        _ numbers: inout DefinitionNumbers
    ) -> PlannedDemand {
        let demand = planning.demand
        let weight = demand?.patientWeight
        let limits = weight?.range?.value.ends("kg")
        return PlannedDemand(
            patientsPerYear: numbers.required(
                demand?.patients.amount("patients/year"), "the patients in a year",
                write: "demand: { patients: 150 patients/year }", at: planning.position),
            administrationsPerPatient: demand?.administrations?.amount("doses/patient")
                ?? demand?.administrations?.amount("") ?? 1,
            weight: weight.flatMap { weight in
                weight.amount("kg").map {
                    WeightDistribution(
                        mean: $0, spread: weight.spread?.value.amount("kg") ?? 0,
                        minimum: limits?.first ?? 0, maximum: limits?.last ?? 10 * $0)
                }
            },
            serviceLevel: demand?.serviceLevel?.value.amount("") ?? 0.95,
            safetyStockDays: demand?.safetyStock?.value.amount("d") ?? 0)
    }

    private static func bank(_ bank: Definition.CellBank) -> PlannedBank? {
        guard let vials = Int.counted(bank.vials?.value),
            let cells = bank.cellsPerVial?.value.amount("cells")
        else { return nil }
        return PlannedBank(
            id: bank.id.value, vials: vials,
            reserveVials: Int.counted(bank.reserveVials?.value) ?? 0,
            vialsPerUse: Int.counted(bank.vialsPerUse?.value) ?? 1, cellsPerVial: cells,
            recovery: bank.recovery?.amount("") ?? 1, doublings: bank.pdl?.value.amount("PD") ?? 0,
            maximumDoublings: bank.maximumPDL?.value.amount("PD"),
            madeFrom: bank.madeFrom?.value)
    }

    private static func resources(
        _ definition: Definition, _ planning: Definition.Planning
    ) -> PlannedResources {
        let premises = definition.premises
        let equipment = premises?.equipment ?? []
        func count(_ kinds: Set<Definition.EquipmentKind>) -> Int {
            equipment.filter { kinds.contains($0.kind.value) }
                .reduce(0) { Int.counted($0 + (Int.counted($1.count?.value) ?? 1)) ?? 0 }
        }
        let incubators = equipment.filter { $0.kind.value == .incubator }
        let freezers = equipment.filter { $0.kind.value == .controlledRateFreezer }
            .compactMap { $0.capacity?.value.amount("vials") }
        let calendar = planning.calendar
        let days = calendar.map { $0.days.isEmpty ? 7 : Set($0.days.map(\.value)).count } ?? 5
        let weeks = 52 - Double(Set((calendar?.shutdownWeeks ?? []).map(\.value)).count)
        let currency = DefinitionPrices(definition).currency
        let rooms = premises?.rooms ?? []
        let clean = rooms.filter { $0.grade.value != .cnc }
        func area(_ rooms: [Definition.Room]) -> Double {
            rooms.reduce(0) { $0 + ($1.area?.value.amount("m2") ?? 0) }
        }
        return PlannedResources(
            roles: (premises?.roles ?? []).map { role in
                PlannedRole(
                    id: role.id.value, people: role.people?.value.doubleValue ?? 0,
                    costPerHour: role.cost?.value.perHour(currency),
                    costPerYear: role.cost?.value.perYear(currency))
            },
            workstations: count([.closedIsolator, .openIsolator, .biosafetyCabinet, .rabs]),
            incubatorPlaces: incubators.reduce(0) { sum, incubator in
                let places = incubator.capacity?.value.amount(anyOf: "items", "") ?? 0
                return sum + Double(incubator.count?.value ?? 1) * places
            },
            freezerVials: freezers.isEmpty ? nil : Int.counted(freezers.reduce(0, +)),
            shiftHours: calendar?.shiftHours ?? 8, openDaysPerWeek: days,
            operatingDays: planning.operatingDays.map { Double($0.value) }
                ?? weeks * Double(days),
            productiveHours: planning.productiveHours?.value.amount("h") ?? productiveHoursUsual,
            equipment: equipment.compactMap { item in
                guard let price = item.price?.value.amount(currency) else { return nil }
                return PlannedEquipment(
                    id: item.id.value, count: Int.counted(item.count?.value) ?? 1, price: price,
                    life: item.life?.value.amount("years") ?? 10,
                    maintenance: item.maintenance?.value.amount("") ?? 0)
            },
            cleanArea: area(clean), otherArea: area(rooms.filter { $0.grade.value == .cnc }))
    }
}

extension Quantity {
    /// A price of an hour; nil for one of a year.
    fileprivate func perHour(_ currency: String) -> Double? {
        unit.description.hasSuffix("/h") ? amount("\(currency)/h") : nil
    }

    /// A price of a year; nil for one of an hour.
    fileprivate func perYear(_ currency: String) -> Double? {
        unit.description.hasSuffix("/h") ? nil : amount("\(currency)/year")
    }
}

extension Definition.Calendar {
    /// Hours from opening to closing; nil when they cannot be read.
    var shiftHours: Double? {
        guard let from = Self.hour(opens?.value), let to = Self.hour(closes?.value), to > from
        else { return nil }
        return to - from
    }

    static func hour(_ text: String?) -> Double? {
        let parts = (text ?? "").split(separator: ":").compactMap { Double($0) }
        guard parts.count == 2, (0...24).contains(parts[0]), (0..<60).contains(parts[1]) else {
            return nil
        }
        return parts[0] + parts[1] / 60
    }
}
