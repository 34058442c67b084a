import LedgerTestSupport
import Synchronization
import TestSupport
import Testing

@testable import Ledger

/// When checkpoints are signed, and what stands for them until then.
@Suite struct CheckpointSigningTests {
    let scenario = try! LedgerScenario()
    /// For whoever signs without being asked, on a machine that runs all other tests meanwhile.
    private static let patience = Duration.seconds(120)

    private func sizes(_ storage: InMemoryLedgerStorage) async throws -> [UInt64] {
        try await storage.checkpoints(from: 0, limit: 1000).map(\.size)
    }

    @Test func whatIsCommittedIsUnderACheckpointSoon() async throws {
        let storage = InMemoryLedgerStorage()
        let writer = try await LedgerWriter(
            storage: storage, signer: scenario.signer, origin: LedgerScenario.origin)
        for minute in 0..<40 {
            _ = try await writer.submit([scenario.draft(minute: minute)]).receipt
        }
        let reader = LedgerReader(storage: storage, patience: Self.patience)
        let proof = try await reader.proof(of: 39)
        try proof.verify(
            entry: try await storage.entries(from: 39, limit: 1)[0].bytes,
            log: scenario.signer.verifier)
        #expect(try await sizes(storage).count < 40, "one signature serves many commits")
        #expect(try await scenario.verify(storage).findings == [])
    }

    @Test func whoAsksForASignatureHasOneOnReturn() async throws {
        let storage = InMemoryLedgerStorage()
        let writer = try await scenario.writer(storage)
        try await writer.signCheckpoint()
        #expect(try await sizes(storage) == [], "there is nothing to be signed")
        for minute in 1...3 {
            _ = try await writer.submit([scenario.draft(minute: minute)]).receipt
        }
        _ = try writer.submit([scenario.draft(minute: 4)])
        try await writer.signCheckpoint()
        #expect(try await sizes(storage) == [3], "only what is durable is signed")
        try await writer.signCheckpoint()
        try await writer.signCheckpoint()
        let last = try #require(try await storage.lastCheckpoint())
        let note = try SignedNote(parsing: last.note)
        _ = try note.verified(by: [scenario.signer.verifier])
        #expect(try Checkpoint(text: note.text).head == (try await storage.head()))
        #expect(try await scenario.verify(storage).findings == [])
    }

    @Test func manyWhoAskAtOnceAllHaveOne() async throws {
        let storage = InMemoryLedgerStorage()
        let writer = try await scenario.writer(storage)
        let scenario = scenario
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    let receipt = try await writer.submit([scenario.draft(minute: 1)]).receipt
                    try await writer.signCheckpoint()
                    let signed = try await storage.lastCheckpoint()?.size ?? 0
                    return signed > receipt.firstIndex
                }
            }
            for try await isSigned in group { #expect(isSigned) }
        }
        let sizes = try await sizes(storage)
        #expect(sizes == Set(sizes).sorted(), "each size once, in order")
        #expect(try await scenario.verify(storage).findings == [])
    }

    @Test func aCheckpointRidesWithTheEntriesThatWait() throws {
        var queue = CommitQueue(edge: TreeEdge(), lastRecorded: nil, signedSize: 0)
        func add(_ minute: Int) throws {
            _ = try queue.add(SealedDrafts([scenario.draft(minute: minute)]))
        }
        func takeAnother() throws -> CommitQueue.Commit {
            let (leads, next) = (queue.takeLead(), queue.takeNext())
            #expect(leads)
            return try #require(next)
        }
        let planned = queue.planSigning()
        #expect(!planned, "nothing is committed")
        try add(1)
        let first = try takeAnother()
        #expect(first.checkpoint == nil)
        _ = queue.finish(first)
        let (plans, plansAgain) = (queue.planSigning(), queue.planSigning())
        #expect(plans && !plansAgain, "one is enough")
        let head = queue.headToSign()
        #expect(head == first.head)

        try add(2)
        let waiting = try queue.add(StoredCheckpoint(size: 1, note: [1]))
        // Another asks, and a later one takes the place of the earlier.
        let same = try queue.add(StoredCheckpoint(size: 1, note: [1]))
        #expect(waiting === same)
        let second = try takeAnother()
        #expect(second.entries.map(\.index) == [1])
        #expect(second.checkpoint == StoredCheckpoint(size: 1, note: [1]))
        _ = queue.finish(second)
        #expect(queue.signedSize == 1)

        let third = try queue.add(StoredCheckpoint(size: 2, note: [2]))
        let alone = try takeAnother()
        #expect(alone.entries.isEmpty && alone.checkpoint?.size == 2)
        #expect(alone.head == second.head, "a checkpoint adds nothing to the tree")
        _ = queue.finish(alone)
        _ = alone.settle(.success(alone.head))
        #expect(third.result == .success(alone.head))

        // One who signed slowly comes behind a checkpoint over more.
        let late = try queue.add(StoredCheckpoint(size: 1, note: [1]))
        let covered = try takeAnother()
        #expect(covered.isEmpty)
        _ = queue.finish(covered)
        _ = covered.settle(.success(covered.head))
        #expect(late.result == .success(second.head))
        #expect(queue.signedSize == 2)
        let nothing = queue.headToSign()
        #expect(nothing == nil)
        let leads = queue.takeLead()
        #expect(!leads)
    }

    @Test func aFailureWhileSigningClosesTheWriter() async throws {
        let engine = InMemoryLedgerStorage()
        let storage = FaultyStorage(
            engine, on: InMemoryDevice(), schedule: FaultSchedule([nil, .fullDisk]), seed: 1)
        let writer = try await scenario.writer(storage)
        _ = try await writer.submit([scenario.draft(minute: 1)]).receipt
        await #expect(throws: WriterError.storage(.full)) { try await writer.signCheckpoint() }
        #expect(throws: WriterError.closed(because: .full)) {
            try writer.submit([scenario.draft(minute: 2)])
        }
        await #expect(throws: WriterError.closed(because: .full)) {
            try await writer.signCheckpoint()
        }
        // What was answered is there, and signed by the next.
        try await scenario.writer(engine).signCheckpoint()
        #expect(try await scenario.verify(engine).entryCount == 1)
    }

    /// A command beside a server finds entries that the server is about to sign.
    @Test func twoWhoSignTheSameDoNotHinderEachOther() async throws {
        let storage = InMemoryLedgerStorage()
        let server = try await scenario.writer(storage)
        _ = try await server.submit([scenario.draft(minute: 1)]).receipt
        try await scenario.writer(storage).signCheckpoint()
        try await server.signCheckpoint()
        #expect(try await sizes(storage) == [1])
        _ = try await server.submit([scenario.draft(minute: 2)]).receipt
        #expect(server.failure == nil)
    }

    // MARK: After a crash

    /// A ledger of four entries, the last two of them under no checkpoint.
    private func crashed() async throws -> InMemoryLedgerStorage {
        let storage = InMemoryLedgerStorage()
        let writer = try await scenario.writer(storage)
        for minute in 1...2 {
            _ = try await writer.submit([scenario.draft(minute: minute)]).receipt
        }
        try await writer.signCheckpoint()
        for minute in 3...4 {
            _ = try await writer.submit([scenario.draft(minute: minute)]).receipt
        }
        return storage
    }

    @Test func theSiteKnowsItsOwnEntriesAfterACrash() async throws {
        let storage = try await crashed()
        let found = try await scenario.verify(storage).findings
        #expect(found.map(\.code) == [.entriesUnsigned])
        #expect(found.map(\.entry) == [2])
        await #expect(throws: LedgerReadError.unsigned(index: 3)) {
            try await LedgerReader(storage: storage, patience: .zero).proof(of: 3)
        }
        let writer = try await LedgerWriter(
            storage: storage, signer: scenario.signer, origin: LedgerScenario.origin)
        // Signed without anybody asking.
        _ = try await LedgerReader(storage: storage, patience: Self.patience).proof(of: 3)
        #expect(try await scenario.verify(storage).findings == [])
        _ = try await writer.submit([scenario.draft(minute: 5)]).receipt
    }

    /// Ways to rewrite the entries that a crash left unsigned, for someone who has the file and not
    /// the site's key.
    enum Forgery: CaseIterable {
        /// An entry altered; head and all after it as the altered entries make them.
        case altered
        /// One more entry.
        case added
        /// The tag removed.
        case untagged
        /// A tag by another key.
        case taggedByAnother
        /// A tag of the same key for another ledger.
        case taggedForAnother
    }

    @Test(arguments: Forgery.allCases)
    func whatWasForgedBehindTheLastCheckpointIsNotSigned(_ forgery: Forgery) async throws {
        let storage = try await crashed()
        let added = try scenario.draft(minute: 5).encoded()
        let altered = try scenario.draft(minute: 3, body: ["minute": "7"]).encoded()
        let thief = try NoteSigner(
            name: LedgerScenario.origin, seed: Array(repeating: 99, count: 32))
        storage.tamper { stored in
            switch forgery {
            case .altered: stored.entries[2] = altered
            case .added: stored.entries.append(added)
            case .untagged: stored.tag = nil
            case .taggedByAnother:
                stored.tag = HeadAuthenticator(signer: thief, origin: LedgerScenario.origin)
                    .tag(of: stored.head)
            case .taggedForAnother:
                stored.tag = HeadAuthenticator(signer: scenario.signer, origin: "example.org/other")
                    .tag(of: stored.head)
            }
            var frontier = MerkleFrontier()
            for entry in stored.entries { frontier.append(MerkleTree.leafHash(entry)) }
            stored.head = frontier.head
        }
        await #expect(throws: WriterError.foreignEnd(first: 2)) {
            try await scenario.writer(storage)
        }
    }

    @Test func whatIsUnderNoCheckpointIsLookedAtAllTheSame() async throws {
        let storage = try await crashed()
        let sound = try await scenario.verify(storage)
        #expect(sound.entryCount == 4)
        let kept = Checkpoint(
            origin: LedgerScenario.origin, size: 4, root: sound.head.root)
        storage.tamper { $0.entries[3] = [0x7B] }
        let found = try await scenario.verify(storage, against: [kept]).findings
        #expect(
            Set(found.map(\.code)) == [
                .entryUnreadable, .entriesUnsigned, .keptCheckpointContradicted,
            ])
    }

    @Test func aCheckpointOverOtherEntriesIsNotGoneOnFrom() async throws {
        let storage = try await scenario.storage(3)
        let altered = try scenario.draft(minute: 3, body: ["minute": "7"]).encoded()
        storage.tamper { stored in
            stored.entries[stored.entries.count - 1] = altered
            var frontier = MerkleFrontier()
            for entry in stored.entries { frontier.append(MerkleTree.leafHash(entry)) }
            stored.head = frontier.head
        }
        let error = await #expect(throws: WriterError.self) { try await scenario.writer(storage) }
        #expect(error?.code == "storage-damaged")
    }

    /// Cases 1, 2, 3 and 4 of RFC 4231.
    @Test func theCodeIsThatOfTheStandard() throws {
        for (key, data, code) in [
            (
                Array(repeating: 0x0B, count: 20), Array("Hi There".utf8),
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                Array(repeating: 0xAA, count: 20), Array(repeating: 0xDD, count: 50),
                "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
            ),
            (
                Array(1...25), Array(repeating: 0xCD, count: 50),
                "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
            ),
        ] as [([UInt8], [UInt8], String)] {
            let tag = data.withUnsafeBytes { PreparedHMAC(key: key).tag(of: $0) }
            #expect(tag.hex == code)
        }
    }
}
