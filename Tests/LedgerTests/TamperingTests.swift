import Ledger
import LedgerTestSupport
import TestSupport
import Testing

/// What someone with full rights on the storage might do, and how verification tells.
@Suite struct TamperingTests {
    let scenario = try! LedgerScenario()

    private func findings(
        _ storage: InMemoryLedgerStorage, against kept: [Checkpoint] = []
    ) async throws -> [String] {
        try await scenario.verify(storage, against: kept).findings.map {
            "\($0.entry.map { "\($0)" } ?? "-") \($0.code.rawValue)"
        }
    }

    @Test func anUntouchedLedgerIsIntact() async throws {
        let report = try await scenario.verify(try await scenario.storage())
        #expect(report.findings == [])
        #expect(report.entryCount == 22)
        #expect(report.checkpointCount == 22)
        #expect(report.signatureCount == 20)
    }

    @Test func anEntryAlteredIsFound() async throws {
        let storage = try await scenario.storage()
        storage.tamper { stored in
            let text = String(decoding: stored.entries[9], as: UTF8.self)
            stored.entries[9] = Array(
                text.replacing("\"minute\":\"8\"", with: "\"minute\":\"9\"").utf8)
        }
        // The signature covers the record, so it no longer fits either.
        #expect(
            try await findings(storage) == ["9 signature-of-another-record", "9 root-mismatch"]
        )
    }

    @Test func aByteAlteredAnywhereIsFound() async throws {
        let storage = try await scenario.storage(5)
        var original: InMemoryLedgerStorage.Stored?
        storage.tamper { original = $0 }
        let stored = try #require(original)
        for (number, bytes) in stored.entries.enumerated() {
            for position in stride(from: 0, to: bytes.count, by: 7) {
                storage.tamper { changed in
                    changed.entries = stored.entries
                    changed.entries[number][position] ^= 0x04
                }
                let report = try await scenario.verify(storage)
                #expect(
                    report.findings.contains {
                        $0.code == .rootMismatch && $0.entry == UInt64(number)
                    },
                    "entry \(number), byte \(position)")
            }
        }
    }

    @Test func anEntryRemovedFromTheMiddleIsFound() async throws {
        let storage = try await scenario.storage()
        storage.tamper { $0.entries.remove(at: 9) }
        #expect(try await findings(storage) == ["9 root-mismatch", "21 entries-cut"])
    }

    @Test func anEntryRemovedFromTheEndIsFound() async throws {
        let storage = try await scenario.storage()
        storage.tamper { $0.entries.removeLast() }
        #expect(try await findings(storage) == ["21 entries-cut"])
    }

    /// Entry and checkpoint both cut leave a shorter ledger that is whole in itself: only a
    /// checkpoint that someone kept tells.
    @Test func aCleanCutIsFoundByAKeptCheckpoint() async throws {
        let storage = try await scenario.storage()
        let kept = Checkpoint(
            origin: LedgerScenario.origin, size: 22, root: try await storage.head().root)
        #expect(try await findings(storage, against: [kept]) == [])
        storage.tamper {
            $0.entries.removeLast()
            $0.checkpoints.removeLast()
        }
        #expect(try await findings(storage) == [])
        #expect(
            try await findings(storage, against: [kept]) == ["21 kept-checkpoint-beyond-end"])
    }

    @Test func anEntryInsertedIsFound() async throws {
        let storage = try await scenario.storage()
        let inserted = try scenario.draft(minute: 8, command: "late").encoded()
        storage.tamper { $0.entries.insert(inserted, at: 9) }
        #expect(try await findings(storage) == ["9 root-mismatch", "22 entries-unsigned"])
    }

    @Test func anEntryAppendedWithoutTheSitesKeyIsFound() async throws {
        let storage = try await scenario.storage()
        let added = try scenario.draft(minute: 30).encoded()
        storage.tamper { $0.entries.append(added) }
        #expect(try await findings(storage) == ["22 entries-unsigned"])
    }

    @Test func entriesReorderedAreFound() async throws {
        let storage = try await scenario.storage()
        storage.tamper { $0.entries.swapAt(9, 10) }
        #expect(try await findings(storage) == ["9 root-mismatch", "10 clock-set-back"])
    }

    /// Nothing says that there was a checkpoint between two others. What it signed is signed again by
    /// each later one: an entry it covered cannot change, and whoever kept it can still hold it
    /// against the ledger.
    @Test func aCheckpointTakenFromTheMiddleHidesNothing() async throws {
        let storage = try await scenario.storage()
        let deleted = try Checkpoint(
            parsing: try #require(try await storage.checkpoints(from: 12, limit: 1).first).note)
        storage.tamper { stored in stored.checkpoints.removeAll { $0.size == deleted.size } }
        #expect(try await findings(storage, against: [deleted]) == [])
        storage.tamper { stored in stored.entries[9] = stored.entries[10] }
        let found = try await findings(storage, against: [deleted])
        #expect(found.contains("9 root-mismatch"))
        #expect(found.contains { $0.hasSuffix("kept-checkpoint-contradicted") })
    }

    @Test func checkpointsRemovedOrForgedAreFound() async throws {
        let storage = try await scenario.storage()
        storage.tamper { $0.checkpoints = [] }
        #expect(try await findings(storage) == ["- checkpoints-missing"])
        let other = try await scenario.storage()
        let thief = try NoteSigner(
            name: LedgerScenario.origin, seed: Array(repeating: 99, count: 32))
        other.tamper { stored in
            stored.entries[9] = stored.entries[10]
            var frontier = MerkleFrontier()
            stored.checkpoints = stored.entries.map { bytes in
                frontier.append(MerkleTree.leafHash(bytes))
                let checkpoint = Checkpoint(
                    origin: LedgerScenario.origin, size: frontier.size, root: frontier.root)
                return StoredCheckpoint(
                    size: frontier.size, note: try! checkpoint.signed(by: thief).bytes)
            }
        }
        let found = try await findings(other)
        #expect(found.filter { $0.hasSuffix("checkpoint-unsigned") }.count == 22)
    }

    /// Whoever holds the file and the site's key can write a new history that is whole in
    /// itself. A checkpoint kept by anyone else contradicts it.
    @Test func theWholeChainRebuiltIsFoundByAKeptCheckpoint() async throws {
        let storage = try await scenario.storage()
        let kept = try Checkpoint(
            parsing: try #require(try await storage.checkpoints(from: 12, limit: 1).first).note)
        let forged = InMemoryLedgerStorage()
        var drafts = try scenario.usualCommands()
        drafts[5] = try scenario.signed(
            scenario.draft(minute: 4, body: ["minute": "4", "result": "passed"]),
            by: scenario.ada)
        try await scenario.append(drafts, to: forged)
        #expect(try await findings(forged) == [])
        #expect(
            try await findings(forged, against: [kept]) == ["- kept-checkpoint-contradicted"])
        #expect(try await findings(storage, against: [kept]) == [])
    }

    @Test func aKeptCheckpointOfAnotherLedgerIsNamed() async throws {
        let storage = try await scenario.storage()
        let other = Checkpoint(
            origin: "gmp.example.org/site2/ledger", size: 3, root: MerkleTree.emptyRoot)
        #expect(
            try await findings(storage, against: [other])
                == ["- kept-checkpoint-of-another-ledger"])
    }

    @Test func aSignatureCutFromOneRecordAndPastedOnAnotherIsFound() async throws {
        var drafts = try scenario.usualCommands(4)
        var pasted = scenario.draft(minute: 10)
        pasted.signatures = drafts[2].signatures
        drafts.append(pasted)
        let storage = InMemoryLedgerStorage()
        try await scenario.append(drafts, to: storage)
        #expect(try await findings(storage) == ["6 signature-of-another-record"])
    }

    /// The digest inside a signature is changed to fit the new record: then the signature does
    /// not fit the digest.
    @Test func aPastedSignatureWithItsDigestAdjustedIsFound() async throws {
        var drafts = try scenario.usualCommands(4)
        var pasted = scenario.draft(minute: 10)
        pasted.signatures = drafts[2].signatures
        pasted.signatures[0].record = pasted.recordDigest
        drafts.append(pasted)
        let storage = InMemoryLedgerStorage()
        try await scenario.append(drafts, to: storage)
        #expect(try await findings(storage) == ["6 signature-wrong"])
    }

    @Test func aSignatureAfterRevocationIsFoundWhateverItsDate() async throws {
        var drafts = try scenario.usualCommands(4)
        drafts.append(scenario.notice(.revoked, of: scenario.ada, minute: 20))
        drafts.append(try scenario.signed(scenario.draft(minute: 30), by: scenario.ada))
        // Dated back to before the revocation, as whoever holds the key could.
        drafts.append(
            try scenario.signed(
                scenario.draft(minute: 31), by: scenario.ada, at: LedgerScenario.instant(10)))
        let storage = InMemoryLedgerStorage()
        try await scenario.append(drafts, to: storage)
        #expect(
            try await findings(storage)
                == ["7 signature-after-revocation", "8 signature-after-revocation"])
    }

    @Test func aLostKeyIsReplacedAndOldSignaturesStayValid() async throws {
        let newKey = try #require(
            PersonSigningKey(person: "ada", seed: Array(repeating: 14, count: 32)))
        var drafts = try scenario.usualCommands(4)
        var change = scenario.notice(.revoked, of: scenario.ada, minute: 20)
        change.keys += scenario.notice(.issued, of: newKey, minute: 20).keys
        change = try scenario.signed(change, by: scenario.grace, meaning: .approved)
        change = try scenario.signed(change, by: newKey, meaning: .approved)
        drafts.append(change)
        drafts.append(try scenario.signed(scenario.draft(minute: 30), by: newKey))
        let storage = InMemoryLedgerStorage()
        try await scenario.append(drafts, to: storage)
        #expect(try await findings(storage) == [])
    }

    @Test func signaturesOutsideTheTermOfTheirKeyAreFound() async throws {
        let stranger = try #require(
            PersonSigningKey(person: "eve", seed: Array(repeating: 15, count: 32)))
        let impostor = try #require(
            PersonSigningKey(person: "eve", seed: Array(repeating: 12, count: 32)))
        var drafts = try scenario.usualCommands(1)
        drafts.append(try scenario.signed(scenario.draft(minute: 10), by: stranger))
        drafts.append(try scenario.signed(scenario.draft(minute: 11), by: impostor))
        drafts.append(
            try scenario.signed(
                scenario.draft(minute: 12), by: scenario.ada, at: "2026-02-28T23:59:59Z"))
        drafts.append(
            try scenario.signed(
                scenario.draft(minute: 13), by: scenario.ada, at: LedgerScenario.instant(14)))
        drafts.append(scenario.notice(.issued, of: scenario.ada, minute: 15))
        drafts.append(scenario.notice(.revoked, of: stranger, minute: 16))
        let storage = InMemoryLedgerStorage()
        try await scenario.append(drafts, to: storage)
        #expect(
            try await findings(storage) == [
                "3 signature-unknown-key", "4 signature-key-of-another-person",
                "5 signature-before-issue", "6 signature-after-record", "7 key-contradiction",
                "8 key-contradiction",
            ])
    }

    @Test func aClockSetBackIsRefusedByTheWriterAndFoundByTheVerifier() async throws {
        let storage = try await scenario.storage(5)
        let writer = try await LedgerWriter(
            storage: storage, signer: scenario.signer, origin: LedgerScenario.origin)
        #expect(
            throws: WriterError.clockSetBack(
                recorded: LedgerScenario.instant(4), before: LedgerScenario.instant(5))
        ) { try writer.submit([scenario.draft(minute: 4)]) }
        // The writer goes on once the clock is right.
        _ = try await writer.submit([scenario.draft(minute: 6)]).receipt
        let forged = InMemoryLedgerStorage()
        try await scenario.appendUnchecked(
            [5, 4, 6].map { scenario.draft(minute: $0) }, to: forged)
        #expect(try await findings(forged) == ["1 clock-set-back"])
    }

    @Test func anIdempotencyKeyThatComesBackIsFound() async throws {
        var drafts = (1...300).map { scenario.draft(minute: $0) }
        // Entries of one command follow each other: that is no repetition.
        drafts[11].command = "command-11"
        drafts[200].command = "command-7"
        let storage = InMemoryLedgerStorage()
        try await scenario.append(drafts, to: storage)
        #expect(try await findings(storage) == ["200 command-repeated"])
    }

    @Test func storedFilesAreComparedWithTheirDigests() async throws {
        let names = ["intact", "altered", "missing", "unreadable", "cut"]
        let drafts = names.enumerated().map { number, name in
            var draft = scenario.draft(minute: number + 1)
            draft.files = [
                FileReference(
                    digest: Digest.sha256(of: Array(name.utf8)), size: UInt64(name.utf8.count),
                    name: name)
            ]
            return draft
        }
        let storage = InMemoryLedgerStorage()
        try await scenario.append(drafts, to: storage)
        let report = try await scenario.verify(storage) { file in
            switch file.name {
            case "intact": .present(file.digest, size: file.size)
            case "altered": .present(Digest.sha256(of: [0]), size: file.size)
            case "cut": .present(file.digest, size: 1)
            case "missing": .missing
            default: .unreadable("permission denied")
            }
        }
        #expect(report.fileCount == 5)
        #expect(
            report.findings.map { "\($0.entry ?? 99) \($0.code.rawValue)" } == [
                "1 file-altered", "2 file-missing", "3 file-unreadable", "4 file-altered",
            ])
    }

    @Test func entriesThatCannotBeReadAreNamedAndDoNotEndTheVerification() async throws {
        let storage = InMemoryLedgerStorage()
        let entry = EntryTests.entry(adding: "")
        try await scenario.appendUnchecked(
            [
                Array(entry.utf8), Array("{}".utf8), Array("\u{0}".utf8),
                Array(entry.replacing("\"version\":1", with: "\"version\":7").utf8),
                Array(entry.replacing(",\"by\"", with: ", \"by\"").utf8),
                Array(entry.replacing("a/1", with: "b/9").replacing("\"c\"", with: "\"d\"").utf8),
            ], to: storage)
        #expect(
            try await findings(storage) == [
                "1 entry-unreadable", "2 entry-unreadable", "3 entry-newer-version",
                "4 entry-not-canonical",
            ])
    }

    @Test func aMissingNumberIsNamed() async throws {
        let storage = SkippingStorage(try await scenario.storage(), skipping: 9...10)
        let report = try await scenario.verify(storage)
        #expect(report.findings.contains { $0.code == .entryMissing && $0.entry == 9 })
    }
}

extension LedgerScenario {
    /// Signs `drafts` into `storage` past the writer's own checks.
    func appendUnchecked(
        _ drafts: [EntryDraft], to storage: any LedgerStorageEngine
    ) async throws {
        try await appendUnchecked(try drafts.map { try $0.encoded() }, to: storage)
    }

    func appendUnchecked(_ entries: [[UInt8]], to storage: any LedgerStorageEngine) async throws {
        var frontier = MerkleFrontier()
        for bytes in entries {
            let before = frontier.head
            frontier.append(MerkleTree.leafHash(bytes))
            let head = frontier.head
            let checkpoint = Checkpoint(origin: Self.origin, size: head.size, root: head.root)
            let stored = StoredCheckpoint(
                size: head.size, note: try checkpoint.signed(by: signer).bytes)
            let batch = SealedBatch(
                entries: [SealedEntry(index: before.size, bytes: bytes)], head: head,
                tag: head.root)
            try await storage.append(batch, after: before)
            try await storage.append(
                SealedBatch(entries: [], head: head, tag: head.root, checkpoint: stored),
                after: head)
        }
    }
}

/// An engine from whose table some rows were deleted.
private struct SkippingStorage: StandInStorage {
    let sound: any LedgerStorageEngine
    let skipped: ClosedRange<UInt64>

    init(_ engine: InMemoryLedgerStorage, skipping skipped: ClosedRange<UInt64>) {
        sound = engine
        self.skipped = skipped
    }

    func append(_ batch: SealedBatch, after head: LedgerHead) async throws(StorageError) {
        throw .readOnly
    }
    func entries(
        from index: UInt64, limit: Int
    ) async throws(StorageError) -> [SealedEntry] {
        try await sound.entries(from: index, limit: limit).filter { !skipped.contains($0.index) }
    }
}
