internal import Crypto

/// The algorithms that sign notes here, by their type byte.
public enum NoteKeyType: UInt8, Sendable {
    /// Ed25519 over the text.
    case ed25519 = 0x01
    /// Timestamped Ed25519 cosignature of a witness (c2sp.org/tlog-cosignature).
    case cosignature = 0x04
}

/// The public side of a note key: name, key ID and public key.
public struct NoteVerifier: Hashable, Sendable {
    /// Name of the key; for a log the same as its origin.
    public let name: String
    /// Algorithm.
    public let type: NoteKeyType
    /// 32 bytes.
    public let publicKey: [UInt8]
    /// The first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key).
    public let keyID: UInt32

    /// A key from its parts.
    public init(
        name: String, type: NoteKeyType = .ed25519, publicKey: [UInt8]
    ) throws(NoteError) {
        guard NoteKeyName.isValid(name) else { throw .malformedName(name) }
        guard publicKey.count == 32 else { throw .malformedKey(name) }
        self.name = name
        self.type = type
        self.publicKey = publicKey
        let hash = Digest.sha256(of: Array(name.utf8) + [0x0A, type.rawValue] + publicKey)
        keyID = hash.bytes[..<4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Parses `name+hash+base64`.
    public init(vkey: String) throws(NoteError) {
        guard !vkey.hasPrefix("PRIVATE+KEY+"), !vkey.contains("PRIVATE KEY-----") else {
            throw .privateKey
        }
        let parts = vkey.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].utf8.count == 8,
            let id = Hexadecimal.bytes(of: parts[1]), let key = Base64.bytes(of: parts[2]),
            let typeByte = key.first
        else { throw .malformedKey(vkey) }
        guard let type = NoteKeyType(rawValue: typeByte) else {
            throw .unsupportedKey(type: typeByte)
        }
        guard key.count == 33 else { throw .malformedKey(vkey) }
        try self.init(name: String(parts[0]), type: type, publicKey: Array(key[1...]))
        guard keyID == id.reduce(0, { $0 << 8 | UInt32($1) }) else { throw .malformedKey(vkey) }
    }

    /// `name+hash+base64(type ‖ public key)`.
    public var vkey: String {
        let id = (0..<4).map { UInt8(truncatingIfNeeded: keyID >> (24 - 8 * $0)) }
        return
            "\(name)+\(Hexadecimal.text(of: id))+\(Base64.text(of: [type.rawValue] + publicKey))"
    }

    /// Checks `signature`, which is by this key, on `text`.
    func verify(
        _ signature: NoteSignature, on text: String
    ) throws(NoteError) -> VerifiedNoteSignature {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
            throw .malformedKey(name)
        }
        switch type {
        case .ed25519:
            guard key.isValidSignature(signature.signature, for: Array(text.utf8)) else {
                throw .wrongSignature(name: name)
            }
            return VerifiedNoteSignature(name: name, posixSeconds: nil)
        case .cosignature:
            guard signature.signature.count == 72 else { throw .wrongSignature(name: name) }
            let seconds = signature.signature[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let message = NoteSigner.cosignedBytes(text: text, posixSeconds: seconds)
            guard key.isValidSignature(Array(signature.signature[8...]), for: message) else {
                throw .wrongSignature(name: name)
            }
            return VerifiedNoteSignature(name: name, posixSeconds: seconds)
        }
    }
}

/// The private side of a note key.
public struct NoteSigner: Sendable {
    /// The public side.
    public let verifier: NoteVerifier
    private let key: Curve25519.Signing.PrivateKey

    /// A signer from a 32-byte seed.
    public init(
        name: String, type: NoteKeyType = .ed25519, seed: [UInt8]
    ) throws(NoteError) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
            throw .malformedKey(name)
        }
        self.key = key
        verifier = try NoteVerifier(
            name: name, type: type, publicKey: Array(key.publicKey.rawRepresentation))
    }

    /// A new signer from `generator`'s randomness.
    public static func generate(
        name: String, type: NoteKeyType = .ed25519,
        using generator: inout some RandomNumberGenerator
    ) throws(NoteError) -> NoteSigner {
        let seed = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        return try NoteSigner(name: name, type: type, seed: seed)
    }

    /// A new signer from the system's randomness.
    public static func generate(
        name: String, type: NoteKeyType = .ed25519
    ) throws(NoteError) -> NoteSigner {
        var system = SystemRandomNumberGenerator()
        return try generate(name: name, type: type, using: &system)
    }

    /// Parses `PRIVATE+KEY+name+hash+base64(type ‖ seed)`, the form of Go's note package.
    public init(skey: String) throws(NoteError) {
        let prefix = "PRIVATE+KEY+"
        guard skey.hasPrefix(prefix) else { throw .malformedKey("(private)") }
        let parts = skey.dropFirst(prefix.count)
            .split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let id = Hexadecimal.bytes(of: parts[1]), id.count == 4,
            let bytes = Base64.bytes(of: parts[2]), bytes.count == 33
        else { throw .malformedKey("(private)") }
        guard let type = NoteKeyType(rawValue: bytes[0]) else {
            throw .unsupportedKey(type: bytes[0])
        }
        try self.init(name: String(parts[0]), type: type, seed: Array(bytes[1...]))
        guard verifier.keyID == id.reduce(0, { $0 << 8 | UInt32($1) }) else {
            throw .malformedKey("(private)")
        }
    }

    /// `PRIVATE+KEY+name+hash+base64(type ‖ seed)`. Secret.
    public var skey: String {
        let id = (0..<4).map { UInt8(truncatingIfNeeded: verifier.keyID >> (24 - 8 * $0)) }
        let secret = [verifier.type.rawValue] + Array(key.rawRepresentation)
        return
            "PRIVATE+KEY+\(verifier.name)+\(Hexadecimal.text(of: id))+\(Base64.text(of: secret))"
    }

    /// Signs `text`, which ends in a line feed. A cosignature key needs the time.
    public func sign(_ text: String) throws(NoteError) -> NoteSignature {
        guard verifier.type == .ed25519 else {
            throw .unsupportedKey(type: verifier.type.rawValue)
        }
        return NoteSignature(
            name: verifier.name, keyID: verifier.keyID, signature: try raw(Array(text.utf8)))
    }

    /// Cosigns the text of a checkpoint at `posixSeconds`.
    public func cosign(_ text: String, posixSeconds: UInt64) throws(NoteError) -> NoteSignature {
        guard verifier.type == .cosignature else {
            throw .unsupportedKey(type: verifier.type.rawValue)
        }
        let time = (0..<8).map { UInt8(truncatingIfNeeded: posixSeconds >> (56 - 8 * $0)) }
        let message = Self.cosignedBytes(text: text, posixSeconds: posixSeconds)
        return NoteSignature(
            name: verifier.name, keyID: verifier.keyID, signature: time + (try raw(message)))
    }

    static func cosignedBytes(text: String, posixSeconds: UInt64) -> [UInt8] {
        Array("cosignature/v1\ntime \(posixSeconds)\n\(text)".utf8)
    }

    /// A key for another purpose, which `purpose` names; it tells nothing of this one.
    ///
    /// - Returns: 32 bytes.
    func derivedKey(for purpose: String) -> [UInt8] {
        let derived = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: key.rawRepresentation),
            info: Array(purpose.utf8), outputByteCount: Digest.byteCount)
        return derived.withUnsafeBytes { Array($0) }
    }

    private func raw(_ message: [UInt8]) throws(NoteError) -> [UInt8] {
        guard let signature = try? key.signature(for: message) else {
            throw .malformedKey(verifier.name)
        }
        return Array(signature)
    }
}
