import Facility
import Ledger
import Testing

/// The validation master plan: one line for each thing that has to be shown to work.
@Suite struct ValidationPlanTests {
    private func lines(
        _ site: TestSite, _ area: ValidationArea
    ) -> [ValidationStanding] {
        site.state.validationPlan(on: site.now.date).filter { $0.area == area }
    }

    @Test func aStudyCarriesItsLine() throws {
        var site = try TestSite.founded()
        try site.registerDefinition()
        #expect(lines(site, .process).map(\.status) == [.open])
        #expect(lines(site, .transport).map(\.status) == [.open])
        try site.openTransportStudy()
        #expect(lines(site, .transport).map(\.status) == [.underway])
        try site.recordTransport()
        try site.perform(
            "study.conclude", ["study": "VAL-1", "summary": "dry shipper holds"], as: "reviewer")
        let line = try #require(lines(site, .transport).first)
        #expect(line.status == .validated)
        #expect(line.evidence == "VAL-1 of SMALL-1.0.0")
    }

    @Test func eachCleanRoomIsCleanedByAValidatedWay() throws {
        var site = try TestSite.readyToIsolate()
        let before = lines(site, .cleaning)
        #expect(!before.isEmpty && before.allSatisfy { $0.status == .open })
        let body: JSONValue = [
            "study": "CV-1", "kind": "cleaning-validation", "subject": "R-1",
            "protocolNumber": "P-1", "months": [], "windowDays": 0,
            "tests": [["test": "residue", "criterion": "<= 5 CFU"]],
        ]
        try site.perform("study.open", body, as: "reviewer")
        try site.perform(
            "study.conclude",
            ["study": "CV-1", "summary": "given up", "isStopped": true], as: "reviewer")
        #expect(lines(site, .cleaning).first { $0.subject == "R-1" }?.status == .failed)
    }

    @Test func whatHoldsForATimeRunsOut() throws {
        var site = try TestSite.readyToIsolate()
        #expect(lines(site, .room).contains { $0.status == .validated && $0.until != nil })
        site.wait(days: 800)
        #expect(lines(site, .room).allSatisfy { $0.status == .overdue || $0.status == .open })
        #expect(lines(site, .equipment).contains { $0.status == .overdue })
    }
}

extension TestSite {
    /// Opens VAL-1: the definition's doses stay cold on the way.
    mutating func openTransportStudy() throws {
        try perform(
            "study.open",
            [
                "study": "VAL-1", "kind": "transport-validation", "subject": "SMALL-1.0.0",
                "protocolNumber": "P-1", "months": [], "windowDays": 0,
                "tests": [["test": "warmest reading", "criterion": "<= -130 °C"]],
            ], as: "reviewer")
    }

    /// Records the result of VAL-1, which meets its criterion.
    mutating func recordTransport() throws {
        try perform(
            "study.record-result",
            [
                "study": "VAL-1", "test": "warmest reading", "observation": "-151 °C",
                "reference": "LOG-1",
            ], as: "analyst")
    }
}
