import Facility
import Ledger
import Operations
import Quantities

/// What an operator entered on a step page, and what of it was refused.
struct StepEntry {
    /// A value that became a command.
    struct Entered {
        /// The field of the form.
        let field: String
        /// What was typed, by field, to show it again.
        let values: [String: String]
        let name: String
        let body: JSONValue
        /// Why it is no command, when what was scanned has no place in the step.
        var objection: Rejection?
    }

    /// The refusals by field.
    private(set) var refusals: [String: Refusal] = [:]
    /// What was typed into refused fields.
    private(set) var values: [String: String] = [:]

    /// Notes that `entered` was refused.
    mutating func refuse(_ entered: Entered, _ refusal: Refusal) {
        refusals[entered.field] = refusal
        values.merge(entered.values) { $1 }
    }

    /// What is wrong with the field, in a sentence.
    func problem(_ field: String) -> String? {
        refusals[field].map { refusal in
            refusal.message + (refusal.help.map { "; \($0)" } ?? "")
        }
    }

    static func parameter(_ id: String) -> String { "parameter-\(id)" }
    static func check(_ id: String) -> String { "check-\(id)" }
    static func lot(_ material: String) -> String { "lot-\(material)" }
    static func quantity(_ material: String) -> String { "quantity-\(material)" }
    static let container = "container"
    static let scan = "scan"
    static let count = "count"

    /// The commands that the filled fields of `form` spell, in the order of the page.
    static func commands(
        from form: SubmittedForm, batch: Batch, step: MasterStep, in state: SiteState
    ) -> [Entered] {
        let place: [String: JSONValue] = [
            "batch": .string(batch.id.text), "step": .string(step.id),
        ]
        func entered(
            _ type: any Command.Type, _ field: String, _ members: [String: JSONValue],
            _ values: [String: String]
        ) -> Entered {
            Entered(
                field: field, values: values, name: type.name,
                body: .object(place.merging(members) { $1 }))
        }
        var commands: [Entered] = []
        if let code = form[Self.scan] {
            let values = [Self.scan: code]
            switch scanned(code, for: step, of: batch, in: state) {
            case .container:
                commands.append(
                    entered(UseContainer.self, Self.scan, ["container": .string(code)], values))
            case .lot(let use):
                let quantity = form[Self.quantity(use.material)] ?? use.quantity?.description
                commands.append(
                    entered(
                        ConsumeMaterial.self, Self.scan,
                        ["lot": .string(code), "quantity": .string(quantity ?? "")], values))
            case .equipmentInUse: break
            case .nothing(let rejection):
                var refused = entered(UseContainer.self, Self.scan, [:], values)
                refused.objection = rejection
                commands.append(refused)
            }
        }
        if let container = form[Self.container] {
            commands.append(
                entered(
                    UseContainer.self, Self.container, ["container": .string(container)],
                    [Self.container: container]))
        }
        for use in step.materials {
            let (lot, quantity) = (Self.lot(use.material), Self.quantity(use.material))
            guard let lotText = form[lot], let quantityText = form[quantity] else { continue }
            commands.append(
                entered(
                    ConsumeMaterial.self, lot,
                    ["lot": .string(lotText), "quantity": .string(quantityText)],
                    [lot: lotText, quantity: quantityText]))
        }
        for parameter in step.parameters {
            let field = Self.parameter(parameter.id)
            guard let text = form[field] else { continue }
            commands.append(
                entered(
                    RecordParameter.self, field,
                    [
                        "parameter": .string(parameter.id),
                        "value": .string(parameter.withUnit(text)),
                    ], [field: text]))
        }
        for check in step.checks {
            let field = Self.check(check.id)
            guard let text = form[field] else { continue }
            commands.append(
                entered(
                    RecordCheck.self, field,
                    ["check": .string(check.id), "observation": .string(text)], [field: text]))
        }
        if step.fillsContainers, let count = form[Self.count] {
            var members: [String: JSONValue] = [
                "count": Int(count).map { .number(Double($0)) } ?? .string(count)
            ]
            var values = [Self.count: count]
            for field in ["bank", "volume", "place"] {
                if let text = form[field] {
                    members[field] = .string(text)
                    values[field] = text
                }
            }
            commands.append(entered(FillContainers.self, Self.count, members, values))
        }
        return commands
    }

    // MARK: Scanning

    /// What a scanned code means in a step.
    private enum Scanned {
        case container
        case lot(MasterMaterialUse)
        /// The piece is one the step is done with: nothing is to be recorded.
        case equipmentInUse
        case nothing(Rejection)
    }

    private static func scanned(
        _ code: String, for step: MasterStep, of batch: Batch, in state: SiteState
    ) -> Scanned {
        let record = batch.steps[step.id]
        switch state.things[code] {
        case .container: return .container
        case .lot:
            let material = LotID(code).flatMap { state.lots[$0]?.material } ?? ""
            guard let use = step.materials.first(where: { $0.material == material }) else {
                return .nothing(
                    Rejection(
                        "batch.scan-not-used", "'\(code)' is a lot of '\(material)'",
                        help: "the step uses "
                            + step.materials.map(\.material).joined(separator: ", ")))
            }
            return .lot(use)
        case .equipment:
            if record?.equipment.contains(where: { $0.text == code }) ?? false {
                return .equipmentInUse
            }
            let used = record?.equipment.map(\.text).joined(separator: ", ") ?? ""
            return .nothing(
                Rejection(
                    "batch.scan-other-equipment", "'\(code)' is not what the step was started with",
                    help: used.isEmpty ? nil : "it was started with \(used)"))
        case let other?:
            return .nothing(
                Rejection("batch.scan-not-used", "'\(code.prefix(80))' is a \(other.rawValue)"))
        case nil:
            return .nothing(
                Rejection(
                    "batch.scan-unknown", "'\(code.prefix(80))' is not known at this site",
                    help: "scan again, or type what the label says"))
        }
    }
}
