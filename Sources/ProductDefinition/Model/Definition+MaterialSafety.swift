public import Diagnostics
public import Quantities

extension Definition {
    /// How the risk of spongiform encephalopathies is dealt with (EMA/410/01 rev.3, Ph. Eur.
    /// 5.2.8).
    public struct TSEStatus: Sendable {
        /// The certificate of suitability (CEP).
        public var certificate: Located<String>?
        /// The risk assessment.
        public var assessment: Located<String>?
        /// Whether that assessment is approved.
        public var isApproved: Located<Bool>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// How viruses are kept out.
    public struct ViralSafety: Sendable {
        /// The viruses tested for.
        public var tests: [Located<String>] = []
        /// The inactivation or removal step.
        public var inactivation: Located<String>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// The donor pool of a platelet lysate.
    public struct PlateletLysate: Sendable {
        /// Donors in a pool.
        public var donors: Located<Int>?
        /// The outcome of their tests.
        public var donorTests: Located<Outcome>?
        /// The method of pathogen reduction.
        public var pathogenReduction: Located<String>?
        /// Why there is none.
        public var justification: Located<String>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// Why something is as it is.
    public struct Justification: Sendable {
        /// The reason.
        public var reason: Located<String> = Located("", at: .missing)
        /// The document that holds it.
        public var document: Located<String>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// How an antibiotic used in the process is kept from harm (PIC/S Annex 2A 5.4).
    public struct AntibioticControl: Sendable {
        /// The operation that removes it.
        public var removedIn: Located<String>?
        /// What may be left.
        public var residualLimit: Located<Limit>?
        /// The study showing that it does not mask growth in sterility tests.
        public var sterilityInterference: Located<String>?
        /// Whether that study passed.
        public var interferencePassed: Located<Bool>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// How a material is qualified.
    public struct MaterialQualification: Sendable {
        /// The qualification report.
        public var document: Located<String>?
        /// Whether it is approved.
        public var isApproved: Located<Bool>?
        /// The growth and phenotype test of each new lot.
        public var lotTest: Located<String>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// The risk profile of a material (PIC/S Annex 2A 5.23).
    public struct MaterialRisk: Sendable {
        /// The level before mitigation.
        public var level: Located<RiskLevel> = Located(.low, at: .missing)
        /// What lowers it.
        public var mitigation: Located<String>?
        /// The level after mitigation.
        public var residual: Located<RiskLevel>?
        /// Microbial contamination.
        public var microbial: Located<RiskLevel>?
        /// Viral contamination.
        public var viral: Located<RiskLevel>?
        /// Spongiform encephalopathies.
        public var tse: Located<RiskLevel>?
        /// Endotoxin.
        public var endotoxin: Located<RiskLevel>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A part that touches the product and is thrown away.
    public struct SingleUse: Sendable {
        /// Whether it touches the product.
        public var touchesProduct: Located<Bool>?
        /// The assessment of extractables and leachables.
        public var leachables: Located<String>?
        /// How its integrity is accepted.
        public var integrity: Located<String>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// The size of a culture vessel.
    public struct VesselSize: Sendable {
        /// Growth area.
        public var area: Located<Quantity>?
        /// Growth layers.
        public var layers: Located<Int>?
        /// Working volume.
        public var volume: Located<Quantity>?
        /// Places it takes in an incubator.
        public var incubatorPlaces: Located<ExactDecimal>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// Whether something conforms to a text.
    public enum Conformity: String, CaseIterable, Hashable, Sendable {
        case yes
        case justified
        case no
        case notApplicable = "not applicable"
    }

    /// How a test ended.
    public enum Outcome: String, CaseIterable, Hashable, Sendable {
        case pass
        case fail
        case pending
        case planned
        case notRequired = "not required"
    }

    /// A step on the usual scale of risks.
    public enum RiskLevel: String, CaseIterable, Hashable, Sendable {
        case low
        case medium
        case high
    }
}

extension Definition.TSEStatus: Record {
    static let name = "TSE status"
    static let summary =
        "How the risk of spongiform encephalopathies is dealt with (EMA/410/01 rev.3, Ph. "
        + "Eur. 5.2.8)."
    static let table = FieldTable<Definition.TSEStatus> { table in
        table.optional(
            "certificate", \.certificate, .text,
            "the certificate of suitability (CEP)")
        table.optional(
            "assessment", \.assessment, .text,
            "the risk assessment")
        table.optional(
            "approved", \.isApproved, .flag,
            "whether that assessment is approved")
    }
}

extension Definition.ViralSafety: Record {
    static let name = "viral safety"
    static let summary =
        "How viruses are kept out."
    static let table = FieldTable<Definition.ViralSafety> { table in
        table.list(
            "tests", \.tests, .text,
            "the viruses tested for")
        table.optional(
            "inactivation", \.inactivation, .text,
            "the inactivation or removal step")
    }
}

extension Definition.PlateletLysate: Record {
    static let name = "platelet lysate"
    static let summary =
        "The donor pool of a platelet lysate."
    static let table = FieldTable<Definition.PlateletLysate> { table in
        table.optional(
            "donors", \.donors, .whole,
            "donors in a pool")
        table.optional(
            "donor-tests", \.donorTests, .choice(Definition.Outcome.self),
            "the outcome of their tests")
        table.optional(
            "pathogen-reduction", \.pathogenReduction, .text,
            "the method of pathogen reduction")
        table.optional(
            "justification", \.justification, .text,
            "why there is none")
    }
}

extension Definition.Justification: Record {
    static let name = "justification"
    static let summary =
        "Why something is as it is."
    static let table = FieldTable<Definition.Justification> { table in
        table.required(
            "reason", \.reason, .text,
            "the reason")
        table.optional(
            "document", \.document, .text,
            "the document that holds it")
    }
}

extension Definition.AntibioticControl: Record {
    static let name = "antibiotic control"
    static let summary =
        "How an antibiotic used in the process is kept from harm (PIC/S Annex 2A 5.4)."
    static let table = FieldTable<Definition.AntibioticControl> { table in
        table.optional(
            "removed-in", \.removedIn, .reference(to: .operation),
            "the operation that removes it")
        table.optional(
            "residual-limit", \.residualLimit, .limit,
            "what may be left")
        table.optional(
            "sterility-interference", \.sterilityInterference, .text,
            "the study showing that it does not mask growth in sterility tests")
        table.optional(
            "interference-passed", \.interferencePassed, .flag,
            "whether that study passed")
    }
}

extension Definition.MaterialQualification: Record {
    static let name = "qualification"
    static let summary =
        "How a material is qualified."
    static let table = FieldTable<Definition.MaterialQualification> { table in
        table.optional(
            "document", \.document, .text,
            "the qualification report")
        table.optional(
            "approved", \.isApproved, .flag,
            "whether it is approved")
        table.optional(
            "lot-test", \.lotTest, .text,
            "the growth and phenotype test of each new lot")
    }
}

extension Definition.MaterialRisk: Record {
    static let name = "risk profile"
    static let summary =
        "The risk profile of a material (PIC/S Annex 2A 5.23)."
    static let table = FieldTable<Definition.MaterialRisk> { table in
        table.required(
            "level", \.level, .choice(Definition.RiskLevel.self),
            "the level before mitigation")
        table.optional(
            "mitigation", \.mitigation, .text,
            "what lowers it")
        table.optional(
            "residual", \.residual, .choice(Definition.RiskLevel.self),
            "the level after mitigation")
        table.optional(
            "microbial", \.microbial, .choice(Definition.RiskLevel.self),
            "microbial contamination")
        table.optional(
            "viral", \.viral, .choice(Definition.RiskLevel.self),
            "viral contamination")
        table.optional(
            "tse", \.tse, .choice(Definition.RiskLevel.self),
            "spongiform encephalopathies")
        table.optional(
            "endotoxin", \.endotoxin, .choice(Definition.RiskLevel.self),
            "endotoxin")
    }
}

extension Definition.SingleUse: Record {
    static let name = "single-use part"
    static let summary =
        "A part that touches the product and is thrown away."
    static let table = FieldTable<Definition.SingleUse> { table in
        table.optional(
            "product-contact", \.touchesProduct, .flag,
            "whether it touches the product")
        table.optional(
            "leachables", \.leachables, .text,
            "the assessment of extractables and leachables")
        table.optional(
            "integrity", \.integrity, .text,
            "how its integrity is accepted")
    }
}

extension Definition.VesselSize: Record {
    static let name = "vessel"
    static let summary =
        "The size of a culture vessel."
    static let table = FieldTable<Definition.VesselSize> { table in
        table.optional(
            "area", \.area, .quantity(.area),
            "growth area")
        table.optional(
            "layers", \.layers, .whole,
            "growth layers")
        table.optional(
            "volume", \.volume, .quantity(.volume),
            "working volume")
        table.optional(
            "incubator-places", \.incubatorPlaces, .number,
            "places it takes in an incubator")
    }
}

extension Definition.Conformity: Choice {}
extension Definition.Outcome: Choice {}
extension Definition.RiskLevel: Choice {}
