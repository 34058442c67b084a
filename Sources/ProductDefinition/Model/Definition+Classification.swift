public import Diagnostics

extension Definition {
    /// What decides whether the product is an ATMP, and which kind.
    public struct Classification: Sendable {
        /// The class that was concluded.
        public var atmpClass: Located<ATMPClass>?
        /// Why, in a sentence or two.
        public var reason: Located<String>?
        /// The recommendation of the CAT, or another authority, with its date.
        public var recommendation: Located<String>?
        /// Whether it contains living cells or tissue.
        public var hasViableCells: Located<Bool>?
        /// Whether dead cells in it act pharmacologically, immunologically or metabolically.
        public var nonViableCellsAct: Located<Bool>?
        /// Whether it contains or consists of recombinant nucleic acid.
        public var hasRecombinantNucleicAcid: Located<Bool>?
        /// Whether the effect comes from that sequence or its product.
        public var effectComesFromNucleicAcid: Located<Bool>?
        /// Whether it is a vaccine against an infectious disease.
        public var isInfectiousDiseaseVaccine: Located<Bool>?
        /// Whether the cells are changed beyond the list of Regulation 1394/2007 Annex I.
        public var isSubstantiallyManipulated: Located<Bool>?
        /// Whether they do in the recipient what they did in the donor.
        public var hasSameEssentialFunction: Located<Bool>?
        /// What it is meant to do.
        public var actions: [Located<IntendedAction>] = []
        /// A medical device that is an integral part.
        @Indirect public var device: Device?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A medical device within the product.
    public struct Device: Sendable {
        /// The device.
        public var name: Located<String> = Located("", at: .missing)
        /// Whether it is an integral part of the product.
        public var isIntegral: Located<Bool>?
        /// The evidence that it conforms to the law on devices.
        public var conformity: Located<String>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// The kinds of advanced therapy medicinal product, and none.
    public enum ATMPClass: String, CaseIterable, Hashable, Sendable {
        case geneTherapy = "gene therapy"
        case somaticCellTherapy = "somatic cell therapy"
        case tissueEngineered = "tissue engineered"
        case combined
        case notAnATMP = "not an ATMP"
    }

    /// What a product is meant to do.
    public enum IntendedAction: String, CaseIterable, Hashable, Sendable {
        case pharmacological
        case immunological
        case metabolic
        case regenerate
        case repair
        case replace
    }
}

extension Definition.Classification: Record {
    static let name = "classification"
    static let summary =
        "What decides whether the product is an ATMP, and which kind."
    static let table = FieldTable<Definition.Classification> { table in
        table.optional(
            "class", \.atmpClass, .choice(Definition.ATMPClass.self),
            "the class that was concluded")
        table.optional(
            "reason", \.reason, .text,
            "why, in a sentence or two")
        table.optional(
            "recommendation", \.recommendation, .text,
            "the recommendation of the CAT, or another authority, with its date")
        table.optional(
            "viable-cells", \.hasViableCells, .flag,
            "whether it contains living cells or tissue")
        table.optional(
            "non-viable-cells-act", \.nonViableCellsAct, .flag,
            "whether dead cells in it act pharmacologically, immunologically or metabolically")
        table.optional(
            "recombinant-nucleic-acid", \.hasRecombinantNucleicAcid, .flag,
            "whether it contains or consists of recombinant nucleic acid")
        table.optional(
            "effect-from-nucleic-acid", \.effectComesFromNucleicAcid, .flag,
            "whether the effect comes from that sequence or its product")
        table.optional(
            "infectious-disease-vaccine", \.isInfectiousDiseaseVaccine, .flag,
            "whether it is a vaccine against an infectious disease")
        table.optional(
            "substantially-manipulated", \.isSubstantiallyManipulated, .flag,
            "whether the cells are changed beyond the list of Regulation 1394/2007 Annex I")
        table.optional(
            "same-essential-function", \.hasSameEssentialFunction, .flag,
            "whether they do in the recipient what they did in the donor")
        table.list(
            "actions", \.actions, .choice(Definition.IntendedAction.self),
            "what it is meant to do")
        table.optional(
            "device", \.device, .record,
            "a medical device that is an integral part")
    }
}

extension Definition.Device: Record {
    static let name = "device"
    static let summary =
        "A medical device within the product."
    static let table = FieldTable<Definition.Device> { table in
        table.required(
            "name", \.name, .text,
            "the device")
        table.optional(
            "integral", \.isIntegral, .flag,
            "whether it is an integral part of the product")
        table.optional(
            "conformity", \.conformity, .text,
            "the evidence that it conforms to the law on devices")
    }
}

extension Definition.ATMPClass: Choice {}
extension Definition.IntendedAction: Choice {}
