/// Why storage did not do what it was asked.
///
/// After every error but `outcomeUnknown`, nothing of the batch is stored.
public enum StorageError: LedgerFault, Equatable {
    /// Another writer was first: the ledger ends elsewhere than expected.
    case headMoved(actual: LedgerHead)
    /// The batch may or may not be stored.
    case outcomeUnknown(String)
    /// Another process holds the storage.
    case locked
    /// No space is left.
    case full
    /// There is something at the path, and nothing is overwritten.
    case occupied(path: String)
    /// There is nothing at the path.
    case notFound(path: String)
    /// What is there is not a ledger.
    case notALedger(String)
    /// The ledger was written by a newer program.
    case newerVersion(Int, supported: Int)
    /// The storage contradicts itself.
    case damaged(String)
    /// The storage was opened for reading.
    case readOnly
    /// Reading or writing failed.
    case unavailable(String)

    /// `storage-…`.
    public var code: String {
        switch self {
        case .headMoved: "storage-head-moved"
        case .outcomeUnknown: "storage-outcome-unknown"
        case .locked: "storage-locked"
        case .full: "storage-full"
        case .occupied: "storage-path-occupied"
        case .notFound: "storage-not-found"
        case .notALedger: "storage-not-a-ledger"
        case .newerVersion: "storage-newer-version"
        case .damaged: "storage-damaged"
        case .readOnly: "storage-read-only"
        case .unavailable: "storage-unavailable"
        }
    }

    /// What is the matter.
    public var message: String {
        switch self {
        case .headMoved(let actual): "another writer was first: the ledger now has \(actual)"
        case .outcomeUnknown(let reason): "the append may or may not be stored: \(reason)"
        case .locked: "another process holds the ledger"
        case .full: "no space is left for the ledger"
        case .occupied(let path): "there is something at '\(path)' already"
        case .notFound(let path): "there is no ledger at '\(path)'"
        case .notALedger(let reason): "this is not a ledger: \(reason)"
        case .newerVersion(let version, let supported):
            "the ledger has format \(version), this program knows formats up to \(supported)"
        case .damaged(let reason): "the ledger's storage is damaged: \(reason)"
        case .readOnly: "the ledger can be read, but not written"
        case .unavailable(let reason): "the ledger's storage failed: \(reason)"
        }
    }

    /// What one can do about it.
    public var help: String {
        switch self {
        case .headMoved: "read the new entries and decide again"
        case .outcomeUnknown: "open the ledger again and look for the command"
        case .locked: "stop the other process, or wait until it is done"
        case .full: "free some space and open the ledger again"
        case .occupied: "give a path where there is nothing yet"
        case .notFound: "check the path of the site"
        case .notALedger: "check the path of the site"
        case .newerVersion: "use a newer version of this program"
        case .damaged: "verify the site and restore it from a backup"
        case .readOnly:
            "check who may write to its folder, and that the disk is not write-protected"
        case .unavailable: "check the disk and open the ledger again"
        }
    }
}
