import Testing

@testable import Guidance

/// The catalogue reads, says what it is asked and keeps the promises that rules rest on.
@Suite struct RuleCatalogueTests {
    @Test func holdsTwoHundredRulesWithDistinctCodes() {
        #expect(RuleCatalogue.all.count == 200)
        #expect(Set(RuleCatalogue.all.map(\.id)).count == 200)
    }

    @Test(arguments: RuleArea.allCases) func hasRulesInEveryArea(area: RuleArea) {
        #expect(!RuleCatalogue.rules(of: area).isEmpty)
    }

    @Test(arguments: RuleCatalogue.all) func statesCitesAndIsEnforced(rule: CatalogueRule) {
        #expect(rule.statement.count > 20)
        #expect(!rule.basis.isEmpty)
        #expect(!rule.enforcement.isEmpty)
        #expect(rule.id.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" })
    }

    @Test(arguments: RuleCatalogue.all) func citesDocumentsOfTheRegister(rule: CatalogueRule) {
        for citation in rule.basis {
            #expect(RegisteredDocument.resolve(citation) != nil, "\(rule.id): \(citation)")
        }
    }

    /// A departure never weighs less once more patients depend on the product, except where the
    /// expectation is by nature one of early development: candidates of potency, transfer
    /// between laboratories, and the comparison of a dose with the literature.
    @Test func severityDoesNotFallOnTheWayToTheMarket() {
        let falling = RuleCatalogue.all.filter { rule in
            let severities = DevelopmentPhase.allCases.map(rule.severity(in:))
            return zip(severities, severities.dropFirst()).contains { $0 > $1 }
        }
        #expect(
            Set(falling.map(\.id)) == [
                "potency-candidates", "tt-hands-on", "tt-gap-actions", "tt-data-integrity",
                "dose-within-precedent",
            ])
    }

    @Test func looksUpSeverityByPhase() throws {
        let rule = try #require(RuleCatalogue.rule("stage-has-ipc"))
        #expect(rule.severity(in: .preclinical) == .warning)
        #expect(rule.severity(in: .phase1) == .error)
        #expect(rule.isWaivable)
        #expect(RuleCatalogue.rule("no-such-rule") == nil)
    }

    @Test func anUnconfirmedRuleOnlyWarnsAndSaysSo() throws {
        let rule = try #require(RuleCatalogue.rule("donor-consent"))
        #expect(rule.severity(in: .commercial) == .warning)
        #expect(rule.confirmation.caution == "unconfirmed (article number)")
    }

    @Test func europeanAndAmericanRulesKeepToTheirJurisdiction() throws {
        let american = try #require(RuleCatalogue.rule("donor-us-panel"))
        let european = try #require(RuleCatalogue.rule("donor-eu-panel-complete"))
        #expect(american.applies(in: [.unitedStates, .eu]))
        #expect(!american.applies(in: [.eu]))
        #expect(!american.applies(in: []))
        #expect(european.applies(in: []))
        #expect(!european.applies(in: [.japan]))
    }
}
