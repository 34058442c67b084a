public import Diagnostics
public import Guidance

extension Definition {
    /// The medicine: what it is, for whom, how much of it, and how it is kept.
    public struct Product: Sendable {
        /// A short id, used in file names and batch numbers.
        public var id: Located<String> = Located("", at: .missing)
        /// The name of the product.
        public var name: Located<String> = Located("", at: .missing)
        /// The version of this definition, such as 0.3.0.
        public var version: Located<String> = Located("", at: .missing)
        /// How far development has come: preclinical, phase1, pivotal or commercial.
        public var phase: Located<DevelopmentPhase> = Located(.preclinical, at: .missing)
        /// Where it is made, tried or sold: EU, US, UK ….
        public var jurisdictions: [Located<Jurisdiction>] = []
        /// Who develops it and owns its banks.
        public var developer: Located<String>?
        /// What the active cells are.
        public var cellType: Located<CellType>?
        /// What they are grown from.
        public var cellSource: Located<CellSource>?
        /// The active substance in one sentence.
        public var activeSubstance: Located<String>?
        /// Whose cells the patient receives.
        public var origin: Located<DonorRelation>?
        /// The disease and the patients.
        public var indication: Located<String>?
        /// Whether the disease threatens life and nothing else helps.
        public var lifeThreatening: Located<Bool>?
        /// How it is given.
        public var route: Located<Route>?
        /// How much is given, and how often.
        @Indirect public var dose: Dose?
        /// What one container holds.
        @Indirect public var formulation: Formulation?
        /// How the product is kept.
        @Indirect public var storage: Storage?
        /// How long it may be kept.
        @Indirect public var shelfLife: ShelfLife?
        /// How long it may be used after thawing or opening.
        @Indirect public var inUse: ShelfLife?
        /// The answers that decide which kind of ATMP it is.
        @Indirect public var classification: Classification?
        /// The pathways by which it is meant to work.
        public var modeOfAction: [Pathway] = []
        /// The quality target product profile.
        @Indirect public var qtpp: TargetProfile?
        /// The attributes that quality depends on, the critical ones marked.
        public var qualityAttributes: [QualityAttribute] = []
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// What the active cells are.
    public enum CellType: String, CaseIterable, Hashable, Sendable {
        case mesenchymalStromalCells = "mesenchymal stromal cells"
        case retinalPigmentEpithelium = "retinal pigment epithelium"
        case dopaminergicProgenitors = "dopaminergic progenitors"
        case cardiomyocytes
        case isletCells = "islet cells"
        case pluripotentDerivedMesenchymalCells = "pluripotent-derived mesenchymal cells"
        case neuralProgenitors = "neural progenitors"
        case keratinocytes
        case chondrocytes
        case tCells = "T cells"
        case nkCells = "NK cells"
        case other
    }

    /// What the cells are grown from.
    public enum CellSource: String, CaseIterable, Hashable, Sendable {
        case umbilicalCord = "umbilical cord"
        case cordBlood = "cord blood"
        case boneMarrow = "bone marrow"
        case adiposeTissue = "adipose tissue"
        case placenta
        case embryonicStemCells = "embryonic stem cells"
        case inducedPluripotentStemCells = "induced pluripotent stem cells"
        case otherTissue = "other tissue"
    }

    /// Whose cells a patient receives.
    public enum DonorRelation: String, CaseIterable, Hashable, Sendable {
        case allogeneic
        case autologous
        case matched
    }

    /// How the product is given.
    public enum Route: String, CaseIterable, Hashable, Sendable {
        case intravenous
        case intraArterial = "intra-arterial"
        case intrathecal
        case intracerebral
        case intraputaminal
        case subretinal
        case intravitreal
        case intramyocardial
        case intracoronary
        case intraArticular = "intra-articular"
        case intramuscular
        case intraportal
        case subcutaneous
        case intradermal
        case topical
        case perianal
        case surgicalImplantation = "surgical implantation"
        case other
    }
}

extension Definition.Product: Record {
    static let name = "product"
    static let summary =
        "The medicine: what it is, for whom, how much of it, and how it is kept."
    static let table = FieldTable<Definition.Product> { table in
        table.required(
            "id", \.id, .localIdentifier,
            "a short id, used in file names and batch numbers")
        table.required(
            "name", \.name, .text,
            "the name of the product")
        table.required(
            "version", \.version, .text,
            "the version of this definition, such as 0.3.0")
        table.required(
            "phase", \.phase, .choice(DevelopmentPhase.self),
            "how far development has come: preclinical, phase1, pivotal or commercial")
        table.list(
            "jurisdictions", \.jurisdictions, .choice(Jurisdiction.self),
            "where it is made, tried or sold: EU, US, UK …")
        table.optional(
            "developer", \.developer, .text,
            "who develops it and owns its banks")
        table.optional(
            "cell-type", \.cellType, .choice(Definition.CellType.self),
            "what the active cells are")
        table.optional(
            "cell-source", \.cellSource, .choice(Definition.CellSource.self),
            "what they are grown from")
        table.optional(
            "active-substance", \.activeSubstance, .text,
            "the active substance in one sentence")
        table.optional(
            "origin", \.origin, .choice(Definition.DonorRelation.self),
            "whose cells the patient receives")
        table.optional(
            "indication", \.indication, .text,
            "the disease and the patients")
        table.optional(
            "life-threatening", \.lifeThreatening, .flag,
            "whether the disease threatens life and nothing else helps")
        table.optional(
            "route", \.route, .choice(Definition.Route.self),
            "how it is given")
        table.optional(
            "dose", \.dose, .record,
            "how much is given, and how often")
        table.optional(
            "formulation", \.formulation, .record,
            "what one container holds")
        table.optional(
            "storage", \.storage, .record,
            "how the product is kept")
        table.optional(
            "shelf-life", \.shelfLife, .record,
            "how long it may be kept")
        table.optional(
            "in-use", \.inUse, .record,
            "how long it may be used after thawing or opening")
        table.optional(
            "classification", \.classification, .record,
            "the answers that decide which kind of ATMP it is")
        table.list(
            "mode-of-action", \.modeOfAction, .record,
            "the pathways by which it is meant to work")
        table.optional(
            "qtpp", \.qtpp, .record,
            "the quality target product profile")
        table.list(
            "quality-attributes", \.qualityAttributes, .record,
            "the attributes that quality depends on, the critical ones marked")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.CellType: Choice {}
extension Definition.CellSource: Choice {}
extension Definition.DonorRelation: Choice {}
extension Definition.Route: Choice {}
