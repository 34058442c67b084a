import Facility
import Ledger
import LedgerTestSupport
import Operations
import Synchronization
import Testing
import TestSupport

/// What the site does when its storage fails: nothing acknowledged is lost, nothing
/// unacknowledged is half there, and the next command finds a site that works.
@Suite struct FailingStorageTests {
    /// A disk that is full when a checkpoint is to be signed: nobody is waiting, and nobody would come
    /// back for it.
    @Test func whatCouldNotBeSignedIsSignedWhenTheDiskIsWellAgain() async throws {
        let storage = StorageWithoutCheckpoints()
        let founding = try await Founding(on: storage)
        defer { founding.remove() }
        try await founding.site.signCheckpoint()
        storage.isFull.withLock { $0 = true }
        let command = try CommandCatalogue.decode(
            "donor.register", from: ["donor": "D-1", "relation": "donor"])
        _ = try await founding.site.perform(Request(command, by: Founding.operator1))
        let code = await refusal { try await founding.site.signCheckpoint() }
        #expect(code == "storage-full")
        storage.isFull.withLock { $0 = false }
        // As a server does every two seconds, and whoever closes the site.
        try await founding.site.follow()
        try await founding.site.signCheckpoint()
        let report = try await LedgerVerifier(
            storage: storage, log: founding.folder.verifier(), patience: .zero
        ).verify()
        #expect(report.isIntact, "\(report.findings)")
        #expect(report.entryCount == founding.site.state.entryCount)
    }

    /// Random faults under a stream of commands; afterwards the ledger holds exactly what a
    /// restarted site reads, and every acknowledged donor is among it.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func acknowledgedCommandsSurviveFaults(seed: UInt64) async throws {
        let device = InMemoryDevice()
        let healthy = try await device.open()
        let founding = try await Founding(on: healthy)
        defer { founding.remove() }

        // A crash ends the process; what it leaves behind is for the ledger's own tests.
        var generator = SeededGenerator(seed: seed)
        var schedule = FaultSchedule(count: 60, rarity: 3, using: &generator)
        schedule.faults = schedule.faults.map { $0?.isCrash == true ? nil : $0 }
        let faulty = FaultyStorage(healthy, on: device, schedule: schedule, seed: seed)
        let site = try await reopening(founding, on: faulty)
        var acknowledged: Set<String> = []
        for number in 0..<30 {
            founding.clock.set(founding.clock.now().advanced(bySeconds: 1))
            let donor = "D-\(number)"
            let command = try CommandCatalogue.decode(
                "donor.register", from: ["donor": .string(donor), "relation": "donor"])
            let code = await refusal {
                _ = try await site.perform(Request(command, by: Founding.operator1))
            }
            if code == nil { acknowledged.insert(donor) }
        }

        let restarted = try await founding.reopened(on: healthy)
        let stored = Set(restarted.state.donors.keys.map(\.text))
        #expect(acknowledged.isSubset(of: stored), "lost: \(acknowledged.subtracting(stored))")
        let report = try await LedgerVerifier(
            storage: healthy, log: founding.folder.verifier()
        ).verify()
        #expect(report.isIntact, "\(report.findings)")
    }

    /// Opening may meet a fault as well; opening again is the way out.
    private func reopening(
        _ founding: Founding, on storage: any LedgerStorageEngine
    ) async throws -> Site {
        for _ in 0..<20 {
            if let site = try? await founding.reopened(on: storage) { return site }
        }
        return try await founding.reopened(on: storage)
    }
}

/// An engine that takes entries, and no checkpoint while it is full.
private final class StorageWithoutCheckpoints: StandInStorage {
    let sound: any LedgerStorageEngine = InMemoryLedgerStorage()
    let isFull = Mutex(false)

    func append(_ batch: SealedBatch, after head: LedgerHead) async throws(StorageError) {
        if isFull.withLock({ $0 }), batch.checkpoint != nil { throw .full }
        try await sound.append(batch, after: head)
    }
}
