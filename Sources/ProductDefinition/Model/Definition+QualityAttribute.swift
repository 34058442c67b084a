public import Diagnostics

extension Definition {
    /// A pathway by which the product is meant to work.
    public struct Pathway: Sendable {
        /// The id that assays refer to.
        public var id: Located<String> = Located("", at: .missing)
        /// The pathway in the words of the field.
        public var pathway: Located<String> = Located("", at: .missing)
        /// Whether it matters for this indication; yes if nothing is said.
        public var isRelevant: Located<Bool>?
        /// How well it is shown.
        public var evidence: Located<EvidenceGrade>?
        /// Where it is shown.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// The quality target product profile (ICH Q8(R2) 2.1).
    public struct TargetProfile: Sendable {
        /// The day it was approved.
        public var approved: Located<CalendarDate>?
        /// Its items.
        public var items: [TargetProfileItem] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// One item of the quality target product profile.
    public struct TargetProfileItem: Sendable {
        /// The id that quality attributes refer to.
        public var id: Located<String> = Located("", at: .missing)
        /// What it is about: route, strength, identity ….
        public var item: Located<String> = Located("", at: .missing)
        /// What is aimed at.
        public var target: Located<String> = Located("", at: .missing)
        /// Where it comes from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A property that the quality of the product depends on (ICH Q8(R2) 2.2).
    public struct QualityAttribute: Sendable {
        /// The id that parameters, controls and tests refer to.
        public var id: Located<String> = Located("", at: .missing)
        /// The attribute.
        public var name: Located<String> = Located("", at: .missing)
        /// Whether it is a critical quality attribute (CQA).
        public var isCritical: Located<Bool>?
        /// Which side of quality it belongs to.
        public var testClass: Located<TestClass>?
        /// The items of the QTPP it serves.
        public var qtpp: [Located<String>] = []
        /// Why it is, or is not, critical.
        public var justification: Located<String>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// How well something is shown.
    public enum EvidenceGrade: String, CaseIterable, Hashable, Sendable {
        case inVitro = "in vitro"
        case inVivo = "in vivo"
        case clinical
        case conflicting
    }

    /// The side of quality a test shows (ICH Q6B 2).
    public enum TestClass: String, CaseIterable, Hashable, Sendable {
        case identity
        case purity
        case potency
        case safety
        case quantity
        case quality
    }
}

extension Definition.Pathway: Record {
    static let name = "mode of action"
    static let summary =
        "A pathway by which the product is meant to work."
    static let table = FieldTable<Definition.Pathway> { table in
        table.required(
            "id", \.id, .identifier(.pathway),
            "the id that assays refer to")
        table.required(
            "pathway", \.pathway, .text,
            "the pathway in the words of the field")
        table.optional(
            "relevant", \.isRelevant, .flag,
            "whether it matters for this indication; yes if nothing is said")
        table.optional(
            "evidence", \.evidence, .choice(Definition.EvidenceGrade.self),
            "how well it is shown")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where it is shown")
    }
}

extension Definition.TargetProfile: Record {
    static let name = "QTPP"
    static let summary =
        "The quality target product profile (ICH Q8(R2) 2.1)."
    static let table = FieldTable<Definition.TargetProfile> { table in
        table.optional(
            "approved", \.approved, .date,
            "the day it was approved")
        table.list(
            "items", \.items, .record,
            "its items")
    }
}

extension Definition.TargetProfileItem: Record {
    static let name = "QTPP item"
    static let summary =
        "One item of the quality target product profile."
    static let table = FieldTable<Definition.TargetProfileItem> { table in
        table.required(
            "id", \.id, .identifier(.targetProfile),
            "the id that quality attributes refer to")
        table.required(
            "item", \.item, .text,
            "what it is about: route, strength, identity …")
        table.required(
            "target", \.target, .text,
            "what is aimed at")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where it comes from")
    }
}

extension Definition.QualityAttribute: Record {
    static let name = "quality attribute"
    static let summary =
        "A property that the quality of the product depends on (ICH Q8(R2) 2.2)."
    static let table = FieldTable<Definition.QualityAttribute> { table in
        table.required(
            "id", \.id, .identifier(.attribute),
            "the id that parameters, controls and tests refer to")
        table.required(
            "name", \.name, .text,
            "the attribute")
        table.optional(
            "critical", \.isCritical, .flag,
            "whether it is a critical quality attribute (CQA)")
        table.optional(
            "class", \.testClass, .choice(Definition.TestClass.self),
            "which side of quality it belongs to")
        table.list(
            "qtpp", \.qtpp, .reference(to: .targetProfile),
            "the items of the QTPP it serves")
        table.optional(
            "justification", \.justification, .text,
            "why it is, or is not, critical")
    }
}

extension Definition.EvidenceGrade: Choice {}
extension Definition.TestClass: Choice {}
