public import Diagnostics

extension Definition {
    /// Where a figure or a statement comes from.
    public struct Source: Sendable {
        /// The id by which figures name it.
        public var id: Located<String> = Located("", at: .missing)
        /// Authors, year and title, or what it is.
        public var cite: Located<String> = Located("", at: .missing)
        /// The digital object identifier.
        public var doi: Located<String>?
        /// Where it can be read.
        public var url: Located<String>?
        /// What kind of knowledge it is.
        public var kind: Located<SourceKind>?
        /// Whether the figure was seen there.
        public var status: Located<SourceStatus>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// What kind of knowledge a source is.
    public enum SourceKind: String, CaseIterable, Hashable, Sendable {
        case ownData = "own data"
        case publication
        case guideline
        case societyCriterion = "society criterion"
        case supplier
        case generalKnowledge = "general knowledge"
    }

    /// Whether a figure was seen in its source.
    public enum SourceStatus: String, CaseIterable, Hashable, Sendable {
        case read
        case abstractRead = "abstract read"
        case unconfirmed
    }
}

extension Definition.Source: Record {
    static let name = "source"
    static let summary =
        "Where a figure or a statement comes from."
    static let table = FieldTable<Definition.Source> { table in
        table.required(
            "id", \.id, .identifier(.source),
            "the id by which figures name it")
        table.required(
            "cite", \.cite, .text,
            "authors, year and title, or what it is")
        table.optional(
            "doi", \.doi, .text,
            "the digital object identifier")
        table.optional(
            "url", \.url, .text,
            "where it can be read")
        table.optional(
            "kind", \.kind, .choice(Definition.SourceKind.self),
            "what kind of knowledge it is")
        table.optional(
            "status", \.status, .choice(Definition.SourceStatus.self),
            "whether the figure was seen there")
    }
}

extension Definition.SourceKind: Choice {}
extension Definition.SourceStatus: Choice {}
