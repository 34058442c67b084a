import ArgumentParser
import Checker
import Facility
import Guidance

/// `seedlot rules`: every rule, its weight by phase and where it is judged.
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Lists every rule with its severity by phase and where it is judged.")

    @Option(help: "Only the rules of one area, for instance material.")
    var area: String?

    @OptionGroup var format: FormatOption

    func run() throws {
        let rules: [CatalogueRule]
        if let name = area {
            guard let area = RuleArea(rawValue: name) else {
                let known = RuleArea.allCases.map(\.rawValue).joined(separator: ", ")
                throw Complaint.misuse("there is no area '\(name)'", wayOut: "areas: \(known)")
            }
            rules = RuleCatalogue.rules(of: area)
        } else {
            rules = RuleCatalogue.all
        }
        switch format.format {
        case .json: print(try rules.map(ListedRule.init).printedJSON())
        case .text: printTable(rules)
        }
    }

    private func printTable(_ rules: [CatalogueRule]) {
        let phases = DevelopmentPhase.allCases
        let width = rules.map(\.id.count).max() ?? 0
        let heads = phases.map { padded($0.rawValue, to: 12) }.joined()
        print("\(padded("rule", to: width + 2))\(heads)\(padded("waivable", to: 10))judged on")
        for rule in rules {
            let weights = phases.map { padded(rule.severity(in: $0).name, to: 12) }.joined()
            let waivable = padded(rule.isWaivable ? "yes" : "no", to: 10)
            let place = RuleIndex.place(of: rule).rawValue
            let site = FacilityRules.part(of: rule.id).map { "  \($0.how): \($0.place)" } ?? ""
            print("\(padded(rule.id, to: width + 2))\(weights)\(waivable)\(place)\(site)")
        }
        let counts = Dictionary(grouping: rules, by: RuleIndex.place).mapValues(\.count)
        let parts = RuleIndex.Place.allCases.compactMap { place in
            counts[place].map { "\($0) on \(place.rawValue)" }
        }
        print("\(rules.count) rules: \(parts.joined(separator: ", "))")
    }

    private func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 1))
    }
}

/// A rule as `--format json` prints it.
private struct ListedRule: Encodable {
    let id: String
    let area: String
    let statement: String
    let severity: [String: String]
    let waivable: Bool
    let basis: [String]
    let jurisdictions: [String]
    let caution: String?
    let judgedOn: RuleIndex.Place
    let site: FacilityRules.Part?

    init(_ rule: CatalogueRule) {
        id = rule.id
        area = rule.area.rawValue
        statement = rule.statement
        severity = Dictionary(
            uniqueKeysWithValues: DevelopmentPhase.allCases.map {
                ($0.rawValue, rule.severity(in: $0).name)
            })
        waivable = rule.isWaivable
        basis = rule.basis
        jurisdictions = rule.jurisdictions.sorted().map(\.rawValue)
        caution = rule.confirmation.caution
        judgedOn = RuleIndex.place(of: rule)
        site = FacilityRules.part(of: rule.id)
    }
}
