internal import Crypto

/// The public half of a person's Ed25519 key pair; it stands in the ledger.
public struct PersonPublicKey: Hashable, Sendable, Codable {
    /// 32 bytes (RFC 8032).
    public let bytes: [UInt8]

    /// Exactly 32 bytes; nil for any other number.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        self.bytes = Array(bytes)
    }

    /// The first 16 hexadecimal digits of the SHA-256 of the key: short enough to print.
    public var id: String { String(Digest.sha256(of: bytes).hex.prefix(16)) }

    /// Whether `signature` is by this key on `message`.
    func isValid(_ signature: [UInt8], on message: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
            return false
        }
        return key.isValidSignature(signature, for: message)
    }

    /// From base64.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let bytes = Base64.bytes(of: try container.decode(String.self)), bytes.count == 32
        else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not 32 bytes in base64")
        }
        self.bytes = bytes
    }

    /// As base64.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Base64.text(of: bytes))
    }
}

/// The announcement of a person's key, carried by the entry that makes it so.
public struct KeyNotice: Hashable, Sendable, Codable {
    /// What happens to the key.
    public enum Change: String, Hashable, Sendable, Codable {
        /// From this entry on, the key signs for the person.
        case issued
        /// After this entry, it does not. Earlier signatures stay valid.
        case revoked
    }

    /// What happens to the key.
    public var change: Change
    /// Id of the person.
    public var person: String
    /// The key.
    public var key: PersonPublicKey
    /// From when: RFC 3339 UTC.
    public var at: String

    /// A notice about `key` of `person`.
    public init(_ change: Change, person: String, key: PersonPublicKey, at: String) {
        self.change = change
        self.person = person
        self.key = key
        self.at = at
    }

    var json: JSONValue {
        [
            "at": .string(at), "change": .string(change.rawValue),
            "key": .string(Base64.text(of: key.bytes)), "person": .string(person),
        ]
    }

    init(json: JSONValue) throws(EntryError) {
        let reader = try MemberReader(json, of: "keys", only: ["at", "change", "key", "person"])
        guard let change = Change(rawValue: try reader.string("change")) else {
            throw .malformed(member: "change", expected: "'issued' or 'revoked'")
        }
        guard let key = PersonPublicKey(try reader.bytes("key", count: 32)) else {
            throw .malformed(member: "key", expected: "32 bytes in base64")
        }
        self.init(
            change, person: try reader.string("person"), key: key, at: try reader.instant("at"))
    }
}
