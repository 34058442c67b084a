/// Why a record cannot become an entry, or bytes are not one.
public enum EntryError: LedgerFault, Equatable {
    /// The canonical bytes are longer than a tile can hold.
    case tooLarge(bytes: Int, limit: Int)
    /// A number is NaN or infinite.
    case notFinite
    /// A member is not an RFC 3339 instant of UTC.
    case malformedInstant(member: String, value: String)
    /// A kind that is not `name/version`.
    case malformedKind(String)
    /// A member is empty that must not be.
    case empty(member: String)
    /// The bytes are not JSON.
    case json(JSONError)
    /// The bytes are JSON, but not in canonical form.
    case notCanonical
    /// A member is absent.
    case missing(member: String)
    /// A member has a value of another type or form.
    case malformed(member: String, expected: String)
    /// A member that version 1 does not have.
    case unknownMember(String)
    /// An envelope of a version this program does not know.
    case newerVersion(Int, supported: Int)

    /// `entry-…`, or the code of the JSON error.
    public var code: String {
        switch self {
        case .tooLarge: "entry-too-large"
        case .notFinite: "entry-not-finite"
        case .malformedInstant: "entry-malformed-instant"
        case .malformedKind: "entry-malformed-kind"
        case .empty: "entry-empty-member"
        case .json(let error): error.code
        case .notCanonical: "entry-not-canonical"
        case .missing: "entry-missing-member"
        case .malformed: "entry-malformed-member"
        case .unknownMember: "entry-unknown-member"
        case .newerVersion: "entry-newer-version"
        }
    }

    /// What is wrong.
    public var message: String {
        switch self {
        case .tooLarge(let bytes, let limit): "the entry has \(bytes) bytes, the limit is \(limit)"
        case .notFinite: "the entry holds a number that is NaN or infinite"
        case .malformedInstant(let member, let value):
            "'\(member)' is '\(value.prefix(40))', not an instant such as 2026-03-01T09:30:00Z"
        case .malformedKind(let kind):
            "'\(kind.prefix(80))' is not a kind such as batch.step-completed/1"
        case .empty(let member): "'\(member)' is empty"
        case .json(let error): error.message
        case .notCanonical: "the entry is not in canonical form (RFC 8785)"
        case .missing(let member): "the entry has no member '\(member)'"
        case .malformed(let member, let expected): "'\(member)' is not \(expected)"
        case .unknownMember(let member): "the entry has an unknown member '\(member.prefix(80))'"
        case .newerVersion(let version, let supported):
            "the entry has version \(version), this program knows versions up to \(supported)"
        }
    }

    /// What would be accepted.
    public var help: String {
        switch self {
        case .tooLarge: "store large content as a file and record its digest"
        case .notFinite: "record the quantity as a string with its unit"
        case .malformedInstant: "write the instant in UTC with a 'Z'"
        case .newerVersion: "use a newer version of this program"
        case .json(let error): error.help
        default: "write the entry as the ledger format describes it"
        }
    }
}
