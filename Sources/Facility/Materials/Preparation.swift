package import Ledger
package import Quantities

/// How a lot was made at the site from other lots: a complete medium, a freezing solution, a pool.
///
/// EU GMP Part IV 7.3 and Annex 1 8.1 leave no difference between what is bought and what is mixed
/// in the house: it is made by an instruction, checked, kept in quarantine and released.
package struct Preparation: Sendable, Hashable, Codable {
    /// The instruction and its version.
    package var instruction: String
    package var ingredients: [IngredientUse]
    /// The sterilising filter; `nil` where nothing was filtered.
    package var filter: String?
    /// Whether the filter was whole after use (EU GMP Annex 1 8.87).
    package var filterIntact: Bool?
    /// The second person's check; `nil` until it is made.
    package var checked: Stamp?
}

/// Some of a lot that went into a preparation.
package struct IngredientUse: Field, Sendable, Hashable {
    package var lot: LotID
    package var quantity: Quantity

    package static var fieldSchema: FieldSchema { SchemaRecorder.schema(of: Self.self) }
    package static var sample: IngredientUse {
        IngredientUse(lot: .sample, quantity: .sample)
    }
}

/// A preparation that a lot went into.
package struct PreparationUse: Sendable, Hashable, Codable {
    package var into: LotID
    package var quantity: Quantity
    package var stamp: Stamp
}

/// What the definition says of a mixture that is made at the site.
package struct MasterPreparation: Codable, Hashable, Sendable {
    /// The material its lots are of.
    package var material: String
    package var name: String
    package var ingredients: [MasterMaterialUse]
    /// How it is made, in the words of the definition.
    package var instruction: String?
    /// How long it may be kept.
    package var shelfLife: Quantity?
    /// What each lot is tested for before its release.
    package var tests: [String]?
    /// How long after its preparation it may be used without a release, under the batch record.
    package var useWithin: Quantity?
}

/// Makes a lot from other lots.
package struct PrepareMaterial: Command {
    package static let name = "material.prepare"
    package static let summary = "Prepare a lot from other lots, such as a complete medium."
    package static let permission = Permission.execute
    package static let signature: SignatureMeaning? = .performed
    package static let help = [
        "lot": "the site's number for the new lot",
        "material": "the material's id in the definition",
        "instruction": "the instruction and its version",
        "ingredients": "each lot that went in, and how much of it",
        "quantity": "how much was made",
        "expiry": "the last day it may be used; not after that of any ingredient",
        "filter": "the sterilising filter, when it was filtered",
        "filterIntact": "whether the filter was whole after use", "place": "where it is kept",
    ]

    /// Ingredients one preparation has at most: it is one entry of the ledger.
    package static let ingredientsMax = 50

    package var lot: LotID
    package var material: String
    package var instruction: String
    package var ingredients: [IngredientUse]
    package var quantity: Quantity
    package var expiry: CalendarDate
    package var filter: String?
    package var filterIntact: Bool?
    package var place: String?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(lot)
        try requireText(material, "material")
        try requireText(instruction, "instruction")
        if let place { try requireText(place, "place") }
        try requirePositive(quantity, "quantity")
        try site.requirePlannable(material, quantity)
        let lots = try requireIngredients(on: site, at: moment)
        let planned = site.preparation(of: material)
        if let planned { try requireRecipe(planned, lots) }
        try requireExpiry(expiry, planned, lots, madeOn: moment.happened.date)
        let prepared = MaterialPrepared(
            lot: lot, material: material, instruction: instruction, ingredients: ingredients,
            quantity: quantity, expiry: expiry, filter: filter, filterIntact: filterIntact,
            place: place)
        guard let filter else { return [prepared] }
        try requireText(filter, "filter")
        guard let filterIntact else {
            throw Rejection(
                "material.filter-not-tested", "filter '\(filter)' was not tested after use",
                help: "say in 'filterIntact' what the integrity test found")
        }
        guard !filterIntact else { return [prepared] }
        return [
            prepared,
            DeviationOpened(
                deviation: site.nextDeviation(), batch: nil, step: nil, cause: .controlNotMet,
                description:
                    "lot \(lot) of \(material): filter '\(filter)' was not whole after use",
                subjects: [lot.naming(Thing.self)]),
        ]
    }

    private func requireIngredients(
        on site: SiteState, at moment: Moment
    ) throws(Rejection) -> [Lot] {
        guard (1...Self.ingredientsMax).contains(ingredients.count) else {
            throw Rejection(
                "material.ingredients",
                "\(ingredients.count) ingredients are not between 1 and \(Self.ingredientsMax)",
                help: "prepare it in two steps")
        }
        guard Set(ingredients.map(\.lot)).count == ingredients.count else {
            throw Rejection(
                "material.ingredients", "the list of ingredients names a lot twice",
                help: "add the two amounts")
        }
        var lots: [Lot] = []
        for use in ingredients {
            let lot = try site.lot(use.lot)
            try site.requireUsable(lot, at: moment)
            try site.requireAvailable(use.quantity, of: lot, to: .consumed)
            lots.append(lot)
        }
        return lots
    }

    /// Refuses what is not made of what the definition says.
    private func requireRecipe(
        _ planned: MasterPreparation, _ lots: [Lot]
    ) throws(Rejection) {
        let recipe = planned.ingredients.map(\.material)
        if let missing = recipe.first(where: { name in !lots.contains { $0.material == name } }) {
            throw Rejection(
                "material.ingredient-missing", "'\(material)' is made with '\(missing)'",
                help: "name the lot of it in 'ingredients'")
        }
        if let other = lots.first(where: { !recipe.contains($0.material) }) {
            throw Rejection(
                "material.ingredient-not-planned",
                "'\(material)' has no '\(other.material)', of which '\(other.id)' is a lot",
                help: didYouMean(other.material, among: recipe))
        }
    }
}

/// Refuses an expiry that is over on the day the lot is made, after that of an ingredient, or after
/// the shelf life.
func requireExpiry(
    _ expiry: CalendarDate, _ planned: MasterPreparation?, _ lots: [Lot], madeOn day: CalendarDate
) throws(Rejection) {
    guard expiry >= day else {
        throw Rejection(
            "material.expired", "the lot would expire on \(expiry), before it is made",
            help: "enter the last day it may be used", rule: "material-released-at-use")
    }
    if let first = lots.min(by: { ($0.expiry, $0.id) < ($1.expiry, $1.id) }),
        first.expiry < expiry
    {
        throw Rejection(
            "material.outlives-ingredient",
            "the expiry on \(expiry) is after that of '\(first.id)' on \(first.expiry)",
            help: "a mixture keeps no longer than what is in it",
            rule: "material-released-at-use")
    }
    if let shelfLife = planned?.shelfLife, let unit = try? Unit("d"),
        let days = try? shelfLife.doubleValue(in: unit), (0...36_600).contains(days),
        day.advanced(byDays: Int(days.rounded(.down))) < expiry
    {
        throw Rejection(
            "material.outlives-shelf-life",
            "the expiry on \(expiry) is more than \(shelfLife) after \(day)",
            help: "the definition says how long it keeps", rule: "material-released-at-use")
    }
}

/// A lot was made from other lots.
package struct MaterialPrepared: Fact {
    package static let kind = "material.prepared/1"
    package var lot: LotID
    package var material: String
    package var instruction: String
    package var ingredients: [IngredientUse]
    package var quantity: Quantity
    package var expiry: CalendarDate
    package var filter: String?
    package var filterIntact: Bool?
    package var place: String?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[lot.text] = .lot
        var made = Lot(
            id: lot, material: material, supplier: site.name ?? "", supplierLot: lot.text,
            expiry: expiry, received: quantity, arrived: stamp)
        made.place = place
        made.preparation = Preparation(
            instruction: instruction, ingredients: ingredients, filter: filter,
            filterIntact: filterIntact)
        site.lots[lot] = made
        for use in ingredients {
            if let account = site.lots[use.lot]?.stockAccount {
                site.lots[use.lot]?.move(
                    use.quantity, from: account, to: .consumed, for: "preparation of \(lot)",
                    at: stamp)
            }
            site.lots[use.lot]?.preparations.append(
                PreparationUse(into: lot, quantity: use.quantity, stamp: stamp))
            site.genealogy.link(use.lot, to: lot)
        }
    }
}

/// Confirms a preparation as the second person.
package struct CheckPreparation: Command {
    package static let name = "material.check-preparation"
    package static let summary = "Confirm the record of a preparation as the second person."
    package static let permission = Permission.execute
    package static let signature: SignatureMeaning? = .verified
    package static let help = ["lot": "the lot that was prepared"]

    package var lot: LotID

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let lot = try site.lot(lot)
        guard let preparation = lot.preparation else {
            throw Rejection("material.not-prepared", "lot '\(lot.id)' was not prepared here")
        }
        guard preparation.checked == nil else {
            throw Rejection("material.preparation-checked", "lot '\(lot.id)' is checked already")
        }
        guard lot.arrived.person != moment.person else {
            throw Rejection(
                "material.own-preparation", "'\(moment.person)' prepared this lot",
                help: "a second person checks it", rule: "critical-entry-checked")
        }
        guard lot.arrived.happened <= moment.happened else {
            throw Rejection(
                "material.checked-before-made",
                "checked at \(moment.happened), before it was made at \(lot.arrived.happened)")
        }
        return [PreparationChecked(lot: lot.id)]
    }
}

/// A preparation was confirmed by a second person.
package struct PreparationChecked: Fact {
    package static let kind = "material.preparation-checked/1"
    package var lot: LotID

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.lots[lot]?.preparation?.checked = stamp
    }
}

extension SiteState {
    /// What the versions in use say of preparing `material`; `nil` where they say nothing.
    package func preparation(of material: String) -> MasterPreparation? {
        currentVersions.lazy.compactMap { master in
            master.product.preparations?.first { $0.material == material }
        }.first
    }

    /// From when a lot that was prepared here may be used without a release, while the time that the
    /// definition allows is not over: checked, and used under the batch record.
    func freshFrom(_ lot: Lot, at instant: Timestamp) -> Timestamp? {
        guard lot.status == .quarantine, lot.preparation?.checked != nil,
            let limit = preparation(of: lot.material)?.useWithin, let second = try? Unit("s"),
            let seconds = try? limit.doubleValue(in: second), (0...31_622_400).contains(seconds),
            instant <= lot.arrived.happened.advanced(bySeconds: Int64(seconds))
        else { return nil }
        return lot.arrived.happened
    }

    /// Whether `batch` used all it took of `lot` within the time it may be used without a release.
    func isUsedFresh(_ lot: Lot, in batch: Batch) -> Bool {
        let uses = lot.uses.filter { $0.batch == batch.id }
        return !uses.isEmpty && uses.allSatisfy { freshFrom(lot, at: $0.stamp.happened) != nil }
    }

    /// Refuses to release a lot that was prepared here while its check or a test is missing.
    func requirePrepared(_ lot: Lot, by person: PersonID) throws(Rejection) {
        guard let preparation = lot.preparation else { return }
        guard let checked = preparation.checked else {
            throw Rejection(
                "material.preparation-not-checked",
                "the preparation of '\(lot.id)' waits for its second-person check",
                help: "a second person checks it first: material.check-preparation",
                rule: "critical-entry-checked")
        }
        guard checked.person != person else {
            throw Rejection(
                "material.own-receipt", "'\(person)' checked the preparation of this lot",
                help: "another person releases it")
        }
        let missing = (self.preparation(of: lot.material)?.tests ?? []).filter { test in
            lot.results.inForce(of: test)?.passes != true
        }
        guard missing.isEmpty else {
            throw Rejection(
                "material.tests-missing",
                "lot '\(lot.id)' has no passing result for \(missing.joined(separator: ", "))",
                help: "record the results: material.record-test", rule: "release-all-pass")
        }
    }

    /// The lots that rest on `lot`: made from it, or tested with it, and what was made of those.
    func lots(restingOn lot: LotID) -> [Lot] {
        genealogy.trace(from: lot.text, .forward).compactMap { lots[.init(unchecked: $0.node)] }
    }
}
