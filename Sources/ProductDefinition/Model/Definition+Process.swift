public import Diagnostics
public import Quantities

extension Definition {
    /// How the product is made, from starting material to released container.
    public struct Process: Sendable {
        /// Its name.
        public var name: Located<String>?
        /// Its version.
        public var version: Located<String>?
        /// The version in the trial or marketing authorisation.
        public var authorisedVersion: Located<String>?
        /// Research or GMP.
        public var kind: Located<ProcessKind>?
        /// What makes a batch.
        public var batch: Located<String>?
        /// Pooling of donors.
        @Indirect public var pooling: Pooling?
        /// The limit of cumulative population doublings.
        @Indirect public var maximumPDL: PDLLimit?
        /// Validated freeze-thaw cycles in a lineage.
        public var maximumFreezeThaw: Located<Int>?
        /// The stages, in order.
        public var stages: [Stage] = []
        /// The ways back that are allowed.
        public var reprocessing: [Reprocessing] = []
        /// What is validated.
        @Indirect public var validation: ProcessValidation?
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// Pooling of donors.
    public struct Pooling: Sendable {
        /// Donors in a pool.
        public var donors: Located<Int> = Located(0, at: .missing)
        /// Why.
        public var justification: Located<String>?
        /// The assessment of the infectious risk.
        public var infectiousRisk: Located<String>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// The limit of cumulative population doublings, and what supports it.
    public struct PDLLimit: Sendable {
        /// The most doublings at release.
        public var limit: Located<Quantity> = Located(Quantity(.zero), at: .missing)
        /// Where counting begins.
        public var countedFrom: Located<String>?
        /// Doublings to which the genome was shown stable.
        public var genomicDataTo: Located<Quantity>?
        /// Doublings to which the phenotype was shown stable.
        public var phenotypeDataTo: Located<Quantity>?
        /// The study.
        public var study: Located<String>?
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A stage of the process: from one stored or handed-over state of the cells to the next.
    public struct Stage: Sendable {
        /// The id of the stage.
        public var id: Located<String> = Located("", at: .missing)
        /// What it is.
        public var name: Located<String> = Located("", at: .missing)
        /// Which of the three phases of a cell process it belongs to.
        public var phase: Located<StagePhase> = Located(.procurement, at: .missing)
        /// What it starts from.
        public var from: Located<String>?
        /// What it ends in.
        public var to: Located<String>?
        /// The law it runs under.
        public var regime: Located<Regime>?
        /// The unit operations, in order.
        public var operations: [Operation] = []
        /// What it yields.
        @Indirect public var yield: Estimate?
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// What is validated.
    public struct ProcessValidation: Sendable {
        /// Aseptic processing.
        public var aseptic: Located<ValidationState>?
        /// Sterilisation of what is sterilised here.
        public var sterilisation: Located<ValidationState>?
        /// Virus removal or inactivation.
        public var virusRemoval: Located<ValidationState>?
        /// The whole process.
        public var process: Located<ValidationState>?
        /// Consecutive batches that passed.
        public var consecutiveBatches: Located<Int>?
        /// The number of batches in the protocol.
        public var plannedBatches: Located<Int>?
        /// The approved protocol.
        public var protocolDocument: Located<String>?
        /// Transport.
        public var transport: Located<ValidationState>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// What a process version is for.
    public enum ProcessKind: String, CaseIterable, Hashable, Sendable {
        case research
        case gmp = "GMP"
    }

    /// The three phases of a cell process (Zhang & Stacey 2022, section 3), with procurement before
    /// and testing after.
    public enum StagePhase: String, CaseIterable, Hashable, Sendable {
        case procurement
        case seed
        case expansion
        case differentiation
        case formulationAndStorage = "formulation and storage"
        case release
    }

    /// The law a stage or step runs under.
    public enum Regime: String, CaseIterable, Hashable, Sendable {
        case tissueLaw = "tissue law"
        case gmp = "GMP"
        case clinic
    }

    /// How far something is validated.
    public enum ValidationState: String, CaseIterable, Hashable, Sendable {
        case notNeeded = "not needed"
        case planned
        case suitable
        case qualified
        case validated
    }
}

extension Definition.Process: Record {
    static let name = "process"
    static let summary =
        "How the product is made, from starting material to released container."
    static let table = FieldTable<Definition.Process> { table in
        table.optional(
            "name", \.name, .text,
            "its name")
        table.optional(
            "version", \.version, .text,
            "its version")
        table.optional(
            "authorised-version", \.authorisedVersion, .text,
            "the version in the trial or marketing authorisation")
        table.optional(
            "kind", \.kind, .choice(Definition.ProcessKind.self),
            "research or GMP")
        table.optional(
            "batch", \.batch, .text,
            "what makes a batch")
        table.optional(
            "pooling", \.pooling, .record,
            "pooling of donors")
        table.optional(
            "maximum-pdl", \.maximumPDL, .record,
            "the limit of cumulative population doublings")
        table.optional(
            "maximum-freeze-thaw", \.maximumFreezeThaw, .whole,
            "validated freeze-thaw cycles in a lineage")
        table.list(
            "stages", \.stages, .record,
            "the stages, in order")
        table.list(
            "reprocessing", \.reprocessing, .record,
            "the ways back that are allowed; without one, nothing is done again")
        table.optional(
            "validation", \.validation, .record,
            "what is validated")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.Pooling: Record {
    static let name = "pooling"
    static let summary =
        "Pooling of donors."
    static let table = FieldTable<Definition.Pooling> { table in
        table.required(
            "donors", \.donors, .whole,
            "donors in a pool")
        table.optional(
            "justification", \.justification, .text,
            "why")
        table.optional(
            "infectious-risk", \.infectiousRisk, .text,
            "the assessment of the infectious risk")
    }
}

extension Definition.PDLLimit: Record {
    static let name = "PDL limit"
    static let summary =
        "The limit of cumulative population doublings, and what supports it."
    static let table = FieldTable<Definition.PDLLimit> { table in
        table.required(
            "limit", \.limit, .quantity(.divisions),
            "the most doublings at release")
        table.optional(
            "counted-from", \.countedFrom, .text,
            "where counting begins")
        table.optional(
            "genomic-data-to", \.genomicDataTo, .quantity(.divisions),
            "doublings to which the genome was shown stable")
        table.optional(
            "phenotype-data-to", \.phenotypeDataTo, .quantity(.divisions),
            "doublings to which the phenotype was shown stable")
        table.optional(
            "study", \.study, .text,
            "the study")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.Stage: Record {
    static let name = "stage"
    static let summary =
        "A stage of the process: from one stored or handed-over state of the cells to the "
        + "next."
    static let table = FieldTable<Definition.Stage> { table in
        table.required(
            "id", \.id, .identifier(.stage),
            "the id of the stage")
        table.required(
            "name", \.name, .text,
            "what it is")
        table.required(
            "phase", \.phase, .choice(Definition.StagePhase.self),
            "which of the three phases of a cell process it belongs to")
        table.optional(
            "from", \.from, .reference(to: .material, .bank, .stage, .cellLine),
            "what it starts from")
        table.optional(
            "to", \.to, .reference(to: .bank, .material, .stage),
            "what it ends in")
        table.optional(
            "regime", \.regime, .choice(Definition.Regime.self),
            "the law it runs under")
        table.list(
            "operations", \.operations, .record,
            "the unit operations, in order")
        table.optional(
            "yield", \.yield, .estimate(.any),
            "what it yields")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.ProcessValidation: Record {
    static let name = "process validation"
    static let summary =
        "What is validated."
    static let table = FieldTable<Definition.ProcessValidation> { table in
        table.optional(
            "aseptic", \.aseptic, .choice(Definition.ValidationState.self),
            "aseptic processing")
        table.optional(
            "sterilisation", \.sterilisation, .choice(Definition.ValidationState.self),
            "sterilisation of what is sterilised here")
        table.optional(
            "virus-removal", \.virusRemoval, .choice(Definition.ValidationState.self),
            "virus removal or inactivation")
        table.optional(
            "process", \.process, .choice(Definition.ValidationState.self),
            "the whole process")
        table.optional(
            "consecutive-batches", \.consecutiveBatches, .whole,
            "consecutive batches that passed")
        table.optional(
            "planned-batches", \.plannedBatches, .whole,
            "the number of batches in the protocol")
        table.optional(
            "protocol", \.protocolDocument, .text,
            "the approved protocol")
        table.optional(
            "transport", \.transport, .choice(Definition.ValidationState.self),
            "transport")
    }
}

extension Definition.ProcessKind: Choice {}
extension Definition.StagePhase: Choice {}
extension Definition.Regime: Choice {}
extension Definition.ValidationState: Choice {}
