/// What a signature means, as 21 CFR 11.50 and EU GMP Annex 11 ask it to say.
public enum SignatureMeaning: String, Hashable, Sendable, Codable, CaseIterable {
    /// The signer did it.
    case performed
    /// The signer saw it done, or checked the result.
    case verified
    /// The signer read the record through.
    case reviewed
    /// The signer agrees to it.
    case approved
    /// The signer certifies it, as a Qualified Person does a batch.
    case certified
    /// The signer refuses it.
    case rejected
}

/// A person's signature on one record.
///
/// The signed bytes are canonical JSON of record digest, meaning, printed name, person, key and
/// instant, so that no part can be changed or moved to another record.
public struct PersonSignature: Hashable, Sendable, Codable {
    /// Id of the signer.
    public var person: String
    /// The signer's name as it was printed at the time.
    public var printedName: String
    /// What the signature means.
    public var meaning: SignatureMeaning
    /// When it was made: RFC 3339 UTC.
    public var at: String
    /// Digest of the record.
    public var record: Digest
    /// Id of the key.
    public var keyID: String
    /// 64 bytes (RFC 8032).
    public var signature: [UInt8]

    /// The bytes that the signature covers.
    public var signedBytes: [UInt8] {
        Self.signedBytes(
            person: person, printedName: printedName, meaning: meaning, at: at, record: record,
            keyID: keyID)
    }

    /// Whether `key` made this signature.
    public func isValid(by key: PersonPublicKey) -> Bool {
        key.id == keyID && key.isValid(signature, on: signedBytes)
    }

    static func signedBytes(
        person: String, printedName: String, meaning: SignatureMeaning, at: String,
        record: Digest, keyID: String
    ) -> [UInt8] {
        let statement: JSONValue = [
            "at": .string(at), "key": .string(keyID), "meaning": .string(meaning.rawValue),
            "name": .string(printedName), "person": .string(person),
            "record": .string(record.hex),
            // Keeps these bytes apart from anything else the key might ever sign.
            "type": "seedlot.person-signature/1",
        ]
        return statement.canonicalBytes()
    }

    var json: JSONValue {
        [
            "at": .string(at), "key": .string(keyID), "meaning": .string(meaning.rawValue),
            "name": .string(printedName), "person": .string(person),
            "record": .string(record.hex), "signature": .string(Base64.text(of: signature)),
        ]
    }
}

extension PersonSignature {
    init(json: JSONValue) throws(EntryError) {
        let reader = try MemberReader(
            json, of: "signatures",
            only: ["at", "key", "meaning", "name", "person", "record", "signature"])
        guard let meaning = SignatureMeaning(rawValue: try reader.string("meaning")) else {
            throw .malformed(member: "meaning", expected: "a meaning such as 'approved'")
        }
        self.init(
            person: try reader.string("person"), printedName: try reader.string("name"),
            meaning: meaning, at: try reader.instant("at"), record: try reader.digest("record"),
            keyID: try reader.string("key"),
            signature: try reader.bytes("signature", count: 64))
    }
}
