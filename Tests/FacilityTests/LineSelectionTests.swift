import Facility
import Ledger
import Testing

/// Lines are chosen by their scorecards.
@Suite struct LineSelectionTests {
    private func withLines() throws -> TestSite {
        var site = try TestSite.founded()
        for line in ["LINE-1", "LINE-2"] as [JSONValue] {
            try site.perform(
                "line.register",
                [
                    "line": line, "name": "TESTe001-A", "provider": "public bank",
                    "consent": "CONSENT-1", "dueDiligence": "DD-1", "strProfile": "STR-1",
                    "isInduced": true,
                ], as: "reviewer")
        }
        return site
    }

    /// By hand: (6 · 3 + 4 · 8) / 10 = 5.
    @Test func theBestScoreStandsFirst() throws {
        var site = try withLines()
        try site.score("LINE-1", 8, genetics: 3)
        try site.score("LINE-2", 7)
        let standings = site.state.lineStandings()
        #expect(standings.map(\.line.text) == ["LINE-2", "LINE-1"])
        #expect(standings.map(\.mean) == [7, 5])
        try site.perform(
            "line.select",
            ["line": "LINE-2", "comparedWith": ["LINE-1"], "reason": "normal karyotype"],
            as: "reviewer")
        #expect(site.state.lineStandings().map(\.isSelected) == [true, false])
    }

    @Test func aLineWithoutAScorecardIsNotChosen() throws {
        var site = try withLines()
        try site.score("LINE-1", 8)
        #expect(
            site.refusal(
                "line.select",
                ["line": "LINE-1", "comparedWith": ["LINE-2"], "reason": "better"],
                as: "reviewer") == "line.not-scored")
        #expect(
            site.refusal(
                "line.select",
                ["line": "LINE-1", "comparedWith": ["LINE-1"], "reason": "better"],
                as: "reviewer") == "line.compared-with")
    }

    @Test func everyCriterionIsScoredOnce() throws {
        var site = try withLines()
        func scores(_ criteria: [String]) -> JSONValue {
            [
                "line": "LINE-1",
                "scores": .array(
                    criteria.map {
                        [
                            "criterion": .string($0), "weight": 1, "score": 1,
                            "evidence": "DD-1",
                        ]
                    }),
            ]
        }
        let four = ["history", "genetics", "consent", "licence"]
        for criteria in [four, four + ["differentiation", "history"]] {
            #expect(
                site.refusal("line.score", scores(criteria), as: "reviewer") == "line.criteria")
        }
    }
}
