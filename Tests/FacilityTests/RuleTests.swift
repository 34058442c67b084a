import Facility
import Foundation
import Guidance
import Testing
import TestSupport

/// The table of what the site enforces, held against what it does.
@Suite struct RuleTests {
    /// Every rule that a site can judge, alone or after the checker, stands in one of the tables.
    @Test func everyRuleForSitesIsAccountedFor() {
        for rule in RuleCatalogue.all where rule.enforcement.contains(.site) {
            #expect(FacilityRules.part(of: rule.id) != nil, "\(rule.id)")
        }
        let ids = FacilityRules.tables.flatMap(\.rules.keys)
        #expect(Set(ids).count == ids.count)
        for id in ids { #expect(RuleCatalogue.rule(id) != nil, "\(id)") }
    }

    /// The page of the repository is that of the tables.
    @Test func thePageOfTheRulesIsThatOfTheTables() throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../docs/rules/at-the-site.md")
        if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1" {
            try Data(FacilityRules.markdown.utf8).write(to: page)
        }
        #expect(try String(contentsOf: page, encoding: .utf8) == FacilityRules.markdown)
    }

    /// Every rule that is said to be enforced was seen to refuse, to open an event or to fall due;
    /// and nothing else is ever named.
    @Test func everyClaimedRuleIsSeenAtWork() throws {
        var seen: Set<String> = []
        for tour in GoldenFactTests.tours {
            let site = try tour()
            seen.formUnion(site.rules)
            seen.formUnion(site.state.due(asOf: site.now.date, within: 4000).compactMap(\.rule))
        }
        for witness in RuleWitnesses.all { seen.formUnion(try witness()) }
        let claimed = Set(FacilityRules.enforced.keys)
        #expect(claimed.subtracting(seen).sorted() == [])
        #expect(seen.subtracting(claimed).sorted() == [])
    }
}
