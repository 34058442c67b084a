internal import Crypto

/// The private half of a person's key pair, open in memory for as long as one signing takes.
public struct PersonSigningKey: Sendable {
    /// Id of the person.
    public let person: String
    private let key: Curve25519.Signing.PrivateKey

    /// A key from a 32-byte seed; nil for any other number of bytes.
    public init?(person: String, seed: [UInt8]) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
            return nil
        }
        self.person = person
        self.key = key
    }

    /// The public half.
    public var publicKey: PersonPublicKey {
        // The library's keys have 32 bytes by definition.
        PersonPublicKey(Array(key.publicKey.rawRepresentation))!
    }

    /// The seed. Secret.
    var seed: [UInt8] { Array(key.rawRepresentation) }

    /// Signs the record with `record` as its digest.
    public func sign(
        record: Digest, meaning: SignatureMeaning, printedName: String, at: String
    ) throws(KeyError) -> PersonSignature {
        guard LedgerInstant(rfc3339: at) != nil else { throw .malformedInstant(at) }
        let id = publicKey.id
        let message = PersonSignature.signedBytes(
            person: person, printedName: printedName, meaning: meaning, at: at, record: record,
            keyID: id)
        guard let signature = try? key.signature(for: message) else { throw .unusable }
        return PersonSignature(
            person: person, printedName: printedName, meaning: meaning, at: at, record: record,
            keyID: id, signature: Array(signature))
    }
}

/// Why a person's key cannot be used.
public enum KeyError: LedgerFault, Equatable {
    /// The password does not open the key, or the sealed bytes were changed.
    case wrongPassword
    /// A password shorter than the limit, in characters.
    case passwordTooShort(characters: Int, limit: Int)
    /// The sealed key asks for more work or memory than is allowed.
    case unacceptableCost(String)
    /// The sealed key is of a newer version.
    case newerVersion(Int, supported: Int)
    /// The library refused the key.
    case unusable
    /// The instant is not RFC 3339 UTC.
    case malformedInstant(String)
    /// The vault holds no key for the person.
    case noKey(person: String)
    /// The vault's storage failed.
    case vault(String)

    /// `key-…`.
    public var code: String {
        switch self {
        case .wrongPassword: "key-wrong-password"
        case .passwordTooShort: "key-password-too-short"
        case .unacceptableCost: "key-unacceptable-cost"
        case .newerVersion: "key-newer-version"
        case .unusable: "key-unusable"
        case .malformedInstant: "key-malformed-instant"
        case .noKey: "key-not-found"
        case .vault: "key-vault-failed"
        }
    }

    /// What is wrong.
    public var message: String {
        switch self {
        case .wrongPassword: "the password does not open the key"
        case .passwordTooShort(let characters, let limit):
            "the password has \(characters) characters, the least is \(limit)"
        case .unacceptableCost(let parameters): "the key is sealed with \(parameters)"
        case .newerVersion(let version, let supported):
            "the sealed key has version \(version), this program knows versions up to \(supported)"
        case .unusable: "the sealed key does not hold a usable private key"
        case .malformedInstant(let text): "'\(text.prefix(40))' is not an instant of UTC"
        case .noKey(let person): "there is no sealed key for '\(person)'"
        case .vault(let reason): "the key vault failed: \(reason)"
        }
    }

    /// What one can do about it.
    public var help: String {
        switch self {
        case .wrongPassword: "type the password again; a lost one means a new key"
        case .passwordTooShort: "choose a longer password"
        case .unacceptableCost: "restore the key file from a backup"
        case .newerVersion: "use a newer version of this program"
        case .unusable: "restore the key file from a backup, or issue a new key"
        case .malformedInstant: "write the instant in UTC with a 'Z'"
        case .noKey: "issue a key for the person"
        case .vault: "check the folder of the sealed keys and its permissions"
        }
    }
}
