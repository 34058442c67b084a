import Facility
import Foundation
import Ledger
import Quantities
import Testing
import TestSupport

/// A batch that goes back to an earlier step: where the definition allows it, and not otherwise.
@Suite struct ReprocessingTests {
    private static let wash: JSONValue = ["batch": "B-2", "step": "wash"]

    private func reprocess(
        _ provision: JSONValue = "rewash", deviation: JSONValue = "DEV-0001",
        reason: JSONValue = "protein left at 3 %, viability 92 %"
    ) -> JSONValue {
        [
            "batch": "B-2", "provision": provision, "deviation": deviation, "reason": reason,
        ]
    }

    private func batch(in site: TestSite) throws -> Batch {
        try site.state.batch(BatchID("B-2")!)
    }

    @Test func theStepIsDoneAgainAndWhatWasDoneBeforeStays() throws {
        var site = try TestSite.washed()
        try site.perform("batch.reprocess", reprocess(), as: "reviewer")
        var batch = try batch(in: site)
        #expect(batch.steps["wash"] == nil)
        #expect(batch.reprocessings.map(\.provision) == ["rewash"])
        // The next step waits for the one that is done again.
        #expect(
            site.refusal("batch.start-step", ["batch": "B-2", "step": "fill"], as: "operator-1")
                == "batch.step-out-of-order")
        try site.wash(residue: "1 %")
        batch = try self.batch(in: site)
        let values = batch.executions(of: "wash").map { $0.values["residue"]?.last?.value }
        #expect(values.map { $0?.description } == ["3 %", "1 %"])
        // Both washes used their medium up: of 1000 mL, 100 in the bank and twice 10.
        #expect(site.state.lots[LotID("M-1")!]?.remaining.description == "880 mL")
        #expect(batch.materialLots.count { $0.text == "M-1" } == 2)
        #expect(try StateDump.text(of: site.replayed()) == StateDump.text(of: site.state))
    }

    @Test func aReprocessingIsAnExceptionThatQualityDecidesOn() throws {
        var site = try TestSite.washed()
        try site.perform("batch.reprocess", reprocess(), as: "reviewer")
        let found = try #require(
            site.state.exceptions(of: batch(in: site)).first { $0.kind == .reprocessing })
        #expect(found.isOpen)
        #expect(found.description == "rewash, after DEV-0001: protein left at 3 %, viability 92 %")
        try site.perform(
            "batch.dispose-exception",
            [
                "batch": "B-2", "exception": .string(found.id), "disposition": "acceptable",
                "reason": "second wash within its range",
            ], as: "reviewer")
        let decided = site.state.exceptions(of: try batch(in: site))
            .first { $0.kind == .reprocessing }
        #expect(decided?.disposition == "acceptable: second wash within its range")
    }

    @Test func onlyTheWaysOfTheDefinitionAreOpen() throws {
        var site = try TestSite.washed()
        func refusal(_ body: JSONValue, as person: String = "reviewer") -> String? {
            site.refusal("batch.reprocess", body, as: person)
        }
        #expect(refusal(reprocess("rewsh")) == "batch.reprocessing-not-allowed")
        #expect(refusal(reprocess(reason: " ")) == "site.text-missing")
        #expect(refusal(reprocess(deviation: "DEV-0009")) == "site.unknown-identifier")
        #expect(refusal(reprocess(), as: "supervisor") == "people.not-permitted")
        #expect(refusal(reprocess(), as: "qp") == "people.not-permitted")
    }

    @Test func anEventOfAnotherBatchOrAClosedOneIsNoGround() throws {
        var site = try TestSite.washed()
        try site.perform(
            "deviation.open",
            ["description": "alarm in the corridor"], as: "operator-1")
        let other = try #require(site.state.deviations.inOrder.last)
        #expect(
            site.refusal(
                "batch.reprocess", reprocess(deviation: .string(other.id.text)), as: "reviewer")
                == "batch.event-of-another")
        try site.perform(
            "deviation.close",
            [
                "deviation": "DEV-0001", "rootCause": "one wash short", "impact": "protein left",
                "disposition": "acceptable",
            ], as: "reviewer")
        #expect(
            site.refusal("batch.reprocess", reprocess(), as: "reviewer") == "batch.event-closed")
    }

    @Test func theBatchStandsWhereTheWayBackBegins() throws {
        var early = try TestSite.washed(completed: false)
        #expect(
            early.refusal("batch.reprocess", reprocess(), as: "reviewer")
                == "batch.reprocessing-too-early")
        var late = try TestSite.washed()
        try late.perform(
            "batch.start-step", ["batch": "B-2", "step": "fill"], as: "operator-1")
        #expect(
            late.refusal("batch.reprocess", reprocess(), as: "reviewer")
                == "batch.reprocessing-too-late")
        // The definition allows two hours from the end of the step.
        var slow = try TestSite.washed()
        slow.now = slow.now.advanced(bySeconds: 2 * 3600 + 60)
        #expect(
            slow.refusal("batch.reprocess", reprocess(), as: "reviewer")
                == "batch.reprocessing-too-late")
    }

    @Test func theAttemptsAreCounted() throws {
        var site = try TestSite.washed()
        try site.perform("batch.reprocess", reprocess(), as: "reviewer")
        try site.wash(residue: "4 %")
        let second = try #require(try batch(in: site).deviations.last)
        #expect(
            site.refusal(
                "batch.reprocess", reprocess(deviation: .string(second.text)), as: "reviewer")
                == "batch.reprocessed-too-often")
    }

    @Test func nobodyApprovesTheRepetitionOfOwnWork() throws {
        var site = try TestSite.washed()
        try site.perform(
            "people.assign-roles",
            ["person": "operator-2", "roles": ["qa-reviewer"], "reason": "moved to quality"],
            as: "admin")
        #expect(
            site.refusal("batch.reprocess", reprocess(), as: "operator-2")
                == "batch.reprocessing-own-work")
    }

    /// The specification asks for the protein once more, of a batch that was reprocessed.
    @Test func aReprocessedBatchIsTestedMore() throws {
        var site = try TestSite.washed()
        func tests() throws -> [String] {
            try site.state.standings(of: try batch(in: site)).map(\.test.id)
        }
        #expect(try !tests().contains("protein"))
        try site.perform("batch.reprocess", reprocess(), as: "reviewer")
        #expect(try tests().contains("protein"))
    }

    /// Cells that were seeded again doubled twice: the doublings of both cultures count.
    @Test func doublingsOfReplacedExecutionsCount() throws {
        var site = try TestSite.washed(completed: false)
        func count(_ point: JSONValue, _ volume: JSONValue) throws {
            try site.perform(
                "batch.record-count",
                [
                    "batch": "B-2", "step": "wash", "point": point,
                    "concentrations": ["1e6 cells/mL"], "viability": "90 %", "volume": volume,
                ], as: "operator-1")
        }
        try count("seeded", "1 mL")
        try count("harvested", "4 mL")
        try site.completeWash()
        try site.perform("batch.reprocess", reprocess(), as: "reviewer")
        try site.perform("batch.start-step", Self.wash, as: "operator-1")
        try count("seeded", "4 mL")
        try count("harvested", "8 mL")
        let growth = site.state.growth(of: try batch(in: site))
        #expect(growth.cumulative.description == "3 PD")
        #expect(growth.passages.count == 2)
    }

    @Test func aWayBackThatLeavesTheRecordIsNotRegistered() throws {
        var site = try TestSite.founded()
        #expect(throws: Rejection.self) {
            try site.registerWashing(["back-to: wash": "back-to: bank-fill"])
        }
    }
}

extension TestSite {
    /// The small definition with a wash that may be done once more.
    mutating func registerWashing(_ changes: [String: String] = [:]) throws {
        let file = fixtures().appending(path: "small/definition.yaml")
        var text = try String(contentsOf: file, encoding: .utf8)
        let additions = [
            "        - id: fill\n          kind: fill\n": """
                    - id: wash
                      kind: wash
                      name: wash
                      second-check: yes
                      materials: [{ material: medium, amount: 10 mL }]
                      parameters:
                        - { id: residue, name: protein left, target: 1 %, normal: 0..2 %, proven: 0..5 % }
                    - id: fill
                      kind: fill

            """,
            "  name: small process\n": """
              name: small process
              reprocessing:
                - { id: rewash, name: wash once more, after: wash, back-to: wash, within: 2 h, condition: protein left above 2 % }

            """,
            "      - { id: potency,": """
                  - { id: protein, name: protein left, class: purity, limit: <= 2 %, after-reprocessing: yes }
                  - { id: potency,
            """,
        ]
        for (old, new) in additions.sorted(by: <) + changes.sorted(by: <) {
            guard text.contains(old) else { throw Broken("the definition has no '\(old)'") }
            text = text.replacing(old, with: new)
        }
        try perform(
            "definition.register",
            [
                "definition": "SMALL-1.0.0", "openErrors": 0,
                "files": [["name": "definition.yaml", "text": .string(text)]],
            ], as: "supervisor")
        try perform("definition.approve", ["definition": "SMALL-1.0.0"], as: "reviewer")
        try train(in: "SMALL-1.0.0")
    }

    /// A batch whose cells were washed, with too much protein left.
    static func washed(completed: Bool = true) throws -> TestSite {
        var site = try founded()
        try site.registerWashing()
        try site.receiveCord()
        try site.receiveMaterials()
        try site.makeBank()
        try site.releaseBank()
        try site.perform(
            "batch.open", ["batch": "B-2", "definition": "SMALL-1.0.0", "stage": "production"],
            as: "supervisor")
        let thaw: [String: JSONValue] = ["batch": "B-2", "step": "thaw"]
        try site.perform("batch.start-step", .object(thaw), as: "operator-1")
        try site.perform(
            "batch.use-container",
            .object(thaw.merging(["container": "MCS-1-001"]) { $1 }), as: "operator-1")
        try site.perform(
            "batch.record-parameter",
            .object(thaw.merging(["parameter": "time", "value": "2.5 min"]) { $1 }),
            as: "operator-1")
        try site.perform("batch.complete-step", .object(thaw), as: "operator-1")
        try site.wash(residue: "3 %", completed: completed)
        return site
    }

    /// Washes the cells of B-2, up to and with the check by a second person.
    mutating func wash(residue: JSONValue, completed: Bool = true) throws {
        let wash: [String: JSONValue] = ["batch": "B-2", "step": "wash"]
        try perform("batch.start-step", .object(wash), as: "operator-1")
        try perform(
            "batch.consume-material",
            .object(wash.merging(["lot": "M-1", "quantity": "10 mL"]) { $1 }), as: "operator-1")
        try perform(
            "batch.record-parameter",
            .object(wash.merging(["parameter": "residue", "value": residue]) { $1 }),
            as: "operator-1")
        if completed { try completeWash() }
    }

    mutating func completeWash() throws {
        let wash: JSONValue = ["batch": "B-2", "step": "wash"]
        try perform("batch.complete-step", wash, as: "operator-1")
        try perform("batch.verify-step", wash, as: "operator-2")
    }

    /// A batch that was washed once more.
    static func tourOfReprocessing() throws -> TestSite {
        var site = try washed()
        try site.perform(
            "batch.reprocess",
            [
                "batch": "B-2", "provision": "rewash", "deviation": "DEV-0001",
                "reason": "protein left at 3 %",
            ], as: "reviewer")
        try site.wash(residue: "1 %")
        return site
    }
}
