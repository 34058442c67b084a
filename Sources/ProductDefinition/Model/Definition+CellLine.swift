public import Diagnostics
public import Quantities

extension Definition {
    /// The pluripotent or other continuous line that the product comes from.
    public struct CellLine: Sendable {
        /// The id of the line.
        public var id: Located<String> = Located("", at: .missing)
        /// Its name.
        public var name: Located<String> = Located("", at: .missing)
        /// Whether it was derived here or bought.
        public var lineSource: Located<LineSource>?
        /// Who provided it.
        public var provider: Located<String>?
        /// What the donor agreed to.
        @Indirect public var consent: Consent?
        /// The tests of the donor.
        public var donorTests: [Located<String>] = []
        /// What was checked before it was taken.
        @Indirect public var dueDiligence: DueDiligence?
        /// Its life from the donor to now, without a gap.
        public var history: [LineHistory] = []
        /// How an induced line was made.
        @Indirect public var reprogramming: Reprogramming?
        /// The document with its STR profile.
        public var strProfile: Located<String>?
        /// Its HLA type, or the document with it.
        public var hla: Located<String>?
        /// Where the facts come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// What was checked before a line was taken.
    public struct DueDiligence: Sendable {
        /// Whether every point is closed.
        public var isClosed: Located<Bool>?
        /// The licence for commercial use.
        public var licence: Located<String>?
        /// The report.
        public var document: Located<String>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A stretch of the life of a line.
    public struct LineHistory: Sendable {
        /// From which passage to which.
        public var passages: Located<QuantityRange>?
        /// What happened: derivation, transfer, banking.
        public var event: Located<String> = Located("", at: .missing)
        /// Where.
        public var site: Located<String>?
        /// When it began.
        public var date: Located<CalendarDate>?
        /// What it was grown with.
        public var materials: Located<String>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// How an induced line was made.
    public struct Reprogramming: Sendable {
        /// The method.
        public var method: Located<String> = Located("", at: .missing)
        /// Whether it integrates into the genome.
        public var isIntegrating: Located<Bool>?
        /// The assessment an integrating method needs.
        public var geneTherapyAssessment: Located<String>?
        /// The result for residual vector.
        public var residualVector: Located<Limit>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// Where a cell line comes from.
    public enum LineSource: String, CaseIterable, Hashable, Sendable {
        case own
        case external
    }
}

extension Definition.CellLine: Record {
    static let name = "cell line"
    static let summary =
        "The pluripotent or other continuous line that the product comes from."
    static let table = FieldTable<Definition.CellLine> { table in
        table.required(
            "id", \.id, .identifier(.cellLine),
            "the id of the line")
        table.required(
            "name", \.name, .text,
            "its name")
        table.optional(
            "source", \.lineSource, .choice(Definition.LineSource.self),
            "whether it was derived here or bought")
        table.optional(
            "provider", \.provider, .text,
            "who provided it")
        table.optional(
            "consent", \.consent, .record,
            "what the donor agreed to")
        table.list(
            "donor-tests", \.donorTests, .text,
            "the tests of the donor")
        table.optional(
            "due-diligence", \.dueDiligence, .record,
            "what was checked before it was taken")
        table.list(
            "history", \.history, .record,
            "its life from the donor to now, without a gap")
        table.optional(
            "reprogramming", \.reprogramming, .record,
            "how an induced line was made")
        table.optional(
            "str-profile", \.strProfile, .text,
            "the document with its STR profile")
        table.optional(
            "hla", \.hla, .text,
            "its HLA type, or the document with it")
        table.list(
            "references", \.sources, .reference(to: .source),
            "where the facts come from")
    }
}

extension Definition.DueDiligence: Record {
    static let name = "due diligence"
    static let summary =
        "What was checked before a line was taken."
    static let table = FieldTable<Definition.DueDiligence> { table in
        table.optional(
            "closed", \.isClosed, .flag,
            "whether every point is closed")
        table.optional(
            "licence", \.licence, .text,
            "the licence for commercial use")
        table.optional(
            "document", \.document, .text,
            "the report")
    }
}

extension Definition.LineHistory: Record {
    static let name = "stretch of history"
    static let summary =
        "A stretch of the life of a line."
    static let table = FieldTable<Definition.LineHistory> { table in
        table.optional(
            "passages", \.passages, .range(.any),
            "from which passage to which")
        table.required(
            "event", \.event, .text,
            "what happened: derivation, transfer, banking")
        table.optional(
            "site", \.site, .text,
            "where")
        table.optional(
            "date", \.date, .date,
            "when it began")
        table.optional(
            "materials", \.materials, .text,
            "what it was grown with")
    }
}

extension Definition.Reprogramming: Record {
    static let name = "reprogramming"
    static let summary =
        "How an induced line was made."
    static let table = FieldTable<Definition.Reprogramming> { table in
        table.required(
            "method", \.method, .text,
            "the method")
        table.optional(
            "integrating", \.isIntegrating, .flag,
            "whether it integrates into the genome")
        table.optional(
            "gene-therapy-assessment", \.geneTherapyAssessment, .text,
            "the assessment an integrating method needs")
        table.optional(
            "residual-vector", \.residualVector, .limit,
            "the result for residual vector")
    }
}

extension Definition.LineSource: Choice {}
