import Ledger
import LedgerTestSupport
import SQLiteLedger
import TestSupport
import Testing

@Suite struct SQLiteConformanceTests {
    @Test(arguments: LedgerStorageConformance.laws)
    func conforms(law: LedgerStorageConformance.Law) async throws {
        try await law.check(try SQLiteDevice())
    }

    @Test func loseNothingUnderAnyScheduleOfFaults() async throws {
        for seed in 1...12 as ClosedRange<UInt64> {
            do {
                var simulation = try LedgerSimulation(on: try SQLiteDevice(), seed: seed)
                try await simulation.run(commands: 60, rarity: 3)
            } catch {
                Issue.record("seed \(seed): \(error)")
            }
        }
    }
}
