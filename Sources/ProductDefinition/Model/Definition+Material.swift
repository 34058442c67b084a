public import Diagnostics
public import Quantities

extension Definition {
    /// Something that enters or touches the product: starting material, raw material, excipient,
    /// packaging, consumable.
    public struct Material: Sendable {
        /// The id by which steps and recipes use it.
        public var id: Located<String> = Located("", at: .missing)
        /// What it is.
        public var name: Located<String> = Located("", at: .missing)
        /// What it is to the product.
        public var role: Located<MaterialRole> = Located(.startingMaterial, at: .missing)
        /// What sort of substance or part it is.
        public var materialClass: Located<MaterialClass>?
        /// The unit its stock is kept in: mL, mg, items.
        public var unit: Located<String>?
        /// Whether it can affect a critical quality attribute.
        public var isCritical: Located<Bool>?
        /// The quality attributes it affects.
        public var affects: [Located<String>] = []
        /// The quality it is bought in.
        public var grade: Located<MaterialGrade>?
        /// Its monograph, such as Ph. Eur. 0255.
        public var compendial: Located<String>?
        /// Conformity with Ph. Eur. 5.2.12.
        public var chapter5212: Located<Conformity>?
        /// What it is made from, and where.
        @Indirect public var origin: MaterialOrigin?
        /// Who supplies it.
        public var suppliers: [Supplier] = []
        /// The certificates that come with each lot.
        public var certificates: [Located<String>] = []
        /// The document it is accepted against.
        public var specification: Located<String>?
        /// Transmissible spongiform encephalopathy: certificate or assessment.
        @Indirect public var tse: TSEStatus?
        /// Virus tests or inactivation.
        @Indirect public var viralSafety: ViralSafety?
        /// The donor pool of a platelet lysate.
        @Indirect public var plateletLysate: PlateletLysate?
        /// Why a component from animals is used.
        @Indirect public var xenogeneic: Justification?
        /// How an antibiotic is kept out of product and tests.
        @Indirect public var antibiotic: AntibioticControl?
        /// How it is qualified and how new lots are.
        @Indirect public var qualification: MaterialQualification?
        /// Its risk profile.
        @Indirect public var risk: MaterialRisk?
        /// Whether it is sterile when it is added.
        public var isSterile: Located<Bool>?
        /// Extractables, leachables and integrity of a single-use part.
        @Indirect public var singleUse: SingleUse?
        /// The size of a culture vessel.
        @Indirect public var vessel: VesselSize?
        /// How it is kept.
        @Indirect public var storage: Storage?
        /// How long it may be kept, as received.
        public var shelfLife: Located<Quantity>?
        /// The time from order to delivery.
        public var leadTime: Located<Quantity>?
        /// How long the stock lasts without delivery.
        public var safetyStock: Located<Quantity>?
        /// The plan for when the only supplier fails.
        public var secondSource: Located<String>?
        /// What it costs, such as 2.2 EUR/mL.
        public var cost: Located<Quantity>?
        /// What a recipe's amount is in its stock: 5000 IU/mL, 10 mmol/L, 5.68 mmol/g.
        public var strength: Located<Quantity>?
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// What a material is made from.
    public struct MaterialOrigin: Sendable {
        /// Human, animal, recombinant ….
        public var kind: Located<OriginKind> = Located(.human, at: .missing)
        /// The species of an animal origin.
        public var species: Located<String>?
        /// The country of origin.
        public var country: Located<String>?
        /// How it was prepared.
        public var preparation: Located<String>?
        /// Whether ruminant material was used in making it.
        public var isRuminantExposed: Located<Bool>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// Who supplies a material.
    public struct Supplier: Sendable {
        /// The supplier.
        public var name: Located<String> = Located("", at: .missing)
        /// Where it is.
        public var country: Located<String>?
        /// Whether it is approved.
        public var isApproved: Located<Bool>?
        /// The day of the last audit.
        public var audited: Located<CalendarDate>?
        /// How often it is audited.
        public var auditInterval: Located<Quantity>?
        /// The quality agreement in force.
        public var qualityAgreement: Located<String>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A mixture that is made from materials.
    public struct Medium: Sendable {
        /// The id by which steps use it.
        public var id: Located<String> = Located("", at: .missing)
        /// What it is.
        public var name: Located<String> = Located("", at: .missing)
        /// What it is made of.
        public var recipe: [Ingredient] = []
        /// Whether it is sterile when it is used.
        public var isSterile: Located<Bool>?
        /// How it is made.
        public var preparation: Located<String>?
        /// How long it may be kept.
        public var shelfLife: Located<Quantity>?
        /// What each lot is tested for before it is released: sterility, growth.
        public var tests: [Located<String>] = []
        /// How long after it was made it may be used before its release, under the batch record.
        public var useWithin: Located<Quantity>?
        /// How it is kept.
        @Indirect public var storage: Storage?
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// What a material is to the product.
    public enum MaterialRole: String, CaseIterable, Hashable, Sendable {
        case startingMaterial = "starting material"
        case rawMaterial = "raw material"
        case excipient
        case primaryPackaging = "primary packaging"
        case consumable
        case cultureVessel = "culture vessel"
        case referenceMaterial = "reference material"
        case reagent
    }

    /// What sort of substance or part a material is.
    public enum MaterialClass: String, CaseIterable, Hashable, Sendable {
        case tissue
        case cells
        case basalMedium = "basal medium"
        case completeMedium = "complete medium"
        case serum
        case plateletLysate = "platelet lysate"
        case albumin
        case growthFactor = "growth factor"
        case smallMolecule = "small molecule"
        case enzyme
        case matrix
        case buffer
        case antibiotic
        case betaLactamAntibiotic = "beta-lactam antibiotic"
        case anticoagulant
        case cryoprotectant
        case infusionSolution = "infusion solution"
        case antibody
        case beads
        case vessel
        case container
        case kit
        case gas
        case other
    }

    /// The quality a material is bought in.
    public enum MaterialGrade: String, CaseIterable, Hashable, Sendable {
        case gmp = "GMP"
        case pharmacopoeial
        case licensedMedicine = "licensed medicine"
        case medicalDevice = "medical device"
        case diagnostic
        case research
    }

    /// What a material is made from.
    public enum OriginKind: String, CaseIterable, Hashable, Sendable {
        case human
        case animal
        case plant
        case microbial
        case recombinant
        case synthetic
        case mineral
    }
}

extension Definition.Material: Record {
    static let name = "material"
    static let summary =
        "Something that enters or touches the product: starting material, raw material, "
        + "excipient, packaging, consumable."
    static let table = FieldTable<Definition.Material> { table in
        table.required(
            "id", \.id, .identifier(.material),
            "the id by which steps and recipes use it")
        table.required(
            "name", \.name, .text,
            "what it is")
        table.required(
            "role", \.role, .choice(Definition.MaterialRole.self),
            "what it is to the product")
        table.optional(
            "class", \.materialClass, .choice(Definition.MaterialClass.self),
            "what sort of substance or part it is")
        table.optional(
            "unit", \.unit, .text,
            "the unit its stock is kept in: mL, mg, items")
        table.optional(
            "critical", \.isCritical, .flag,
            "whether it can affect a critical quality attribute")
        table.list(
            "affects", \.affects, .reference(to: .attribute),
            "the quality attributes it affects")
        table.optional(
            "grade", \.grade, .choice(Definition.MaterialGrade.self),
            "the quality it is bought in")
        table.optional(
            "compendial", \.compendial, .text,
            "its monograph, such as Ph. Eur. 0255")
        table.optional(
            "ph-eur-5.2.12", \.chapter5212, .choice(Definition.Conformity.self),
            "conformity with Ph. Eur. 5.2.12")
        table.optional(
            "origin", \.origin, .record,
            "what it is made from, and where")
        table.list(
            "suppliers", \.suppliers, .record,
            "who supplies it")
        table.list(
            "certificates", \.certificates, .text,
            "the certificates that come with each lot")
        table.optional(
            "specification", \.specification, .text,
            "the document it is accepted against")
        table.optional(
            "tse", \.tse, .record,
            "transmissible spongiform encephalopathy: certificate or assessment")
        table.optional(
            "viral-safety", \.viralSafety, .record,
            "virus tests or inactivation")
        table.optional(
            "platelet-lysate", \.plateletLysate, .record,
            "the donor pool of a platelet lysate")
        table.optional(
            "xenogeneic", \.xenogeneic, .record,
            "why a component from animals is used")
        table.optional(
            "antibiotic", \.antibiotic, .record,
            "how an antibiotic is kept out of product and tests")
        table.optional(
            "qualification", \.qualification, .record,
            "how it is qualified and how new lots are")
        table.optional(
            "risk", \.risk, .record,
            "its risk profile")
        table.optional(
            "sterile", \.isSterile, .flag,
            "whether it is sterile when it is added")
        table.optional(
            "single-use", \.singleUse, .record,
            "extractables, leachables and integrity of a single-use part")
        table.optional(
            "vessel", \.vessel, .record,
            "the size of a culture vessel")
        table.optional(
            "storage", \.storage, .record,
            "how it is kept")
        table.optional(
            "shelf-life", \.shelfLife, .quantity(.time),
            "how long it may be kept, as received")
        table.optional(
            "lead-time", \.leadTime, .quantity(.time),
            "the time from order to delivery")
        table.optional(
            "safety-stock", \.safetyStock, .quantity(.time),
            "how long the stock lasts without delivery")
        table.optional(
            "second-source", \.secondSource, .text,
            "the plan for when the only supplier fails")
        table.optional(
            "cost", \.cost, .quantity(.any),
            "what it costs, such as 2.2 EUR/mL")
        table.optional(
            "strength", \.strength, .quantity(.any),
            "what a recipe's amount is in its stock, such as 5000 IU/mL or 10 mmol/L")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.MaterialOrigin: Record {
    static let name = "origin"
    static let summary =
        "What a material is made from."
    static let table = FieldTable<Definition.MaterialOrigin> { table in
        table.required(
            "kind", \.kind, .choice(Definition.OriginKind.self),
            "human, animal, recombinant …")
        table.optional(
            "species", \.species, .text,
            "the species of an animal origin")
        table.optional(
            "country", \.country, .text,
            "the country of origin")
        table.optional(
            "preparation", \.preparation, .text,
            "how it was prepared")
        table.optional(
            "ruminant-exposed", \.isRuminantExposed, .flag,
            "whether ruminant material was used in making it")
    }
}

extension Definition.Supplier: Record {
    static let name = "supplier"
    static let summary =
        "Who supplies a material."
    static let table = FieldTable<Definition.Supplier> { table in
        table.required(
            "name", \.name, .text,
            "the supplier")
        table.optional(
            "country", \.country, .text,
            "where it is")
        table.optional(
            "approved", \.isApproved, .flag,
            "whether it is approved")
        table.optional(
            "audited", \.audited, .date,
            "the day of the last audit")
        table.optional(
            "audit-interval", \.auditInterval, .quantity(.time),
            "how often it is audited")
        table.optional(
            "quality-agreement", \.qualityAgreement, .text,
            "the quality agreement in force")
    }
}

extension Definition.Medium: Record {
    static let name = "medium"
    static let summary =
        "A mixture that is made from materials."
    static let table = FieldTable<Definition.Medium> { table in
        table.required(
            "id", \.id, .identifier(.material),
            "the id by which steps use it")
        table.required(
            "name", \.name, .text,
            "what it is")
        table.list(
            "recipe", \.recipe, .record,
            "what it is made of")
        table.optional(
            "sterile", \.isSterile, .flag,
            "whether it is sterile when it is used")
        table.optional(
            "preparation", \.preparation, .text,
            "how it is made")
        table.optional(
            "shelf-life", \.shelfLife, .quantity(.time),
            "how long it may be kept")
        table.list(
            "tests", \.tests, .text,
            "what each lot is tested for before it is released: sterility, growth")
        table.optional(
            "use-within", \.useWithin, .quantity(.time),
            "how long after it was made it may be used before its release, under the batch record")
        table.optional(
            "storage", \.storage, .record,
            "how it is kept")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.MaterialRole: Choice {}
extension Definition.MaterialClass: Choice {}
extension Definition.MaterialGrade: Choice {}
extension Definition.OriginKind: Choice {}
