import Facility
import Foundation
import Ledger
import LedgerTestSupport
import Operations
import Testing
import TestSupport

/// Reading and playing scenarios.
@Suite struct ScenarioTests {
    /// A folder with nothing in it.
    private let nowhere = ScenarioFolder(URL(filePath: "/nowhere"))

    @Test(arguments: [
        ("{\"at\": }", "line 1, column 8: '}' cannot stand here"),
        ("\n# a comment\n[]", "line 3: a line is a JSON object, not an array"),
        (
            "{\"at\": \"today\", \"as\": \"x\", \"do\": \"y\"}",
            "line 1: 'at' is no instant such as 2026-01-05T08:00:00Z"
        ),
        (
            "{\"at\": \"2026-01-05T08:00:00Z\", \"as\": \"x\", \"doo\": \"y\"}",
            "line 1: 'doo' is not one of as, at, do, expect, newPassword, with"
        ),
        (
            """
            {"at": "2026-01-05T08:00:00Z", "as": "x", "do": "y", "with": {"a": [{"$file": "b.md"}]}}
            """, "line 1: 'b.md' cannot be read: there is no such file"
        ),
    ])
    func saysWhereAndWhatIsWrong(text: String, message: String) {
        do throws(ScenarioError) {
            _ = try Scenario(reading: text, in: nowhere)
            Issue.record("read")
        } catch {
            #expect(error.description.hasPrefix(message), "\(error)")
        }
    }

    /// The demonstration site: the example's first batches, from its own definition.
    @Test func theFirstBatchesPlayToTheirEnd() async throws {
        let played = try await Played("uc-msc/first-batches.jsonl")
        defer { played.remove() }
        let state = played.site.state
        #expect(state.batches[BatchID("B-26-003")!]?.status == .certified)
        #expect(state.batches[BatchID("B-26-004")!]?.status == .open)
        #expect(try state.trace("D-0007").forward.contains { $0.id == "PT-4471" })
        #expect(try !state.trace("D-0008").forward.contains { $0.kind == .patient })
        let folder = played.folder
        let report = try await LedgerVerifier(storage: played.storage, log: folder.verifier())
            .verify(file: { folder.files.condition(of: $0) })
        #expect(report.isIntact, "\(report.findings)")
        try await onlyOneGetsTheLastVial(played)
    }

    /// Sixty-four orders ask for the same vial at once: exactly one gets it.
    private func onlyOneGetsTheLastVial(_ played: Played) async throws {
        let site = played.site
        let supervisor = PersonID("supervisor")!
        @Sendable func perform(_ name: String, _ body: JSONValue) async throws {
            let command = try CommandCatalogue.decode(name, from: body)
            _ = try await site.perform(Request(command, by: supervisor))
        }
        for number in 1...64 {
            try await perform(
                "order.place",
                [
                    "order": .string("RACE-\(number)"), "patient": "PT-4471",
                    "hospital": "university hospital", "definition": "UCMSC-0.4.0",
                    "containers": 1, "trial": "trial-1",
                ])
        }
        let outcomes = await withTaskGroup(of: String?.self) { group in
            for number in 1...64 {
                group.addTask {
                    do {
                        try await perform(
                            "order.reserve",
                            [
                                "order": .string("RACE-\(number)"),
                                "containers": ["B-26-003-042"],
                            ])
                        return nil
                    } catch let refusal as Refusal {
                        return refusal.code
                    } catch {
                        return "\(error)"
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == nil } == 1)
        #expect(outcomes.count { $0 == "container.reserved" } == 63)
        let replayed = try await Site.state(of: played.folder, in: played.storage)
        let kept = replayed.containers[ContainerID("B-26-003-042")!]?.reservation
        #expect(kept != nil)
        #expect(kept == site.state.containers[ContainerID("B-26-003-042")!]?.reservation)
    }

    /// Three donors, two stocks, a dozen batches and what a year brings.
    @Test func oneYearPlaysToItsEnd() async throws {
        let played = try await Played("uc-msc/one-year.jsonl")
        defer { played.remove() }
        let state = played.site.state
        func batches(_ status: BatchStatus) -> Int {
            state.batches.values.count { $0.status == status }
        }
        #expect(state.batches.count == 12)
        #expect(batches(.released) == 5)
        #expect(batches(.certified) == 6)
        #expect(batches(.rejected) == 1)
        #expect(state.donors.count == 3)
        #expect(state.deviations.values.allSatisfy { !$0.isOpen })
        #expect(
            Set(state.deviations.values.compactMap(\.rule)).isSuperset(of: [
                "transport-qualified", "em-grade-a-growth", "release-all-pass",
            ]))
        // The recall reached the certified batch and its shipment; nobody was given a dose of it.
        let recall = try #require(state.recalls.inOrder.first)
        #expect(recall.closed != nil)
        let held = try state.batch(BatchID("B-26-011")!).outputs.compactMap { state.containers[$0] }
        #expect(held.filter(\.isInStock).allSatisfy { !$0.holds.isEmpty })
        #expect(state.balance().closes)
        #expect(state.studies.inOrder.first?.pulls.count == 2)
        let review = try state.qualityReview(
            of: "UCMSC-IV", from: CalendarDate("2025-11-24")!, to: CalendarDate("2026-11-20")!)
        #expect(review.topics.count == 12)
        #expect(
            review.topics[2].attention == ["B-26-009 rejected", "B-26-012 reprocessed: rewash"])
        // Washed once where two washes were asked for, and washed again: both stand in the record.
        let washed = try state.batch(BatchID("B-26-012")!)
        #expect(
            washed.executions(of: "wash").map { "\($0.values["washes"]!.last!.value)" }
                == ["1 cycle", "2 cycles"])
        #expect(try state.monitoringGaps(of: washed).isEmpty)
        try await theYearCanBeSeenAsItWas(played)
    }

    /// The same site at any earlier entry and time, with and without snapshots.
    private func theYearCanBeSeenAsItWas(_ played: Played) async throws {
        let size = played.site.state.entryCount
        try await played.site.keepSnapshot()
        let store = SnapshotStore(of: played.folder)
        #expect(store.sizes() == [size])
        let again = try await Site.state(of: played.folder, in: played.storage)
        #expect(try StateImage.encode(again) == StateImage.encode(played.site.state))
        let june = Timestamp("2026-06-30T00:00:00Z")!
        let end = try await Site.entryCount(at: june, in: played.storage)
        let then = try await played.site.state(before: end)
        #expect(then.entryCount == end)
        #expect(then.batches[BatchID("B-26-004")!]?.status == .completed)
        #expect(then.summary.batches.count == 4)
        #expect(then.summary.events.isEmpty == false)
    }

    /// A pluripotent-cell product, from a bank received to the first certified batch.
    @Test func theFirstClinicalBatchPlaysToItsEnd() async throws {
        let played = try await Played("psc-dopaminergic/first-clinical-batch.jsonl")
        defer { played.remove() }
        let state = played.site.state
        let batch = try state.batch(BatchID("P-26-001")!)
        #expect(batch.status == .certified)
        #expect(state.deviations.isEmpty)
        let passage = try #require(batch.steps["expand-2"]?.values["passage-number"]?.last)
        #expect("\(passage.value)" == "32 passages")
        let growth = state.growth(of: batch)
        #expect("\(growth.inherited)" == "90 PD")
        #expect(try state.trace("LINE-01").forward.contains { $0.id == "P-26-001-130" })
        let open = try state.certificationPoints(
            of: batch, on: CalendarDate("2026-08-13")!
        ).filter { $0.answer == .byRecords }.map(\.clause)
        #expect(Set(open).isSuperset(of: ["1.7.1", "1.7.3", "1.7.4", "1.7.12", "1.7.18"]))
    }

    @Test func aLineThatDoesNotGoAsWrittenStopsThePlay() async throws {
        let founding = try await Founding()
        defer { founding.remove() }
        let text = """
            {"at": "2026-02-01T08:00:00Z", "as": "operator-1", "do": "donor.register", \
            "with": {"donor": "D-1", "relation": "donor"}, "expect": "people.not-permitted"}
            """
        let scenario = try Scenario(reading: text, in: nowhere)
        do throws(ScenarioError) {
            try await scenario.play(on: founding.site, clock: founding.clock)
            Issue.record("played")
        } catch {
            #expect(
                error.description
                    == "line 1: donor.register: performed, 'people.not-permitted' was expected")
        }
    }
}

/// A scenario of the examples, played on a site in memory.
struct Played {
    let folder: SiteFolder
    let storage: InMemoryLedgerStorage
    let site: Site

    /// Plays the scenario at `path` below the examples.
    init(_ path: String) async throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Examples/\(path)")
        let scenario = try Scenario(
            reading: try String(contentsOf: file, encoding: .utf8),
            in: ScenarioFolder(file.deletingLastPathComponent()))
        let url = FileManager.default.temporaryDirectory
            .appending(path: "seedlot-test-\(UInt64.random(in: .min ... .max))")
        folder = try SiteFolder(
            creating: url, name: "Demonstration", origin: "test.example.org/ledger")
        storage = InMemoryLedgerStorage()
        let clock = SetClock(scenario.lines.first?.at ?? Timestamp(milliseconds: 0))
        site = try await Site(folder: folder, storage: storage, clock: clock, scryptCost: .quick)
        try await scenario.play(on: site, clock: clock)
    }

    /// Removes the folder.
    func remove() { try? FileManager.default.removeItem(at: folder.url) }
}
