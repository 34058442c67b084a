public import Diagnostics
public import Quantities

extension Definition {
    /// A unit operation: one instruction of the batch record.
    public struct Operation: Sendable {
        /// The id of the operation.
        public var id: Located<String> = Located("", at: .missing)
        /// What it is; its kind if nothing is said.
        public var name: Located<String>?
        /// What is done.
        public var kind: Located<OperationKind> = Located(.receive, at: .missing)
        /// The operations that come before it; all that stand before it, if nothing is said.
        public var after: [Located<String>] = []
        /// What the operator does, sentence by sentence.
        public var instructions: [Located<String>] = []
        /// The day of the process on which it is done, where it is dated.
        public var day: Located<ExactDecimal>?
        /// How far it may be off that day and hour.
        public var window: Located<Quantity>?
        /// Where it is done.
        public var room: Located<String>?
        /// The grade of air at the product.
        public var localGrade: Located<RoomGrade>?
        /// The equipment it uses.
        public var equipment: [Located<String>] = []
        /// Whether the product is open to the air.
        public var state: Located<Openness>?
        /// What shows that a closed system is closed.
        @Indirect public var integrity: Integrity?
        /// Whether a later step inactivates microbes.
        public var isInactivatedLater: Located<Bool>?
        /// The risk assessment behind its environment.
        public var riskAssessment: Located<String>?
        /// Who does it.
        public var roles: [Crew] = []
        /// Whether a second person checks it.
        public var secondCheck: Located<Bool>?
        /// Whether line clearance comes first.
        public var lineClearance: Located<Bool>?
        /// How long it takes.
        @Indirect public var duration: Estimate?
        /// The time people spend on it, where that is not its duration: a test of 28 d that takes
        /// 20 h at the bench.
        public var handsOn: Located<Quantity>?
        /// The longest time the product may be open, validated.
        public var openTime: Located<Quantity>?
        /// What it uses up.
        public var materials: [Consumption] = []
        /// The vials it takes from a bank.
        @Indirect public var vials: VialUse?
        /// The culture vessels.
        @Indirect public var vessel: VesselUse?
        /// The passage of the cells.
        public var passage: Located<Int>?
        /// Medium changes during it.
        @Indirect public var feed: Feed?
        /// What it is controlled by.
        public var parameters: [Parameter] = []
        /// In-process controls.
        public var controls: [InProcessControl] = []
        /// Samples taken.
        public var samples: [Sample] = []
        /// How long the product may wait.
        public var holds: [Hold] = []
        /// What it makes.
        public var outputs: [Output] = []
        /// The specification that is tested.
        public var specification: Located<String>?
        /// How often it succeeds.
        @Indirect public var success: Estimate?
        /// What it yields.
        @Indirect public var yield: Estimate?
        /// Reports behind it.
        public var evidence: [Located<String>] = []
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// What shows that a closed system is closed.
    public struct Integrity: Sendable {
        /// The report.
        public var evidence: Located<String> = Located("", at: .missing)
        /// Whether it covers the whole use.
        public var coversWholeUse: Located<Bool>?
        /// How often integrity is tested.
        public var testFrequency: Located<String>?
        /// Whether connections are checked before use.
        public var connectionCheck: Located<Bool>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// People of a role.
    public struct Crew: Sendable {
        /// The role.
        public var role: Located<String> = Located("", at: .missing)
        /// How many; 1 if nothing is said.
        public var people: Located<ExactDecimal>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// What an operation uses up.
    public struct Consumption: Sendable {
        /// The material or medium.
        public var material: Located<String> = Located("", at: .missing)
        /// How much, in the whole operation.
        public var amount: Located<Quantity> = Located(Quantity(.zero), at: .missing)
        /// The share of the amount by which what is used may differ; a tenth if nothing is said.
        public var tolerance: Located<Quantity>?
        /// What for.
        public var purpose: Located<String>?
        /// Whether it is added to the product.
        public var touchesProduct: Located<Bool>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// Vials taken from a bank.
    public struct VialUse: Sendable {
        /// The bank.
        public var bank: Located<String> = Located("", at: .missing)
        /// How many.
        public var count: Located<Int> = Located(0, at: .missing)
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// Culture vessels in an operation.
    public struct VesselUse: Sendable {
        /// The vessel.
        public var material: Located<String> = Located("", at: .missing)
        /// How many; planned from the cells if nothing is said.
        public var count: Located<Int>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// Medium changes.
    public struct Feed: Sendable {
        /// The medium.
        public var medium: Located<String> = Located("", at: .missing)
        /// How often.
        public var every: Located<Quantity> = Located(Quantity(.zero), at: .missing)
        /// The share that is changed.
        public var share: Located<Quantity>?
        /// How long one takes.
        public var duration: Located<Quantity>?
        /// Who does it.
        public var roles: [Crew] = []
        /// What one uses up beside the medium.
        public var materials: [Consumption] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// What is done in an operation.
    public enum OperationKind: String, CaseIterable, Hashable, Sendable {
        case receive
        case isolate
        case thaw
        case seed
        case culture
        case feed
        case passage
        case harvest
        case differentiate
        case enrich
        case pool
        case wash
        case formulate
        case fill
        case inspect
        case label
        case freeze
        case store
        case transport
        case test
        case release
        case prepare
        case other
    }

    /// Whether the product is open to the air (EU GMP Annex 1 8.127-8.130).
    public enum Openness: String, CaseIterable, Hashable, Sendable {
        case open
        case functionallyClosed = "functionally closed"
        case closed
    }
}

extension Definition.Operation: Record {
    static let name = "operation"
    static let summary =
        "A unit operation: one instruction of the batch record."
    static let table = FieldTable<Definition.Operation> { table in
        table.required(
            "id", \.id, .identifier(.operation),
            "the id of the operation")
        table.optional(
            "name", \.name, .text,
            "what it is; its kind if nothing is said")
        table.required(
            "kind", \.kind, .choice(Definition.OperationKind.self),
            "what is done")
        table.list(
            "after", \.after, .reference(to: .operation),
            "the operations that come before it, where others may go on beside it; "
                + "all that stand before it, if nothing is said")
        table.list(
            "instructions", \.instructions, .text,
            "what the operator does, sentence by sentence")
        table.optional(
            "day", \.day, .number,
            "the day of the process on which it is done, where it is dated")
        table.optional(
            "window", \.window, .quantity(.time),
            "how far it may be off that day and hour")
        table.optional(
            "room", \.room, .reference(to: .room),
            "where it is done")
        table.optional(
            "local-grade", \.localGrade, .choice(Definition.RoomGrade.self),
            "the grade of air at the product")
        table.list(
            "equipment", \.equipment, .reference(to: .equipment),
            "the equipment it uses")
        table.optional(
            "state", \.state, .choice(Definition.Openness.self),
            "whether the product is open to the air")
        table.optional(
            "integrity", \.integrity, .record,
            "what shows that a closed system is closed")
        table.optional(
            "microbes-inactivated-later", \.isInactivatedLater, .flag,
            "whether a later step inactivates microbes")
        table.optional(
            "risk-assessment", \.riskAssessment, .reference(to: .assessment),
            "the risk assessment behind its environment")
        table.list(
            "roles", \.roles, .record,
            "who does it")
        table.optional(
            "second-check", \.secondCheck, .flag,
            "whether a second person checks it")
        table.optional(
            "line-clearance", \.lineClearance, .flag,
            "whether line clearance comes first")
        table.optional(
            "duration", \.duration, .estimate(.time),
            "how long it takes")
        table.optional(
            "hands-on", \.handsOn, .quantity(.time),
            "the time people spend on it, where that is not its duration")
        table.optional(
            "open-time", \.openTime, .quantity(.time),
            "the longest time the product may be open, validated")
        table.list(
            "materials", \.materials, .record,
            "what it uses up")
        table.optional(
            "vials", \.vials, .record,
            "the vials it takes from a bank")
        table.optional(
            "vessel", \.vessel, .record,
            "the culture vessels")
        table.optional(
            "passage", \.passage, .whole,
            "the passage of the cells")
        table.optional(
            "feed", \.feed, .record,
            "medium changes during it")
        table.list(
            "parameters", \.parameters, .record,
            "what it is controlled by")
        table.list(
            "controls", \.controls, .record,
            "in-process controls")
        table.list(
            "samples", \.samples, .record,
            "samples taken")
        table.list(
            "holds", \.holds, .record,
            "how long the product may wait")
        table.list(
            "outputs", \.outputs, .record,
            "what it makes")
        table.optional(
            "specification", \.specification, .reference(to: .specification),
            "the specification that is tested")
        table.optional(
            "success", \.success, .estimate(.ratio),
            "how often it succeeds")
        table.optional(
            "yield", \.yield, .estimate(.any),
            "what it yields")
        table.list(
            "evidence", \.evidence, .text,
            "reports behind it")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.Integrity: Record {
    static let name = "integrity evidence"
    static let summary =
        "What shows that a closed system is closed."
    static let table = FieldTable<Definition.Integrity> { table in
        table.required(
            "evidence", \.evidence, .text,
            "the report")
        table.optional(
            "whole-use", \.coversWholeUse, .flag,
            "whether it covers the whole use")
        table.optional(
            "test-frequency", \.testFrequency, .text,
            "how often integrity is tested")
        table.optional(
            "connection-check", \.connectionCheck, .flag,
            "whether connections are checked before use")
    }
}

extension Definition.Crew: Record {
    static let name = "crew"
    static let summary =
        "People of a role."
    static let table = FieldTable<Definition.Crew> { table in
        table.required(
            "role", \.role, .reference(to: .role),
            "the role")
        table.optional(
            "people", \.people, .number,
            "how many; 1 if nothing is said")
    }
}

extension Definition.Consumption: Record {
    static let name = "consumption"
    static let summary =
        "What an operation uses up."
    static let table = FieldTable<Definition.Consumption> { table in
        table.required(
            "material", \.material, .reference(to: .material),
            "the material or medium")
        table.required(
            "amount", \.amount, .quantity(.any),
            "how much, in the whole operation")
        table.optional(
            "tolerance", \.tolerance, .quantity(.share),
            "the share of the amount by which what is used may differ, such as 5 %, at most 100 %; "
                + "a tenth if nothing is said")
        table.optional(
            "purpose", \.purpose, .text,
            "what for")
        table.optional(
            "product-contact", \.touchesProduct, .flag,
            "whether it is added to the product")
    }
}

extension Definition.VialUse: Record {
    static let name = "vial use"
    static let summary =
        "Vials taken from a bank."
    static let table = FieldTable<Definition.VialUse> { table in
        table.required(
            "bank", \.bank, .reference(to: .bank),
            "the bank")
        table.required(
            "count", \.count, .whole,
            "how many")
    }
}

extension Definition.VesselUse: Record {
    static let name = "vessel use"
    static let summary =
        "Culture vessels in an operation."
    static let table = FieldTable<Definition.VesselUse> { table in
        table.required(
            "material", \.material, .reference(to: .material),
            "the vessel")
        table.optional(
            "count", \.count, .whole,
            "how many; planned from the cells if nothing is said")
    }
}

extension Definition.Feed: Record {
    static let name = "feed"
    static let summary =
        "Medium changes."
    static let table = FieldTable<Definition.Feed> { table in
        table.required(
            "medium", \.medium, .reference(to: .material),
            "the medium")
        table.required(
            "every", \.every, .quantity(.time),
            "how often")
        table.optional(
            "share", \.share, .quantity(.ratio),
            "the share that is changed")
        table.optional(
            "duration", \.duration, .quantity(.time),
            "how long one takes")
        table.list(
            "roles", \.roles, .record,
            "who does it")
        table.list(
            "materials", \.materials, .record,
            "what one uses up beside the medium")
    }
}

extension Definition.OperationKind: Choice {}
extension Definition.Openness: Choice {}
