/// Text with signatures under it (c2sp.org/signed-note).
///
/// The bytes that are signed are the text with its last line feed, without the empty line.
public struct SignedNote: Hashable, Sendable {
    /// Notes are checkpoints of a few hundred bytes; this leaves room for many witnesses.
    public static let bytesMax = 65_536
    /// The format asks for at least 16; each costs a verification.
    public static let signaturesMax = 100

    /// The text, ending in a line feed.
    public var text: String
    /// The signatures in order, known or not.
    public var signatures: [NoteSignature]

    /// A note of `text`, which ends in a line feed, with `signatures`.
    public init(text: String, signatures: [NoteSignature] = []) {
        self.text = text
        self.signatures = signatures
    }

    /// Parses the bytes of a note. Signatures are not checked here.
    public init(parsing bytes: some Collection<UInt8>) throws(NoteError) {
        let count = bytes.count
        guard count <= Self.bytesMax else { throw .tooLong(bytes: count, limit: Self.bytesMax) }
        let bytes = Array(bytes)
        guard bytes.allSatisfy({ $0 >= 0x20 || $0 == 0x0A }),
            String(validating: bytes, as: UTF8.self) != nil
        else { throw .malformedText }
        // The last empty line separates: the text itself may hold empty lines.
        guard bytes.last == 0x0A,
            let split = bytes.indices.dropLast().last(where: {
                bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A
            }), split + 2 < bytes.count
        else { throw .missingSignatureBlock }
        text = String(decoding: bytes[...split], as: UTF8.self)
        signatures = []
        let lines = bytes[(split + 2)...].dropLast()
            .split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.count <= Self.signaturesMax else {
            throw .tooManySignatures(limit: Self.signaturesMax)
        }
        for (position, line) in lines.enumerated() {
            let line = String(decoding: line, as: UTF8.self)
            guard let signature = NoteSignature(line: line) else {
                throw .malformedSignatureLine(position + 1)
            }
            signatures.append(signature)
        }
    }

    /// The note as bytes.
    public var bytes: [UInt8] {
        var bytes = Array(text.utf8)
        bytes.append(0x0A)
        for signature in signatures {
            bytes.append(contentsOf: signature.line.utf8)
            bytes.append(0x0A)
        }
        return bytes
    }

    /// The signatures by the keys of `verifiers`, all of which fit.
    ///
    /// Signatures by other keys are ignored, as the format demands.
    /// - Throws: `.wrongSignature` when one by a known key does not fit; `.unsigned` when there
    ///   is none by a known key.
    public func verified(
        by verifiers: [NoteVerifier]
    ) throws(NoteError) -> [VerifiedNoteSignature] {
        var verified: [VerifiedNoteSignature] = []
        for signature in signatures {
            guard
                let verifier = verifiers.first(where: {
                    $0.name == signature.name && $0.keyID == signature.keyID
                })
            else { continue }
            verified.append(try verifier.verify(signature, on: text))
        }
        guard !verified.isEmpty else {
            throw .unsigned(by: verifiers.map(\.name).joined(separator: "' or '"))
        }
        return verified
    }
}

/// One signature line of a note.
public struct NoteSignature: Hashable, Sendable {
    /// Name of the key.
    public var name: String
    /// The first four bytes of the key's hash.
    public var keyID: UInt32
    /// What the key's algorithm produced.
    public var signature: [UInt8]

    /// A signature by the key `name` with `keyID`.
    public init(name: String, keyID: UInt32, signature: [UInt8]) {
        self.name = name
        self.keyID = keyID
        self.signature = signature
    }

    /// Parses `— name base64`; nil for anything else.
    public init?(line: String) {
        let prefix = "\u{2014} "
        guard line.hasPrefix(prefix) else { return nil }
        let parts = line.dropFirst(prefix.count)
            .split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, NoteKeyName.isValid(String(parts[0])),
            let bytes = Base64.bytes(of: parts[1]), bytes.count >= 5
        else { return nil }
        name = String(parts[0])
        keyID = bytes[..<4].reduce(0) { $0 << 8 | UInt32($1) }
        signature = Array(bytes[4...])
    }

    /// `— name base64(key ID ‖ signature)`.
    public var line: String {
        let id = (0..<4).map { UInt8(truncatingIfNeeded: keyID >> (24 - 8 * $0)) }
        return "\u{2014} \(name) \(Base64.text(of: id + signature))"
    }
}

/// A signature that was found to fit.
public struct VerifiedNoteSignature: Hashable, Sendable {
    /// Name of the key.
    public var name: String
    /// For a cosignature the witness's time, in seconds of the POSIX era.
    public var posixSeconds: UInt64?
}

/// What may name a key: not empty, no Unicode space, no plus sign.
enum NoteKeyName {
    static func isValid(_ name: String) -> Bool {
        !name.isEmpty
            && name.unicodeScalars.allSatisfy {
                !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20 && $0.value != 0x7F
            }
    }
}
