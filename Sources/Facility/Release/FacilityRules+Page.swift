import Guidance

extension FacilityRules {
    /// What a site does about a rule.
    package struct Part: Codable, Hashable, Sendable {
        /// `refuses, opens an event or falls due`, `kept by design`, `checked at registration` or
        /// `elsewhere`.
        package var how: String
        /// The commands, or what keeps it.
        package var place: String
    }

    /// What a site does about `rule`; `nil` when only the checker judges it.
    package static func part(of rule: String) -> Part? {
        for (how, table) in tables {
            if let place = table[rule] { return Part(how: how, place: place) }
        }
        return nil
    }

    /// The four tables with what each stands for.
    package static let tables: [(how: String, rules: [String: String])] = [
        ("refuses, opens an event or falls due", enforced), ("kept by design", built),
        ("checked at registration", checked), ("elsewhere", elsewhere),
    ]

    /// What a site does about every rule it can keep, as Markdown.
    package static var markdown: String {
        var lines = [
            "# Rules at the site", "",
            "A definition says how a product is meant to be made; the site sees to it that it is. This",
            "page is written from the tables behind `seedlot rules`: a rule of the first table refuses",
            "a command, opens an event or falls due, and is named there; tests see each one at work.",
            "",
        ]
        let heads = [
            "What a site refuses, reports or asks for", "What cannot be broken, or is read off",
            "What is judged before a version is registered", "What no record of a site shows",
        ]
        let notes = [
            "A refusal names the rule; an event carries it; `seedlot due` lists it.",
            "No command breaks these, or the records answer them at any time.",
            "`definition.register` takes no version with an open error at its phase. Beside that:",
            "These stay with people, and where is said here.",
        ]
        for (place, (_, rules)) in tables.enumerated() {
            lines += ["## \(heads[place])", "", notes[place], "", "| rule | expectation | where |"]
            lines.append("|---|---|---|")
            for (id, at) in rules.sorted(by: { $0.key < $1.key }) {
                let statement = RuleCatalogue.rule(id)?.statement ?? ""
                lines.append("| `\(id)` | \(statement) | \(at) |")
            }
            lines.append("")
        }
        return lines.joined(separator: "\n")
    }
}
