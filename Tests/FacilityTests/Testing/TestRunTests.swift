import Facility
import Ledger
import Quantities
import Testing

/// What a result was found with and by whom.
@Suite struct TestRunTests {
    private let record = "testing.record-result"

    @Test func aResultKeepsWhatItWasFoundWith() throws {
        var site = try TestSite.withLaboratory()
        try site.perform(record, TestSite.viability(), as: "analyst")
        let result = try #require(site.state.batches[BatchID("B-2")!]?.results.last)
        #expect(result.run?.instruments == [EquipmentID("NC-1")!])
        #expect(result.run?.reagents.map(\.lot) == [LotID("R-1")!])
        let lot = try #require(site.state.lots[LotID("R-1")!])
        #expect(lot.balances[.consumed].description == "0.5 mL")
        #expect(lot.tests.map(\.test) == ["viability"])
        #expect(site.state.equipment[EquipmentID("NC-1")!]?.tests.count == 1)
        #expect(site.state.balance().closes)
    }

    @Test func whatTheMethodAsksForIsNamed() throws {
        var site = try TestSite.withLaboratory()
        #expect(
            site.refusal(record, TestSite.viability(instruments: nil), as: "analyst")
                == "testing.instrument-missing")
        #expect(
            site.refusal(record, TestSite.viability(reagents: nil), as: "analyst")
                == "testing.reagent-missing")
        #expect(
            site.refusal(record, TestSite.viability(instruments: ["NC-1", "NC-1"]), as: "analyst")
                == "testing.named-twice")
    }

    @Test func anInstrumentThatIsNotFitIsRefused() throws {
        var site = try TestSite.withLaboratory()
        try site.registerCounter("NC-2", isFit: false)
        #expect(
            site.refusal(record, TestSite.viability(instruments: ["NC-2"]), as: "analyst")
                == "equipment.not-qualified")
        site.wait(days: 361)
        #expect(
            site.refusal(record, TestSite.viability(), as: "analyst")
                == "equipment.calibration-due")
    }

    @Test func aReagentThatMayNotBeUsedIsRefused() throws {
        var site = try TestSite.withLaboratory()
        try site.receiveStain("R-2", isReleased: false)
        let inQuarantine = TestSite.viability(reagents: [["lot": "R-2"]])
        #expect(site.refusal(record, inQuarantine, as: "analyst") == "material.not-released")
        let tooMuch = TestSite.viability(reagents: [["lot": "R-1", "quantity": "11 mL"]])
        #expect(site.refusal(record, tooMuch, as: "analyst") == "material.not-enough")
        site.wait(days: 180)
        #expect(site.refusal(record, TestSite.viability(), as: "analyst") == "material.expired")
    }

    @Test func anAnalystIsQualifiedForTheVersionInForce() throws {
        var site = try TestSite.withLaboratory()
        try site.approveChange("CC-3")
        #expect(
            site.refusal(
                "testing.register-method",
                ["method": "viability", "version": "2", "document": "SOP"], as: "reviewer")
                == "change.missing")
        try site.registerMethod(version: "2", change: "CC-3")
        #expect(
            site.refusal(record, TestSite.viability(), as: "analyst")
                == "testing.analyst-not-qualified")
        #expect(
            site.state.due(asOf: site.now.date).contains {
                $0.kind == .training && $0.subject == "analyst"
            })
        try site.qualifyAnalyst()
        try site.perform(record, TestSite.viability(), as: "analyst")
    }

    @Test func nobodyQualifiesThemselvesAndNoUnknownMethodIsRegistered() throws {
        var site = try TestSite.withLaboratory()
        #expect(
            site.refusal(
                "testing.qualify-analyst",
                ["method": "viability", "person": "analyst", "document": "TR"], as: "analyst")
                == "people.own-training")
        #expect(
            site.refusal(
                "testing.register-method",
                ["method": "viabilty", "version": "1", "document": "SOP"], as: "reviewer")
                == "testing.unknown-method")
    }

    /// Results without an instrument are seen in the review; they wait for quality where the site's
    /// method asks for one.
    @Test func aResultWithoutAnInstrumentStandsInTheReview() throws {
        var site = try TestSite.withBank()
        try site.makeProduct()
        try site.testProduct()
        func runs(_ site: TestSite) throws -> [BatchException] {
            site.state.exceptions(of: try site.state.batch(BatchID("B-2")!)).filter {
                $0.kind == .testRun
            }
        }
        #expect(try runs(site).map(\.isOpen) == [false])
        try site.registerCounter()
        try site.receiveStain()
        try site.registerMethod()
        #expect(try runs(site).map(\.isOpen) == [true, false])
        #expect(
            site.refusal("batch.review", ["batch": "B-2"], as: "reviewer")
                == "release.exceptions-open")
        try site.perform(
            "batch.dispose-exception",
            [
                "batch": "B-2", "exception": .string(try runs(site)[0].id),
                "disposition": "acceptable", "reason": "raw data name the counter",
            ], as: "reviewer")
        try site.perform("batch.review", ["batch": "B-2"], as: "reviewer")
    }

    @Test func aTraceShowsWhatResultsRestOn() throws {
        var site = try TestSite.withLaboratory()
        try site.perform(record, TestSite.viability(), as: "analyst")
        let back = try site.state.trace("B-2-001")
        #expect(back.back.contains { $0.id == "R-1" })
        #expect(back.tests.contains { $0.instruments == ["NC-1"] && $0.reagents == ["R-1"] })
        #expect(try site.state.trace("R-1").tests.map(\.subject) == ["B-2"])
        #expect(try site.state.trace("NC-1").tests.map(\.test) == ["viability"])
    }

    @Test func aRecallOfAReagentFindsTheResults() throws {
        var site = try TestSite.withLaboratory()
        try site.perform(record, TestSite.viability(), as: "analyst")
        let plan = try site.state.recallPlan(of: "R-1")
        #expect(plan.tests.map(\.test) == ["viability"])
        #expect(plan.batchesInWork == ["B-2"])
        try site.perform(
            "material.reject", ["lot": "R-1", "reason": "the maker withdrew it"], as: "reviewer")
        #expect(site.openEvents(of: "B-2").contains { $0.contains("R-1") })
    }

    @Test func anInstrumentOutOfToleranceTouchesTheBatchesItTested() throws {
        var site = try TestSite.withLaboratory()
        try site.perform(record, TestSite.viability(), as: "analyst")
        try site.calibrateCounter(asFound: "out-of-tolerance")
        #expect(site.openEvents(of: "B-2").contains { $0.contains("out of tolerance") })
    }

    /// A study by the method of the site, of the batch that was filled.
    private func withStudy() throws -> TestSite {
        var site = try TestSite.withLaboratory()
        try site.perform(
            "study.open",
            [
                "study": "VAL-1", "kind": "transport-validation", "subject": "B-2",
                "protocolNumber": "P-1", "months": [], "windowDays": 0,
                "tests": [["test": "viability", "criterion": ">= 70 %"]],
            ], as: "reviewer")
        return site
    }

    @Test func aResultOfAStudyNamesWhatItWasFoundWith() throws {
        var site = try withStudy()
        func result(_ named: [String: JSONValue]) -> JSONValue {
            .object(
                named.merging([
                    "study": "VAL-1", "test": "viability", "observation": "91 %",
                    "reference": "QC-8",
                ]) { said, _ in said })
        }
        let (instruments, reagents): (JSONValue, JSONValue) = (
            ["NC-1"], [["lot": "R-1", "quantity": "0.5 mL"]]
        )
        for (named, code) in [
            (["reagents": reagents], "testing.instrument-missing"),
            (["instruments": instruments], "testing.reagent-missing"),
        ] as [([String: JSONValue], String)] {
            #expect(site.refusal("study.record-result", result(named), as: "analyst") == code)
        }
        let whole = result(["instruments": instruments, "reagents": reagents])
        try site.approveChange("CC-4")
        try site.registerMethod(version: "2", change: "CC-4")
        #expect(
            site.refusal("study.record-result", whole, as: "analyst")
                == "testing.analyst-not-qualified")
        try site.qualifyAnalyst()
        try site.perform("study.record-result", whole, as: "analyst")
        #expect(
            site.state.lots[LotID("R-1")!]?.balances[.consumed].description == "0.5 mL")
        let plan = try site.state.recallPlan(of: "R-1")
        #expect(plan.tests.map(\.subject) == ["VAL-1"])
        try site.perform(
            "material.reject", ["lot": "R-1", "reason": "the maker withdrew it"], as: "reviewer")
        #expect(
            site.state.deviations(about: ThingID("VAL-1")!).contains {
                $0.isOpen && $0.description.contains("R-1")
            })
        #expect(site.openEvents(of: "B-2").contains { $0.contains("R-1") })
    }

    @Test func aCytometersResultNamesWhatItWasFoundWith() throws {
        var site = try TestSite.withLaboratory()
        try site.registerAnalysis(gates: "gates.xml", reason: "first version")
        func result(_ named: [String: JSONValue]) throws -> JSONValue {
            let body = try #require(TestSite.cytometryResult().objectValue)
            return .object(
                body.merging(["batch": "B-2", "test": "viability"]) { _, new in new }
                    .merging(named) { _, new in new })
        }
        #expect(
            site.refusal("cytometry.record-result", try result([:]), as: "analyst")
                == "testing.instrument-missing")
        try site.perform(
            "cytometry.record-result",
            try result(["instruments": ["NC-1"], "reagents": [["lot": "R-1"]]]), as: "analyst")
        #expect(try site.state.trace("NC-1").tests.map(\.reference) == ["lot.fcs"])
        #expect(try site.state.recallPlan(of: "R-1").tests.map(\.result) == ["pass"])
        try site.calibrateCounter(asFound: "out-of-tolerance")
        #expect(site.openEvents(of: "B-2").contains { $0.contains("out of tolerance") })
    }

    /// A laboratory under contract answers for its own instruments, in its report.
    @Test func aContractLaboratoryNamesNoneOfTheSitesInstruments() throws {
        var site = try TestSite.withLaboratory()
        try site.registerLaboratory()
        try site.perform(
            "sample.take", ["sample": "SA-7", "origin": "B-2-001", "purpose": "release"],
            as: "operator-1")
        try site.perform("sample.hand-over", ["sample": "SA-7", "to": "LAB-1"], as: "operator-1")
        try site.perform(
            "sample.receive", ["sample": "SA-7", "condition": "intact"], as: "analyst")
        try site.perform(
            record,
            [
                "batch": "B-2", "test": "viability", "observation": "88 %", "reference": "LAB-88",
                "sample": "SA-7",
            ], as: "analyst")
        let batch = try site.state.batch(BatchID("B-2")!)
        #expect(!site.state.exceptions(of: batch).contains { $0.kind == .testRun })
    }
}
