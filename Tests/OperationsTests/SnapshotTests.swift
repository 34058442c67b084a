import Facility
import Foundation
import Ledger
import LedgerTestSupport
import Operations
import Testing

/// Snapshots: a cache that is used when it is right and passed over when it is not.
@Suite struct SnapshotTests {
    /// A site with a few donors and a snapshot of it.
    private func founded(
        on storage: InMemoryLedgerStorage = InMemoryLedgerStorage()
    ) async throws -> (Founding, SnapshotStore) {
        let founding = try await Founding(on: storage)
        for number in 1...3 { try await founding.registerDonor("D-\(number)") }
        try await founding.site.keepSnapshot()
        return (founding, SnapshotStore(of: founding.folder))
    }

    private func file(_ founding: Founding) throws -> URL {
        let folder = founding.folder.url.appending(path: "snapshots")
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).first)
        return folder.appending(path: name)
    }

    @Test func aSiteOpensFromItsSnapshotAsItWouldByReplay() async throws {
        let storage = InMemoryLedgerStorage()
        let (founding, store) = try await founded(on: storage)
        defer { founding.remove() }
        try await founding.registerDonor("D-4", key: "the-fourth")
        let kept = try #require(await store.newest(in: storage))
        #expect(kept.state.donors.count == 3)
        let site = try await Site(
            folder: founding.folder, storage: storage, clock: founding.clock, scryptCost: .quick)
        #expect(site.state.donors.count == 4)
        try FileManager.default.removeItem(at: try file(founding))
        let replayed = try await Site.state(of: founding.folder, in: storage)
        #expect(try StateImage.encode(replayed) == StateImage.encode(site.state))
        // A repeated request gets its first answer, before and after the snapshot.
        let command = try CommandCatalogue.decode(
            "donor.register", from: ["donor": "D-4", "relation": "birth-mother"])
        let receipt = try await site.perform(
            Request(command, by: Founding.operator1, key: "the-fourth"))
        #expect(receipt.kinds == ["donor.registered/1"])
        #expect(site.state.donors.count == 4)
    }

    @Test(arguments: [40, 400, -1]) func aSnapshotWithAChangedByteIsPassedOver(place: Int)
        async throws
    {
        let storage = InMemoryLedgerStorage()
        let (founding, store) = try await founded(on: storage)
        defer { founding.remove() }
        let file = try file(founding)
        var bytes = [UInt8](try Data(contentsOf: file))
        bytes[place < 0 ? bytes.count - 1 : place] ^= 1
        try Data(bytes).write(to: file)
        #expect(await store.newest(in: storage) == nil)
        let state = try await Site.state(of: founding.folder, in: storage)
        #expect(state.donors.count == 3)
    }

    /// A ledger that was exchanged for another of the same length does not lead to the snapshot.
    @Test func aSnapshotOfAnotherLedgerIsPassedOver() async throws {
        let storage = InMemoryLedgerStorage()
        let (founding, store) = try await founded(on: storage)
        defer { founding.remove() }
        let other = InMemoryLedgerStorage()
        let second = try await Founding(on: other)
        defer { second.remove() }
        for number in 5...7 { try await second.registerDonor("D-\(number)") }
        #expect(await store.newest(in: other) == nil)
        #expect(await store.newest(in: storage) != nil)
    }

    @Test func aSnapshotIsNotUsedForAnEarlierEntry() async throws {
        let storage = InMemoryLedgerStorage()
        let (founding, store) = try await founded(on: storage)
        defer { founding.remove() }
        let size = try await storage.head().size
        #expect(await store.newest(upTo: size - 1, in: storage) == nil)
        let before = try await founding.site.state(before: size - 1)
        #expect(before.donors.count == 2)
    }

    @Test func entriesAreFoundByTheTimeTheyWereRecorded() async throws {
        let storage = InMemoryLedgerStorage()
        let (founding, _) = try await founded(on: storage)
        defer { founding.remove() }
        let now = founding.clock.now()
        let size = try await storage.head().size
        #expect(try await Site.entryCount(at: now, in: storage) == size)
        let earlier = now.advanced(bySeconds: -1)
        #expect(try await Site.entryCount(at: earlier, in: storage) == size - 1)
        #expect(try await Site.entryCount(at: Timestamp(milliseconds: 0), in: storage) == 0)
    }

    /// Whatever bytes are read as an image: an error at worst.
    @Test func bytesThatAreNoImageAreRefused() throws {
        let image = try StateImage.encode(SiteState())
        #expect(throws: (any Error).self) {
            try StateImage.decode(SiteState.self, from: image.dropLast())
        }
        var random = SystemRandomNumberGenerator()
        for length in 0..<200 {
            let bytes = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            _ = try? StateImage.decode(SiteState.self, from: bytes[...])
        }
    }
}
