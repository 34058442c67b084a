/// Compares the tree that grows from the entries with every checkpoint on the way.
struct CheckpointComparison {
    private let storage: any LedgerStorageEngine
    private let log: NoteVerifier
    private var waiting: [StoredCheckpoint] = []
    private var nextSize: UInt64 = 0
    private var isExhausted = false
    /// Size of the last checkpoint that agreed.
    private var agreedSize: UInt64 = 0
    /// Set once a root did not agree: every later one must then differ as well.
    private var isBroken = false
    /// Size of the last checkpoint seen.
    private(set) var lastSize: UInt64 = 0
    private(set) var count: UInt64 = 0

    private static let pageLimit = 512

    init(storage: any LedgerStorageEngine, log: NoteVerifier) {
        self.storage = storage
        self.log = log
    }

    /// Size of the next checkpoint, or nil when there is none.
    mutating func next() async throws(StorageError) -> UInt64? {
        if waiting.isEmpty, !isExhausted {
            let page = try await storage.checkpoints(from: nextSize, limit: Self.pageLimit)
            isExhausted = page.count < Self.pageLimit
            waiting = page.reversed()
            if let last = page.last { nextSize = last.size + 1 }
        }
        return waiting.last?.size
    }

    /// Compares the next checkpoint with the tree at its size.
    mutating func compare(with frontier: MerkleFrontier, into report: inout VerificationReport) {
        guard let checkpoint = readNext(into: &report) else { return }
        guard !isBroken else { return }
        guard checkpoint.root != frontier.root else {
            agreedSize = checkpoint.size
            return
        }
        isBroken = true
        let range =
            agreedSize + 1 == checkpoint.size
            ? "entry \(agreedSize) does" : "entries \(agreedSize) to \(checkpoint.size - 1) do"
        report.report(
            VerificationFinding(
                .rootMismatch, entry: agreedSize,
                "\(range) not lead to the root of checkpoint \(checkpoint.size); "
                    + "checkpoints after it cannot agree either"))
    }

    /// Reports the checkpoints that speak of more than the `size` entries there are.
    mutating func finish(at size: UInt64, into report: inout VerificationReport)
        async throws(StorageError)
    {
        while try await next() != nil { _ = readNext(into: &report) }
        if lastSize > size {
            report.report(
                VerificationFinding(
                    .entriesCut, entry: size,
                    "a checkpoint was signed over \(lastSize) entries, there are \(size)"))
        } else if count == 0, size > 0 {
            report.report(
                VerificationFinding(
                    .checkpointsMissing, entry: nil, "there are \(size) entries, but no checkpoint")
            )
        } else if lastSize < size {
            report.report(
                VerificationFinding(
                    .entriesUnsigned, entry: lastSize,
                    "the last checkpoint was signed over \(lastSize) entries, there are \(size)"))
        }
    }

    private mutating func readNext(into report: inout VerificationReport) -> Checkpoint? {
        guard let stored = waiting.popLast() else { return nil }
        count += 1
        let entry = lastSize
        lastSize = stored.size
        do throws(NoteError) {
            let note = try SignedNote(parsing: stored.note)
            let checkpoint = try Checkpoint(text: note.text)
            _ = try note.verified(by: [log])
            guard checkpoint.origin == log.name else {
                throw NoteError.wrongOrigin(checkpoint.origin, expected: log.name)
            }
            guard checkpoint.size == stored.size else {
                report.report(
                    VerificationFinding(
                        .checkpointMisfiled, entry: entry,
                        "the checkpoint filed under \(stored.size) speaks of \(checkpoint.size)"))
                return nil
            }
            return checkpoint
        } catch {
            let code: VerificationFinding.Code =
                switch error {
                case .unsigned, .wrongSignature: .checkpointUnsigned
                case .wrongOrigin: .checkpointWrongOrigin
                default: .checkpointMalformed
                }
            report.report(
                VerificationFinding(
                    code, entry: entry, "checkpoint \(stored.size): \(error.message)"))
            return nil
        }
    }
}
