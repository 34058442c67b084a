/// Checks a whole ledger, trusting nothing that stands in it but the site's public key.
///
/// It shares hashing and decoding with the writer, and nothing else. Memory does not grow with
/// the ledger.
public struct LedgerVerifier: Sendable {
    /// Entries of one page at most, and about how many bytes.
    static let pageLimit = 8192
    static let pageBytes = 4_194_304

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
        var pages = EntryPages(storage: storage)
        var page = try await pages.next()
        while !page.isEmpty {
            // The next page is read while this one is hashed.
            let (before, current) = (pages, page)
            async let following = before.following()
            try await pass.take(current)
            progress?(
                VerificationProgress(
                    entries: pass.report.entryCount, total: total,
                    findings: pass.report.findingCount))
            (pages, page) = try await following.get()
        }
        return try await pass.finish()
    }
}

/// The entries of a ledger as they are stored, page by page.
struct EntryPages: Sendable {
    let storage: any LedgerStorageEngine
    private var nextNumber: UInt64 = 0
    private var limit = 256

    init(storage: any LedgerStorageEngine) { self.storage = storage }

    /// The next page; empty at the end.
    mutating func next() async throws(StorageError) -> [SealedEntry] {
        let page = try await storage.entries(from: nextNumber, limit: limit)
        if let last = page.last {
            nextNumber = last.index + 1
            // Pages keep to some megabytes, however large the entries are.
            let average = page.reduce(0) { $0 + $1.bytes.count } / page.count + 1
            limit = min(LedgerVerifier.pageLimit, max(16, LedgerVerifier.pageBytes / average))
        }
        return page
    }

    /// The next page, with the state to read on.
    func following() async -> Result<(EntryPages, [SealedEntry]), StorageError> {
        var pages = self
        do throws(StorageError) {
            let page = try await pages.next()
            return .success((pages, page))
        } catch {
            return .failure(error)
        }
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
    private var lastRecorded: LedgerInstant?
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

    /// Takes in one page.
    mutating func take(_ page: [SealedEntry]) async throws(StorageError) {
        let checks = await EntryCheck.all(of: page)
        try await checkpoints.read(upTo: frontier.size + UInt64(page.count))
        if report.entryCount == 0 { compareAtThisSize() }
        var signatures: [SignatureCheck] = []
        for check in checks {
            if check.index != nextNumber {
                report(
                    .entryMissing, at: nextNumber,
                    check.index == nextNumber + 1
                        ? "entry \(nextNumber) is missing"
                        : "entries \(nextNumber) to \(check.index - 1) are missing")
            }
            nextNumber = check.index + 1
            report.entryCount += 1
            frontier.append(check.leafHash)
            if let finding = check.finding { report.report(finding) }
            if let envelope = check.envelope {
                checkClock(envelope.recorded, check.index)
                commands.add(envelope.command)
            }
            if let entry = check.decoded {
                applyNotices(entry)
                signatures += collectSignatures(entry)
                for reference in entry.draft.files { await self.check(reference, of: entry.index) }
            }
            compareAtThisSize()
        }
        let refusals = await Parallel.map(signatures, grain: 4) { $0.finding() }
        for refusal in refusals { refusal.map { report.report($0) } }
    }

    mutating func finish() async throws(StorageError) -> VerificationReport {
        compareAtThisSize()
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

    private mutating func compareAtThisSize() {
        checkpoints.compare(with: frontier, into: &report)
        while let checkpoint = kept.last, checkpoint.size <= frontier.size {
            kept.removeLast()
            guard checkpoint.root != frontier.root else { continue }
            report.report(
                VerificationFinding(
                    .keptCheckpointContradicted, entry: nil,
                    "the first \(checkpoint.size) entries are not those of the kept checkpoint"))
        }
    }

    private mutating func checkClock(_ recorded: LedgerInstant, _ entry: UInt64) {
        if let last = lastRecorded, recorded < last {
            report(
                .clockSetBack, at: entry,
                "recorded \(last.posixSeconds - recorded.posixSeconds) s before the entry before")
        }
        lastRecorded = recorded
    }

    private mutating func applyNotices(_ entry: LedgerEntry) {
        // A key issued by an entry may sign that entry, and one revoked by it as well.
        for change in [KeyNotice.Change.issued, .revoked] {
            for notice in entry.draft.keys where notice.change == change {
                if let problem = keys.apply(notice, of: entry.index) {
                    report(.keyContradiction, at: entry.index, problem)
                }
            }
        }
    }

    /// Checks what the signatures of `entry` say; whether they fit is left to be checked.
    private mutating func collectSignatures(_ entry: LedgerEntry) -> [SignatureCheck] {
        guard !entry.draft.signatures.isEmpty else { return [] }
        let record = entry.draft.recordDigest
        let recorded = LedgerInstant(rfc3339: entry.draft.recorded)
        var checks: [SignatureCheck] = []
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
                checks.append(SignatureCheck(signature: signature, key: key, entry: entry.index))
                if let signed = LedgerInstant(rfc3339: signature.at), let recorded,
                    signed.posixSeconds > recorded.posixSeconds
                {
                    report(
                        .signatureAfterRecord, at: entry.index,
                        "\(signer) is of \(signature.at), after the entry was recorded")
                }
            }
        }
        return checks
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
        var pages = EntryPages(storage: verifier.storage)
        while true {
            let page = try await pages.next()
            if page.isEmpty { return }
            let hashes = await RepeatedCommands.hashes(of: page)
            for (sealed, hash) in zip(page, hashes) {
                guard let command = repeated.repeated(sealed, hash: hash) else { continue }
                report(
                    .commandRepeated, at: sealed.index,
                    "the idempotency key '\(command.prefix(80))' was used before")
            }
        }
    }

    private mutating func report(
        _ code: VerificationFinding.Code, at entry: UInt64, _ message: String
    ) {
        report.report(VerificationFinding(code, entry: entry, message))
    }
}

/// A signature with the key that must have made it.
private struct SignatureCheck: Sendable {
    let signature: PersonSignature
    let key: PersonPublicKey
    let entry: UInt64

    /// What is wrong, or nil when the signature fits.
    func finding() -> VerificationFinding? {
        if signature.isValid(by: key) { return nil }
        return VerificationFinding(
            .signatureWrong, entry: entry,
            "the signature '\(signature.meaning.rawValue)' of '\(signature.person)' does not fit")
    }
}
