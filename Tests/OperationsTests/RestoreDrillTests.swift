import Facility
import Ledger
import LedgerTestSupport
import Operations
import Testing

/// A restore drill names a backup of this ledger: the running site holds its root against the tree.
@Suite struct RestoreDrillTests {
    private func drill(
        _ report: String, entries: UInt64, root: Digest, passes: Bool = true
    ) -> JSONValue {
        [
            "report": .string(report), "kind": "restore-drill", "performedBy": "admin",
            "passes": .bool(passes), "findings": "copy of the night",
            "entries": .number(Double(entries)), "root": .string(root.hex), "took": "3 min",
        ]
    }

    @Test func aDrillThatPassedNamesARootOfThisLedger() async throws {
        let storage = InMemoryLedgerStorage()
        let founding = try await Founding(on: storage)
        defer { founding.remove() }
        let backup = try await storage.head()
        func record(_ body: JSONValue) async -> String? {
            await refusal {
                try await founding.perform(
                    "system.record-check", body, as: Founding.reviewer, password: Founding.password)
            }
        }
        // The backup of this moment, and the same when the ledger has grown since.
        #expect(await record(drill("RD-1", entries: backup.size, root: backup.root)) == nil)
        try await founding.registerDonor("D-1")
        #expect(await record(drill("RD-2", entries: backup.size, root: backup.root)) == nil)
        for (entries, root) in [
            (backup.size - 1, backup.root), (backup.size, Digest.sha256(of: [1])),
            (backup.size + 100, backup.root), (0, backup.root),
        ] {
            #expect(
                await record(drill("RD-3", entries: entries, root: root))
                    == "system.backup-of-another")
        }
        #expect(founding.site.state.systemChecks.map(\.report) == ["RD-1", "RD-2"])
        // That the root is another one may be why the drill failed.
        let other = Digest.sha256(of: [1])
        #expect(
            await record(drill("RD-3", entries: backup.size, root: other, passes: false)) == nil)
        #expect(founding.site.state.deviations.values.map(\.cause) == [.systemCheckFailed])
    }

    @Test func whoMayNotRecordIsToldSoFirst() async throws {
        let founding = try await Founding()
        defer { founding.remove() }
        let code = await refusal {
            try await founding.perform(
                "system.record-check", drill("RD-1", entries: 1, root: .sha256(of: [1])),
                as: Founding.operator1, password: Founding.password)
        }
        #expect(code != "system.backup-of-another" && code != nil)
    }
}
