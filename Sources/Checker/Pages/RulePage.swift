public import Guidance

/// What a person reads about a rule: why it matters, what is flagged and what is accepted.
public struct RulePage: Sendable {
    /// The entry of the catalogue.
    public let rule: CatalogueRule
    /// The page of a rule the checker judges, as its author wrote it: a first sentence, then
    /// sections under "##" headings. `nil` for rules that only a site can judge.
    public let text: String?

    /// The page of the rule with this code; `nil` when the catalogue has none.
    public init?(of id: String) {
        guard let rule = RuleCatalogue.rule(id) else { return nil }
        self.init(of: rule, text: Self.texts[id])
    }

    init(of rule: CatalogueRule, text: String?) {
        self.rule = rule
        self.text = text
    }

    /// The page as Markdown.
    public var markdown: String {
        var parts = ["# \(rule.id)", text.map(Self.lead) ?? "\(rule.statement)."]
        parts.append(severities)
        if let text {
            let rest = Self.body(text)
            if !rest.isEmpty { parts.append(rest) }
        } else {
            parts.append("## Where it is judged\n\n\(whereJudged)")
        }
        parts.append("## Expectation\n\n\(rule.statement).")
        parts.append("## Basis\n\n" + basis)
        return parts.joined(separator: "\n\n") + "\n"
    }

    private var severities: String {
        let phases = DevelopmentPhase.allCases
        let waived =
            rule.isWaivable
            ? "An approved, in-date risk assessment can waive it."
            : "It cannot be waived."
        let place =
            rule.jurisdictions.isEmpty
            ? "Everywhere."
            : rule.jurisdictions.sorted().map(\.title).joined(separator: ", ") + "."
        let heads = phases.map(\.rawValue).joined(separator: " | ")
        let rule = String(repeating: "---|", count: phases.count)
        let cells = phases.map { self.rule.severity(in: $0).name }.joined(separator: " | ")
        let judged = "Judged on: \(RuleIndex.place(of: self.rule).rawValue)."
        return "| \(heads) |\n|\(rule)\n| \(cells) |\n\n\(waived) \(judged) Applies: \(place)"
    }

    private var whereJudged: String {
        if let reason = UnjudgedRules.reason(rule.id) { return reason }
        return "A definition does not hold what this rule asks about. "
            + "The site judges it on its records."
    }

    private var basis: String {
        var lines = rule.basis.map { citation in
            guard let (document, _) = RegisteredDocument.resolve(citation) else {
                return "- \(citation)"
            }
            let details = [document.identifier, document.version].compactMap(\.self)
            let edition = details.isEmpty ? "" : " (\(details.joined(separator: ", ")))"
            let standing =
                switch document.status {
                case .draft: ", a draft"
                case .superseded: ", superseded"
                case .current, .literature: ""
                }
            return "- \(citation): \(document.title)\(edition)\(standing)"
        }
        if let caution = rule.confirmation.caution { lines.append("\nConfirmation: \(caution).") }
        return lines.joined(separator: "\n")
    }

    /// The first paragraph.
    private static func lead(_ text: String) -> String {
        String(text.split(separator: "\n\n", maxSplits: 1)[0])
    }

    private static func body(_ text: String) -> String {
        let parts = text.split(separator: "\n\n", maxSplits: 1)
        return parts.count > 1 ? String(parts[1]) : ""
    }

    private static let texts: [String: String] = {
        var pages: [String: String] = [:]
        for text in RulePageTexts.all {
            var id: Substring = ""
            var lines: [Substring] = []
            func close() {
                guard !id.isEmpty else { return }
                pages[String(id)] = lines.joined(separator: "\n")
                lines = []
            }
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                if line.hasPrefix(RulePageTexts.marker) {
                    close()
                    id = line.dropFirst(RulePageTexts.marker.count)
                } else {
                    lines.append(line)
                }
            }
            close()
        }
        return pages
    }()
}
