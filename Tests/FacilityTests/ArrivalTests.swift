import Facility
import Foundation
import Guidance
import Ledger
import Quantities
import Testing

/// Lines and banks that were made elsewhere, and the temperature of what is kept and sent.
@Suite struct ArrivalTests {
    @Test func aLineHasNoGapInItsHistory() throws {
        var site = try TestSite.founded()
        try site.registerLine(reaching: [1])
        let gap: JSONValue = [
            "line": "LINE-1", "fromPassage": 2, "toPassage": 3, "event": "banking", "site": "here",
            "began": "2016-01-01", "materials": "medium",
        ]
        #expect(
            try site.rule("line.record-stretch", gap, as: "reviewer") == "line-history-complete")
    }

    /// ICH Q5D 2.3: a bank is used when it is tested, wherever it was made.
    @Test func aReceivedBankWaitsForEveryTestItNeeds() throws {
        var site = try TestSite.withBank()
        try site.registerLine()
        try site.perform("bank.receive", TestSite.arrival(), as: "operator-1")
        let bank = try site.state.bank(BankID("MCB-9")!)
        let needed = site.state.testMatrix(of: bank).filter { $0.answer == .open }
        // The panel and the differentiation are asked of mesenchymal stromal cells alone.
        let ofEveryMaster = BankTest.required(for: .mscMaster).map(\.id).filter {
            !["isct-panel", "mesodermal-differentiation"].contains($0)
        }
        #expect(Set(needed.map(\.test.id)) == Set(ofEveryMaster))
        try site.testBank("MCB-9", except: ["karyotype"])
        #expect(
            site.refusal("bank.release", ["bank": "MCB-9"], as: "reviewer") == "bank.tests-missing")
        try site.testBank("MCB-9")
        try site.perform("bank.release", ["bank": "MCB-9"], as: "reviewer")
        let vial = try site.state.container(ContainerID("MCB-9-001")!)
        #expect(vial.status == .released)
        #expect(vial.doublings?.description == "20 PD")
        #expect(try site.state.trace("LINE-1").forward.map(\.id).contains("MCB-9-002"))
    }

    @Test func aFailedBankTestIsNotRepeatedIntoAPass() throws {
        var site = try TestSite.withBank()
        try site.registerLine()
        try site.perform("bank.receive", TestSite.arrival(), as: "operator-1")
        func result(_ passes: JSONValue) -> JSONValue {
            [
                "bank": "MCB-9", "test": "sterility", "observation": "growth", "passes": passes,
                "reference": "BT-9",
            ]
        }
        try site.perform("bank.record-test", result(false), as: "analyst")
        #expect(site.state.deviations.values.map(\.rule) == ["bank-microbiology"])
        #expect(
            site.refusal("bank.record-test", result(true), as: "analyst")
                == "testing.result-stands")
    }

    private func log(
        _ site: TestSite, unit: JSONValue = "LN2-2", readings: JSONValue = 145,
        highest: JSONValue = "-170 °C"
    ) -> JSONValue {
        [
            "unit": unit, "from": .string(site.now.advanced(bySeconds: -86_400).description),
            "to": .string(site.now.description), "readings": readings, "lowest": "-190 °C",
            "highest": highest, "file": TestSite.logFile,
        ]
    }

    @Test func aStorageLogOutsideTheLimitsHoldsWhatIsInTheUnit() throws {
        var site = try TestSite.withCertifiedBatch()
        try site.registerUnit()
        site.wait(days: 1)
        try site.perform("storage.import-log", log(site), as: "operator-2")
        #expect(site.state.excursions.isEmpty)
        site.wait(days: 2)
        try site.perform(
            "storage.import-log", log(site, highest: "-120 °C"), as: "operator-2")
        #expect(site.state.excursions.count == 1)
        #expect(try !site.state.container(ContainerID("B-2-001")!).holds.isEmpty)
        #expect(try site.state.container(ContainerID("MCS-1-002")!).holds.isEmpty)
    }

    @Test func aLogIsReadFromItsFile() throws {
        var site = try TestSite.withCertifiedBatch()
        site.wait(days: 1)
        func readings(_ values: [String], minutes: Int64 = 10) -> JSONValue {
            let lines = values.enumerated().map { index, value in
                let seconds = (Int64(index) - Int64(values.count)) * minutes * 60
                return "\(site.now.advanced(bySeconds: seconds)),\(value)"
            }
            return [
                "unit": "LN2-2",
                "series": [
                    "name": "tank.csv",
                    "text": .string("time,temperature\n" + lines.joined(separator: "\n") + "\n"),
                ],
            ]
        }
        let cold = Array(repeating: "-178.5", count: 20)
        #expect(
            site.refusal("storage.import-log", readings(cold), as: "operator-2")
                == "storage.unknown-unit")
        try site.registerUnit()
        #expect(
            site.refusal("storage.import-log", readings(cold, minutes: 40), as: "operator-2")
                == "storage.log-gaps")
        #expect(
            site.refusal(
                "storage.import-log", readings(cold + ["warm", "-170"]), as: "operator-2")
                == "storage.log-unreadable")
        #expect(
            site.refusal("storage.import-log", readings(["-300"]), as: "operator-2")
                == "storage.not-a-temperature")
        try site.perform(
            "storage.import-log", readings(cold + ["-120 °C", "-181"]), as: "operator-2")
        let log = try #require(site.state.storageLogs["LN2-2"]?.last)
        #expect(log.readings == 22)
        #expect(log.highest.description == "-120 °C")
        #expect(log.lowest.description == "-181 °C")
        #expect(site.state.excursions.count == 1)
    }

    /// The site has not seen the readings: quality looks at the file before it counts as evidence.
    @Test func readingsThatWereTypedAreMarkedAndLookedAt() throws {
        var site = try TestSite.withCertifiedBatch()
        try site.order(containers: ["B-2-001"])
        let left = site.now
        try site.perform(
            "shipment.receive", ["shipment": "S-1", "highestTemperature": "-160 °C"],
            as: "supervisor")
        try site.perform(
            "shipment.import-log",
            [
                "shipment": "S-1", "from": .string(left.description),
                "to": .string(site.now.description), "readings": 3, "lowest": "-190 °C",
                "highest": "-165 °C", "file": TestSite.logFile,
            ], as: "supervisor")
        let log = try #require(try site.state.shipment(ShipmentID("S-1")!).log)
        #expect(log.isTyped == true)
        #expect(log.origin == "typed, not read from the logger's file")
        #expect(site.state.deviations.values.map(\.rule) == ["transport-qualified"])
        #expect(site.state.deviations.values.flatMap(\.things).map(\.text) == ["S-1"])
        // The doses are not held: nothing says that they were too warm.
        #expect(try site.state.container(ContainerID("B-2-001")!).holds.isEmpty)
    }

    @Test func readingsFromTheFileAreEvidence() throws {
        let site = try ThreadTests.treated()
        let log = try #require(try site.state.shipment(ShipmentID("S-1")!).log)
        #expect(log.isTyped == false)
        #expect(site.state.deviations.isEmpty)
    }

    @Test func aLogWithGapsOrTwiceTheSameTimeIsRefused() throws {
        var site = try TestSite.withCertifiedBatch()
        try site.registerUnit()
        site.wait(days: 1)
        #expect(
            site.refusal("storage.import-log", log(site, readings: 5), as: "operator-2")
                == "storage.log-gaps")
        try site.perform("storage.import-log", log(site), as: "operator-2")
        #expect(
            site.refusal("storage.import-log", log(site), as: "operator-2")
                == "storage.log-overlap")
    }

    @Test func aDoseOutsideEveryPublishedOneNeedsAReason() throws {
        var site = try TestSite.founded()
        try site.registerVariant()
        try site.perform("patient.register", ["patient": "P-1"], as: "supervisor")
        func order(_ more: [String: JSONValue]) -> JSONValue {
            .object(
                [
                    "order": "O-1", "patient": "P-1", "hospital": "hospital",
                    "definition": "SMALL-1.0.0", "containers": 8, "dose": "0.2e6 cells/kg",
                    "weight": "70 kg",
                ].merging(more) { $1 })
        }
        #expect(
            try site.rule("order.place", order([:]), as: "supervisor") == "dose-within-precedent")
        try site.perform(
            "order.place", order(["reason": "first dose of an escalation"]), as: "supervisor")
        #expect(site.state.orders[OrderID("O-1")!]?.reason == "first dose of an escalation")
    }
}
