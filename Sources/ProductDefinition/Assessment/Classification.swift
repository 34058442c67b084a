public import Diagnostics

/// Whether a product is an ATMP, and which kind: a chain of questions with the answers that its
/// definition gives.
///
/// The questions and their order follow Directive 2001/83/EC Annex I Part IV 2 and Regulation (EC)
/// 1394/2007 Art. 2 and Annex I. An answer is what the author declared; where nothing is declared
/// it is taken from the process, if that settles it. What stays unanswered leaves several classes
/// possible, and all of them are given: this is reasoning to check, not a decision of an authority.
public struct Classification: Sendable {
    /// One question with its answer.
    public struct Step: Sendable {
        /// The question.
        public var question: String
        /// Yes, no, or nil while it is unanswered.
        public var answer: Bool?
        /// Where the answer comes from, or what would give it.
        public var basis: String
        /// The law it stands in.
        public var clause: String
        /// What the answer leads to.
        public var consequence: String
        /// Where the answer was written.
        public var position: SourcePosition?
    }

    /// The questions in the order they are asked, up to the one that decides.
    public var steps: [Step]
    /// The classes that the answers leave possible; one when everything that matters is answered.
    public var possible: [Definition.ATMPClass]
    /// The class the author concluded.
    public var declared: Located<Definition.ATMPClass>?
    /// Keys of `classification` that would narrow the outcome.
    public var unanswered: [String]
    /// Products and recommendations that resemble this one.
    public var precedents: [Precedent]

    /// The one class that is possible; nil while there are several.
    public var outcome: Definition.ATMPClass? { possible.count == 1 ? possible[0] : nil }

    /// Whether the author's conclusion is among those possible; nil when none is declared.
    public var agreesWithDeclared: Bool? {
        declared.map { possible.contains($0.value) }
    }
}

extension Classification {
    /// Classifies the product of `definition`.
    public init(of definition: Definition) {
        let answers = ClassificationAnswers(definition)
        steps = answers.steps
        possible = answers.outcomes
        declared = definition.product.classification?.atmpClass
        unanswered = answers.decisiveUnanswered
        precedents = Precedent.like(definition.product)
    }
}
