public import Diagnostics
public import Quantities

extension Definition {
    /// How much a patient receives at once, and how often.
    public struct Dose: Sendable {
        /// The intended dose; its unit says whether it goes by body weight.
        public var target: Located<Quantity> = Located(Quantity(.zero), at: .missing)
        /// The lowest and the highest dose.
        public var range: Located<QuantityRange>?
        /// The body weights that are treated.
        public var patientWeight: Located<QuantityRange>?
        /// The volume given at once.
        public var volume: Located<QuantityRange>?
        /// How long giving it takes.
        public var infusionTime: Located<QuantityRange>?
        /// How many times it is given.
        public var administrations: Located<QuantityRange>?
        /// The time between two administrations.
        public var interval: Located<Quantity>?
        /// How much more is prepared than reaches the patient.
        public var deadVolumeFactor: Located<ExactDecimal>?
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// What one container of the product holds.
    public struct Formulation: Sendable {
        /// The primary container.
        public var container: Located<String>?
        /// The volume in one container.
        public var fillVolume: Located<Quantity>?
        /// The nominal viable cells in one container.
        public var cellsPerContainer: Located<Quantity>?
        /// Viable cells per volume.
        public var concentration: Located<Quantity>?
        /// How much more is filled than the label says.
        public var overfill: Located<Quantity>?
        /// The share of viable cells that survive freezing and thawing.
        @Indirect public var postThawRecovery: Estimate?
        /// The share left after washing before use.
        @Indirect public var washRecovery: Estimate?
        /// Everything but the cells, with its share.
        public var excipients: [Ingredient] = []
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A material or medium and how much of it.
    public struct Ingredient: Sendable {
        /// The material or medium.
        public var material: Located<String> = Located("", at: .missing)
        /// Its share or concentration, such as 5 % or 100 ng/mL.
        public var amount: Located<Quantity> = Located(Quantity(.zero), at: .missing)
        /// Where the figure comes from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// How something is kept.
    public struct Storage: Sendable {
        /// Frozen or not.
        public var state: Located<StorageState>?
        /// The temperatures it is kept at.
        public var temperature: Located<QuantityRange>?
        /// Where in a nitrogen tank it stands.
        public var phase: Located<NitrogenPhase>?
        /// Whether the containers are sealed against nitrogen.
        public var isSealed: Located<Bool>?
        /// The places it is divided over.
        public var sites: [Located<String>] = []
        /// Whether temperature or level is recorded without a gap.
        public var isMonitored: Located<Bool>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// How long something may be kept, and what shows it.
    public struct ShelfLife: Sendable {
        /// How long.
        public var claim: Located<Quantity> = Located(Quantity(.zero), at: .missing)
        /// At which temperatures.
        public var temperature: Located<QuantityRange>?
        /// The stability study behind it.
        public var study: Located<String>?
        /// Where the figure comes from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// Whether something is frozen.
    public enum StorageState: String, CaseIterable, Hashable, Sendable {
        case frozen
        case fresh
        case ambient
    }

    /// Where in a nitrogen tank something stands.
    public enum NitrogenPhase: String, CaseIterable, Hashable, Sendable {
        case vapour
        case liquid
    }
}

extension Definition.Dose: Record {
    static let name = "dose"
    static let summary =
        "How much a patient receives at once, and how often."
    static let table = FieldTable<Definition.Dose> { table in
        table.required(
            "target", \.target, .quantity(.dose),
            "the intended dose; its unit says whether it goes by body weight")
        table.optional(
            "range", \.range, .range(.dose),
            "the lowest and the highest dose")
        table.optional(
            "patient-weight", \.patientWeight, .range(.bodyWeight),
            "the body weights that are treated")
        table.optional(
            "volume", \.volume, .range(.volumeGiven),
            "the volume given at once")
        table.optional(
            "infusion-time", \.infusionTime, .range(.time),
            "how long giving it takes")
        table.optional(
            "administrations", \.administrations, .range(.any),
            "how many times it is given")
        table.optional(
            "interval", \.interval, .quantity(.time),
            "the time between two administrations")
        table.optional(
            "dead-volume-factor", \.deadVolumeFactor, .number,
            "how much more is prepared than reaches the patient")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.Formulation: Record {
    static let name = "formulation"
    static let summary =
        "What one container of the product holds."
    static let table = FieldTable<Definition.Formulation> { table in
        table.optional(
            "container", \.container, .reference(to: .material),
            "the primary container")
        table.optional(
            "fill-volume", \.fillVolume, .quantity(.volume),
            "the volume in one container")
        table.optional(
            "cells-per-container", \.cellsPerContainer, .quantity(.cells),
            "the nominal viable cells in one container")
        table.optional(
            "concentration", \.concentration, .quantity(.concentration),
            "viable cells per volume")
        table.optional(
            "overfill", \.overfill, .quantity(.ratio),
            "how much more is filled than the label says")
        table.optional(
            "post-thaw-recovery", \.postThawRecovery, .estimate(.ratio),
            "the share of viable cells that survive freezing and thawing")
        table.optional(
            "wash-recovery", \.washRecovery, .estimate(.ratio),
            "the share left after washing before use")
        table.list(
            "excipients", \.excipients, .record,
            "everything but the cells, with its share")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.Ingredient: Record {
    static let name = "ingredient"
    static let summary =
        "A material or medium and how much of it."
    static let table = FieldTable<Definition.Ingredient> { table in
        table.required(
            "material", \.material, .reference(to: .material),
            "the material or medium")
        table.required(
            "amount", \.amount, .quantity(.any),
            "its share or concentration, such as 5 % or 100 ng/mL")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figure comes from")
    }
}

extension Definition.Storage: Record {
    static let name = "storage"
    static let summary =
        "How something is kept."
    static let table = FieldTable<Definition.Storage> { table in
        table.optional(
            "state", \.state, .choice(Definition.StorageState.self),
            "frozen or not")
        table.optional(
            "temperature", \.temperature, .range(.temperature),
            "the temperatures it is kept at")
        table.optional(
            "phase", \.phase, .choice(Definition.NitrogenPhase.self),
            "where in a nitrogen tank it stands")
        table.optional(
            "sealed", \.isSealed, .flag,
            "whether the containers are sealed against nitrogen")
        table.list(
            "sites", \.sites, .text,
            "the places it is divided over")
        table.optional(
            "monitored", \.isMonitored, .flag,
            "whether temperature or level is recorded without a gap")
    }
}

extension Definition.ShelfLife: Record {
    static let name = "shelf life"
    static let summary =
        "How long something may be kept, and what shows it."
    static let table = FieldTable<Definition.ShelfLife> { table in
        table.required(
            "claim", \.claim, .quantity(.time),
            "how long")
        table.optional(
            "temperature", \.temperature, .range(.temperature),
            "at which temperatures")
        table.optional(
            "study", \.study, .reference(to: .study),
            "the stability study behind it")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figure comes from")
    }
}

extension Definition.StorageState: Choice {}
extension Definition.NitrogenPhase: Choice {}
