/// A proof that can be carried away: an inclusion proof with the checkpoint it leads to
/// (c2sp.org/tlog-proof).
public struct TLogProof: Hashable, Sendable {
    /// The first line of the format.
    public static let header = "c2sp.org/tlog-proof@v1"
    /// A checkpoint, 63 hashes and the extra bytes of one entry.
    public static let bytesMax = 262_144

    /// Bytes that the application adds, such as the entry itself.
    public var extra: [UInt8]?
    /// Index of the entry.
    public var index: UInt64
    /// Sibling hashes from the leaf to the root.
    public var hashes: [Digest]
    /// The signed checkpoint.
    public var checkpoint: SignedNote

    /// A proof of its parts.
    public init(
        extra: [UInt8]? = nil, index: UInt64, hashes: [Digest], checkpoint: SignedNote
    ) {
        self.extra = extra
        self.index = index
        self.hashes = hashes
        self.checkpoint = checkpoint
    }

    /// Parses a `.tlog-proof` file. Nothing is verified here.
    public init(parsing bytes: some Collection<UInt8>) throws(TLogProofError) {
        let count = bytes.count
        guard count <= Self.bytesMax else { throw .tooLong(bytes: count, limit: Self.bytesMax) }
        let bytes = Array(bytes)
        guard
            let split = bytes.indices.dropLast().first(where: {
                bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A
            }), let text = String(validating: bytes[..<split], as: UTF8.self)
        else { throw .malformed(line: 1) }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard lines.popFirst() == Self.header[...] else { throw .wrongHeader }
        if let line = lines.first, line.hasPrefix("extra ") {
            guard let extra = Base64.bytes(of: line.dropFirst(6)) else {
                throw .malformed(line: lines.startIndex + 1)
            }
            self.extra = extra
            lines.removeFirst()
        }
        guard let line = lines.first, line.hasPrefix("index "),
            let index = Checkpoint.treeSize(line.dropFirst(6))
        else { throw .malformed(line: lines.startIndex + 1) }
        lines.removeFirst()
        self.index = index
        guard lines.count <= InclusionProof.hashesMax else {
            throw .tooManyHashes(lines.count, limit: InclusionProof.hashesMax)
        }
        hashes = []
        for (position, line) in zip(lines.indices, lines) {
            guard let hash = Digest(base64: line) else { throw .malformed(line: position + 1) }
            hashes.append(hash)
        }
        do throws(NoteError) {
            checkpoint = try SignedNote(parsing: bytes[(split + 2)...])
        } catch {
            throw .checkpoint(error)
        }
    }

    /// The file.
    public var bytes: [UInt8] {
        var text = "\(Self.header)\n"
        if let extra { text += "extra \(Base64.text(of: extra))\n" }
        text += "index \(index)\n"
        for hash in hashes { text += "\(hash.base64)\n" }
        return Array("\(text)\n".utf8) + checkpoint.bytes
    }

    /// Checks the checkpoint's signature by `log` and that `entry` stands at `index` under it.
    ///
    /// - Returns: the checkpoint.
    @discardableResult
    public func verify(
        entry: some Collection<UInt8>, log: NoteVerifier
    ) throws(TLogProofError) -> Checkpoint {
        let parsed: Checkpoint
        do throws(NoteError) {
            _ = try checkpoint.verified(by: [log])
            parsed = try Checkpoint(text: checkpoint.text)
            guard parsed.origin == log.name else {
                throw NoteError.wrongOrigin(parsed.origin, expected: log.name)
            }
        } catch {
            throw .checkpoint(error)
        }
        do throws(ProofError) {
            try InclusionProof(index: index, size: parsed.size, hashes: hashes)
                .verify(leafHash: MerkleTree.leafHash(entry), root: parsed.root)
        } catch {
            throw .proof(error)
        }
        return parsed
    }
}

/// Why a carried proof is refused.
public enum TLogProofError: LedgerFault, Equatable {
    /// Longer than the limit, in bytes.
    case tooLong(bytes: Int, limit: Int)
    /// The first line is not that of the format.
    case wrongHeader
    /// A line that does not fit, from 1.
    case malformed(line: Int)
    /// More hashes than any tree has levels.
    case tooManyHashes(Int, limit: Int)
    /// The checkpoint is not acceptable.
    case checkpoint(NoteError)
    /// The hashes do not prove it.
    case proof(ProofError)

    /// `tlog-proof-…`, or the code of what it is made of.
    public var code: String {
        switch self {
        case .tooLong: "tlog-proof-too-long"
        case .wrongHeader: "tlog-proof-wrong-header"
        case .malformed: "tlog-proof-malformed"
        case .tooManyHashes: "tlog-proof-too-many-hashes"
        case .checkpoint(let error): error.code
        case .proof(let error): error.code
        }
    }

    /// What is wrong.
    public var message: String {
        switch self {
        case .tooLong(let bytes, let limit): "the proof has \(bytes) bytes, the limit is \(limit)"
        case .wrongHeader: "the first line is not '\(TLogProof.header)'"
        case .malformed(let line): "line \(line) of the proof does not fit the format"
        case .tooManyHashes(let count, let limit):
            "the proof has \(count) hashes, the limit is \(limit)"
        case .checkpoint(let error): error.message
        case .proof(let error): error.message
        }
    }

    /// What would be accepted.
    public var help: String {
        switch self {
        case .checkpoint(let error): error.help
        case .proof(let error): error.help
        default: "give the proof exactly as it was written (c2sp.org/tlog-proof)"
        }
    }
}
