public import Diagnostics
public import Quantities

extension Definition {
    /// A clinical trial of the product.
    public struct Trial: Sendable {
        /// The id of the trial.
        public var id: Located<String> = Located("", at: .missing)
        /// Its title.
        public var title: Located<String> = Located("", at: .missing)
        /// The phase as the protocol says it: I/II, III ….
        public var stage: Located<String>?
        /// Its design.
        public var design: Located<String>?
        /// All participants.
        public var participants: Located<Int>?
        /// Its arms.
        public var arms: [TrialArm] = []
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// An arm of a trial.
    public struct TrialArm: Sendable {
        /// The arm.
        public var name: Located<String> = Located("", at: .missing)
        /// Participants in it.
        public var participants: Located<Int> = Located(0, at: .missing)
        /// The dose given.
        public var dose: Located<Quantity>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// How patients are followed for a hazard or the effect.
    public struct FollowUp: Sendable {
        /// The hazard it looks for; the effect if nothing is said.
        public var hazard: Located<String>?
        /// What is observed.
        public var endpoint: Located<String> = Located("", at: .missing)
        /// How often.
        public var interval: Located<Quantity>?
        /// For how long.
        public var duration: Located<Quantity>?
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A study before, or beside, the use in humans.
    public struct NonclinicalStudy: Sendable {
        /// What it is about.
        public var kind: Located<NonclinicalKind> = Located(.proofOfConcept, at: .missing)
        /// Its title.
        public var title: Located<String>?
        /// The strategy, or why no study is needed.
        public var strategy: Located<String>?
        /// Whether the strategy is approved.
        public var isApproved: Located<Bool>?
        /// Whether it is done in animals.
        public var isInVivo: Located<Bool>?
        /// The process version of the lots used.
        public var processVersion: Located<String>?
        /// The comparability exercise that bridges to the clinical version.
        public var bridging: Located<String>?
        /// The report.
        public var document: Located<String>?
        /// Where the facts come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A comparison before and after a change (ICH Q5E).
    public struct Comparability: Sendable {
        /// What changed.
        public var change: Located<String> = Located("", at: .missing)
        /// How much it can affect the product.
        public var impact: Located<RiskLevel>?
        /// The approved protocol.
        public var protocolDocument: Located<String>?
        /// The equivalence margins, set before testing.
        public var margin: Located<String>?
        /// How it ended.
        public var outcome: Located<Outcome>?
        /// The report.
        public var report: Located<String>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// What a nonclinical study is about.
    public enum NonclinicalKind: String, CaseIterable, Hashable, Sendable {
        case proofOfConcept = "proof of concept"
        case tumorigenicity
        case biodistribution
        case toxicology
        case safetyPharmacology = "safety pharmacology"
    }
}

extension Definition.Trial: Record {
    static let name = "trial"
    static let summary =
        "A clinical trial of the product."
    static let table = FieldTable<Definition.Trial> { table in
        table.required(
            "id", \.id, .identifier(.trial),
            "the id of the trial")
        table.required(
            "title", \.title, .text,
            "its title")
        table.optional(
            "stage", \.stage, .text,
            "the phase as the protocol says it: I/II, III …")
        table.optional(
            "design", \.design, .text,
            "its design")
        table.optional(
            "participants", \.participants, .whole,
            "all participants")
        table.list(
            "arms", \.arms, .record,
            "its arms")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.TrialArm: Record {
    static let name = "trial arm"
    static let summary =
        "An arm of a trial."
    static let table = FieldTable<Definition.TrialArm> { table in
        table.required(
            "name", \.name, .text,
            "the arm")
        table.required(
            "participants", \.participants, .whole,
            "participants in it")
        table.optional(
            "dose", \.dose, .quantity(.dose),
            "the dose given")
    }
}

extension Definition.FollowUp: Record {
    static let name = "follow-up"
    static let summary =
        "How patients are followed for a hazard or the effect."
    static let table = FieldTable<Definition.FollowUp> { table in
        table.optional(
            "hazard", \.hazard, .reference(to: .hazard),
            "the hazard it looks for; the effect if nothing is said")
        table.required(
            "endpoint", \.endpoint, .text,
            "what is observed")
        table.optional(
            "interval", \.interval, .quantity(.time),
            "how often")
        table.optional(
            "duration", \.duration, .quantity(.time),
            "for how long")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.NonclinicalStudy: Record {
    static let name = "nonclinical study"
    static let summary =
        "A study before, or beside, the use in humans."
    static let table = FieldTable<Definition.NonclinicalStudy> { table in
        table.required(
            "kind", \.kind, .choice(Definition.NonclinicalKind.self),
            "what it is about")
        table.optional(
            "title", \.title, .text,
            "its title")
        table.optional(
            "strategy", \.strategy, .text,
            "the strategy, or why no study is needed")
        table.optional(
            "approved", \.isApproved, .flag,
            "whether the strategy is approved")
        table.optional(
            "in-vivo", \.isInVivo, .flag,
            "whether it is done in animals")
        table.optional(
            "process-version", \.processVersion, .text,
            "the process version of the lots used")
        table.optional(
            "bridging", \.bridging, .text,
            "the comparability exercise that bridges to the clinical version")
        table.optional(
            "document", \.document, .text,
            "the report")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the facts come from")
    }
}

extension Definition.Comparability: Record {
    static let name = "comparability exercise"
    static let summary =
        "A comparison before and after a change (ICH Q5E)."
    static let table = FieldTable<Definition.Comparability> { table in
        table.required(
            "change", \.change, .text,
            "what changed")
        table.optional(
            "impact", \.impact, .choice(Definition.RiskLevel.self),
            "how much it can affect the product")
        table.optional(
            "protocol", \.protocolDocument, .text,
            "the approved protocol")
        table.optional(
            "margin", \.margin, .text,
            "the equivalence margins, set before testing")
        table.optional(
            "outcome", \.outcome, .choice(Definition.Outcome.self),
            "how it ended")
        table.optional(
            "report", \.report, .text,
            "the report")
    }
}

extension Definition.NonclinicalKind: Choice {}
