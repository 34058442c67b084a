public import Guidance

/// Where each rule of the catalogue is judged.
public enum RuleIndex {
    /// Who judges a rule.
    public enum Place: String, CaseIterable, Codable, Sendable {
        /// The checker, on the definition.
        case definition
        /// The site, on its records.
        case site
        /// The checker on the plan, the site on its execution.
        case both = "definition and site"
        /// Neither; the page of the rule says why.
        case nowhere
    }

    /// Where the rule is judged.
    public static func place(of rule: CatalogueRule) -> Place {
        let isChecked = RuleRegistry.rule(rule.id) != nil
        switch (isChecked, rule.enforcement.contains(.site)) {
        case (true, true): return .both
        case (true, false): return .definition
        case (false, true): return .site
        case (false, false): return .nowhere
        }
    }

    /// The rules judged on definitions, on sites, and nowhere, as Markdown.
    public static var markdown: String {
        var lines = [
            "# Rules", "",
            "Severity is given before the clinic, in exploratory trials, in confirmatory trials",
            "and on the market. A rule that only a site can judge has no page of its own:",
            "`seedlot explain` shows what the catalogue holds of it. What a site does about each rule",
            "stands in [at-the-site.md](at-the-site.md).", "",
        ]
        for area in RuleArea.allCases {
            lines += ["## \(area.rawValue)", "", "| rule | severity | waivable | judged on |"]
            lines.append("|---|---|---|---|")
            for rule in RuleCatalogue.rules(of: area) {
                let severities = DevelopmentPhase.allCases.map { rule.severity(in: $0).name }
                let name =
                    RuleRegistry.rule(rule.id) == nil
                    ? "`\(rule.id)`" : "[`\(rule.id)`](\(rule.id).md)"
                lines.append(
                    "| \(name) \(rule.statement) | \(severities.joined(separator: ", ")) "
                        + "| \(rule.isWaivable ? "yes" : "no") | \(place(of: rule).rawValue) |")
            }
            lines.append("")
        }
        return lines.joined(separator: "\n")
    }
}
