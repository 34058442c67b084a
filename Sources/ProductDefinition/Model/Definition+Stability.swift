public import Diagnostics
public import Quantities

extension Definition {
    /// What is measured over time to support a shelf life.
    public struct StabilityStudy: Sendable {
        /// The id of the study.
        public var id: Located<String> = Located("", at: .missing)
        /// What it is.
        public var name: Located<String>?
        /// What is studied.
        public var subject: Located<StabilitySubject> = Located(.drugProduct, at: .missing)
        /// Which kind of study.
        public var kind: Located<StudyKind> = Located(.longTerm, at: .missing)
        /// The container.
        public var container: Located<String>?
        /// The temperature.
        public var temperature: Located<QuantityRange>?
        /// The condition in words.
        public var condition: Located<String>?
        /// When it is tested.
        public var points: [Located<Quantity>] = []
        /// What is tested.
        public var tests: [Located<String>] = []
        /// Batches in it.
        public var batches: Located<Int>?
        /// Containers at each point.
        public var containersPerPoint: Located<Int>?
        /// The last point with results.
        public var dataTo: Located<Quantity>?
        /// The time the data support.
        public var supports: Located<Quantity>?
        /// The results.
        public var results: [StabilityResult] = []
        /// The protocol.
        public var protocolDocument: Located<String>?
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A result of a stability study.
    public struct StabilityResult: Sendable {
        /// The assay.
        public var assay: Located<String> = Located("", at: .missing)
        /// The batch.
        public var batch: Located<String>?
        /// When.
        public var at: Located<Quantity> = Located(Quantity(.zero), at: .missing)
        /// The result.
        public var value: Located<Quantity> = Located(Quantity(.zero), at: .missing)
        /// Where it comes from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// What a stability study is about.
    public enum StabilitySubject: String, CaseIterable, Hashable, Sendable {
        case drugProduct = "drug product"
        case bank
        case intermediate
        case medium
        case referenceStandard = "reference standard"
    }

    /// A kind of stability study.
    public enum StudyKind: String, CaseIterable, Hashable, Sendable {
        case longTerm = "long-term"
        case accelerated
        case inUse = "in-use"
        case transport
        case freezeThaw = "freeze-thaw"
        case hold
    }
}

extension Definition.StabilityStudy: Record {
    static let name = "stability study"
    static let summary =
        "What is measured over time to support a shelf life."
    static let table = FieldTable<Definition.StabilityStudy> { table in
        table.required(
            "id", \.id, .identifier(.study),
            "the id of the study")
        table.optional(
            "name", \.name, .text,
            "what it is")
        table.required(
            "of", \.subject, .choice(Definition.StabilitySubject.self),
            "what is studied")
        table.required(
            "kind", \.kind, .choice(Definition.StudyKind.self),
            "which kind of study")
        table.optional(
            "container", \.container, .reference(to: .material),
            "the container")
        table.optional(
            "temperature", \.temperature, .range(.temperature),
            "the temperature")
        table.optional(
            "condition", \.condition, .text,
            "the condition in words")
        table.list(
            "points", \.points, .quantity(.time),
            "when it is tested")
        table.list(
            "tests", \.tests, .reference(to: .assay),
            "what is tested")
        table.optional(
            "batches", \.batches, .whole,
            "batches in it")
        table.optional(
            "containers-per-point", \.containersPerPoint, .whole,
            "containers at each point")
        table.optional(
            "data-to", \.dataTo, .quantity(.time),
            "the last point with results")
        table.optional(
            "supports", \.supports, .quantity(.time),
            "the time the data support")
        table.list(
            "results", \.results, .record,
            "the results")
        table.optional(
            "protocol", \.protocolDocument, .text,
            "the protocol")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.StabilityResult: Record {
    static let name = "stability result"
    static let summary =
        "A result of a stability study."
    static let table = FieldTable<Definition.StabilityResult> { table in
        table.required(
            "assay", \.assay, .reference(to: .assay),
            "the assay")
        table.optional(
            "batch", \.batch, .text,
            "the batch")
        table.required(
            "at", \.at, .quantity(.time),
            "when")
        table.required(
            "value", \.value, .quantity(.any),
            "the result")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where it comes from")
    }
}

extension Definition.StabilitySubject: Choice {}
extension Definition.StudyKind: Choice {}
