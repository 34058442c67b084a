import Facility
import Foundation
import Ledger
import LedgerTestSupport
import Operations
import Testing
import TestSupport

/// Reading and playing scenarios.
@Suite struct ScenarioTests {
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
    ])
    func saysWhereAndWhatIsWrong(text: String, message: String) {
        do throws(ScenarioError) {
            _ = try Scenario(reading: text) { _ in [] }
            Issue.record("read")
        } catch {
            #expect(error.description.hasPrefix(message), "\(error)")
        }
    }

    /// The demonstration site: the example's first batches, from its own definition.
    @Test func theFirstBatchesPlayToTheirEnd() async throws {
        let example = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Examples/uc-msc")
        let text = try String(
            contentsOf: example.appending(path: "first-batches.jsonl"), encoding: .utf8)
        let scenario = try Scenario(reading: text) { _ in
            try FileManager.default.contentsOfDirectory(atPath: example.path)
                .filter { $0.hasSuffix(".yaml") }.sorted().map { name in
                    DefinitionFile(
                        name: name,
                        text: try String(
                            contentsOf: example.appending(path: name), encoding: .utf8))
                }
        }
        let url = FileManager.default.temporaryDirectory
            .appending(path: "seedlot-test-\(UInt64.random(in: .min ... .max))")
        defer { try? FileManager.default.removeItem(at: url) }
        let folder = try SiteFolder(
            creating: url, name: "Demonstration", origin: "test.example.org/ledger")
        let storage = InMemoryLedgerStorage()
        let clock = SetClock(try #require(scenario.lines.first?.at))
        let site = try await Site(
            folder: folder, storage: storage, clock: clock, scryptCost: .quick)
        try await scenario.play(on: site, clock: clock)

        let state = site.state
        #expect(state.batches[BatchID("B-26-003")!]?.status == .certified)
        #expect(state.batches[BatchID("B-26-004")!]?.status == .open)
        #expect(try state.trace("D-0007").forward.contains { $0.id == "PT-4471" })
        #expect(try !state.trace("D-0008").forward.contains { $0.kind == .patient })
        let report = try await LedgerVerifier(storage: storage, log: folder.verifier()).verify(
            file: { folder.files.condition(of: $0) })
        #expect(report.isIntact, "\(report.findings)")
    }

    @Test func aLineThatDoesNotGoAsWrittenStopsThePlay() async throws {
        let founding = try await Founding()
        defer { founding.remove() }
        let text = """
            {"at": "2026-02-01T08:00:00Z", "as": "operator-1", "do": "donor.register", \
            "with": {"donor": "D-1", "relation": "donor"}, "expect": "people.not-permitted"}
            """
        let scenario = try Scenario(reading: text) { _ in [] }
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
