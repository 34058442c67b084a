/// Everything one entry says: what happened, when, by whom, and who signed for it.
///
/// `kind`, `body`, `at` and `by` say what happened; their digest is what a person signs.
/// The rest says how it came into the ledger.
public struct EntryDraft: Hashable, Sendable {
    /// Wire name and version of the fact, such as `batch.step-completed/1`.
    public var kind: String
    /// The fact.
    public var body: JSONValue
    /// When it happened: RFC 3339 UTC.
    public var at: String
    /// When it was recorded: RFC 3339 UTC. Never earlier than in the entry before.
    public var recorded: String
    /// Id of the person whose act it is, or `site`.
    public var by: String
    /// Idempotency key of the command: the same for all entries of one command, and only there.
    public var command: String
    /// Signatures on this record.
    public var signatures: [PersonSignature]
    /// Person keys that this entry issues or revokes.
    public var keys: [KeyNotice]
    /// Stored files that the record rests on.
    public var files: [FileReference]

    /// A draft of an entry.
    public init(
        kind: String, body: JSONValue, at: String, recorded: String, by: String, command: String,
        signatures: [PersonSignature] = [], keys: [KeyNotice] = [], files: [FileReference] = []
    ) {
        self.kind = kind
        self.body = body
        self.at = at
        self.recorded = recorded
        self.by = by
        self.command = command
        self.signatures = signatures
        self.keys = keys
        self.files = files
    }

    /// SHA-256 of the canonical bytes of `{at, body, by, kind}`.
    ///
    /// A signature covers this digest, so it cannot be pasted on another record, and remains
    /// valid wherever the record stands in the ledger.
    public var recordDigest: Digest {
        Self.recordDigest(kind: kind, body: body, at: at, by: by)
    }

    /// The digest that a signature on such a record covers.
    public static func recordDigest(
        kind: String, body: JSONValue, at: String, by: String
    ) -> Digest {
        var writer = CanonicalWriter()
        writer.write(
            .object([
                "at": .string(at), "body": body, "by": .string(by), "kind": .string(kind),
            ]))
        return Digest.sha256(of: writer.bytes)
    }
}

/// A file in the site's store, named by its content.
public struct FileReference: Hashable, Sendable, Codable {
    /// SHA-256 of the content.
    public var digest: Digest
    /// Size in bytes.
    public var size: UInt64
    /// Name under which it was handed in.
    public var name: String

    /// A reference to the content with `digest`.
    public init(digest: Digest, size: UInt64, name: String) {
        self.digest = digest
        self.size = size
        self.name = name
    }
}
