import Facility
import Ledger
import LedgerTestSupport
import Operations
import Testing

/// A command's way through the running site: decided, signed, durable, visible.
@Suite struct PerformingTests {
    @Test func anAnsweredCommandIsInTheLedgerAndInTheState() async throws {
        let storage = InMemoryLedgerStorage()
        let founding = try await Founding(on: storage)
        defer { founding.remove() }
        let receipt = try await founding.registerDonor("D-1")
        #expect(receipt.kinds == ["donor.registered/1"])
        #expect(founding.site.state.donors[DonorID("D-1")!] != nil)
        let entry = try await LedgerReader(storage: storage).entries(from: receipt.firstEntry)
        #expect(entry.first?.kind == "donor.registered/1")
    }

    @Test func theSameKeyTwiceGivesTheFirstAnswer() async throws {
        let founding = try await Founding()
        defer { founding.remove() }
        let first = try await founding.registerDonor("D-1", key: "once")
        let second = try await founding.registerDonor("D-1", key: "once")
        #expect(first == second)
        #expect(founding.site.state.entryCount == first.firstEntry + 1)
    }

    /// The key is remembered by the ledger, not by the process.
    @Test func theSameKeyIsKnownAfterARestart() async throws {
        let storage = InMemoryLedgerStorage()
        let founding = try await Founding(on: storage)
        defer { founding.remove() }
        let first = try await founding.registerDonor("D-1", key: "once")
        let again = try await founding.reopened(on: storage)
        let command = try CommandCatalogue.decode(
            "donor.register", from: ["donor": "D-1", "relation": "donor"])
        let second = try await again.perform(
            Request(command, by: Founding.operator1, key: "once"))
        #expect(first == second)
    }

    @Test func aRefusedCommandRecordsNothing() async throws {
        let founding = try await Founding()
        defer { founding.remove() }
        try await founding.registerDonor("D-1")
        let before = founding.site.state.entryCount
        #expect(
            await refusal { try await founding.registerDonor("D-1") }
                == "site.identifier-in-use")
        #expect(founding.site.state.entryCount == before)
    }

    /// Sixty-four callers race for one identifier: one wins, and everyone is answered.
    @Test func exactlyOneCallerWinsARace() async throws {
        let founding = try await Founding()
        defer { founding.remove() }
        let site = founding.site
        let command = try CommandCatalogue.decode(
            "donor.register", from: ["donor": "D-1", "relation": "donor"])
        let codes = await withTaskGroup(of: String?.self) { group in
            for _ in 0..<64 {
                group.addTask {
                    await refusal {
                        _ = try await site.perform(Request(command, by: Founding.operator1))
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes.count { $0 == nil } == 1)
        #expect(codes.count { $0 == "site.identifier-in-use" } == 63)
    }

    /// A process that was overtaken decides anew on what the other recorded.
    @Test func twoProcessesOnOneLedgerHearOfEachOther() async throws {
        let storage = InMemoryLedgerStorage()
        let founding = try await Founding(on: storage)
        defer { founding.remove() }
        let other = try await founding.reopened(on: storage)
        func register(_ donor: String, at site: Site) async throws -> Receipt {
            founding.clock.set(founding.clock.now().advanced(bySeconds: 60))
            return try await site.perform(
                Request(
                    CommandCatalogue.decode(
                        "donor.register", from: ["donor": .string(donor), "relation": "donor"]),
                    by: Founding.operator1))
        }
        let first = try await register("D-1", at: founding.site)
        let second = try await register("D-2", at: other)
        #expect(second.firstEntry == first.firstEntry + 1)
        // What the other recorded stands against the command.
        #expect(
            await refusal { _ = try await register("D-2", at: founding.site) }
                == "site.identifier-in-use")
        _ = try await register("D-3", at: founding.site)
        #expect(other.state.donors.count == 2)
        try await other.follow()
        #expect(other.state.donors.count == 3)
        let report = try await LedgerVerifier(
            storage: storage, log: founding.folder.verifier()
        ).verify()
        #expect(report.isIntact, "\(report.findings)")
    }

    @Test func aReaderSeesChangesAsTheyBecomeDurable() async throws {
        let founding = try await Founding()
        defer { founding.remove() }
        var changes = founding.site.changes().makeAsyncIterator()
        let receipt = try await founding.registerDonor("D-1")
        #expect(await changes.next() != nil)
        #expect(founding.site.state.entryCount == receipt.firstEntry + 1)
    }

    /// Pages are left while others record: a reader who goes must not hold what a writer tells.
    @Test(.timeLimit(.minutes(10))) func readersWhoLeaveHoldNobodyUp() async throws {
        let founding = try await Founding()
        defer { founding.remove() }
        let site = founding.site
        for round in 0..<100 {
            let readers = (0..<200).map { _ in
                Task { for await _ in site.changes() {} }
            }
            for _ in 0..<20 { await Task.yield() }
            async let leaving: Void = { for reader in readers { reader.cancel() } }()
            try await founding.registerDonor("D-\(round)")
            await leaving
            for reader in readers { await reader.value }
        }
        #expect(site.state.donors.count == 100)
    }

    @Test func theSiteAsItStoodCanBeSeenAgain() async throws {
        let founding = try await Founding()
        defer { founding.remove() }
        let receipt = try await founding.registerDonor("D-1")
        try await founding.registerDonor("D-2")
        let before = try await founding.site.state(before: receipt.firstEntry)
        #expect(before.donors[DonorID("D-1")!] == nil)
        let after = try await founding.site.state(before: receipt.firstEntry + 1)
        #expect(after.donors.keys.map(\.text) == ["D-1"])
    }

    @Test func aContinuingClockGoesOnFromItsStart() throws {
        let base = SetClock(try #require(Timestamp("2030-01-01T00:00:00Z")))
        let clock = ContinuingClock(from: try #require(Timestamp("2026-07-10T12:00:00Z")), as: base)
        base.set(base.now().advanced(bySeconds: 90))
        #expect(clock.now().description == "2026-07-10T12:01:30Z")
    }

    @Test func aClockSetBackIsRefused() async throws {
        let founding = try await Founding()
        defer { founding.remove() }
        try await founding.registerDonor("D-1")
        founding.clock.set(Timestamp("2026-01-01T00:00:00Z")!)
        #expect(
            await refusal { try await founding.registerDonor("D-2") }
                == "writer-clock-set-back")
        founding.clock.set(Timestamp("2026-02-01T00:00:00Z")!)
        try await founding.registerDonor("D-2")
    }

    /// Whatever a caller claims the checker found, the site checks for itself.
    @Test func aDefinitionWithErrorsIsNotRegistered() async throws {
        let founding = try await Founding()
        defer { founding.remove() }
        let body: JSONValue = [
            "definition": "X-1", "openErrors": 0,
            "files": [["name": "x.yaml", "text": "product: { id: X, naem: nothing }"]],
        ]
        let code = await refusal {
            try await founding.perform("definition.register", body, as: Founding.reviewer)
        }
        #expect(code == "definition.has-errors")
    }
}
