import Ledger
import LedgerTestSupport
import Synchronization
import TestSupport
import Testing

/// Engines that are wrong in one way each: the laws and the simulation must find every one of
/// them, else they would prove nothing about the right ones.
@Suite struct BrokenEngineTests {
    @Test(arguments: Flaw.allCases) func everyFlawIsFound(flaw: Flaw) async throws {
        var found: [String] = []
        for law in LedgerStorageConformance.laws {
            do {
                try await law.check(BrokenDevice(flaw))
            } catch {
                found.append(law.description)
            }
        }
        for seed in 1...12 as ClosedRange<UInt64> where found.isEmpty {
            do {
                var simulation = try LedgerSimulation(on: BrokenDevice(flaw), seed: seed)
                try await simulation.run(commands: 60, rarity: 4)
            } catch {
                found.append("simulation \(seed): \(error)")
            }
        }
        #expect(!found.isEmpty, "'\(flaw)' passes everything")
    }

    enum Flaw: CaseIterable {
        /// Takes a batch whatever head it was made for.
        case ignoresTheHead
        /// Answers before anything is stored, and forgets every seventh batch.
        case answersTooEarly
        /// Leaves half of a batch behind when the power goes.
        case storesHalves
        /// Keeps the last checkpoint only.
        case forgetsCheckpoints
        /// Gives one row less than it was asked for.
        case readsTooLittle
        /// Loses the tag of the last batch.
        case forgetsTheTag
        /// Takes the tag of a batch without entries for that of the end.
        case takesAnyTag
        /// Loses the tiles.
        case forgetsTiles
        /// Cuts entries to 1 kB.
        case cutsEntries
    }
}

private final class BrokenDevice: StorageDevice {
    private let storage: BrokenStorage

    init(_ flaw: BrokenEngineTests.Flaw) { storage = BrokenStorage(flaw) }

    func open() async throws(StorageError) -> any LedgerStorageEngine { storage }

    func crash(
        _ fault: StorageFault, seed: UInt64,
        during append: @Sendable () async throws(StorageError) -> Void
    ) async {
        guard fault != .crashBeforeWrite else { return }
        storage.isTearing.withLock { $0 = fault == .crashDuringWrite }
        do throws(StorageError) { try await append() } catch {}
        storage.isTearing.withLock { $0 = false }
    }
}

private final class BrokenStorage: StandInStorage {
    private let flaw: BrokenEngineTests.Flaw
    let sound: any LedgerStorageEngine = InMemoryLedgerStorage()
    private let appends = Mutex(0)
    private let lastTag = Mutex<Digest?>(nil)
    let isTearing = Mutex(false)

    init(_ flaw: BrokenEngineTests.Flaw) { self.flaw = flaw }

    func append(_ batch: SealedBatch, after head: LedgerHead) async throws(StorageError) {
        var (batch, head) = (batch, head)
        let number = appends.withLock { count in
            count += 1
            return count
        }
        switch flaw {
        case .ignoresTheHead: head = try await sound.head()
        case .answersTooEarly where number % 7 == 0: return
        case .storesHalves where isTearing.withLock({ $0 }):
            batch.entries.removeLast((batch.entries.count + 1) / 2)
        case .forgetsTiles: batch.tiles = []
        case .cutsEntries:
            for position in batch.entries.indices {
                batch.entries[position].bytes = Array(batch.entries[position].bytes.prefix(1024))
            }
        default: break
        }
        try await sound.append(batch, after: head)
        lastTag.withLock { $0 = batch.tag }
    }

    func end() async throws(StorageError) -> StoredEnd {
        var end = try await sound.end()
        switch flaw {
        case .forgetsTheTag: end.tag = nil
        case .takesAnyTag: end.tag = lastTag.withLock { $0 }
        default: break
        }
        return end
    }

    func entries(from index: UInt64, limit: Int) async throws(StorageError) -> [SealedEntry] {
        let entries = try await sound.entries(from: index, limit: limit)
        return flaw == .readsTooLittle ? Array(entries.prefix(limit - 1)) : entries
    }

    func checkpoints(
        from size: UInt64, limit: Int
    ) async throws(StorageError) -> [StoredCheckpoint] {
        let checkpoints = try await sound.checkpoints(from: size, limit: limit)
        return flaw == .forgetsCheckpoints ? checkpoints.suffix(1) : checkpoints
    }
}
