import Facility
import Foundation
import Guidance
import Testing
import TestSupport

/// The table of what the site enforces, held against what it does.
@Suite struct RuleTests {
    /// Every rule that only a site can judge stands in one of the three tables.
    @Test func everyRuleForSitesIsAccountedFor() {
        let tables = [FacilityRules.enforced, FacilityRules.built, FacilityRules.elsewhere]
        for rule in RuleCatalogue.all where rule.enforcement == [.site] {
            #expect(tables.contains { $0[rule.id] != nil }, "\(rule.id)")
        }
        let ids = tables.flatMap(\.keys)
        #expect(Set(ids).count == ids.count)
        for id in ids { #expect(RuleCatalogue.rule(id) != nil, "\(id)") }
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
