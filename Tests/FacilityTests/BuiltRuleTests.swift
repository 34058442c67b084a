import Facility
import Foundation
import Ledger
import Quantities
import Testing
import TestSupport

/// Rules that no command can break: the records answer them at any time.
@Suite struct BuiltRuleTests {
    /// `audit-trail`, `retention-batch`: who, when and why stand in every entry, and a correction
    /// leaves the old value where it is.
    @Test func everyEntrySaysWhoAndWhenAndACorrectionKeepsTheOldValue() throws {
        var site = try TestSite.withBank()
        try site.perform(
            "batch.open", ["batch": "B-9", "definition": "SMALL-1.0.0", "stage": "production"],
            as: "supervisor")
        let step: [String: JSONValue] = ["batch": "B-9", "step": "thaw", "parameter": "time"]
        try site.perform(
            "batch.start-step", ["batch": "B-9", "step": "thaw"], as: "operator-1")
        try site.perform(
            "batch.record-parameter", .object(step.merging(["value": "2.5 min"]) { $1 }),
            as: "operator-1")
        let correct = step.merging(["value": "2.6 min"]) { $1 }
        #expect(
            site.refusal(
                "batch.correct-parameter", .object(correct.merging(["reason": " "]) { $1 }),
                as: "operator-1") == "site.text-missing")
        try site.perform(
            "batch.correct-parameter", .object(correct.merging(["reason": "misread"]) { $1 }),
            as: "operator-2")
        let entries = try #require(
            site.state.batches[BatchID("B-9")!]?.steps["thaw"]?.values["time"])
        #expect(entries.map(\.value.description) == ["2.5 min", "2.6 min"])
        #expect(entries.map(\.reason) == [nil, "misread"])
        #expect(entries.map(\.stamp.person.text) == ["operator-1", "operator-2"])
        for (index, entry) in site.entries.enumerated() {
            let (_, stamp) = try entry.fact()
            #expect(stamp.entry == UInt64(index))
            #expect(site.state.people[stamp.person] != nil)
            #expect(stamp.happened <= stamp.recorded)
        }
    }

    /// `entry-contemporaneous`: a quarter of an hour is in time, a minute more is late.
    @Test(arguments: [(15, 0), (16, 1)])
    func aLateEntryIsAnExceptionOfTheReview(minutes: Int64, late: Int) throws {
        var site = try TestSite.withBank()
        try site.perform(
            "batch.open", ["batch": "B-9", "definition": "SMALL-1.0.0", "stage": "production"],
            as: "supervisor")
        site.wait(days: 1)
        let happened = site.now.advanced(bySeconds: 60 - minutes * 60)
        try site.perform(
            "batch.start-step", ["batch": "B-9", "step": "thaw"], as: "operator-1",
            happened: happened)
        let batch = try site.state.batch(BatchID("B-9")!)
        #expect(site.state.exceptions(of: batch).count { $0.kind == .lateEntry } == late)
    }

    /// `material-coa`: a lot leaves quarantine with the number of its certificate, by another person
    /// than received it, and no other way.
    @Test func aLotIsReleasedAgainstItsCertificate() throws {
        var site = try TestSite.founded()
        try site.perform(
            "material.receive",
            [
                "lot": "M-1", "material": "medium", "supplier": "supplier", "supplierLot": "77",
                "expiry": "2027-01-31", "quantity": "1000 mL",
            ], as: "operator-1")
        #expect(
            site.refusal(
                "material.release", ["lot": "M-1", "certificate": "  "], as: "reviewer")
                == "site.text-missing")
        #expect(throws: CommandProblem.self) {
            try site.perform("material.release", ["lot": "M-1"], as: "reviewer")
        }
        #expect(site.state.lots[LotID("M-1")!]?.status == .quarantine)
    }

    /// `method-distribution-kept`: the replicates of a count stay, not their mean alone.
    @Test func everyReplicateOfACountIsKept() throws {
        var site = try TestSite.withBank()
        try site.perform(
            "batch.open", ["batch": "B-9", "definition": "SMALL-1.0.0", "stage": "production"],
            as: "supervisor")
        try site.perform("batch.start-step", ["batch": "B-9", "step": "thaw"], as: "operator-1")
        let values = ["1.1e6 cells/mL", "0.9e6 cells/mL", "1.3e6 cells/mL"]
        try site.perform(
            "batch.record-count",
            [
                "batch": "B-9", "step": "thaw", "point": "thawed",
                "concentrations": .array(values.map { .string($0) }), "viability": "80 %",
                "volume": "1 mL",
            ], as: "operator-1")
        let count = try #require(
            site.state.batches[BatchID("B-9")!]?.steps["thaw"]?.counts.first)
        #expect(count.concentrations == (try values.map { try Quantity($0) }))
    }

    /// `culture-context-recorded`: a step is not completed without the values and lots its
    /// definition asks for, and every container knows how often its cells were frozen.
    @Test func aStepIsNotCompletedWithoutItsContext() throws {
        var site = try TestSite.founded()
        try site.registerDefinition()
        try site.receiveCord()
        try site.receiveMaterials()
        try site.perform(
            "batch.open", ["batch": "B-1", "definition": "SMALL-1.0.0", "stage": "banking"],
            as: "supervisor")
        let step: JSONValue = ["batch": "B-1", "step": "isolate"]
        try site.perform("batch.start-step", step, as: "operator-1")
        do {
            try site.perform("batch.complete-step", step, as: "operator-1")
            Issue.record("the step has no values and was completed")
        } catch let rejection as Rejection {
            #expect(rejection.rule == "batch-record-complete")
            for missing in ["rinse time", "morphology", "medium"] {
                #expect(rejection.message.contains(missing), "\(rejection.message)")
            }
        }
    }

    /// `donor-lookback-complete`: from the donor to every stock, batch and patient.
    @Test func theLookBackOfADonorReachesEverything() throws {
        let site = try ThreadTests.treated()
        let forward = Set(try site.state.trace("D-1").forward.map(\.id))
        let descendants =
            site.state.containers.keys.map(\.text) + site.state.batches.keys.map(\.text)
            + site.state.banks.keys.map(\.text)
        for id in descendants { #expect(forward.contains(id), "\(id)") }
        for patient in site.state.patients.values where !patient.given.isEmpty {
            #expect(forward.contains(patient.id.text))
        }
    }

    /// `retention-traceability`: after the end of everything the donor is still found.
    @Test func nothingIsForgottenInThirtyYears() throws {
        var site = try ThreadTests.treated()
        site.wait(days: 30 * 366)
        try site.perform("patient.register", ["patient": "P-99"], as: "supervisor")
        let back = try site.replayed().trace("P-7").back.map(\.id)
        #expect(back.contains("D-1"))
    }
}
