/// Why the writer did not append.
public enum WriterError: LedgerFault, Equatable {
    /// A draft cannot become an entry; nothing of its submit was queued. The writer goes on.
    case entry(EntryError, position: Int)
    /// A submit without drafts.
    case nothingToAppend
    /// A submit with more entries than one commit holds. The writer goes on.
    case tooManyEntries(Int, limit: Int)
    /// A submit larger than one commit holds, in bytes. The writer goes on.
    case tooLarge(bytes: Int, limit: Int)
    /// `recorded` lies before that of the entry before. The writer goes on.
    case clockSetBack(recorded: String, before: String)
    /// Storage refused or failed: the writer must be opened again, and the state above it
    /// replayed.
    case storage(StorageError)
    /// An earlier append failed: the writer must be opened again.
    case closed(because: StorageError)
    /// The ledger's last checkpoint is not signed by the key that was given.
    case wrongKey(NoteError)
    /// Entries from number `first` on are under no checkpoint, and not those that a writer with
    /// this key stored.
    case foreignEnd(first: UInt64)

    /// `writer-…`, or the code of the cause.
    public var code: String {
        switch self {
        case .entry(let error, _): error.code
        case .nothingToAppend: "writer-nothing-to-append"
        case .tooManyEntries: "writer-too-many-entries"
        case .tooLarge: "writer-too-large"
        case .clockSetBack: "writer-clock-set-back"
        case .storage(let error): error.code
        case .closed: "writer-closed"
        case .wrongKey(let error): error.code
        case .foreignEnd: "writer-foreign-end"
        }
    }

    /// What is the matter.
    public var message: String {
        switch self {
        case .entry(let error, let position): "draft \(position + 1): \(error.message)"
        case .nothingToAppend: "there is nothing to append"
        case .tooManyEntries(let count, let limit):
            "the command makes \(count) entries, the limit is \(limit)"
        case .tooLarge(let bytes, let limit):
            "the command makes \(bytes) bytes of entries, the limit is \(limit)"
        case .clockSetBack(let recorded, let before):
            "the clock says \(recorded), but the last entry was recorded at \(before)"
        case .storage(let error): error.message
        case .closed(let cause): "the ledger was closed after a failure: \(cause.message)"
        case .wrongKey(let error): "the ledger is not signed by this key: \(error.message)"
        case .foreignEnd(let first):
            "the entries from \(first) on are under no checkpoint, and this site did not store them"
        }
    }

    /// What one can do about it.
    public var help: String {
        switch self {
        case .entry(let error, _): error.help
        case .nothingToAppend: "give at least one draft"
        case .tooManyEntries, .tooLarge: "split the command"
        case .clockSetBack: "set the clock right"
        case .storage(let error): error.help
        case .closed: "open the ledger again"
        case .wrongKey: "use the key that the site was made with"
        case .foreignEnd: "keep the file for whoever looks into it, and restore a backup"
        }
    }
}
