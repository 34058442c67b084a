@testable import Ledger
import LedgerTestSupport
import Synchronization
import TestSupport
import Testing

/// How a long ledger is read: in pages ahead, in parts, and while others append to it.
@Suite struct VerificationTests {
    let scenario = try! LedgerScenario()

    @Test(arguments: [
        [] as Set<UInt64>, [255, 256], [256], [0, 1, 2], Set(200...700), Set(8447...8449), [19_999],
    ])
    func pagesComeInOrderWhateverIsMissing(missing: Set<UInt64>) async throws {
        let storage = SparseStorage(numbers: (0..<20_000).filter { !missing.contains($0) })
        for end in [0, 1, 256, 257, 8448, 12_345, 20_000, .max] as [UInt64] {
            var seen: [UInt64] = []
            try await PagesAhead(storage: storage, empty: NumberPage()).forEach(
                from: 0, upTo: end
            ) { page throws(StorageError) in seen += page.numbers }
            #expect(seen == storage.numbers.filter { $0 < end }, "up to \(end)")
        }
    }

    @Test func aFailureWhileReadingAheadIsPassedOn() async throws {
        let storage = SparseStorage(numbers: Array(0..<20_000), failingAt: 9000)
        var count = 0
        await #expect(throws: StorageError.unavailable("row 9000")) {
            try await PagesAhead(storage: storage, empty: NumberPage()).forEach(
                from: 0, upTo: .max
            ) { page throws(StorageError) in count += page.count }
        }
        #expect(count < 9000)
    }

    @Test func aKeyThatComesBackIsFoundInWhateverPartOfTheKeysItLies() async throws {
        var drafts = (0..<120).map { scenario.draft(minute: $0) }
        for repeated in [3, 4, 5, 50, 51, 119] { drafts.append(drafts[repeated]) }
        for position in 120..<drafts.count { drafts[position].recorded = drafts[119].recorded }
        let storage = InMemoryLedgerStorage()
        try await scenario.appendUnchecked(drafts, to: storage)
        for keys in [7, 40, 126, 1000] as [UInt64] {
            var verifier = LedgerVerifier(storage: storage, log: scenario.signer.verifier)
            verifier.keysOfOneReading = keys
            let findings = try await verifier.verify().findings
            #expect(findings.map(\.code) == Array(repeating: .commandRepeated, count: 6))
            #expect(findings.map(\.entry) == (120..<126).map { $0 })
        }
    }

    /// A ledger with as many repetitions as somebody likes must not fill the memory.
    @Test func suspectsAreBounded() {
        let count = UInt64(CommandHistory.suspectsMax) + 5000
        var history = CommandHistory(of: 1, expecting: 2 * count)
        var generator = SeededGenerator(seed: 4)
        let keys = (0..<count).map { _ in generator.next() }
        for _ in 0..<2 { for key in keys { history.add(key) } }
        #expect(history.suspects.count == CommandHistory.suspectsMax)
        #expect(history.hasMoreSuspects)
    }

    @Test func hardlyAnyNewKeyIsSuspected() {
        let count: UInt64 = 200_000
        var history = CommandHistory(of: 1, expecting: count)
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<count { history.add(generator.next()) }
        #expect(history.suspects.count < 200)
    }

    @Test func whoAppendsDuringAVerificationIsNotTakenForAForger() async throws {
        let storage = InMemoryLedgerStorage()
        try await scenario.append((0..<40).map { scenario.draft(minute: $0) }, to: storage)
        let writer = try await LedgerWriter(
            storage: storage, signer: scenario.signer, origin: LedgerScenario.origin,
            signingDelay: .milliseconds(20))
        let growing = GrowingStorage(storage, times: 25) { [scenario] time in
            _ = try? await writer.submit([scenario.draft(minute: 40 + time)]).receipt
        }
        let report = try await scenario.verify(growing, patience: .seconds(120))
        #expect(report.findings == [])
        #expect(report.entryCount >= 40)
    }
}

/// Numbers of entries on a page.
private struct NumberPage: LedgerPage {
    var numbers: [UInt64] = []
    var count: Int { numbers.count }
    var lastNumber: UInt64? { numbers.last }
    var byteCount: Int { 0 }
    mutating func add(_ number: UInt64, _ bytes: UnsafeBufferPointer<UInt8>) {
        numbers.append(number)
    }
}

/// An engine with empty entries under some numbers, as a table with gaps gives them.
private struct SparseStorage: StandInStorage {
    let sound: any LedgerStorageEngine = InMemoryLedgerStorage()
    let numbers: [UInt64]
    var failingAt: UInt64 = .max

    func entries(from index: UInt64, limit: Int) async throws(StorageError) -> [SealedEntry] {
        let first = numbers.firstIndex { $0 >= index } ?? numbers.count
        let page = numbers[first...].prefix(limit)
        if page.contains(failingAt) { throw .unavailable("row \(failingAt)") }
        return page.map { SealedEntry(index: $0, bytes: []) }
    }
}

/// An engine to which another process appends before every read, for some time.
private final class GrowingStorage: StandInStorage {
    let sound: any LedgerStorageEngine
    private let grow: @Sendable (Int) async -> Void
    private let left: Mutex<Int>

    init(
        _ engine: InMemoryLedgerStorage, times: Int, grow: @escaping @Sendable (Int) async -> Void
    ) {
        sound = engine
        self.grow = grow
        left = Mutex(times)
    }

    private func growOnce() async {
        let time = left.withLock { left in
            left -= 1
            return left
        }
        // Every time later than the one before, as the writer demands.
        if time >= 0 { await grow(100 - time) }
    }

    func entries(from index: UInt64, limit: Int) async throws(StorageError) -> [SealedEntry] {
        let entries = try await sound.entries(from: index, limit: limit)
        await growOnce()
        return entries
    }
    func checkpoints(
        from size: UInt64, limit: Int
    ) async throws(StorageError) -> [StoredCheckpoint] {
        await growOnce()
        return try await sound.checkpoints(from: size, limit: limit)
    }
    func end() async throws(StorageError) -> StoredEnd {
        await growOnce()
        return try await sound.end()
    }
}
