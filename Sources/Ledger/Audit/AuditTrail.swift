/// Who did what, when and why, with the old and the new value, as Annex 11 clause 9 and 21 CFR
/// 11.10(e) ask of an audit trail: a reading of the ledger, in order.
public struct AuditTrail: Sendable {
    /// Which entries are wanted; all members must fit.
    public struct Question: Sendable {
        /// An identifier that the fact names somewhere, such as a batch or a lot.
        public var subject: String?
        /// Who did it or signed for it.
        public var person: String?
        /// Not earlier than this.
        public var from: LedgerInstant?
        /// Earlier than this.
        public var to: LedgerInstant?
        /// Entries before this number are left out.
        public var firstEntry: UInt64

        /// A question.
        public init(
            subject: String? = nil, person: String? = nil, from: LedgerInstant? = nil,
            to: LedgerInstant? = nil, firstEntry: UInt64 = 0
        ) {
            self.subject = subject
            self.person = person
            self.from = from
            self.to = to
            self.firstEntry = firstEntry
        }

        func finds(_ entry: LedgerEntry) -> Bool {
            let draft = entry.draft
            if entry.index < firstEntry { return false }
            if let person, draft.by != person,
                !draft.signatures.contains(where: { $0.person == person })
            {
                return false
            }
            if from != nil || to != nil {
                guard let at = LedgerInstant(rfc3339: draft.at) else { return false }
                if let from, at < from { return false }
                if let to, at >= to { return false }
            }
            return subject.map { draft.body.names($0) } ?? true
        }
    }

    /// Kinds of facts that replace each other's values: the last one about the same thing holds.
    public struct Replacement: Sendable {
        let kinds: Set<String>
        let identity: [String]

        /// Facts of `kinds`, without their versions, about the thing that the members `identity`
        /// name.
        public init(kinds: Set<String>, identity: [String]) {
            self.kinds = kinds
            self.identity = identity
        }

        /// What `entry` gives a value of, as one of `replacements` says; entries with equal keys
        /// replace each other's values. Nil for an entry that replaces nothing.
        public static func key(of entry: LedgerEntry, by replacements: [Self]) -> [String]? {
            let kind = entry.kind.prefix { $0 != "/" }
            guard
                let position = replacements.firstIndex(where: { $0.kinds.contains(String(kind)) }),
                let members = entry.body.objectValue
            else { return nil }
            return ["\(position)"]
                + replacements[position].identity.map { members[$0]?.plainText ?? "" }
        }
    }

    private let storage: any LedgerStorageEngine
    private let replacements: [Replacement]

    /// A trail of the ledger in `storage`, with the values that replace each other.
    public init(storage: any LedgerStorageEngine, replacements: [Replacement] = []) {
        self.storage = storage
        self.replacements = replacements
    }

    /// Calls `body` with each line that `question` asks for, in order, until it returns false.
    public func lines(
        _ question: Question, _ body: (AuditLine) throws -> Bool
    ) async throws {
        let reader = LedgerReader(storage: storage)
        var values = LastValues(replacements)
        var next: UInt64 = 0
        while true {
            let page = try await reader.entries(from: next)
            for entry in page {
                let old = values.replace(by: entry)
                guard question.finds(entry) else { continue }
                guard try body(AuditLine(entry, replacing: old)) else { return }
            }
            next += UInt64(page.count)
            guard page.count == LedgerReader.pageMax else { return }
        }
    }
}

/// One line of an audit trail.
public struct AuditLine: Hashable, Sendable {
    /// A value, with what stood there before.
    public struct Value: Hashable, Sendable {
        /// Name of the member, with dots and brackets for what lies deeper.
        public var name: String
        /// What stood there before; nil when nothing did.
        public var old: String?
        /// What the fact says.
        public var new: String
    }

    /// The entry.
    public var entry: LedgerEntry
    /// What the fact says, by name.
    public var values: [Value]

    /// Why, when the fact gives a reason.
    public var reason: String? { entry.body["reason"]?.stringValue }

    /// Header of the form as comma-separated values.
    public static let header = [
        "entry", "at", "recorded", "by", "kind", "value", "old", "new", "reason", "signed",
    ]

    /// The line as rows of `header`: one a value, so that each old value stands beside its new
    /// one.
    public var rows: [[String]] {
        let draft = entry.draft
        let signed = draft.signatures.map { "\($0.meaning.rawValue) by \($0.printedName)" }
            .joined(separator: "; ")
        let head = ["\(entry.index)", draft.at, draft.recorded, draft.by, draft.kind]
        let values = values.isEmpty ? [Value(name: "", old: nil, new: "")] : values
        return values.map { head + [$0.name, $0.old ?? "", $0.new, reason ?? "", signed] }
    }

    /// The line of `entry`, whose values replace those of `previous`.
    public init(_ entry: LedgerEntry, after previous: LedgerEntry?) {
        self.init(entry, replacing: previous?.body.objectValue)
    }

    init(_ entry: LedgerEntry, replacing old: [String: JSONValue]?) {
        self.entry = entry
        var before: [String: String] = [:]
        for (name, value) in old ?? [:] {
            for (path, text) in value.leaves(at: name) { before[path] = text }
        }
        values = entry.body.leaves(at: "").filter { $0.name != "reason" }.map { name, text in
            Value(name: name, old: before[name].flatMap { $0 == text ? nil : $0 }, new: text)
        }
    }

    /// `fields` as a line of comma-separated values (RFC 4180).
    public static func commaSeparated(_ fields: [String]) -> String {
        fields.map { field in
            let isPlain = field.utf8.allSatisfy {
                $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"") && $0 >= 0x20
            }
            return isPlain
                ? field
                : "\"\(field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
        }.joined(separator: ",")
    }
}

/// The last values of the things that facts replace.
private struct LastValues {
    private let replacements: [AuditTrail.Replacement]
    private var values: [[String]: [String: JSONValue]] = [:]

    init(_ replacements: [AuditTrail.Replacement]) { self.replacements = replacements }

    /// Takes in the values of `entry`; what they replace, or nil.
    mutating func replace(by entry: LedgerEntry) -> [String: JSONValue]? {
        guard let key = AuditTrail.Replacement.key(of: entry, by: replacements) else { return nil }
        let old = values[key]
        values[key] = entry.body.objectValue
        return old
    }
}

extension JSONValue {
    /// Whether some string in the value is `identifier`.
    fileprivate func names(_ identifier: String) -> Bool {
        switch self {
        case .string(let text): text == identifier
        case .array(let elements): elements.contains { $0.names(identifier) }
        case .object(let members): members.values.contains { $0.names(identifier) }
        case .null, .bool, .number: false
        }
    }

    /// The values inside with their paths, in the order of their names.
    fileprivate func leaves(at path: String) -> [(name: String, text: String)] {
        switch self {
        case .object(let members):
            return members.sorted { CanonicalWriter.precedes($0.key, $1.key) }.flatMap {
                $0.value.leaves(at: path.isEmpty ? $0.key : "\(path).\($0.key)")
            }
        case .array(let elements)
        where elements.allSatisfy({ $0.objectValue == nil && $0.arrayValue == nil }):
            return [(path, elements.map(\.plainText).joined(separator: ", "))]
        case .array(let elements):
            return elements.enumerated().flatMap { $1.leaves(at: "\(path)[\($0)]") }
        default: return [(path, plainText)]
        }
    }

    fileprivate var plainText: String {
        if case .string(let text) = self { return text }
        var writer = CanonicalWriter()
        writer.write(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
