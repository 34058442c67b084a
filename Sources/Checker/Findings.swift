public import Diagnostics
internal import Guidance

/// What one rule has found so far.
///
/// Severity, code and citation come from the catalogue, so that a rule only says what is wrong,
/// where, and what would satisfy.
public struct Findings: Sendable {
    /// Findings kept of one rule. One mistake repeated in every step of a huge definition is one
    /// mistake; the rest is counted.
    public static let perRuleLimit = 500

    private(set) var list: [Finding] = []
    private(set) var omitted = 0
    private let rule: CatalogueRule
    private let severity: Severity

    init(of rule: CatalogueRule, severity: Severity) {
        self.rule = rule
        self.severity = severity
    }

    /// Reports a departure.
    /// - Parameters:
    ///   - message: what is wrong, with the thing, its value and the limit; lower case, without a
    ///     full stop.
    ///   - position: the author's own words it is about.
    ///   - help: what would satisfy the rule.
    public mutating func report(
        _ message: String, at position: SourcePosition?, help: String? = nil,
        notes: [Finding.Note] = []
    ) {
        guard list.count < Self.perRuleLimit else {
            omitted += 1
            return
        }
        var notes = notes
        if case .unconfirmed = rule.confirmation, let caution = rule.confirmation.caution {
            notes.append(.init("the basis of this rule is \(caution)"))
        }
        list.append(
            Finding(
                code: rule.id, severity: severity, message: message, position: position,
                help: help, citation: rule.basis.joined(separator: "; "), notes: notes))
    }
}
