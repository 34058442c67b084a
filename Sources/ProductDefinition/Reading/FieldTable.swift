import Diagnostics

/// A mapping of a definition with a table of its keys.
protocol Record: Sendable {
    /// What one is called, in the singular: "parameter".
    static var name: String { get }
    /// What it is for, in one sentence.
    static var summary: String { get }
    /// The keys.
    static var table: FieldTable<Self> { get }
    /// Where it begins.
    var position: SourcePosition { get set }

    /// One in which nothing has been read yet.
    init()
}

/// The keys of a record: how each is read into the model, described and compared.
///
/// Its methods are kept generic in optimised code: one copy for each of some four hundred keys would
/// take minutes to compile and save nothing that can be measured.
struct FieldTable<Model: Record>: Sendable {
    struct Field: Sendable {
        let key: String
        let summary: String
        let isRequired: Bool
        let isList: Bool
        let shape: @Sendable () -> Shape
        let read: @Sendable (YAMLNode, inout Model, inout Reading) -> Void
        let outline: @Sendable (Model) -> Outline?
    }

    private(set) var fields: [Field] = []
    private var places: [String: Int] = [:]

    init(_ describe: (inout FieldTable) -> Void) {
        describe(&self)
    }

    private mutating func append(_ field: Field) {
        precondition(places[field.key] == nil, "the key '\(field.key)' stands twice in a table")
        places[field.key] = fields.count
        fields.append(field)
    }

    /// A key that every such record has.
    @_semantics("optimize.sil.specialize.generic.never")
    mutating func required<Value>(
        _ key: String, _ path: any WritableKeyPath<Model, Value> & Sendable, _ kind: Kind<Value>,
        _ summary: String
    ) {
        append(
            Field(
                key: key, summary: summary, isRequired: true, isList: false, shape: kind.shape,
                read: { node, model, reading in
                    if let value = kind.read(node, &reading) { model[keyPath: path] = value }
                }, outline: { kind.outline($0[keyPath: path]) }))
    }

    /// A key that may be left out.
    @_semantics("optimize.sil.specialize.generic.never")
    mutating func optional<Value>(
        _ key: String, _ path: any WritableKeyPath<Model, Value?> & Sendable, _ kind: Kind<Value>,
        _ summary: String
    ) {
        append(
            Field(
                key: key, summary: summary, isRequired: false, isList: false, shape: kind.shape,
                read: { node, model, reading in
                    if let value = kind.read(node, &reading) { model[keyPath: path] = value }
                }, outline: { $0[keyPath: path].map(kind.outline) }))
    }

    /// A key with a list. One value alone counts as a list of one.
    @_semantics("optimize.sil.specialize.generic.never")
    mutating func list<Value>(
        _ key: String, _ path: any WritableKeyPath<Model, [Value]> & Sendable, _ kind: Kind<Value>,
        _ summary: String
    ) {
        append(
            Field(
                key: key, summary: summary, isRequired: false, isList: true,
                shape: { .list(kind.shape()) },
                read: { node, model, reading in
                    guard case .sequence(let elements) = node.content else {
                        if case .mapping = node.content, case .record = kind.shape() {
                            return reading.expected("a list, each element after '- ',", at: node)
                        }
                        if let value = kind.read(node, &reading) {
                            model[keyPath: path].append(value)
                        }
                        return
                    }
                    for element in elements {
                        if let value = kind.read(element, &reading) {
                            model[keyPath: path].append(value)
                        }
                    }
                },
                outline: { model in
                    let values = model[keyPath: path]
                    return values.isEmpty ? nil : .list(values.map(kind.outline))
                }))
    }
}

extension FieldTable {
    /// Reads the keys of `entries` into `model`, and reports those that are unknown or missing.
    @_semantics("optimize.sil.specialize.generic.never")
    func read(
        _ entries: [YAMLNode.Entry], into model: inout Model, _ reading: inout Reading,
        reportsMissing: Bool = true
    ) {
        var seen = Set<Int>()
        for entry in entries {
            guard let place = places[entry.key] else {
                unknown(entry, &reading)
                continue
            }
            let field = fields[place]
            if entry.value.isNull {
                empty(field, entry, &reading)
            } else {
                field.read(entry.value, &model, &reading)
            }
            seen.insert(place)
        }
        guard reportsMissing, !reading.isCutShort else { return }
        for (place, field) in fields.enumerated() where field.isRequired && !seen.contains(place) {
            reading.report(
                "missing-key", "\(article(Model.name)) needs '\(field.key)'", at: model.position,
                help: "\(field.key): \(field.summary)")
        }
    }

    /// The description of the record.
    var shape: RecordShape {
        let fields = fields
        return RecordShape(name: Model.name, summary: Model.summary) {
            fields.map {
                FieldShape(
                    key: $0.key, summary: $0.summary, isRequired: $0.isRequired, shape: $0.shape())
            }
        }
    }

    private func unknown(_ entry: YAMLNode.Entry, _ reading: inout Reading) {
        let meant = Spelling.nearest(to: entry.key, among: fields.map(\.key))
        let key = entry.key.count > 40 ? entry.key.prefix(40) + "…" : entry.key
        reading.report(
            "unknown-key", "'\(key)' is not known in \(article(Model.name))",
            at: reading.position(entry.keyMark),
            help: meant.map { "did you mean '\($0)'?" }
                ?? "known here: \(fields.map(\.key).joined(separator: ", "))")
    }

    private func empty(_ field: Field, _ entry: YAMLNode.Entry, _ reading: inout Reading) {
        reading.report(
            "empty-value", "'\(field.key)' has no value", at: reading.position(entry.keyMark),
            help: field.isRequired ? field.summary : "give it one, or leave the key out",
            severity: field.isRequired ? .error : .warning)
    }
}

extension Kind where Value: Record {
    /// A mapping.
    static var record: Self {
        Kind(
            shape: { .record(Value.table.shape) },
            read: { node, reading in
                guard case .mapping(let entries) = node.content else {
                    let keys = Value.table.fields.filter(\.isRequired).map { "'\($0.key):'" }
                    reading.expected(
                        article(Value.name), at: node,
                        help: keys.isEmpty ? nil : "give it \(keys.joined(separator: ", "))")
                    return nil
                }
                var value = Value()
                value.position = reading.position(node)
                Value.table.read(entries, into: &value, &reading)
                return value
            },
            outline: { value in .record(value.outline) })
    }
}

extension Record {
    /// What was read, for comparing.
    var outline: Outline.Record {
        var record = Outline.Record(name: Self.name, label: nil, fields: [])
        for field in Self.table.fields {
            guard let outline = field.outline(self) else { continue }
            if record.label == nil, case .value(let text) = outline,
                labelKeys.contains(field.key)
            {
                record.label = text
            }
            record.fields.append((field.key, outline))
        }
        return record
    }
}

/// Keys that tell one element of a list from another, where it has no id.
private let labelKeys: Set<String> = [
    "id", "name", "material", "role", "test", "assay", "rule", "item", "title", "event", "change",
    "site", "bank",
]

/// "a parameter", "an assay".
func article(_ noun: String) -> String {
    let vowels: Set<Character> = ["a", "e", "i", "o", "u"]
    return (noun.first.map(vowels.contains) == true ? "an " : "a ") + noun
}
