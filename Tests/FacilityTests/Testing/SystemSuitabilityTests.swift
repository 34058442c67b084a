import Facility
import Ledger
import Quantities
import Testing

/// Runs that are judged by their controls, and results that a second person holds against their raw
/// data.
@Suite struct SystemSuitabilityTests {
    private let record = "testing.record-result"

    /// A laboratory whose method reads a reference in each run.
    private func withControl() throws -> TestSite {
        var site = try TestSite.withLaboratory()
        try site.approveChange("CC-3")
        try site.registerMethodWithControl(change: "CC-3")
        try site.qualifyAnalyst()
        return site
    }

    /// A result of the viability of B-2 with what controls gave.
    private func result(_ readings: [(JSONValue, JSONValue)]) throws -> JSONValue {
        var body = try #require(TestSite.viability().objectValue)
        body["suitability"] = .array(
            readings.map { ["control": $0.0, "observation": $0.1] })
        return .object(body)
    }

    @Test func aRunIsReadByItsControlsFirst() throws {
        var site = try withControl()
        for (readings, code) in [
            ([], "testing.control-missing"),
            ([("referense", "100 %")], "testing.control-missing"),
            ([("reference", "89 %")], "testing.run-not-suitable"),
            ([("reference", "111 %")], "testing.run-not-suitable"),
            ([("reference", "100 %"), ("reference", "99 %")], "testing.controls"),
        ] as [([(JSONValue, JSONValue)], String)] {
            #expect(site.refusal(record, try result(readings), as: "analyst") == code)
        }
        try site.perform(record, try result([("reference", "104 %")]), as: "analyst")
        let kept = site.state.batches[BatchID("B-2")!]?.results.last?.run?.readings
        #expect(kept?.map(\.observation.description) == ["104 %"])
    }

    /// It is no result outside the specification: nothing stands in the way of a repeat but the eyes
    /// of the reviewer.
    @Test func aRunThatDoesNotCountIsKeptAndSeenInTheReview() throws {
        var site = try withControl()
        try site.perform("testing.record-invalid-run", TestSite.spoiltRun(), as: "analyst")
        #expect(site.state.lots[LotID("R-1")!]?.balances[.consumed].description == "0.5 mL")
        #expect(site.state.balance().closes)
        #expect(site.openEvents(of: "B-2").isEmpty)
        #expect(site.state.methodStandings(on: site.now.date).map(\.invalidRuns) == [1])
        try site.perform(record, try result([("reference", "104 %")]), as: "analyst")
        let exceptions = site.state.exceptions(of: try site.state.batch(BatchID("B-2")!))
        let seen = exceptions.filter { $0.kind == .testRun && $0.description.contains("QC-9") }
        #expect(seen.map(\.isOpen) == [true])
    }

    @Test func aRunThatDoesNotCountHasAMethodAndASubject() throws {
        var site = try withControl()
        for (field, value, code) in [
            ("method", "viabilty", "testing.unknown-method"),
            ("subject", "NC-1", "testing.subject"),
            ("reason", " ", "site.text-missing"),
            ("instruments", ["NC-7"], "site.unknown-identifier"),
            ("reagents", [["lot": "R-1", "quantity": "11 mL"]], "material.not-enough"),
        ] as [(String, JSONValue, String)] {
            var body = try #require(TestSite.spoiltRun().objectValue)
            body[field] = value
            #expect(
                site.refusal("testing.record-invalid-run", .object(body), as: "analyst") == code)
        }
    }

    @Test func nobodyVerifiesTheirOwnResult() throws {
        var site = try TestSite.withLaboratory()
        let verify: JSONValue = ["subject": "B-2"]
        #expect(
            site.refusal("testing.verify-results", verify, as: "reviewer")
                == "testing.nothing-to-verify")
        try site.perform(record, TestSite.viability(), as: "analyst")
        #expect(
            site.refusal("testing.verify-results", verify, as: "analyst") == "testing.own-result")
        #expect(
            site.refusal(
                "testing.verify-results", ["subject": "B-2", "tests": ["viability"]],
                as: "analyst") == "testing.own-result")
        #expect(
            site.refusal(
                "testing.verify-results", ["subject": "B-2", "tests": ["viabilty"]],
                as: "reviewer") == "testing.nothing-to-verify")
        #expect(
            site.refusal("testing.verify-results", ["subject": "NC-1"], as: "reviewer")
                == "testing.subject")
        try site.perform("testing.verify-results", verify, as: "reviewer")
        let result = try #require(site.state.batches[BatchID("B-2")!]?.results.last)
        #expect(result.verified?.person == PersonID("reviewer"))
        #expect(
            site.refusal("testing.verify-results", verify, as: "reviewer")
                == "testing.nothing-to-verify")
    }

    /// In an exploratory trial the review tells of them; from confirmatory trials on it waits.
    @Test func aBatchOnTheMarketWaitsForTheSecondPerson() throws {
        var early = try TestSite.withBank()
        try early.makeProduct()
        try early.testProduct()
        let told = early.state.exceptions(of: try early.state.batch(BatchID("B-2")!))
        #expect(told.filter { $0.kind == .unverifiedResult }.map(\.isOpen) == [false])
        try early.perform("batch.review", ["batch": "B-2"], as: "reviewer")

        var site = try TestSite.onTheMarket()
        try site.makeProduct(batch: "B-2", vial: "MCS-1-001")
        try site.testProduct()
        let review: JSONValue = ["batch": "B-2"]
        #expect(
            site.refusal("batch.review", review, as: "reviewer") == "release.results-unverified")
        #expect(
            site.refusal(
                "batch.dispose-exception",
                [
                    "batch": "B-2", "exception": "results-unverified",
                    "disposition": "acceptable", "reason": "seen",
                ], as: "reviewer") == "release.settled-elsewhere")
        try site.perform("testing.verify-results", ["subject": "B-2"], as: "reviewer")
        try site.perform("batch.review", review, as: "reviewer")
    }

    /// What was verified and is corrected afterwards is verified again.
    @Test func aCorrectedResultIsVerifiedAgain() throws {
        var site = try TestSite.withLaboratory()
        try site.perform(record, TestSite.viability(), as: "analyst")
        try site.perform("testing.verify-results", ["subject": "B-2"], as: "reviewer")
        let entry = try site.entry(of: "testing.result-recorded/1", "test", "viability")
        try site.perform(
            "entry.correct",
            [
                "thing": "B-2", "entry": .number(Double(entry)), "field": "observation",
                "value": "92 %", "reason": "digits exchanged", "witness": "operator-2",
            ], as: "analyst")
        let waiting = try site.state.unverifiedResults(of: ThingID("B-2")!)
        #expect(waiting.map(\.test) == ["viability"])
    }
}
