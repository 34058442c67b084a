import Facility
import Ledger
import LedgerTestSupport
import Operations
import Testing
import TestSupport

/// What the site does when its storage fails: nothing acknowledged is lost, nothing
/// unacknowledged is half there, and the next command finds a site that works.
@Suite struct FailingStorageTests {
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
