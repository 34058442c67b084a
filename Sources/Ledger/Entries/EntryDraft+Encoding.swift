extension EntryDraft {
    /// Largest entry in bytes: tile bundles give each entry a 16-bit length (c2sp.org/tlog-tiles).
    public static let bytesMax = 65_535
    /// Version of the envelope that is written.
    public static let version = 1

    /// The bytes of the entry: canonical JSON of at most 65,535 bytes.
    ///
    /// - Throws: `EntryError` for instants, kinds or numbers that cannot stand in the ledger,
    ///   and for a record that is too large.
    public func encoded() throws(EntryError) -> [UInt8] {
        try validate()
        // The members of the envelope in their canonical order.
        var writer = CanonicalWriter(capacity: 512)
        writer.write(canonical: "{\"at\":")
        writer.write(at)
        writer.write(canonical: ",\"body\":")
        writer.write(body)
        writer.write(canonical: ",\"by\":")
        writer.write(by)
        writer.write(canonical: ",\"command\":")
        writer.write(command)
        if !files.isEmpty {
            writer.write(canonical: ",\"files\":")
            writer.write(.array(files.map(\.json)))
        }
        if !keys.isEmpty {
            writer.write(canonical: ",\"keys\":")
            writer.write(.array(keys.map(\.json)))
        }
        writer.write(canonical: ",\"kind\":")
        writer.write(kind)
        writer.write(canonical: ",\"recorded\":")
        writer.write(recorded)
        if !signatures.isEmpty {
            writer.write(canonical: ",\"signatures\":")
            writer.write(.array(signatures.map(\.json)))
        }
        writer.write(canonical: ",\"version\":")
        writer.write(Double(Self.version))
        writer.write(canonical: "}")
        guard writer.isFinite else { throw .notFinite }
        guard writer.bytes.count <= Self.bytesMax else {
            throw .tooLarge(bytes: writer.bytes.count, limit: Self.bytesMax)
        }
        return writer.bytes
    }

    private func validate() throws(EntryError) {
        guard LedgerInstant(rfc3339: at) != nil else {
            throw .malformedInstant(member: "at", value: at)
        }
        guard LedgerInstant(rfc3339: recorded) != nil else {
            throw .malformedInstant(member: "recorded", value: recorded)
        }
        guard Self.isKind(kind) else { throw .malformedKind(kind) }
        guard !by.isEmpty else { throw .empty(member: "by") }
        guard !command.isEmpty else { throw .empty(member: "command") }
    }

    /// Whether `text` is lower-case words joined by dots and hyphens, a slash and a version.
    static func isKind(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { isKind(utf8: $0) }
    }

    static func isKind(utf8 bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard let slash = bytes.firstIndex(of: UInt8(ascii: "/")), slash > 0,
            letters.contains(bytes[0])
        else { return false }
        let version = bytes[(slash + 1)...]
        guard (1...9).contains(version.count), version.first != UInt8(ascii: "0"),
            version.allSatisfy({ digits.contains($0) })
        else { return false }
        return bytes[..<slash].allSatisfy {
            letters.contains($0) || digits.contains($0) || $0 == UInt8(ascii: ".")
                || $0 == UInt8(ascii: "-")
        }
    }
}

/// An entry as it stands in the ledger.
public struct LedgerEntry: Hashable, Sendable {
    /// Position in the ledger, from 0.
    public let index: UInt64
    /// The bytes that the tree commits to.
    public let bytes: [UInt8]
    /// What they say. A kind that this program does not know is kept as it is.
    public let draft: EntryDraft

    /// Decodes the entry at `index`.
    ///
    /// Unknown kinds are accepted: a later program may have written them. Unknown members of
    /// the envelope are not, because they might say what this program then leaves out.
    public init(index: UInt64, bytes: [UInt8]) throws(EntryError) {
        guard bytes.count <= EntryDraft.bytesMax else {
            throw .tooLarge(bytes: bytes.count, limit: EntryDraft.bytesMax)
        }
        let json: JSONValue
        do throws(JSONError) {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw .json(error)
        }
        self.index = index
        self.bytes = bytes
        draft = try EntryDraft(json: json)
    }

    /// The entry at `index`, of which `draft` was just sealed as `bytes`.
    init(index: UInt64, bytes: [UInt8], draft: EntryDraft) {
        self.index = index
        self.bytes = bytes
        self.draft = draft
    }

    /// Wire name and version of the fact.
    public var kind: String { draft.kind }
    /// The fact.
    public var body: JSONValue { draft.body }
}

extension EntryDraft {
    private static let members: Set<String> = [
        "at", "body", "by", "command", "files", "keys", "kind", "recorded", "signatures",
        "version",
    ]

    init(json: JSONValue) throws(EntryError) {
        guard let object = json.objectValue else {
            throw .malformed(member: "entry", expected: "an object")
        }
        let reader = MemberReader(members: object)
        let version = try reader.integer("version")
        guard version == Self.version else {
            guard version > Self.version else {
                throw .malformed(member: "version", expected: "a version from 1 on")
            }
            throw .newerVersion(version, supported: Self.version)
        }
        if let unknown = object.keys.filter({ !Self.members.contains($0) }).min() {
            throw .unknownMember(unknown)
        }
        guard let body = object["body"] else { throw .missing(member: "body") }
        self.init(
            kind: try reader.string("kind"), body: body, at: try reader.string("at"),
            recorded: try reader.string("recorded"), by: try reader.string("by"),
            command: try reader.string("command"))
        for element in try reader.array("signatures") {
            signatures.append(try PersonSignature(json: element))
        }
        for element in try reader.array("keys") { keys.append(try KeyNotice(json: element)) }
        for element in try reader.array("files") {
            files.append(try FileReference(json: element))
        }
        try validate()
    }
}

extension FileReference {
    var json: JSONValue {
        // The size is a string: a double holds no number above 2^53.
        ["name": .string(name), "sha256": .string(digest.hex), "size": .string(String(size))]
    }

    init(json: JSONValue) throws(EntryError) {
        let reader = try MemberReader(json, of: "files", only: ["name", "sha256", "size"])
        guard let size = Checkpoint.treeSize(try reader.string("size")) else {
            throw .malformed(member: "size", expected: "a number of bytes")
        }
        self.init(
            digest: try reader.digest("sha256"), size: size, name: try reader.string("name"))
    }
}

/// Reads the members of one object of an entry.
struct MemberReader {
    let members: [String: JSONValue]

    init(members: [String: JSONValue]) { self.members = members }

    /// The members of `json`, which is an element of `list` and has no other than `names`.
    init(_ json: JSONValue, of list: String, only names: Set<String>) throws(EntryError) {
        guard let members = json.objectValue else {
            throw .malformed(member: list, expected: "a list of objects")
        }
        if let unknown = members.keys.filter({ !names.contains($0) }).min() {
            throw .unknownMember(unknown)
        }
        self.members = members
    }

    func string(_ name: String) throws(EntryError) -> String {
        guard let value = members[name] else { throw .missing(member: name) }
        guard let text = value.stringValue else {
            throw .malformed(member: name, expected: "a string")
        }
        return text
    }

    func integer(_ name: String) throws(EntryError) -> Int {
        guard let value = members[name] else { throw .missing(member: name) }
        guard let number = value.integerValue else {
            throw .malformed(member: name, expected: "a whole number")
        }
        return number
    }

    /// The elements of an array that is left out when it is empty.
    func array(_ name: String) throws(EntryError) -> [JSONValue] {
        guard let value = members[name] else { return [] }
        guard let elements = value.arrayValue, !elements.isEmpty else {
            throw .malformed(member: name, expected: "a list of at least one element")
        }
        return elements
    }

    func digest(_ name: String) throws(EntryError) -> Digest {
        let text = try string(name)
        guard let digest = Digest(hex: text), digest.hex == text else {
            throw .malformed(member: name, expected: "64 lower-case hexadecimal digits")
        }
        return digest
    }

    func bytes(_ name: String, count: Int) throws(EntryError) -> [UInt8] {
        guard let bytes = Base64.bytes(of: try string(name)), bytes.count == count else {
            throw .malformed(member: name, expected: "\(count) bytes in base64")
        }
        return bytes
    }

    func instant(_ name: String) throws(EntryError) -> String {
        let text = try string(name)
        guard LedgerInstant(rfc3339: text) != nil else {
            throw .malformedInstant(member: name, value: text)
        }
        return text
    }
}
