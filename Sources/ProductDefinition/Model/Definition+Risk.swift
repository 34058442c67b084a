public import Diagnostics

extension Definition {
    /// The risks of the product, what controls them, and what was decided.
    public struct RiskFile: Sendable {
        /// Risk assessments that were made.
        public var assessments: [RiskAssessment] = []
        /// The hazards for patients.
        public var hazards: [Hazard] = []
        /// How the process can fail.
        public var failureModes: [FailureMode] = []
        /// Rules that are waived, each by a risk assessment.
        public var waivers: [Waiver] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A documented assessment of a risk (ICH Q9(R1)).
    public struct RiskAssessment: Sendable {
        /// The id that waivers and steps refer to.
        public var id: Located<String> = Located("", at: .missing)
        /// What it is about.
        public var title: Located<String> = Located("", at: .missing)
        /// The document.
        public var document: Located<String>?
        /// The day it was approved.
        public var approved: Located<CalendarDate>?
        /// The role that approved it.
        public var approvedBy: Located<String>?
        /// The day its review is due.
        public var reviewDue: Located<CalendarDate>?
        /// What it concludes.
        public var conclusion: Located<String>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A harm that the product could do.
    public struct Hazard: Sendable {
        /// The id of the hazard.
        public var id: Located<String> = Located("", at: .missing)
        /// Which of the known hazards.
        public var kind: Located<HazardKind> = Located(.infection, at: .missing)
        /// How it could come about.
        public var description: Located<String>?
        /// What makes it more or less likely.
        public var factors: [Located<RiskFactor>] = []
        /// What controls it.
        public var controls: [Located<String>] = []
        /// What shows that the controls work.
        public var evidence: [Located<String>] = []
        /// The level that remains.
        public var level: Located<RiskLevel>?
        /// Where the facts come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A way in which a step can fail (FMEA).
    public struct FailureMode: Sendable {
        /// A short id.
        public var id: Located<String>?
        /// The operation.
        public var operation: Located<String>?
        /// The material.
        public var material: Located<String>?
        /// What goes wrong.
        public var failure: Located<String> = Located("", at: .missing)
        /// Why.
        public var cause: Located<String>?
        /// What follows.
        public var effect: Located<String>?
        /// 1 to 10.
        public var severity: Located<Int>?
        /// 1 to 10.
        public var occurrence: Located<Int>?
        /// 1 to 10, 10 for what is never noticed.
        public var detection: Located<Int>?
        /// What is done about it.
        public var control: Located<String>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A rule that is not followed here, with the reason.
    public struct Waiver: Sendable {
        /// The id of the rule.
        public var rule: Located<String> = Located("", at: .missing)
        /// The id of the thing it is waived for; everywhere if nothing is said.
        public var at: Located<String>?
        /// The risk assessment behind it.
        public var assessment: Located<String> = Located("", at: .missing)
        /// The reason, as it will be printed.
        public var justification: Located<String> = Located("", at: .missing)
        /// Whether the authority approved it.
        public var isAuthorityApproved: Located<Bool>?
        /// Whether there is no alternative for the patients.
        public var hasNoAlternative: Located<Bool>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// The known hazards of cell medicines.
    public enum HazardKind: String, CaseIterable, Hashable, Sendable {
        case infection
        case embolism
        case acuteImmunogenicity = "acute immunogenicity"
        case chronicImmunogenicity = "chronic immunogenicity"
        case tumorigenicity
        case treatmentFailure = "treatment failure"
        case toxicityOfResidues = "toxicity of residues"
        case unwantedDifferentiation = "unwanted differentiation"
        case unwantedTissueDistribution = "unwanted tissue distribution"
        case interactionWithMedicines = "interaction with medicines"
        case procedure
    }

    /// What makes a hazard more or less likely (EMA/CAT/CPWP/686637/2011).
    public enum RiskFactor: String, CaseIterable, Hashable, Sendable {
        case originOfCells = "origin of cells"
        case donor
        case capacityToProliferate = "capacity to proliferate"
        case capacityToDifferentiate = "capacity to differentiate"
        case durationOfCulture = "duration of culture"
        case geneticStability = "genetic stability"
        case manipulation
        case materialsOfBiologicalOrigin = "materials of biological origin"
        case openProcessing = "open processing"
        case absenceOfSterilisation = "absence of sterilisation"
        case impurities
        case residualUndifferentiatedCells = "residual undifferentiated cells"
        case cellSizeAndAggregates = "cell size and aggregates"
        case immuneMismatch = "immune mismatch"
        case abilityToStartAnImmuneResponse = "ability to start an immune response"
        case dose
        case route
        case durationOfExposure = "duration of exposure"
        case storageAndTransport = "storage and transport"
        case experienceOfUse = "experience of use"
    }
}

extension Definition.RiskFile: Record {
    static let name = "risk file"
    static let summary =
        "The risks of the product, what controls them, and what was decided."
    static let table = FieldTable<Definition.RiskFile> { table in
        table.list(
            "assessments", \.assessments, .record,
            "risk assessments that were made")
        table.list(
            "hazards", \.hazards, .record,
            "the hazards for patients")
        table.list(
            "failure-modes", \.failureModes, .record,
            "how the process can fail")
        table.list(
            "waivers", \.waivers, .record,
            "rules that are waived, each by a risk assessment")
    }
}

extension Definition.RiskAssessment: Record {
    static let name = "risk assessment"
    static let summary =
        "A documented assessment of a risk (ICH Q9(R1))."
    static let table = FieldTable<Definition.RiskAssessment> { table in
        table.required(
            "id", \.id, .identifier(.assessment),
            "the id that waivers and steps refer to")
        table.required(
            "title", \.title, .text,
            "what it is about")
        table.optional(
            "document", \.document, .text,
            "the document")
        table.optional(
            "approved", \.approved, .date,
            "the day it was approved")
        table.optional(
            "approved-by", \.approvedBy, .text,
            "the role that approved it")
        table.optional(
            "review-due", \.reviewDue, .date,
            "the day its review is due")
        table.optional(
            "conclusion", \.conclusion, .text,
            "what it concludes")
    }
}

extension Definition.Hazard: Record {
    static let name = "hazard"
    static let summary =
        "A harm that the product could do."
    static let table = FieldTable<Definition.Hazard> { table in
        table.required(
            "id", \.id, .identifier(.hazard),
            "the id of the hazard")
        table.required(
            "kind", \.kind, .choice(Definition.HazardKind.self),
            "which of the known hazards")
        table.optional(
            "description", \.description, .text,
            "how it could come about")
        table.list(
            "factors", \.factors, .choice(Definition.RiskFactor.self),
            "what makes it more or less likely")
        table.list(
            "controls", \.controls, .text,
            "what controls it")
        table.list(
            "evidence", \.evidence, .text,
            "what shows that the controls work")
        table.optional(
            "level", \.level, .choice(Definition.RiskLevel.self),
            "the level that remains")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the facts come from")
    }
}

extension Definition.FailureMode: Record {
    static let name = "failure mode"
    static let summary =
        "A way in which a step can fail (FMEA)."
    static let table = FieldTable<Definition.FailureMode> { table in
        table.optional(
            "id", \.id, .localIdentifier,
            "a short id")
        table.optional(
            "operation", \.operation, .reference(to: .operation),
            "the operation")
        table.optional(
            "material", \.material, .reference(to: .material),
            "the material")
        table.required(
            "failure", \.failure, .text,
            "what goes wrong")
        table.optional(
            "cause", \.cause, .text,
            "why")
        table.optional(
            "effect", \.effect, .text,
            "what follows")
        table.optional(
            "severity", \.severity, .whole,
            "1 to 10")
        table.optional(
            "occurrence", \.occurrence, .whole,
            "1 to 10")
        table.optional(
            "detection", \.detection, .whole,
            "1 to 10, 10 for what is never noticed")
        table.optional(
            "control", \.control, .text,
            "what is done about it")
    }
}

extension Definition.Waiver: Record {
    static let name = "waiver"
    static let summary =
        "A rule that is not followed here, with the reason."
    static let table = FieldTable<Definition.Waiver> { table in
        table.required(
            "rule", \.rule, .text,
            "the id of the rule")
        table.optional(
            "at", \.at, .text,
            "the id of the thing it is waived for; everywhere if nothing is said")
        table.required(
            "assessment", \.assessment, .reference(to: .assessment),
            "the risk assessment behind it")
        table.required(
            "justification", \.justification, .text,
            "the reason, as it will be printed")
        table.optional(
            "authority-approved", \.isAuthorityApproved, .flag,
            "whether the authority approved it")
        table.optional(
            "no-alternative", \.hasNoAlternative, .flag,
            "whether there is no alternative for the patients")
    }
}

extension Definition.HazardKind: Choice {}
extension Definition.RiskFactor: Choice {}
