/// Checks a whole ledger, trusting nothing that stands in it but the site's public key.
///
/// It shares hashing and decoding with the writer, and nothing else. Memory does not grow with
/// the ledger.
public struct LedgerVerifier: Sendable {
    /// Entries of one page.
    static let pageLimit = 1024

    let storage: any LedgerStorageEngine
    let log: NoteVerifier

    /// A verifier of the ledger in `storage`, whose checkpoints `log` signs.
    public init(storage: any LedgerStorageEngine, log: NoteVerifier) {
        self.storage = storage
        self.log = log
    }

    /// Reads every entry and every checkpoint and reports what is wrong.
    ///
    /// - Parameters:
    ///   - kept: checkpoints that someone kept; the ledger must extend each.
    ///   - file: looks at a stored file; nil to leave files out.
    ///   - progress: called after every page.
    /// - Throws: `StorageError` only when storage cannot be read at all.
    public func verify(
        against kept: [Checkpoint] = [],
        file: (@Sendable (FileReference) async -> StoredFileCondition)? = nil,
        progress: (@Sendable (VerificationProgress) -> Void)? = nil
    ) async throws(StorageError) -> VerificationReport {
        var pass = VerificationPass(verifier: self, kept: kept, file: file)
        let total = try await storage.lastCheckpoint()?.size ?? 0
        while try await pass.readPage() {
            progress?(
                VerificationProgress(
                    entries: pass.report.entryCount, total: total,
                    findings: pass.report.findingCount))
        }
        return try await pass.finish()
    }
}

/// One reading of a ledger.
private struct VerificationPass {
    let verifier: LedgerVerifier
    let file: (@Sendable (FileReference) async -> StoredFileCondition)?
    var report = VerificationReport()
    private var kept: [Checkpoint]
    private var frontier = MerkleFrontier()
    private var checkpoints: CheckpointComparison
    private var keys = KeyHistory()
    private var commands = CommandHistory()
    private var lastRecorded: (instant: LedgerInstant, text: String)?
    /// Number that the next entry should have.
    private var nextNumber: UInt64 = 0

    init(
        verifier: LedgerVerifier, kept: [Checkpoint],
        file: (@Sendable (FileReference) async -> StoredFileCondition)?
    ) {
        self.verifier = verifier
        self.file = file
        self.kept = kept.sorted { $0.size > $1.size }
        checkpoints = CheckpointComparison(storage: verifier.storage, log: verifier.log)
        for checkpoint in kept where checkpoint.origin != verifier.log.name {
            report.report(
                VerificationFinding(
                    .keptCheckpointOfAnotherLedger, entry: nil,
                    "the kept checkpoint is of '\(checkpoint.origin)', "
                        + "this ledger is '\(verifier.log.name)'"))
        }
        self.kept.removeAll { $0.origin != verifier.log.name }
    }

    /// Reads one page; false at the end.
    mutating func readPage() async throws(StorageError) -> Bool {
        let page = try await verifier.storage.entries(
            from: nextNumber, limit: LedgerVerifier.pageLimit)
        if report.entryCount == 0 { try await compareAtThisSize() }
        for sealed in page {
            if sealed.index != nextNumber {
                report(
                    .entryMissing, at: nextNumber,
                    sealed.index == nextNumber + 1
                        ? "entry \(nextNumber) is missing"
                        : "entries \(nextNumber) to \(sealed.index - 1) are missing")
            }
            nextNumber = sealed.index + 1
            report.entryCount += 1
            frontier.append(MerkleTree.leafHash(sealed.bytes))
            await check(sealed)
            try await compareAtThisSize()
        }
        return page.count == LedgerVerifier.pageLimit
    }

    mutating func finish() async throws(StorageError) -> VerificationReport {
        try await checkpoints.finish(at: frontier.size, into: &report)
        report.checkpointCount = checkpoints.count
        for checkpoint in kept {
            report.report(
                VerificationFinding(
                    .keptCheckpointBeyondEnd, entry: frontier.size,
                    "the kept checkpoint speaks of \(checkpoint.size) entries, "
                        + "there are \(frontier.size)"))
        }
        try await settleRepeatedCommands()
        report.head = frontier.head
        report.findings.sort { ($0.entry ?? .max) < ($1.entry ?? .max) }
        return report
    }

    private mutating func compareAtThisSize() async throws(StorageError) {
        while let size = try await checkpoints.next(), size <= frontier.size {
            checkpoints.compare(with: frontier, into: &report)
        }
        while let checkpoint = kept.last, checkpoint.size <= frontier.size {
            kept.removeLast()
            guard checkpoint.root != frontier.root else { continue }
            report.report(
                VerificationFinding(
                    .keptCheckpointContradicted, entry: nil,
                    "the first \(checkpoint.size) entries are not those of the kept checkpoint"))
        }
    }

    private mutating func check(_ sealed: SealedEntry) async {
        let entry: LedgerEntry
        do throws(EntryError) {
            entry = try LedgerEntry(index: sealed.index, bytes: sealed.bytes)
        } catch {
            if case .newerVersion = error {
                report(.entryNewerVersion, at: sealed.index, error.message)
            } else {
                report(.entryUnreadable, at: sealed.index, error.message)
            }
            return
        }
        if (try? entry.draft.encoded()) != sealed.bytes {
            report(.entryNotCanonical, at: sealed.index, EntryError.notCanonical.message)
        }
        checkClock(entry)
        commands.add(entry.draft.command)
        checkSignatures(entry)
        for reference in entry.draft.files { await check(reference, of: sealed.index) }
    }

    private mutating func checkClock(_ entry: LedgerEntry) {
        guard let instant = LedgerInstant(rfc3339: entry.draft.recorded) else { return }
        if let last = lastRecorded, instant < last.instant {
            report(
                .clockSetBack, at: entry.index,
                "recorded at \(entry.draft.recorded), the entry before at \(last.text)")
        }
        lastRecorded = (instant, entry.draft.recorded)
    }

    private mutating func checkSignatures(_ entry: LedgerEntry) {
        for notice in entry.draft.keys where notice.change == .issued {
            if let problem = keys.apply(notice, of: entry.index) {
                report(.keyContradiction, at: entry.index, problem)
            }
        }
        for notice in entry.draft.keys where notice.change == .revoked {
            if let problem = keys.apply(notice, of: entry.index) {
                report(.keyContradiction, at: entry.index, problem)
            }
        }
        guard !entry.draft.signatures.isEmpty else { return }
        let record = entry.draft.recordDigest
        for signature in entry.draft.signatures {
            report.signatureCount += 1
            let signer = "the signature '\(signature.meaning.rawValue)' of '\(signature.person)'"
            guard signature.record == record else {
                report(.signatureMoved, at: entry.index, "\(signer) covers another record")
                continue
            }
            switch keys.key(for: signature, at: entry.index) {
            case .failure(let refusal):
                report(refusal.code, at: entry.index, "\(signer): \(refusal.reason)")
            case .success(let key):
                guard signature.isValid(by: key) else {
                    report(.signatureWrong, at: entry.index, "\(signer) does not fit")
                    continue
                }
                if let signed = LedgerInstant(rfc3339: signature.at),
                    let recorded = LedgerInstant(rfc3339: entry.draft.recorded),
                    signed.posixSeconds > recorded.posixSeconds
                {
                    report(
                        .signatureAfterRecord, at: entry.index,
                        "\(signer) is of \(signature.at), after the entry was recorded")
                }
            }
        }
    }

    private mutating func check(_ reference: FileReference, of entry: UInt64) async {
        guard let file else { return }
        report.fileCount += 1
        let name = "file '\(reference.name)' (\(reference.digest.hex.prefix(16))…)"
        switch await file(reference) {
        case .present(let digest, let size):
            guard digest != reference.digest || size != reference.size else { return }
            report(
                .fileAltered, at: entry,
                "\(name) of \(reference.size) bytes now has \(size) bytes and digest "
                    + "\(digest.hex.prefix(16))…")
        case .missing: report(.fileMissing, at: entry, "\(name) is not in the store")
        case .unreadable(let reason): report(.fileUnreadable, at: entry, "\(name): \(reason)")
        }
    }

    private mutating func settleRepeatedCommands() async throws(StorageError) {
        guard !commands.suspects.isEmpty else { return }
        var repeated = RepeatedCommands(suspects: commands.suspects)
        var number: UInt64 = 0
        while true {
            let page = try await verifier.storage.entries(
                from: number, limit: LedgerVerifier.pageLimit)
            for sealed in page {
                number = sealed.index + 1
                guard let entry = try? LedgerEntry(index: sealed.index, bytes: sealed.bytes),
                    repeated.isRepeated(entry.draft.command)
                else { continue }
                report(
                    .commandRepeated, at: sealed.index,
                    "the idempotency key '\(entry.draft.command.prefix(80))' was used before")
            }
            guard page.count == LedgerVerifier.pageLimit else { return }
        }
    }

    private mutating func report(
        _ code: VerificationFinding.Code, at entry: UInt64, _ message: String
    ) {
        report.report(VerificationFinding(code, entry: entry, message))
    }
}
