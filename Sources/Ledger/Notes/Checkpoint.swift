/// What a ledger commits to: its name, how many entries it has, and their root
/// (c2sp.org/tlog-checkpoint).
public struct Checkpoint: Hashable, Sendable {
    /// Name of the log, a schema-less URL such as `gmp.example.org/site1/ledger`.
    public var origin: String
    /// Number of entries.
    public var size: UInt64
    /// Root of the tree over them.
    public var root: Digest

    /// A checkpoint of `origin`.
    public init(origin: String, size: UInt64, root: Digest) {
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// Parses the text of a checkpoint note.
    ///
    /// Extension lines are refused: nothing here writes them, no witness covers them, and a
    /// line that is not understood must not ride under a signature.
    public init(text: String) throws(NoteError) {
        guard text.hasSuffix("\n") else { throw .truncatedCheckpoint }
        let lines = text.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 3 else { throw .truncatedCheckpoint }
        guard lines.count == 3 else { throw .extensionLines(lines.count - 3) }
        guard NoteKeyName.isValid(String(lines[0])) else {
            throw .malformedName(String(lines[0]))
        }
        guard let size = Self.treeSize(lines[1]) else { throw .malformedSize(String(lines[1])) }
        guard let root = Digest(base64: lines[2]) else { throw .malformedRoot(String(lines[2])) }
        self.init(origin: String(lines[0]), size: size, root: root)
    }

    /// Parses a signed checkpoint without checking any signature.
    public init(parsing note: some Collection<UInt8>) throws(NoteError) {
        try self.init(text: try SignedNote(parsing: note).text)
    }

    /// The three lines, each ending in a line feed.
    public var text: String { "\(origin)\n\(size)\n\(root.base64)\n" }

    /// Size and root.
    public var head: LedgerHead { LedgerHead(size: size, root: root) }

    /// The checkpoint signed by the log's own key.
    public func signed(by signer: NoteSigner) throws(NoteError) -> SignedNote {
        SignedNote(text: text, signatures: [try signer.sign(text)])
    }

    /// A decimal number below 2^63 without a leading zero, else nil.
    static func treeSize(_ text: some StringProtocol) -> UInt64? {
        guard !text.isEmpty, text.utf8.count <= 19,
            text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            text == "0" || text.first != "0",
            let size = UInt64(text), size <= UInt64(Int64.max)
        else { return nil }
        return size
    }
}
