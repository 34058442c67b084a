import Facility
import Foundation
import Ledger
import Quantities
import Testing

/// Follow-up as the definition plans it.
@Suite struct FollowUpPlanTests {
    private func days(_ interval: String, _ duration: String) throws -> [Int] {
        MasterFollowUp(
            hazard: "tumorigenicity", endpoint: "imaging", interval: try Quantity(interval),
            duration: try Quantity(duration)
        ).visitDays
    }

    /// By hand: months of 30.4375 days.
    @Test func visitsComeAfterEachIntervalAndAtTheEnd() throws {
        #expect(try days("12 months", "5 years") == [365, 731, 1096, 1461, 1826])
        #expect(try days("3 months", "1 years") == [91, 183, 274, 365])
        #expect(try days("7 d", "30 d") == [7, 14, 21, 30])
        #expect(try days("30 d", "10 d") == [10])
    }

    /// Watching at the bedside is a visit a day.
    @Test func whatIsWatchedByTheHourIsAVisitADay() throws {
        #expect(try days("15 min", "24 h") == [1])
        #expect(try days("1 h", "3 d") == [1, 2, 3])
    }

    private func treated(_ plan: String) throws -> TestSite {
        var site = try TestSite.founded()
        try site.registerVariant(
            "SMALL-1.0.0",
            [
                "specifications:\n": """
                risks:
                  hazards:
                    - { id: tumour, kind: tumorigenicity, controls: [doublings], evidence: [NC-7] }
                \(plan)
                specifications:

                """
            ])
        try site.makeCertifiedBatch()
        try site.order(containers: ["B-2-001"])
        try site.perform(
            "shipment.receive", ["shipment": "S-1", "highestTemperature": "-165 °C"],
            as: "supervisor")
        try site.perform(
            "dose.administer",
            [
                "container": "B-2-001", "patient": "PT-1",
                "thawed": .string(site.now.description),
            ], as: "supervisor")
        return site
    }

    @Test func theFirstDosePlansTheVisits() throws {
        var site = try treated(
            """
            follow-up:
              - { hazard: tumour, endpoint: imaging, interval: 6 months, duration: 1 years }
              - { endpoint: response, interval: 28 d, duration: 28 d }
            """)
        let patient = try #require(site.state.patients[PatientID("PT-1")!])
        #expect(
            patient.followUp.map { "\($0.hazard) \($0.time)" } == [
                "tumorigenicity day 183", "tumorigenicity day 365", "effect day 28",
            ])
        let start = site.now.date
        let due = site.state.due(asOf: start, within: 400).filter { $0.kind == .followUp }
        #expect(
            due.map(\.due) == [28, 183, 365].map { start.advanced(byDays: $0) })
        #expect(due.first?.task == "see the patient for effect: response")
        let visit: [String: JSONValue] = ["patient": "PT-1", "hazard": "effect"]
        func record(_ time: [String: JSONValue]) -> JSONValue {
            .object(visit.merging(time) { $1 }.merging(["finding": "complete"]) { $1 })
        }
        for time in [["day": 27], ["month": 1], ["day": 28, "month": 1], [:]]
            as [[String: JSONValue]]
        {
            #expect(
                site.refusal("patient.record-follow-up", record(time), as: "supervisor")
                    == "patient.no-such-visit")
        }
        try site.perform("patient.record-follow-up", record(["day": 28]), as: "supervisor")
        #expect(
            site.state.due(asOf: start, within: 400).count { $0.kind == .followUp } == 2)
    }

    @Test func aPlanOfTooManyVisitsIsNotRegistered() throws {
        #expect {
            _ = try treated(
                "follow-up: [{ hazard: tumour, endpoint: imaging, interval: 1 d, "
                    + "duration: 5 years }]")
        } throws: { error in
            (error as? Rejection)?.code == "definition.follow-up-visits"
        }
    }
}
