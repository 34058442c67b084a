/// What the field expects of one thing, as an entry of the catalogue.
public struct CatalogueRule: Identifiable, Sendable, CustomStringConvertible {
    /// The code of the rule, in kebab case. A code is a promise: it never changes its meaning and
    /// is never used again.
    public let id: String
    /// What the rule is about.
    public let area: RuleArea
    /// What must hold, in one sentence.
    public let statement: String
    /// What is cited: documents with their clause, papers with their section.
    public let basis: [String]
    /// Whether its source was read.
    public let confirmation: Confirmation
    /// Whether an approved risk assessment may justify a departure.
    public let isWaivable: Bool
    /// Who can judge the rule.
    public let enforcement: Set<Enforcement>
    /// Where the rule applies; empty is everywhere.
    public let jurisdictions: Set<Jurisdiction>

    /// The code of the rule.
    public var description: String { id }

    private let declared: [DevelopmentPhase: RuleSeverity]

    /// How much a departure weighs in `phase`.
    ///
    /// An unconfirmed rule warns where the catalogue asks for an error: nobody is stopped by a
    /// clause that was not read.
    public func severity(in phase: DevelopmentPhase) -> RuleSeverity {
        let severity = declared[phase] ?? .none
        guard case .unconfirmed = confirmation else { return severity }
        return min(severity, .warning)
    }

    /// Whether the rule concerns a product for `jurisdictions`. A product that names none is held
    /// to the rules that apply everywhere and to those of the EU, which the catalogue follows.
    public func applies(in jurisdictions: Set<Jurisdiction>) -> Bool {
        guard !self.jurisdictions.isEmpty else { return true }
        return !self.jurisdictions.isDisjoint(with: jurisdictions.isEmpty ? [.eu] : jurisdictions)
    }

    init(_ row: FactTable.Row, area: RuleArea) {
        let severities = row.values("severity", reading: RuleSeverity.init(named:))
        precondition(
            severities.count == DevelopmentPhase.allCases.count,
            "'\(row["id"])' has \(severities.count) severities, one is needed for each phase")
        id = row["id"]
        self.area = area
        statement = row["statement"]
        basis = row.list("basis")
        confirmation = Confirmation(reading: row["confirmed"])
        isWaivable = row["waivable"] == "yes"
        enforcement = Set(row.values("enforced", reading: Enforcement.init(rawValue:)))
        jurisdictions =
            row["in"] == "any" ? [] : Set(row.values("in", reading: Jurisdiction.init(code:)))
        declared = Dictionary(uniqueKeysWithValues: zip(DevelopmentPhase.allCases, severities))
    }
}

extension CatalogueRule {
    /// Who can judge a rule: the checker of a product definition, or the site that works by it.
    public enum Enforcement: String, CaseIterable, Sendable {
        /// The definition holds everything the rule asks about.
        case definition
        /// The rule asks about records, which exist once a site works.
        case site
    }
}

/// How much a departure from a rule weighs.
public enum RuleSeverity: Int, CaseIterable, Comparable, Sendable {
    /// The rule does not apply in this phase.
    case none
    case info
    case warning
    case error

    /// The severity with this name: "none", "info", "warning" or "error".
    public init?(named name: String) {
        guard let severity = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = severity
    }

    /// As the catalogue writes it.
    public var name: String {
        switch self {
        case .none: "none"
        case .info: "info"
        case .warning: "warning"
        case .error: "error"
        }
    }

    /// A milder severity is less than a graver one.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
