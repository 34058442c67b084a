import Facility
import Foundation
import Guidance
import Ledger
import Testing

/// The bank test matrix: of the site's own banks as of those that arrive.
@Suite struct BankTestTests {
    /// A bank of the site's own with every test but the karyotype, and that one as given.
    private func withOwnBank(karyotype: JSONValue?) throws -> TestSite {
        var site = try TestSite.founded()
        try site.registerDefinition()
        try site.receiveCord()
        try site.receiveMaterials()
        try site.makeBank()
        try site.perform(
            "testing.record-result",
            [
                "batch": "B-1", "test": "sterility", "observation": "no growth",
                "reference": "QC-1",
            ], as: "analyst")
        try site.testBank("MCS-1", except: ["karyotype"])
        guard let karyotype else { return site }
        try site.perform(
            "bank.record-test",
            [
                "bank": "MCS-1", "test": "karyotype", "observation": karyotype, "passes": false,
                "reference": "BT-9",
            ], as: "analyst")
        return site
    }

    private let release: JSONValue = ["bank": "MCS-1"]

    /// ICH Q5D 2.3: wherever a bank was made.
    @Test func anOwnBankWaitsForItsMatrixToo() throws {
        var site = try withOwnBank(karyotype: nil)
        #expect(site.refusal("bank.release", release, as: "reviewer") == "bank.tests-missing")
        #expect(try site.rule("bank.release", release, as: "reviewer") == "bank-matrix-complete")
        try site.passBank("MCS-1", BankTest.test("karyotype")!)
        try site.perform("bank.release", release, as: "reviewer")
    }

    @Test func anAbnormalKaryotypeKeepsTheBankFromRelease() throws {
        var site = try withOwnBank(karyotype: "trisomy 20")
        let deviation = site.state.deviations[DeviationID("DEV-0001")!]
        #expect(deviation?.subjects == [ThingID("MCS-1")!])
        #expect(deviation?.rule == "bank-karyotype")
        #expect(try site.rule("bank.release", release, as: "reviewer") == "bank-karyotype")
        #expect(site.refusal("bank.release", release, as: "reviewer") == "bank.tests-missing")
        try site.perform(
            "oos.record-laboratory-phase",
            ["deviation": "DEV-0001", "assignableCause": false, "evidence": "read twice"],
            as: "analyst")
        try site.perform(
            "oos.record-full-phase",
            ["deviation": "DEV-0001", "review": "donor, culture", "conclusion": "clonal"],
            as: "reviewer")
        func close(_ disposition: JSONValue) -> JSONValue {
            [
                "deviation": "DEV-0001", "rootCause": "clonal", "impact": "unfit",
                "disposition": disposition,
            ]
        }
        #expect(
            site.refusal("deviation.close", close("acceptable"), as: "reviewer")
                == "oos.confirmed")
        try site.perform("deviation.close", close("reject"), as: "reviewer")
        #expect(
            site.refusal("bank.release", release, as: "reviewer") == "release.exceptions-open")
        #expect(try !site.state.container(ContainerID("MCS-1-001")!).holds.isEmpty)
        try site.perform("bank.reject", ["bank": "MCS-1", "reason": "trisomy 20"], as: "reviewer")
        #expect(try site.state.bank(BankID("MCS-1")!).status == .rejected)
        #expect(try site.state.container(ContainerID("MCS-1-001")!).status == .rejected)
    }

    @Test func aResultTheLaboratoryCausedIsRepeated() throws {
        var site = try withOwnBank(karyotype: "trisomy 20")
        try site.perform(
            "oos.record-laboratory-phase",
            ["deviation": "DEV-0001", "assignableCause": true, "evidence": "slides exchanged"],
            as: "analyst")
        try site.perform(
            "oos.invalidate-result", ["deviation": "DEV-0001", "reason": "slides exchanged"],
            as: "reviewer")
        try site.passBank("MCS-1", BankTest.test("karyotype")!, reference: "BT-10")
        #expect(site.refusal("bank.release", release, as: "reviewer") == "deviation.open-about")
        try site.perform(
            "deviation.close",
            [
                "deviation": "DEV-0001", "rootCause": "slides", "impact": "none",
                "disposition": "acceptable",
            ], as: "reviewer")
        try site.perform("bank.release", release, as: "reviewer")
        // The first result stays in the record.
        let bank = try site.state.bank(BankID("MCS-1")!)
        #expect(bank.tests.filter { $0.test == "karyotype" }.count == 2)
    }

    /// The definition's criterion decides where there is one, and two people where there is none.
    @Test func aPassIsNotTypedByTheAnalystAlone() throws {
        var site = try TestSite.withBank()
        try site.receiveBankOfLine()
        func result(_ more: [String: JSONValue]) -> JSONValue {
            .object(["bank": "MCB-9", "reference": "BT-1"].merging(more) { $1 })
        }
        for (body, code) in [
            (
                ["test": "sterility", "observation": "growth", "passes": true],
                "bank.verdict-contradicts"
            ),
            (["test": "sterility", "observation": "5 CFU/mL"], "testing.words-needed"),
            (["test": "karyotype", "observation": "normal, 46,XX"], "bank.verdict-missing"),
            (
                ["test": "karyotype", "observation": "normal, 46,XX", "passes": true],
                "bank.verdict-unverified"
            ),
            (
                [
                    "test": "karyotype", "observation": "normal, 46,XX", "passes": true,
                    "verifiedBy": "analyst",
                ], "bank.verdict-unverified"
            ),
            (
                [
                    "test": "karyotype", "observation": "normal, 46,XX", "passes": true,
                    "verifiedBy": "operator-1",
                ], "bank.verdict-unverified"
            ),
        ] as [([String: JSONValue], String)] {
            #expect(site.refusal("bank.record-test", result(body), as: "analyst") == code)
        }
        try site.perform(
            "bank.record-test", result(["test": "sterility", "observation": "no growth"]),
            as: "analyst")
        try site.perform(
            "bank.record-test",
            result([
                "test": "karyotype", "observation": "normal, 46,XX", "passes": true,
                "verifiedBy": "reviewer",
            ]), as: "analyst")
        let bank = try site.state.bank(BankID("MCB-9")!)
        let answers = site.state.testMatrix(of: bank).filter { $0.answer == .passes }
        #expect(Set(answers.map(\.test.id)) == ["sterility", "karyotype"])
    }

    /// A definition may leave a test out with a reason, and ask for one the matrix leaves open.
    @Test func theDefinitionSaysWhatItsBanksAreTestedFor() throws {
        var site = try TestSite.founded()
        try site.registerVariant(
            "SMALL-1.0.0",
            [
                "specification: spec-bank }": """
                specification: spec-bank, tests: [
                      { test: human-viruses, result: not required, detail: RA-1 },
                      { test: hla, result: pass }, { test: senescence, result: pending }] }
                """
            ])
        try site.receiveCord()
        try site.receiveMaterials()
        try site.makeBank(counted: true)
        let open = site.state.testMatrix(of: try site.state.bank(BankID("MCS-1")!))
            .filter { $0.answer == .open }.map(\.test.id)
        #expect(open.contains("hla"))
        // The variant is of mesenchymal stromal cells.
        #expect(open.contains("isct-panel"))
        #expect(!open.contains("human-viruses") && !open.contains("senescence"))
    }

    @Test func aRejectedBankIsNotUsedAndBatchesInWorkAreFlagged() throws {
        var site = try TestSite.withBank()
        try site.perform(
            "batch.open", ["batch": "B-2", "definition": "SMALL-1.0.0", "stage": "production"],
            as: "supervisor")
        let step: [String: JSONValue] = ["batch": "B-2", "step": "thaw"]
        try site.perform("batch.start-step", .object(step), as: "operator-1")
        try site.perform(
            "batch.use-container", .object(step.merging(["container": "MCS-1-001"]) { $1 }),
            as: "operator-1")
        try site.perform("bank.reject", ["bank": "MCS-1", "reason": "trisomy"], as: "reviewer")
        #expect(
            site.refusal(
                "batch.use-container", .object(step.merging(["container": "MCS-1-002"]) { $1 }),
                as: "operator-1") == "container.not-released")
        let batch = try site.state.batch(BatchID("B-2")!)
        #expect(site.state.openDeviations(of: batch).map(\.cause) == [.materialUnfit])
        #expect(
            site.refusal("bank.reject", ["bank": "MCS-1", "reason": "again"], as: "reviewer")
                == "bank.rejected")
    }
}
