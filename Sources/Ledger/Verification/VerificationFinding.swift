/// One thing that verification found wrong.
public struct VerificationFinding: Hashable, Sendable, CustomStringConvertible {
    /// What kind of thing. Codes are never reused.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// A number between two entries, or before the first, has no entry.
        case entryMissing = "entry-missing"
        /// The bytes are no entry.
        case entryUnreadable = "entry-unreadable"
        /// The bytes are an entry, but not in canonical form.
        case entryNotCanonical = "entry-not-canonical"
        /// The envelope is of a version that this program does not know.
        case entryNewerVersion = "entry-newer-version"
        /// The entries do not lead to the root that a checkpoint signs.
        case rootMismatch = "root-mismatch"
        /// A checkpoint speaks of more entries than there are.
        case entriesCut = "entries-cut"
        /// Entries stand behind the last checkpoint.
        case entriesUnsigned = "entries-unsigned"
        /// There are entries, but no checkpoint.
        case checkpointsMissing = "checkpoints-missing"
        /// A checkpoint cannot be read.
        case checkpointMalformed = "checkpoint-malformed"
        /// A checkpoint is not signed by the site's key.
        case checkpointUnsigned = "checkpoint-unsigned"
        /// A checkpoint names another ledger.
        case checkpointWrongOrigin = "checkpoint-wrong-origin"
        /// A checkpoint is filed under another size than its own.
        case checkpointMisfiled = "checkpoint-misfiled"
        /// A person's signature does not fit what it should cover.
        case signatureWrong = "signature-wrong"
        /// A person's signature covers another record.
        case signatureMoved = "signature-of-another-record"
        /// A signature by a key that was never issued.
        case signatureUnknownKey = "signature-unknown-key"
        /// A signature by the key of another person.
        case signatureForeignKey = "signature-key-of-another-person"
        /// A signature dated before its key was issued.
        case signatureBeforeIssue = "signature-before-issue"
        /// A signature made, or dated, after its key was revoked.
        case signatureAfterRevocation = "signature-after-revocation"
        /// A signature dated after the entry that carries it was recorded.
        case signatureAfterRecord = "signature-after-record"
        /// A notice that contradicts an earlier one about the same key.
        case keyContradiction = "key-contradiction"
        /// An entry recorded earlier than the one before it.
        case clockSetBack = "clock-set-back"
        /// An idempotency key that was used before.
        case commandRepeated = "command-repeated"
        /// A stored file is not there.
        case fileMissing = "file-missing"
        /// A stored file has another content.
        case fileAltered = "file-altered"
        /// A stored file could not be read.
        case fileUnreadable = "file-unreadable"
        /// The ledger does not extend the checkpoint that someone kept.
        case keptCheckpointContradicted = "kept-checkpoint-contradicted"
        /// The ledger has fewer entries than the checkpoint that someone kept.
        case keptCheckpointBeyondEnd = "kept-checkpoint-beyond-end"
        /// The checkpoint that someone kept is of another ledger.
        case keptCheckpointOfAnotherLedger = "kept-checkpoint-of-another-ledger"
    }

    /// What kind of thing.
    public var code: Code
    /// Number of the entry, from 0; for a checkpoint the first entry it adds. Nil for the ledger
    /// as a whole.
    public var entry: UInt64?
    /// What is wrong; lower case, no full stop.
    public var message: String

    /// A finding at `entry`.
    public init(_ code: Code, entry: UInt64?, _ message: String) {
        self.code = code
        self.entry = entry
        self.message = message
    }

    /// `entry 17: clock-set-back: …`.
    public var description: String {
        "\(entry.map { "entry \($0): " } ?? "")\(code.rawValue): \(message)"
    }
}

/// What verification saw.
public struct VerificationReport: Hashable, Sendable {
    /// Findings kept at most: a ledger that is wrong throughout needs no longer list.
    public static let findingsMax = 1000

    /// Entries read.
    public internal(set) var entryCount: UInt64 = 0
    /// Checkpoints compared.
    public internal(set) var checkpointCount: UInt64 = 0
    /// Person signatures checked.
    public internal(set) var signatureCount: UInt64 = 0
    /// Stored files checked, each as often as an entry rests on it.
    public internal(set) var fileCount: UInt64 = 0
    /// Number of entries and root, as computed from the entries.
    public internal(set) var head = LedgerHead.empty
    /// What is wrong, by entry number; the first `findingsMax` of them.
    public internal(set) var findings: [VerificationFinding] = []
    /// How many findings there were in all.
    public internal(set) var findingCount: UInt64 = 0

    /// Whether nothing is wrong.
    public var isIntact: Bool { findingCount == 0 }

    mutating func report(_ finding: VerificationFinding) {
        findingCount += 1
        if findings.count < Self.findingsMax { findings.append(finding) }
    }
}

/// How far a verification has come.
public struct VerificationProgress: Hashable, Sendable {
    /// Entries checked so far.
    public let entries: UInt64
    /// Entries that are to be checked.
    public let total: UInt64
    /// Findings so far.
    public let findings: UInt64
}

/// What a look at a stored file gave.
public enum StoredFileCondition: Hashable, Sendable {
    /// Content of this digest and size, in bytes.
    case present(Digest, size: UInt64)
    /// No such file.
    case missing
    /// It could not be read, for the reason given.
    case unreadable(String)
}
