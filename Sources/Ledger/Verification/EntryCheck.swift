/// What one entry says by itself, before it is seen among the others.
struct EntryCheck: Sendable {
    /// Number under which the entry is stored.
    let index: UInt64
    /// Its leaf of the tree.
    let leafHash: Digest
    /// When it was recorded; nil when it cannot be read.
    private(set) var recorded: LedgerInstant?
    /// Hash of its idempotency key, 0 when it cannot be read.
    private(set) var command: UInt64 = 0
    /// Whether it carries keys, signatures or files, or there is something wrong with it.
    private(set) var hasRemark = false

    /// Checks an entry as it is stored. What is more than numbers goes into `remarks`.
    init(
        index: UInt64, _ bytes: UnsafeBufferPointer<UInt8>, remarks: inout [EntryRemark]
    ) {
        self.index = index
        leafHash = MerkleTree.leafHash(bytes)
        if let scan = EnvelopeScan(bytes), !scan.carriesMore {
            recorded = scan.recorded
            command = scan.command
            return
        }
        hasRemark = true
        let remark = EntryRemark(index: index, Array(bytes))
        if let entry = remark.entry {
            recorded = LedgerInstant(rfc3339: entry.draft.recorded)
            command = CommandHistory.hash(entry.draft.command)
        }
        remarks.append(remark)
    }
}

/// What there is to say of an entry beyond its leaf, its instant and its key.
struct EntryRemark: Sendable {
    /// The entry, when it can be read.
    let entry: LedgerEntry?
    /// What is wrong with it by itself.
    let finding: VerificationFinding?

    init(index: UInt64, _ bytes: [UInt8]) {
        do throws(EntryError) {
            let entry = try LedgerEntry(index: index, bytes: bytes)
            // An entry that was decoded can be encoded.
            let isCanonical = (try? entry.draft.encoded()) == bytes
            self.entry = entry
            finding =
                isCanonical
                ? nil
                : VerificationFinding(
                    .entryNotCanonical, entry: index, EntryError.notCanonical.message)
        } catch {
            entry = nil
            let code: VerificationFinding.Code =
                if case .newerVersion = error { .entryNewerVersion } else { .entryUnreadable }
            finding = VerificationFinding(code, entry: index, error.message)
        }
    }
}

/// The checks of entries that lie side by side, made where their bytes lie.
struct CheckedPage: LedgerPage {
    private(set) var entries: [EntryCheck] = []
    /// The remarks of those entries that have one, in their order.
    private(set) var remarks: [EntryRemark] = []
    private(set) var byteCount = 0

    var count: Int { entries.count }
    var lastNumber: UInt64? { entries.last?.index }

    mutating func add(_ number: UInt64, _ bytes: UnsafeBufferPointer<UInt8>) {
        entries.append(EntryCheck(index: number, bytes, remarks: &remarks))
        byteCount += bytes.count
    }
}
