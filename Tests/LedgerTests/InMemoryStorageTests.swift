import Ledger
import LedgerTestSupport
import TestSupport
import Testing

@Suite struct InMemoryStorageTests {
    @Test(arguments: LedgerStorageConformance.laws)
    func conforms(law: LedgerStorageConformance.Law) async throws {
        try await law.check(InMemoryDevice())
    }

    @Test func loseNothingUnderAnyScheduleOfFaults() async throws {
        for seed in 1...40 as ClosedRange<UInt64> {
            do {
                var simulation = try LedgerSimulation(on: InMemoryDevice(), seed: seed)
                try await simulation.run(commands: 60, rarity: 4)
            } catch {
                Issue.record("seed \(seed): \(error)")
            }
        }
    }
}
