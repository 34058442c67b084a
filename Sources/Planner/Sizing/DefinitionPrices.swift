import ProductDefinition
import Quantities

/// What the materials of a definition cost, and what its media are made of.
struct DefinitionPrices {
    let definition: Definition
    let currency: String

    init(_ definition: Definition) {
        self.definition = definition
        currency = Self.currency(of: definition)
    }

    /// The currency of the fixed cost, or else of the first price; EUR when there is none.
    private static func currency(of definition: Definition) -> String {
        let prices =
            [definition.planning?.fixedCost?.value.value].compactMap { $0 }
            + definition.materials.compactMap { $0.cost?.value }
        for code in ["EUR", "USD", "GBP", "CHF", "JPY", "CNY", "KRW", "INR", "SEK"] {
            if let first = prices.first, first.unit.description.contains(code) { return code }
        }
        return "EUR"
    }

    /// The materials as they are bought.
    func materials() -> [PlannedMaterial] {
        definition.materials.map { material in
            let unit = material.unit?.value ?? "items"
            let approved = material.suppliers.filter { $0.isApproved?.value ?? true }
            return PlannedMaterial(
                id: material.id.value, name: material.name.value, unit: unit,
                isConsumable: [.primaryPackaging, .consumable, .cultureVessel]
                    .contains(material.role.value),
                unitCost: material.cost?.value.amount("\(currency)/\(unit)") ?? 0,
                leadTimeDays: material.leadTime?.value.amount("d"),
                safetyStockDays: material.safetyStock?.value.amount("d"),
                suppliers: approved.count, secondSource: material.secondSource?.value,
                shelfLifeDays: material.shelfLife?.value.amount("d"))
        }
    }

    /// Materials in use that have no price that can be read.
    func unpriced(_ used: Set<String>) -> [String] {
        definition.materials.filter { material in
            guard used.contains(material.id.value) else { return false }
            let unit = material.unit?.value ?? "items"
            return material.cost?.value.amount("\(currency)/\(unit)") == nil
        }.map(\.id.value)
    }

    /// `amount` of the material or medium `id`, as materials from stock.
    func uses(of reference: Located<String>, _ amount: Quantity) -> [MaterialUse] {
        if let material = definition.material(reference) {
            guard let count = amount.amount(material.unit?.value ?? "items") else { return [] }
            return [MaterialUse(material: material.id.value, amount: count)]
        }
        guard let medium = definition.medium(reference), let milliliters = amount.amount("mL")
        else { return [] }
        return perMilliliter(medium).map {
            MaterialUse(material: $0.material, amount: $0.amount * milliliters)
        }
    }

    /// What 1 mL of a medium is made of, each in the unit of its stock.
    func perMilliliter(_ medium: Definition.Medium) -> [MaterialUse] {
        medium.recipe.compactMap { ingredient in
            guard let material = definition.material(ingredient.material),
                let stock = stock(
                    of: ingredient.amount.value, material, unit: material.unit?.value ?? "items")
            else { return nil }
            return MaterialUse(material: material.id.value, amount: stock)
        }
    }

    /// How much stock 1 mL with `share` of `material` takes: 5 % of a liquid is 0.05 mL, 100 ng/mL
    /// of a factor 0.1 µg; 2 IU/mL are divided by the strength of the stock.
    private func stock(
        of share: Quantity, _ material: Definition.Material, unit: String
    ) -> Double? {
        guard let milliliter = try? Quantity("1 mL"),
            let inOne = try? share.multiplied(by: milliliter)
        else { return nil }
        if let amount = inOne.amount(unit) { return amount }
        guard let strength = material.strength?.value, let stock = try? inOne.divided(by: strength)
        else { return nil }
        return stock.amount(unit)
    }
}
