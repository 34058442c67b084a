/// Compares the tree that grows from the entries with every checkpoint on the way.
struct CheckpointComparison {
    /// Checkpoints of one read.
    private static let pageLimit = 1024

    private let storage: any LedgerStorageEngine
    private let log: NoteVerifier
    /// Checkpoints that were read and checked by themselves, the next one last.
    private var waiting: [CheckedCheckpoint] = []
    private var nextSize: UInt64 = 0
    /// Size of the last checkpoint that agreed.
    private var agreedSize: UInt64 = 0
    /// Set once a root did not agree: every later one must then differ as well.
    private var isBroken = false
    /// Size of the last checkpoint seen.
    private var lastSize: UInt64 = 0
    private(set) var count: UInt64 = 0

    init(storage: any LedgerStorageEngine, log: NoteVerifier) {
        self.storage = storage
        self.log = log
    }

    /// Reads on until every checkpoint of up to `size` entries waits to be compared.
    mutating func read(upTo size: UInt64) async throws(StorageError) {
        while nextSize <= size {
            guard try await readPage() == Self.pageLimit else { return }
        }
    }

    /// Reads the next checkpoints; returns how many there were.
    private mutating func readPage() async throws(StorageError) -> Int {
        let page = try await storage.checkpoints(from: nextSize, limit: Self.pageLimit)
        if let last = page.last { nextSize = last.size + 1 }
        let log = log
        let checked = await Parallel.map(page, grain: 4) { CheckedCheckpoint($0, log: log) }
        waiting.insert(contentsOf: checked.reversed(), at: 0)
        return page.count
    }

    /// Compares every checkpoint of up to the tree's size with it.
    mutating func compare(with frontier: MerkleFrontier, into report: inout VerificationReport) {
        while let next = waiting.last, next.size <= frontier.size {
            waiting.removeLast()
            guard let checkpoint = take(next, into: &report), !isBroken else { continue }
            guard checkpoint.root != frontier.root || checkpoint.size != frontier.size else {
                agreedSize = checkpoint.size
                continue
            }
            isBroken = true
            let range =
                agreedSize + 1 >= checkpoint.size
                ? "entry \(agreedSize) does"
                : "entries \(agreedSize) to \(checkpoint.size - 1) do"
            report.report(
                VerificationFinding(
                    .rootMismatch, entry: agreedSize,
                    "\(range) not lead to the root of checkpoint \(checkpoint.size); "
                        + "checkpoints after it cannot agree either"))
        }
    }

    /// Reports what the checkpoints of up to `claimed` entries say beyond the `size` there are.
    mutating func finish(
        at size: UInt64, claimed: UInt64, into report: inout VerificationReport
    ) async throws(StorageError) {
        while true {
            while let next = waiting.last, next.size <= max(size, claimed) {
                waiting.removeLast()
                _ = take(next, into: &report)
            }
            guard waiting.isEmpty, nextSize <= claimed, try await readPage() > 0 else { break }
        }
        if lastSize > size {
            report.report(
                VerificationFinding(
                    .entriesCut, entry: size,
                    "a checkpoint was signed over \(lastSize) entries, there are \(size)"))
        }
    }

    private mutating func take(
        _ checked: CheckedCheckpoint, into report: inout VerificationReport
    ) -> Checkpoint? {
        count += 1
        let entry = lastSize
        lastSize = checked.size
        switch checked.result {
        case .success(let checkpoint): return checkpoint
        case .failure(let refusal):
            report.report(VerificationFinding(refusal.code, entry: entry, refusal.message))
            return nil
        }
    }
}

/// A stored checkpoint, checked by itself: form, signature, name and size.
private struct CheckedCheckpoint: Sendable {
    let size: UInt64
    let result: Result<Checkpoint, Refusal>

    struct Refusal: Error {
        let code: VerificationFinding.Code
        let message: String
    }

    init(_ stored: StoredCheckpoint, log: NoteVerifier) {
        size = stored.size
        do throws(NoteError) {
            let note = try SignedNote(parsing: stored.note)
            let checkpoint = try Checkpoint(text: note.text)
            _ = try note.verified(by: [log])
            guard checkpoint.origin == log.name else {
                throw NoteError.wrongOrigin(checkpoint.origin, expected: log.name)
            }
            result =
                checkpoint.size == stored.size
                ? .success(checkpoint)
                : .failure(
                    Refusal(
                        code: .checkpointMisfiled,
                        message: "the checkpoint filed under \(stored.size) speaks of "
                            + "\(checkpoint.size)"))
        } catch {
            let code: VerificationFinding.Code =
                switch error {
                case .unsigned, .wrongSignature: .checkpointUnsigned
                case .wrongOrigin: .checkpointWrongOrigin
                default: .checkpointMalformed
                }
            result = .failure(
                Refusal(code: code, message: "checkpoint \(stored.size): \(error.message)"))
        }
    }
}
