import Guidance
import ProductDefinition
import Quantities

/// What a definition itself forbids its plan: targets outside their ranges, spreads that are none,
/// doses and containers outside their specification, dated steps that cannot be kept.
enum DefinitionLimits {
    static func refusals(of definition: Definition) -> [PlanRefusal] {
        var found: [PlanRefusal] = []
        for stage in definition.process?.stages ?? [] {
            for operation in stage.operations {
                found += operation.parameters.flatMap { refusals(of: $0, in: operation) }
            }
        }
        for (name, estimate) in estimates(of: definition) {
            found += refusals(of: estimate, name)
        }
        return found + doseRefusals(definition) + DatedSteps.refusals(of: definition)
    }

    /// Target in normal in proven.
    private static func refusals(
        of parameter: Definition.Parameter, in operation: Definition.Operation
    ) -> [PlanRefusal] {
        guard let target = parameter.target.value.quantity else { return [] }
        for (name, range) in [("normal", parameter.normal), ("proven", parameter.proven)] {
            guard let range, (try? range.value.contains(target)) == false else { continue }
            return [
                PlanRefusal(
                    .range,
                    "\(parameter.name.value) of '\(operation.id.value)' is set to \(target), "
                        + "outside its \(name) range \(range.value)",
                    help: "set it inside the range, or widen the range with data",
                    place: parameter.target.position.place)
            ]
        }
        guard let normal = parameter.normal, let proven = parameter.proven,
            (try? proven.value.encloses(normal.value)) == false
        else { return [] }
        return [
            PlanRefusal(
                .range,
                "the normal range \(normal.value) of \(parameter.name.value) in "
                    + "'\(operation.id.value)' is not inside its proven range \(proven.value)",
                help: "narrow the normal range", place: normal.position.place)
        ]
    }

    private static func estimates(
        of definition: Definition
    ) -> [(name: String, estimate: Definition.Estimate)] {
        let planning = definition.planning
        let growth = planning?.growth
        let formulation = definition.product.formulation
        let named: [(String, Definition.Estimate?)] = [
            ("the doubling time", growth?.doublingTime), ("the lag", growth?.lag),
            ("attachment", growth?.attachment), ("the seeding density", growth?.seedingDensity),
            ("the harvest density", growth?.harvestDensity),
            ("the maximum density", growth?.maximumDensity),
            ("recovery at harvest", growth?.harvestRecovery),
            ("medium for an area", growth?.mediumPerArea),
            ("patients", planning?.demand?.patients),
            ("administrations", planning?.demand?.administrations),
            ("body weight", planning?.demand?.patientWeight),
            ("the fixed cost", planning?.fixedCost), ("success", planning?.successRate),
            ("eligible donors", planning?.donorEligible),
            ("contamination", planning?.failures?.contaminationPerOpenOperation),
            ("failure at release", planning?.failures?.releaseFailure),
            ("failure of differentiation", planning?.failures?.differentiationFailure),
            ("recovery after thawing", formulation?.postThawRecovery),
            ("recovery after washing", formulation?.washRecovery),
        ]
        return named.compactMap { name, estimate in estimate.map { (name, $0) } }
            + definition.banks.compactMap { bank in
                bank.recovery.map { ("recovery of '\(bank.id.value)'", $0) }
            }
    }

    private static func refusals(
        of estimate: Definition.Estimate, _ name: String
    ) -> [PlanRefusal] {
        let value = estimate.value.value
        for (kind, range) in [("normal values", estimate.normal), ("range", estimate.range)] {
            guard let range, (try? range.value.contains(value)) == false else { continue }
            return [
                PlanRefusal(
                    .range, "\(name) is \(value), outside its \(kind) \(range.value)",
                    help: "correct the value or the range", place: estimate.value.position.place)
            ]
        }
        guard value.unit.isRatio, let mean = value.amount(""),
            let spread = estimate.spread?.value.amount("")
        else { return [] }
        return BetaShape.refusal(
            mean: mean, spread: spread, what: name, place: estimate.spread?.position.place
        ).map { [$0] } ?? []
    }

    /// The dose in its range; the cells filled in the limits of the release specification.
    private static func doseRefusals(_ definition: Definition) -> [PlanRefusal] {
        var found: [PlanRefusal] = []
        let product = definition.product
        if let dose = product.dose, let range = dose.range,
            (try? range.value.contains(dose.target.value)) == false
        {
            found.append(
                PlanRefusal(
                    .dose, "the dose of \(dose.target.value) lies outside its range \(range.value)",
                    help: "plan a dose inside the range", place: dose.target.position.place))
        }
        guard let cells = product.formulation?.cellsPerContainer,
            let specification = definition.specification(for: .drugProduct)
        else { return found }
        for test in specification.tests where definition.measurand(of: test) == .cellCount {
            let limit = test.limit.limit(in: product.phase.value)
            guard let limit, let range = limit.value.range,
                (try? range.contains(cells.value)) == false
            else { continue }
            found.append(
                PlanRefusal(
                    .dose,
                    "\(cells.value) in a container lie outside the limit \(range) of "
                        + "'\(test.name.value)' in \(specification.id.value)",
                    help: "fill inside the limit, or justify another one",
                    place: cells.position.place))
        }
        return found
    }
}
