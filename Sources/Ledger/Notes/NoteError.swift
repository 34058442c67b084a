/// Why a signed note, a key of one, or a checkpoint in one is refused.
public enum NoteError: LedgerFault, Equatable {
    /// Longer than the limit, in bytes.
    case tooLong(bytes: Int, limit: Int)
    /// Not UTF-8, or with control characters other than line feeds.
    case malformedText
    /// No empty line between text and signatures, or no line feed at the end.
    case missingSignatureBlock
    /// A signature line that is not `— name base64`, numbered from 1 among the signatures.
    case malformedSignatureLine(Int)
    /// More signatures than the limit.
    case tooManySignatures(limit: Int)
    /// None of the signatures is by a key that was asked for.
    case unsigned(by: String)
    /// A signature by a known key does not fit the text.
    case wrongSignature(name: String)
    /// A key text that is not `name+hash+base64`.
    case malformedKey(String)
    /// A private key where a public one is asked for; nothing of it is repeated.
    case privateKey
    /// A key whose algorithm is not supported.
    case unsupportedKey(type: UInt8)
    /// A key name that is empty or holds spaces or plus signs.
    case malformedName(String)
    /// A checkpoint with too few lines.
    case truncatedCheckpoint
    /// The second line of a checkpoint is not a tree size.
    case malformedSize(String)
    /// The third line of a checkpoint is not 32 bytes of base64.
    case malformedRoot(String)
    /// Lines after the root, which no part of this system writes.
    case extensionLines(Int)
    /// The checkpoint is of another log.
    case wrongOrigin(String, expected: String)

    /// `note-…` and `checkpoint-…`.
    public var code: String {
        switch self {
        case .tooLong: "note-too-long"
        case .malformedText: "note-malformed-text"
        case .missingSignatureBlock: "note-missing-signatures"
        case .malformedSignatureLine: "note-malformed-signature-line"
        case .tooManySignatures: "note-too-many-signatures"
        case .unsigned: "note-unsigned"
        case .wrongSignature: "note-wrong-signature"
        case .malformedKey: "note-malformed-key"
        case .privateKey: "note-private-key"
        case .unsupportedKey: "note-unsupported-key"
        case .malformedName: "note-malformed-name"
        case .truncatedCheckpoint: "checkpoint-truncated"
        case .malformedSize: "checkpoint-malformed-size"
        case .malformedRoot: "checkpoint-malformed-root"
        case .extensionLines: "checkpoint-extension-lines"
        case .wrongOrigin: "checkpoint-wrong-origin"
        }
    }

    /// What is wrong with it.
    public var message: String {
        switch self {
        case .tooLong(let bytes, let limit): "the note has \(bytes) bytes, the limit is \(limit)"
        case .malformedText:
            "the note is not UTF-8 text, or holds control characters other than line feeds"
        case .missingSignatureBlock: "the note has no empty line followed by signature lines"
        case .malformedSignatureLine(let line):
            "signature line \(line) of the note is not '— name base64'"
        case .tooManySignatures(let limit): "the note has more than \(limit) signatures"
        case .unsigned(let name): "the note has no signature by '\(name)'"
        case .wrongSignature(let name): "the signature by '\(name)' does not fit the note"
        case .malformedKey(let key):
            "'\(key.prefix(120))' is not a key of the form name+hash+base64"
        case .privateKey: "this is a private key; whoever sees it can sign in its name"
        case .unsupportedKey(let type): "keys of type \(type) are not supported"
        case .malformedName(let name):
            "'\(name.prefix(120))' is not a key name: it is empty or holds a space or '+'"
        case .truncatedCheckpoint: "the checkpoint has fewer than three lines"
        case .malformedSize(let text): "'\(text.prefix(40))' is not a tree size below 2^63"
        case .malformedRoot(let text):
            "'\(text.prefix(60))' is not a root hash of 32 bytes in base64"
        case .extensionLines(let count):
            "the checkpoint has \(count) \(count == 1 ? "line" : "lines") after the root hash"
        case .wrongOrigin(let origin, let expected):
            "the checkpoint is of '\(origin.prefix(120))', not of '\(expected)'"
        }
    }

    /// What would be accepted.
    public var help: String {
        switch self {
        case .unsigned, .wrongSignature:
            "check that the note is unchanged and that the key is the right one"
        case .malformedKey, .unsupportedKey, .malformedName:
            "copy the key text as the site published it"
        case .privateKey: "give the public key, and keep this one where nobody else reads it"
        case .wrongOrigin: "give a checkpoint of this ledger"
        default: "give the note exactly as it was written (c2sp.org/signed-note)"
        }
    }
}
