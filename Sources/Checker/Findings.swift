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

    private(set) var departures: [Departure] = []
    private(set) var omitted = 0
    private let rule: CatalogueRule
    private let severity: Severity
    private let citation: String
    private let caution: Finding.Note?

    /// A finding with the id of the thing it is about, by which a waiver can name it.
    struct Departure: Sendable {
        let finding: Finding
        let subject: String?
    }

    init(of rule: CatalogueRule, severity: Severity) {
        self.rule = rule
        self.severity = severity
        citation = rule.basis.joined(separator: "; ")
        if case .unconfirmed = rule.confirmation, let caution = rule.confirmation.caution {
            self.caution = .init("the basis of this rule is \(caution)")
        } else {
            caution = nil
        }
    }

    /// Reports a departure.
    /// - Parameters:
    ///   - message: what is wrong, with the thing, its value and the limit; lower case, without a
    ///     full stop.
    ///   - position: the author's own words it is about.
    ///   - subject: the id of the thing it is about, by which a waiver can name it.
    ///   - help: what would satisfy the rule.
    ///   - notes: what else one should know, with its place.
    public mutating func report(
        _ message: String, at position: SourcePosition?, about subject: String? = nil,
        help: String? = nil, notes: [Finding.Note] = []
    ) {
        guard departures.count < Self.perRuleLimit else {
            omitted += 1
            return
        }
        let finding = Finding(
            code: rule.id, severity: severity, message: message, position: position, help: help,
            citation: citation, notes: notes + (caution.map { [$0] } ?? []))
        departures.append(Departure(finding: finding, subject: subject))
    }
}
