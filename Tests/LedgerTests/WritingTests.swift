import LedgerTestSupport
import Synchronization
import TestSupport
import Testing

@testable import Ledger

@Suite struct WritingTests {
    let scenario = try! LedgerScenario()

    private func writer(_ storage: any LedgerStorageEngine) async throws -> LedgerWriter {
        try await scenario.writer(storage)
    }

    private func faulty(_ faults: [StorageFault?]) -> (FaultyStorage, InMemoryLedgerStorage) {
        let engine = InMemoryLedgerStorage()
        return (
            FaultyStorage(engine, on: InMemoryDevice(), schedule: FaultSchedule(faults), seed: 1),
            engine
        )
    }

    @Test func anEntryIsReadBackAsItWasSubmitted() async throws {
        let storage = InMemoryLedgerStorage()
        let writer = try await writer(storage)
        let draft = scenario.draft(minute: 3)
        let receipt = try await writer.submit([draft]).receipt
        #expect(receipt.firstIndex == 0)
        #expect(receipt.head == (try await storage.head()))
        let entries = try await LedgerReader(storage: storage).entries(from: 0)
        #expect(entries.map(\.draft) == [draft])
    }

    @Test func whatWaitsTogetherBecomesOneCommitInTheOrderOfSubmits() async throws {
        let (storage, engine) = faulty([.slowDisk])
        let writer = try await writer(storage)
        let pending = try (1...100).map { number in
            try writer.submit([
                scenario.draft(minute: number), scenario.draft(minute: number),
            ])
        }
        var heads: Set<LedgerHead> = []
        for (number, append) in pending.enumerated() {
            let receipt = try await append.receipt
            #expect(receipt.firstIndex == UInt64(2 * number))
            #expect(receipt.count == 2)
            #expect(receipt.head.size >= receipt.firstIndex + 2)
            heads.insert(receipt.head)
        }
        #expect(try await engine.head().size == 200)
        #expect(heads.count < 50)
    }

    @Test func whatIsTooMuchForOneCommitBecomesSeveralInTheOrderOfSubmits() async throws {
        let storage = InMemoryLedgerStorage()
        let writer = try await writer(storage)
        let pending = try (0..<5).map { part in
            try writer.submit(
                (0..<2000).map { scenario.draft(minute: part, command: "\(part)-\($0)") })
        }
        let last = try await pending[4].receipt
        #expect(last.firstIndex == 8000)
        let heads = try await [pending[1].receipt, pending[3].receipt, last].map(\.head.size)
        #expect(heads == [4000, 8000, 10_000])
        let reader = LedgerReader(storage: storage)
        for part in 0..<5 {
            let first = try await reader.entries(from: UInt64(2000 * part), limit: 1)
            #expect(first.map(\.draft.command) == ["\(part)-0"])
        }
    }

    @Test(arguments: [StorageFault.fullDisk, .failBeforeWrite, .failAfterWrite, .crashDuringWrite])
    func afterAFailureEveryoneBehindFailsAndTheWriterIsOpenedAgain(fault: StorageFault) async throws
    {
        let (storage, engine) = faulty([nil, fault])
        let writer = try await writer(storage)
        _ = try await writer.submit([scenario.draft(minute: 1)]).receipt
        let pending = try (2...9).map { try writer.submit([scenario.draft(minute: $0)]) }
        var causes: Set<String> = []
        for append in pending {
            do throws(WriterError) {
                _ = try await append.receipt
                Issue.record("an append behind a failure was acknowledged")
            } catch {
                causes.insert(error.code)
            }
        }
        #expect(causes.subtracting(["writer-closed"]).count == 1)
        #expect(writer.failure != nil)
        let error = #expect(throws: WriterError.self) {
            try writer.submit([scenario.draft(minute: 10)])
        }
        #expect(error?.code == "writer-closed")
        // What the ledger then holds is a whole history, and goes on from there.
        let reopened = try await self.writer(engine)
        _ = try await reopened.submit([scenario.draft(minute: 10)]).receipt
        try await reopened.signCheckpoint()
        #expect(try await scenario.verify(engine).findings == [])
    }

    @Test func whatNobodyWaitsForIsCommittedWithTheNextThatSomebodyDoes() async throws {
        let storage = InMemoryLedgerStorage()
        let writer = try await writer(storage)
        let forgotten = try writer.submit([scenario.draft(minute: 1)])
        let receipt = try await writer.submit([scenario.draft(minute: 2)]).receipt
        #expect(receipt.firstIndex == 1)
        #expect(try await storage.head().size == 2)
        #expect(try await forgotten.receipt.head.size == 2)
    }

    @Test func oneAppendCanBeWaitedForByMany() async throws {
        let (storage, _) = faulty([.slowDisk])
        let pending = try await writer(storage).submit([scenario.draft(minute: 1)])
        await withTaskGroup(of: UInt64?.self) { group in
            for _ in 0..<20 { group.addTask { try? await pending.receipt.head.size } }
            for await size in group { #expect(size == 1) }
        }
    }

    @Test func everyoneOfManyCallersIsAnsweredWithAPlaceOfTheirOwn() async throws {
        let (storage, engine) = faulty([nil, .slowDisk, nil, nil, .slowDisk])
        let writer = try await writer(storage)
        let draft = scenario.draft(minute: 1)
        let places = await withTaskGroup(of: [UInt64].self) { group in
            for _ in 0..<50 {
                group.addTask {
                    var places: [UInt64] = []
                    for _ in 0..<20 {
                        guard let receipt = try? await writer.submit([draft, draft]).receipt
                        else { continue }
                        places.append(receipt.firstIndex)
                    }
                    return places
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(places.sorted() == (0..<1000).map { 2 * $0 })
        #expect(try await engine.head().size == 2000)
    }

    @Test func whatGathersBehindACommitThatFailsIsNeverTried() async throws {
        let storage = HeldStorage()
        let writer = try await writer(storage)
        let first = try writer.submit([scenario.draft(minute: 1)])
        let answer = Task { () async -> String in
            do throws(WriterError) {
                _ = try await first.receipt
                return "stored"
            } catch {
                return error.code
            }
        }
        await storage.waitUntilHeld()
        let behind = try (2...5).map { try writer.submit([scenario.draft(minute: $0)]) }
        storage.fail()
        #expect(await answer.value == "storage-full")
        for append in behind {
            await #expect(throws: WriterError.closed(because: .full)) { try await append.receipt }
        }
        #expect(storage.appends == 1)
    }

    @Test func aSecondWriterIsToldThatTheHeadMoved() async throws {
        let storage = InMemoryLedgerStorage()
        let (first, second) = (try await writer(storage), try await writer(storage))
        _ = try await first.submit([scenario.draft(minute: 1)]).receipt
        let pending = try second.submit([scenario.draft(minute: 2)])
        var refusal: WriterError?
        do throws(WriterError) {
            _ = try await pending.receipt
            Issue.record("two writers appended at one place")
        } catch {
            refusal = error
        }
        let head = try await storage.head()
        #expect(refusal == .storage(.headMoved(actual: head)))
    }

    @Test func whatCannotBeAppendedIsRefusedAtOnceAndTheWriterGoesOn() async throws {
        let storage = InMemoryLedgerStorage()
        let writer = try await writer(storage)
        func code(_ drafts: [EntryDraft]) -> String? {
            do throws(WriterError) {
                _ = try writer.submit(drafts)
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code([]) == "writer-nothing-to-append")
        let small = scenario.draft(minute: 1)
        #expect(
            code(Array(repeating: small, count: LedgerWriter.commitEntriesMax + 1))
                == "writer-too-many-entries")
        var large = small
        large.body = .string(String(repeating: "x", count: 60_000))
        #expect(code(Array(repeating: large, count: 300)) == "writer-too-large")
        large.body = .string(String(repeating: "x", count: 70_000))
        #expect(code([small, large]) == "entry-too-large")
        #expect(code([scenario.draft(minute: 2), small]) == "writer-clock-set-back")
        _ = try await writer.submit([small]).receipt
        #expect(try await storage.head().size == 1)
    }

    @Test func aLedgerOfAnotherKeyOrNameIsNotOpened() async throws {
        let storage = try await scenario.storage(2)
        let other = try NoteSigner(
            name: LedgerScenario.origin, seed: Array(repeating: 1, count: 32))
        await #expect(throws: WriterError.wrongKey(.unsigned(by: LedgerScenario.origin))) {
            try await LedgerWriter(
                storage: storage, signer: other, origin: LedgerScenario.origin)
        }
        storage.tamper { $0.entries[2][30] ^= 1 }
        let error = await #expect(throws: WriterError.self) { try await writer(storage) }
        #expect(error?.code == "storage-damaged")
    }
}

/// An engine whose append waits until it is told to fail.
private final class HeldStorage: StandInStorage {
    let sound: any LedgerStorageEngine = InMemoryLedgerStorage()
    private let count = Mutex(0)
    private let held = AsyncStream.makeStream(of: Void.self)
    private let released = AsyncStream.makeStream(of: Void.self)

    var appends: Int { count.withLock { $0 } }

    func waitUntilHeld() async {
        for await _ in held.stream { return }
    }

    func fail() { released.continuation.finish() }

    func append(_ batch: SealedBatch, after head: LedgerHead) async throws(StorageError) {
        count.withLock { $0 += 1 }
        held.continuation.yield()
        for await _ in released.stream {}
        throw .full
    }
}
