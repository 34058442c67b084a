public import Diagnostics
public import Quantities

extension Definition {
    /// What an operation is controlled by.
    public struct Parameter: Sendable {
        /// A short id, unique in the operation.
        public var id: Located<String>?
        /// The parameter.
        public var name: Located<String> = Located("", at: .missing)
        /// Whether it is set, measured or calculated; set if nothing is said.
        public var kind: Located<ParameterKind>?
        /// The setpoint, or what is aimed at.
        public var target: Located<Setpoint> = Located(.text(""), at: .missing)
        /// The normal operating range (NOR).
        public var normal: Located<QuantityRange>?
        /// The proven acceptable range (PAR).
        public var proven: Located<QuantityRange>?
        /// CPP, KPP or GPP.
        public var criticality: Located<Criticality>?
        /// How it is measured.
        public var method: Located<String>?
        /// What it is measured with.
        public var equipment: Located<String>?
        /// The quality attributes it affects.
        public var affects: [Located<String>] = []
        /// Whether nothing else controls the step.
        public var isSoleControl: Located<Bool>?
        /// The reference images of a qualitative parameter.
        public var referenceImages: Located<String>?
        /// Cohen's kappa between scorers.
        public var scorerAgreement: Located<ExactDecimal>?
        /// Whether a second person checks the entry.
        public var secondCheck: Located<Bool>?
        /// Reports behind target and ranges.
        public var evidence: [Located<String>] = []
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A check during the process that decides how it goes on.
    public struct InProcessControl: Sendable {
        /// The id of the control.
        public var id: Located<String> = Located("", at: .missing)
        /// What is checked.
        public var name: Located<String> = Located("", at: .missing)
        /// The quality attribute it guards.
        public var attribute: Located<String>?
        /// The assay.
        public var assay: Located<String>?
        /// The limit, or what is expected.
        public var limit: Located<Limit> = Located(.text(""), at: .missing)
        /// What happens outside the limit.
        public var action: Located<ControlAction> = Located(.reject, at: .missing)
        /// The decision in words.
        public var decision: Located<String>?
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A sample that is taken.
    public struct Sample: Sendable {
        /// A short id, unique in the operation.
        public var id: Located<String>?
        /// What is sampled.
        public var name: Located<String> = Located("", at: .missing)
        /// How much.
        public var amount: Located<Quantity>?
        /// The assays it is for.
        public var assays: [Located<String>] = []
        /// When in the operation.
        public var point: Located<SamplePoint>?
        /// Whether it is kept.
        public var isRetention: Located<Bool>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A wait that is allowed.
    public struct Hold: Sendable {
        /// What waits.
        public var name: Located<String> = Located("", at: .missing)
        /// The longest time, validated.
        public var maximum: Located<Quantity> = Located(Quantity(.zero), at: .missing)
        /// At which temperature.
        public var temperature: Located<QuantityRange>?
        /// The study.
        public var evidence: Located<String>?
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// What an operation makes.
    public struct Output: Sendable {
        /// What it is.
        public var name: Located<String> = Located("", at: .missing)
        /// What kind of thing.
        public var kind: Located<OutputKind>?
        /// The container.
        public var container: Located<String>?
        /// How many containers are expected.
        public var count: Located<Int>?
        /// What one holds.
        public var content: Located<Quantity>?
        /// The bank it becomes.
        public var bank: Located<String>?
        /// What the label says.
        public var label: Located<String>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// Where the value of a parameter comes from.
    public enum ParameterKind: String, CaseIterable, Hashable, Sendable {
        case set
        case measured
        case calculated
    }

    /// How much a parameter matters: critical, key or general process parameter.
    public enum Criticality: String, CaseIterable, Hashable, Sendable {
        case cpp = "CPP"
        case kpp = "KPP"
        case gpp = "GPP"
    }

    /// What happens when an in-process control is outside its limit.
    public enum ControlAction: String, CaseIterable, Hashable, Sendable {
        case reject
        case stop
        case hold
        case investigate
        case adjust
        case report
    }

    /// When in an operation a sample is taken.
    public enum SamplePoint: String, CaseIterable, Hashable, Sendable {
        case begin
        case middle
        case end
        case afterIntervention = "after intervention"
    }

    /// What kind of thing an operation makes.
    public enum OutputKind: String, CaseIterable, Hashable, Sendable {
        case cells
        case bankVials = "bank vials"
        case drugSubstance = "drug substance"
        case drugProduct = "drug product"
        case sample
        case waste
    }
}

extension Definition.Parameter: Record {
    static let name = "parameter"
    static let summary =
        "What an operation is controlled by."
    static let table = FieldTable<Definition.Parameter> { table in
        table.optional(
            "id", \.id, .localIdentifier,
            "a short id, unique in the operation")
        table.required(
            "name", \.name, .text,
            "the parameter")
        table.optional(
            "kind", \.kind, .choice(Definition.ParameterKind.self),
            "whether it is set, measured or calculated; set if nothing is said")
        table.required(
            "target", \.target, .setpoint,
            "the setpoint, or what is aimed at")
        table.optional(
            "normal", \.normal, .range(.any),
            "the normal operating range (NOR)")
        table.optional(
            "proven", \.proven, .range(.any),
            "the proven acceptable range (PAR)")
        table.optional(
            "criticality", \.criticality, .choice(Definition.Criticality.self),
            "CPP, KPP or GPP")
        table.optional(
            "method", \.method, .text,
            "how it is measured")
        table.optional(
            "equipment", \.equipment, .reference(to: .equipment),
            "what it is measured with")
        table.list(
            "affects", \.affects, .reference(to: .attribute),
            "the quality attributes it affects")
        table.optional(
            "sole-control", \.isSoleControl, .flag,
            "whether nothing else controls the step")
        table.optional(
            "reference-images", \.referenceImages, .text,
            "the reference images of a qualitative parameter")
        table.optional(
            "scorer-agreement", \.scorerAgreement, .number,
            "Cohen's kappa between scorers")
        table.optional(
            "second-check", \.secondCheck, .flag,
            "whether a second person checks the entry")
        table.list(
            "evidence", \.evidence, .text,
            "reports behind target and ranges")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.InProcessControl: Record {
    static let name = "in-process control"
    static let summary =
        "A check during the process that decides how it goes on."
    static let table = FieldTable<Definition.InProcessControl> { table in
        table.required(
            "id", \.id, .identifier(.control),
            "the id of the control")
        table.required(
            "name", \.name, .text,
            "what is checked")
        table.optional(
            "attribute", \.attribute, .reference(to: .attribute),
            "the quality attribute it guards")
        table.optional(
            "assay", \.assay, .reference(to: .assay),
            "the assay")
        table.required(
            "limit", \.limit, .limit,
            "the limit, or what is expected")
        table.required(
            "action", \.action, .choice(Definition.ControlAction.self),
            "what happens outside the limit")
        table.optional(
            "decision", \.decision, .text,
            "the decision in words")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.Sample: Record {
    static let name = "sample"
    static let summary =
        "A sample that is taken."
    static let table = FieldTable<Definition.Sample> { table in
        table.optional(
            "id", \.id, .localIdentifier,
            "a short id, unique in the operation")
        table.required(
            "name", \.name, .text,
            "what is sampled")
        table.optional(
            "amount", \.amount, .quantity(.any),
            "how much")
        table.list(
            "assays", \.assays, .reference(to: .assay),
            "the assays it is for")
        table.optional(
            "point", \.point, .choice(Definition.SamplePoint.self),
            "when in the operation")
        table.optional(
            "retention", \.isRetention, .flag,
            "whether it is kept")
    }
}

extension Definition.Hold: Record {
    static let name = "hold"
    static let summary =
        "A wait that is allowed."
    static let table = FieldTable<Definition.Hold> { table in
        table.required(
            "name", \.name, .text,
            "what waits")
        table.required(
            "maximum", \.maximum, .quantity(.time),
            "the longest time, validated")
        table.optional(
            "temperature", \.temperature, .range(.temperature),
            "at which temperature")
        table.optional(
            "evidence", \.evidence, .text,
            "the study")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.Output: Record {
    static let name = "output"
    static let summary =
        "What an operation makes."
    static let table = FieldTable<Definition.Output> { table in
        table.required(
            "name", \.name, .text,
            "what it is")
        table.optional(
            "kind", \.kind, .choice(Definition.OutputKind.self),
            "what kind of thing")
        table.optional(
            "container", \.container, .reference(to: .material),
            "the container")
        table.optional(
            "count", \.count, .whole,
            "how many containers are expected")
        table.optional(
            "content", \.content, .quantity(.any),
            "what one holds")
        table.optional(
            "bank", \.bank, .reference(to: .bank),
            "the bank it becomes")
        table.optional(
            "label", \.label, .text,
            "what the label says")
    }
}

extension Definition.ParameterKind: Choice {}
extension Definition.Criticality: Choice {}
extension Definition.ControlAction: Choice {}
extension Definition.SamplePoint: Choice {}
extension Definition.OutputKind: Choice {}
