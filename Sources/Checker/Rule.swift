public import Guidance

/// One expectation of the field, judged on a product definition.
///
/// A rule is an enum without cases in a file of its own, named after its code: the rule
/// `open-step-grade-a` is `OpenStepGradeA`. What the catalogue holds (statement, severity by
/// phase, whether it can be waived, citation) is looked up there and not repeated. The comment of
/// the enum is the page of the rule: it says why the rule matters, and shows a definition that is
/// flagged and one that is accepted. Both are run as tests.
///
/// Rules read the definition, and nothing else: the same definition, phase, jurisdictions and day
/// give the same findings. Each rule passes over what it asks about a bounded number of times, so
/// that the cost of a check grows linearly with the definition.
public protocol Rule: Sendable {
    /// The code of the rule in `RuleCatalogue`.
    static var id: String { get }

    /// Reports every departure from the rule.
    static func check(_ subject: CheckSubject, into findings: inout Findings)
}

extension Rule {
    /// The entry of the catalogue.
    public static var entry: CatalogueRule {
        guard let entry = RuleCatalogue.rule(id) else {
            preconditionFailure("the rule '\(id)' does not stand in the catalogue")
        }
        return entry
    }
}
