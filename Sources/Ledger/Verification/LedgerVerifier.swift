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
    private let patience: Duration
    /// Idempotency keys that one reading of the ledger looks after.
    var keysOfOneReading = CommandHistory.keysMax

    /// A verifier of the ledger in `storage`, whose checkpoints `log` signs.
    ///
    /// - Parameter patience: how long a checkpoint over the last entries is waited for.
    public init(
        storage: any LedgerStorageEngine, log: NoteVerifier,
        patience: Duration = LedgerReader.signingPatience
    ) {
        self.storage = storage
        self.log = log
        self.patience = patience
    }

    /// Reads every entry and every checkpoint and reports what is wrong.
    ///
    /// A site that is appended to meanwhile is verified up to a checkpoint of about when this
    /// returns.
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
        let size = try await storage.end().head.size
        let total = try await storage.end(signedOver: size, within: patience).signedSize
        var pass = VerificationPass(verifier: self, kept: kept, total: total, file: file)
        let pages = PagesAhead(storage: storage, empty: CheckedPage())
        func take(upTo size: UInt64) async throws(StorageError) {
            try await pages.forEach(
                from: pass.nextNumber, upTo: size
            ) { page throws(StorageError) in
                try await pass.take(page)
                progress?(
                    VerificationProgress(
                        entries: pass.report.entryCount, total: size,
                        findings: pass.report.findingCount))
            }
        }
        try await take(upTo: total)
        guard total >= size else {
            // Nobody signs the last of them. They are looked at all the same.
            try await take(upTo: size)
            return try await pass.finish(claimed: total, of: size)
        }
        // While this was read, others may have appended.
        let claimed = try await storage.end().signedSize
        if claimed > total { try await take(upTo: claimed) }
        return try await pass.finish(claimed: claimed, of: size)
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
    /// Entries that the last checkpoint spoke of at the beginning.
    private let total: UInt64
    /// Into how many parts the idempotency keys are divided, each with a reading of its own.
    private let parts: UInt64
    private var commands: CommandHistory
    private var lastRecorded: LedgerInstant?
    /// Number that the next entry should have.
    private(set) var nextNumber: UInt64 = 0

    init(
        verifier: LedgerVerifier, kept: [Checkpoint], total: UInt64,
        file: (@Sendable (FileReference) async -> StoredFileCondition)?
    ) {
        self.total = total
        parts = max(1, (total + verifier.keysOfOneReading - 1) / verifier.keysOfOneReading)
        commands = CommandHistory(of: parts, expecting: total)
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
    mutating func take(_ page: CheckedPage) async throws(StorageError) {
        try await checkpoints.read(upTo: frontier.size + UInt64(page.count))
        if report.entryCount == 0 { compareAtThisSize() }
        var signatures: [SignatureCheck] = []
        var remarks = page.remarks.makeIterator()
        for check in page.entries {
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
            let remark = check.hasRemark ? remarks.next() : nil
            if let finding = remark?.finding { report.report(finding) }
            if let recorded = check.recorded { checkClock(recorded, check.index) }
            if check.command != 0 { commands.add(check.command) }
            if let entry = remark?.entry {
                applyNotices(entry)
                signatures += collectSignatures(entry)
                for reference in entry.draft.files { await self.check(reference, of: entry.index) }
            }
            compareAtThisSize()
        }
        let refusals = await Parallel.map(signatures, grain: 4) { $0.finding() }
        for refusal in refusals { refusal.map { report.report($0) } }
    }

    /// - Parameters:
    ///   - claimed: entries that the last checkpoint speaks of.
    ///   - size: entries that there were at the beginning.
    mutating func finish(
        claimed: UInt64, of size: UInt64
    ) async throws(StorageError) -> VerificationReport {
        compareAtThisSize()
        try await checkpoints.finish(at: frontier.size, claimed: claimed, into: &report)
        if claimed == 0, size > 0 {
            report.report(
                VerificationFinding(
                    .checkpointsMissing, entry: nil,
                    "there are \(size) entries, but no checkpoint"))
        } else if claimed < size {
            report.report(
                VerificationFinding(
                    .entriesUnsigned, entry: claimed,
                    "the last checkpoint was signed over \(claimed) entries, there are \(size); "
                        + "after a crash the site signs them when it is opened"))
        }
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
        var suspects = commands.suspects
        var hasMore = commands.hasMoreSuspects
        for part in 1..<parts {
            commands = CommandHistory(part: part, of: parts, expecting: total)
            try await forEachPageOfCommands(suspects: []) { pass, page in
                for hash in page.hashes where hash != 0 { pass.commands.add(hash) }
            }
            suspects.formUnion(commands.suspects)
            hasMore = hasMore || commands.hasMoreSuspects
        }
        guard !suspects.isEmpty else { return }
        var repeated = RepeatedCommands()
        try await forEachPageOfCommands(suspects: suspects) { pass, page in
            repeated.take(page) { entry, command in
                pass.report(
                    .commandRepeated, at: entry,
                    "the idempotency key '\(command)' was used before")
            }
        }
        guard hasMore else { return }
        report.report(
            VerificationFinding(
                .commandRepeated, entry: nil,
                "more than \(CommandHistory.suspectsMax) idempotency keys seem to come back; "
                    + "the others were not looked at"))
    }

    /// Calls `body` with every page of the ledger's idempotency keys.
    private mutating func forEachPageOfCommands(
        suspects: Set<UInt64>, _ body: (inout Self, CommandPage) -> Void
    ) async throws(StorageError) {
        let pages = PagesAhead(storage: verifier.storage, empty: CommandPage(suspects: suspects))
        try await pages.forEach(
            from: 0, upTo: nextNumber
        ) { page throws(StorageError) in body(&self, page) }
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
