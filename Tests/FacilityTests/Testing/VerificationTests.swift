import Facility
import Ledger
import Testing

/// Results of lots and of studies are held against their raw data by a second person as well.
@Suite struct VerificationTests {
    /// From confirmatory trials on, what was tested waits for the second person.
    @Test func aLotOnTheMarketWaitsForTheSecondPerson() throws {
        var site = try TestSite.onTheMarket()
        try site.testLot()
        let release: JSONValue = ["lot": "M-2", "certificate": "COA-2", "qualification": "QL-2"]
        #expect(
            site.refusal("material.release", release, as: "reviewer")
                == "release.results-unverified")
        #expect(
            site.refusal("testing.verify-results", ["subject": "M-2"], as: "analyst")
                == "testing.own-result")
        try site.perform("testing.verify-results", ["subject": "M-2"], as: "reviewer")
        try site.perform("material.release", release, as: "reviewer")
    }

    @Test func aStudyOnTheMarketWaitsForTheSecondPerson() throws {
        var site = try TestSite.onTheMarket()
        try site.openTransportStudy()
        try site.recordTransport()
        let conclude: JSONValue = ["study": "VAL-1", "summary": "the dry shipper holds"]
        #expect(
            site.refusal("study.conclude", conclude, as: "reviewer")
                == "release.results-unverified")
        try site.perform("testing.verify-results", ["subject": "VAL-1"], as: "reviewer")
        let study = try site.state.study(StudyID("VAL-1")!)
        #expect(study.results.map(\.verified?.person) == [PersonID("reviewer")])
        try site.perform("study.conclude", conclude, as: "reviewer")
    }

    /// In exploratory trials nobody waits, and a verified result that is corrected waits again.
    @Test func aCorrectedResultOfALotIsVerifiedAgain() throws {
        var site = try TestSite.withBank()
        try site.testLot()
        try site.perform("testing.verify-results", ["subject": "M-2"], as: "reviewer")
        #expect(try site.state.unverifiedResults(of: ThingID("M-2")!).isEmpty)
        try site.perform(
            "entry.correct",
            [
                "thing": "M-2",
                "entry": .number(Double(try site.entry(of: "material.tested/1", "lot", "M-2"))),
                "field": "observation", "value": "285 mOsm/kg", "reason": "digits exchanged",
                "witness": "operator-2",
            ], as: "analyst")
        #expect(try site.state.unverifiedResults(of: ThingID("M-2")!).map(\.test) == ["osmolality"])
        try site.perform(
            "material.release", ["lot": "M-2", "certificate": "COA-2"], as: "reviewer")
    }
}

extension TestSite {
    /// A lot in quarantine that the site tested itself.
    fileprivate mutating func testLot() throws {
        try perform(
            "material.receive",
            [
                "lot": "M-2", "material": "medium", "supplier": "supplier", "supplierLot": "78",
                "expiry": "2027-01-31", "quantity": "1000 mL",
            ], as: "operator-1")
        try perform(
            "material.record-test",
            [
                "lot": "M-2", "test": "osmolality", "observation": "258 mOsm/kg", "passes": true,
                "reference": "QC-40",
            ], as: "analyst")
    }
}
