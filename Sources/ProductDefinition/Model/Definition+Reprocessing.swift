public import Diagnostics
public import Quantities

extension Definition {
    /// A way back in the process: which operations may be done again, when, and how often.
    ///
    /// Reprocessing is exceptional: it follows a defined and authorised procedure, after the risks
    /// were evaluated, and is recorded (PIC/S PE 009-17 Part I 5.67; CTD 3.2.S.2.2). A batch has no
    /// other way back than those written here.
    public struct Reprocessing: Sendable {
        /// The id by which quality approves it for a batch.
        public var id: Located<String> = Located("", at: .missing)
        /// What is done again.
        public var name: Located<String> = Located("", at: .missing)
        /// The operation after which it may be decided.
        public var after: Located<String> = Located("", at: .missing)
        /// The operation that is done again first; those up to `after` follow in their order.
        public var backTo: Located<String> = Located("", at: .missing)
        /// When it is allowed.
        public var condition: Located<String> = Located("", at: .missing)
        /// How often in one batch; once if nothing is said.
        public var maximum: Located<Int>?
        /// The longest time from the end of `after` to the decision.
        public var within: Located<Quantity>?
        /// Where the trial or marketing authorisation foresees it.
        public var authorisation: Located<String>?
        /// The assessment of its risks.
        public var riskAssessment: Located<String>?
        /// Reports which show that the product stays the same.
        public var evidence: [Located<String>] = []
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }
}

extension Definition.Reprocessing: Record {
    static let name = "reprocessing"
    static let summary =
        "A way back in the process: which operations may be done again, when, and how often."
    static let table = FieldTable<Definition.Reprocessing> { table in
        table.required(
            "id", \.id, .identifier(.reprocessing),
            "the id by which quality approves it for a batch")
        table.required(
            "name", \.name, .text,
            "what is done again")
        table.required(
            "after", \.after, .reference(to: .operation),
            "the operation after which it may be decided")
        table.required(
            "back-to", \.backTo, .reference(to: .operation),
            "the operation that is done again first; those up to 'after' follow in their order")
        table.required(
            "condition", \.condition, .text,
            "when it is allowed")
        table.optional(
            "maximum", \.maximum, .whole,
            "how often in one batch; once if nothing is said")
        table.optional(
            "within", \.within, .quantity(.time),
            "the longest time from the end of 'after' to the decision")
        table.optional(
            "authorisation", \.authorisation, .text,
            "where the trial or marketing authorisation foresees it")
        table.optional(
            "risk-assessment", \.riskAssessment, .reference(to: .assessment),
            "the assessment of its risks")
        table.list(
            "evidence", \.evidence, .text,
            "reports which show that the product stays the same")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}
