public import Diagnostics
public import Quantities

extension Definition {
    /// The transfer from a sending to a receiving unit (Zhang & Stacey 2022, Table 1).
    public struct Transfer: Sendable {
        /// The sending unit.
        public var sending: Located<String> = Located("", at: .missing)
        /// The receiving unit.
        public var receiving: Located<String> = Located("", at: .missing)
        /// The stage it has reached: 1, 2 or 3.
        public var stage: Located<Int>?
        /// The items of the three stages.
        public var items: [TransferTask] = []
        /// Gaps that were found.
        public var gaps: [Gap] = []
        /// Hands-on runs.
        public var runs: [TransferRun] = []
        /// Data that were taken over.
        public var dataSets: [DataSet] = []
        /// Test methods that were transferred.
        public var methods: [MethodTransfer] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// An item of a technology transfer.
    public struct TransferTask: Sendable {
        /// The item, TT-01 to TT-36.
        public var item: Located<String> = Located("", at: .missing)
        /// Who answers for it at the sending unit.
        public var sendingOwner: Located<String>?
        /// Who answers for it at the receiving unit.
        public var receivingOwner: Located<String>?
        /// When it is due.
        public var due: Located<CalendarDate>?
        /// What shows that it is done.
        public var evidence: [Located<String>] = []
        /// Whether the receiving unit accepted it.
        public var isAccepted: Located<Bool>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A gap between what is and what is needed.
    public struct Gap: Sendable {
        /// The gap.
        public var name: Located<String> = Located("", at: .missing)
        /// Who closes it.
        public var owner: Located<String>?
        /// When it is due.
        public var due: Located<CalendarDate>?
        /// The day it was closed.
        public var closed: Located<CalendarDate>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A run in which the receiving unit does the process itself.
    public struct TransferRun: Sendable {
        /// The run.
        public var name: Located<String> = Located("", at: .missing)
        /// Whose operator did it.
        public var operatedBy: Located<TransferOperator>?
        /// The day.
        public var date: Located<CalendarDate>?
        /// How it ended.
        public var outcome: Located<Outcome>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// Data that were taken over.
    public struct DataSet: Sendable {
        /// The data.
        public var name: Located<String> = Located("", at: .missing)
        /// The score for data integrity, 0 to 1.
        public var integrityScore: Located<ExactDecimal>?
        /// Where the raw data are.
        public var rawData: Located<String>?
        /// Whether decisions rest on it.
        public var isUsedForDecisions: Located<Bool>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A test method that was transferred.
    public struct MethodTransfer: Sendable {
        /// The assay.
        public var assay: Located<String> = Located("", at: .missing)
        /// The protocol.
        public var protocolDocument: Located<String>?
        /// The criteria.
        public var criteria: Located<String>?
        /// How it ended.
        public var outcome: Located<Outcome>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// Whose operator did a run.
    public enum TransferOperator: String, CaseIterable, Hashable, Sendable {
        case sendingUnit = "sending unit"
        case receivingUnit = "receiving unit"
    }
}

extension Definition.Transfer: Record {
    static let name = "technology transfer"
    static let summary =
        "The transfer from a sending to a receiving unit (Zhang & Stacey 2022, Table 1)."
    static let table = FieldTable<Definition.Transfer> { table in
        table.required(
            "from", \.sending, .text,
            "the sending unit")
        table.required(
            "to", \.receiving, .text,
            "the receiving unit")
        table.optional(
            "stage", \.stage, .whole,
            "the stage it has reached: 1, 2 or 3")
        table.list(
            "items", \.items, .record,
            "the items of the three stages")
        table.list(
            "gaps", \.gaps, .record,
            "gaps that were found")
        table.list(
            "runs", \.runs, .record,
            "hands-on runs")
        table.list(
            "data-sets", \.dataSets, .record,
            "data that were taken over")
        table.list(
            "methods", \.methods, .record,
            "test methods that were transferred")
    }
}

extension Definition.TransferTask: Record {
    static let name = "transfer item"
    static let summary =
        "An item of a technology transfer."
    static let table = FieldTable<Definition.TransferTask> { table in
        table.required(
            "item", \.item, .transferItem,
            "the item, TT-01 to TT-36")
        table.optional(
            "sending-owner", \.sendingOwner, .text,
            "who answers for it at the sending unit")
        table.optional(
            "receiving-owner", \.receivingOwner, .text,
            "who answers for it at the receiving unit")
        table.optional(
            "due", \.due, .date,
            "when it is due")
        table.list(
            "evidence", \.evidence, .text,
            "what shows that it is done")
        table.optional(
            "accepted", \.isAccepted, .flag,
            "whether the receiving unit accepted it")
    }
}

extension Definition.Gap: Record {
    static let name = "gap"
    static let summary =
        "A gap between what is and what is needed."
    static let table = FieldTable<Definition.Gap> { table in
        table.required(
            "name", \.name, .text,
            "the gap")
        table.optional(
            "owner", \.owner, .text,
            "who closes it")
        table.optional(
            "due", \.due, .date,
            "when it is due")
        table.optional(
            "closed", \.closed, .date,
            "the day it was closed")
    }
}

extension Definition.TransferRun: Record {
    static let name = "hands-on run"
    static let summary =
        "A run in which the receiving unit does the process itself."
    static let table = FieldTable<Definition.TransferRun> { table in
        table.required(
            "name", \.name, .text,
            "the run")
        table.optional(
            "operator", \.operatedBy, .choice(Definition.TransferOperator.self),
            "whose operator did it")
        table.optional(
            "date", \.date, .date,
            "the day")
        table.optional(
            "outcome", \.outcome, .choice(Definition.Outcome.self),
            "how it ended")
    }
}

extension Definition.DataSet: Record {
    static let name = "data set"
    static let summary =
        "Data that were taken over."
    static let table = FieldTable<Definition.DataSet> { table in
        table.required(
            "name", \.name, .text,
            "the data")
        table.optional(
            "integrity-score", \.integrityScore, .number,
            "the score for data integrity, 0 to 1")
        table.optional(
            "raw-data", \.rawData, .text,
            "where the raw data are")
        table.optional(
            "used-for-decisions", \.isUsedForDecisions, .flag,
            "whether decisions rest on it")
    }
}

extension Definition.MethodTransfer: Record {
    static let name = "method transfer"
    static let summary =
        "A test method that was transferred."
    static let table = FieldTable<Definition.MethodTransfer> { table in
        table.required(
            "assay", \.assay, .reference(to: .assay),
            "the assay")
        table.optional(
            "protocol", \.protocolDocument, .text,
            "the protocol")
        table.optional(
            "criteria", \.criteria, .text,
            "the criteria")
        table.optional(
            "outcome", \.outcome, .choice(Definition.Outcome.self),
            "how it ended")
    }
}

extension Definition.TransferOperator: Choice {}
