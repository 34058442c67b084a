import Facility
import Ledger
import Testing

/// What was typed wrong in a result of a bank or of a study is put right, and judged again.
@Suite struct ResultCorrectionTests {
    private func correct(
        _ thing: JSONValue, _ entry: Int, _ field: JSONValue, _ value: JSONValue
    ) -> JSONValue {
        [
            "thing": thing, "entry": .number(Double(entry)), "field": field, "value": value,
            "reason": "the line above was read", "witness": "operator-2",
        ]
    }

    @Test func aResultOfABankIsCorrectedAndVerifiedAgain() throws {
        var site = try TestSite.withBank()
        let entry = try site.entry(of: "bank.test-recorded/1", "test", "karyotype")
        try site.perform(
            "entry.correct", correct("MCS-1", entry, "reference", "BT-21"), as: "analyst")
        try site.perform(
            "entry.correct", correct("MCS-1", entry, "observation", "46,XX in 20 metaphases"),
            as: "analyst")
        let result = try #require(
            try site.state.bank(BankID("MCS-1")!).tests.inForce(of: "karyotype"))
        #expect(result.reference == "BT-21")
        #expect(result.observation.description == "46,XX in 20 metaphases")
        #expect(result.isUnverified)
        #expect(site.state.deviations.isEmpty)
    }

    /// A bank that does not pass after all has an event about it, which what came of it waits for.
    @Test func aResultOfABankThatFailsAfterAllOpensTheInvestigation() throws {
        var site = try TestSite.withBank()
        let entry = try site.entry(of: "bank.test-recorded/1", "test", "karyotype")
        try site.perform(
            "entry.correct", correct("MCS-1", entry, "passes", "false"), as: "analyst")
        let event = try #require(site.state.deviations.inOrder.last)
        #expect(event.cause == .outOfSpecification)
        #expect(event.things.map(\.text) == ["MCS-1"])
        #expect(site.state.result(behind: event)?.test == "karyotype")
        // A result that failed is investigated, not typed over.
        #expect(
            site.refusal(
                "entry.correct", correct("MCS-1", entry, "passes", "true"), as: "analyst")
                == "testing.result-fails")
    }

    @Test func aResultOfAStudyIsJudgedAgain() throws {
        var site = try TestSite.withBank()
        try site.openTransportStudy()
        try site.recordTransport()
        let entry = try site.entry(of: "study.result-recorded/1", "study", "VAL-1")
        func put(_ value: JSONValue) -> JSONValue { correct("VAL-1", entry, "observation", value) }
        try site.perform("entry.correct", put("-141 °C"), as: "analyst")
        #expect(site.state.deviations.isEmpty)
        try site.perform(
            "study.conclude", ["study": "VAL-1", "summary": "it holds"], as: "reviewer")
        try site.perform("entry.correct", put("-115 °C"), as: "analyst")
        #expect(
            site.state.deviations.inOrder.map(\.cause) == [.studyCriterionNotMet, .entryCorrected])
        #expect(
            site.refusal("entry.correct", put("-151 °C"), as: "analyst") == "testing.result-fails")
    }

    /// Another field and another entry are named in the refusal.
    @Test func whatIsNoFieldOfAResultIsRefused() throws {
        var site = try TestSite.withBank()
        let entry = try site.entry(of: "bank.test-recorded/1", "test", "karyotype")
        #expect(
            site.refusal("entry.correct", correct("MCS-1", entry, "verdict", "1"), as: "analyst")
                == "entry.unknown-field")
        #expect(
            site.refusal("entry.correct", correct("MCS-1", 1, "passes", "true"), as: "analyst")
                == "entry.not-found")
    }
}
