import Diagnostics

/// The form of a definition, as the reader's own tables describe it.
public enum DefinitionSchema {
    /// The JSON Schema (draft 2020-12) by which editors complete and check a definition's files.
    ///
    /// Nothing is required at the top, since a file of a folder may hold only a part. What an
    /// editor cannot check, such as units and references, stays with the reader.
    public static var json: String {
        var writer = SchemaWriter()
        let root = Definition.table.shape
        var properties = writer.properties(of: root)
        properties.insert(("$schema", .members([("type", .string("string"))])), at: 0)
        let definitions = writer.definitions.sorted { $0.key < $1.key }
        return JSONText.members([
            ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
            ("title", .string("Seedlot product definition")),
            ("description", .string(root.summary)),
            ("type", .string("object")),
            ("properties", .object(properties)),
            ("additionalProperties", .bool(false)),
            ("$defs", .object(definitions.map { ($0.key, $0.value) })),
        ]).pretty
    }
}

private struct SchemaWriter {
    private(set) var definitions: [String: JSONText] = [:]

    mutating func properties(of record: RecordShape) -> [(key: String, value: JSONText)] {
        record.fields().map { field in
            (field.key, described(schema(of: field.shape), field.summary))
        }
    }

    private mutating func schema(of shape: Shape) -> JSONText {
        switch shape {
        case .text, .reference: return .members([("type", Self.textTypes)])
        case .identifier:
            return .members([
                ("type", Self.textTypes),
                ("pattern", .string("^[A-Za-z0-9._-]{1,\(DefinitionLimits.identifierLength)}$")),
            ])
        case .flag:
            return .members([
                ("enum", .array([.string("yes"), .string("no"), .bool(true), .bool(false)]))
            ])
        case .whole: return .members([("type", .string("integer")), ("minimum", .number(0))])
        case .number: return .members([("type", .string("number"))])
        case .date: return .members([("type", .string("string")), ("format", .string("date"))])
        case .quantity(let measure):
            return .members([
                ("type", Self.textTypes),
                ("pattern", .string(#"^\s*[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?\s*\D*"#)),
                ("examples", .array([.string(measure.example)])),
            ])
        case .range, .limit:
            return .members([
                ("type", Self.textTypes),
                ("examples", .array([.string(">= 95 %"), .string("2500..3500 cells/cm2")])),
            ])
        case .choice(let words):
            // Where "yes" and "no" are words among others, YAML 1.1 editors see truth values.
            let truths = words.contains("yes") ? [JSONText.bool(true), .bool(false)] : []
            return .members([("enum", .array(words.map(JSONText.string) + truths))])
        case .list(let element):
            let schema = schema(of: element)
            let list = JSONText.members([("type", .string("array")), ("items", schema)])
            if case .record = element { return list }
            return .members([("anyOf", .array([schema, list]))])
        case .either(let shapes):
            return .members([("anyOf", .array(shapes.map { schema(of: $0) }))])
        case .record(let record): return reference(to: record)
        }
    }

    private mutating func reference(to record: RecordShape) -> JSONText {
        let name = record.name.split(separator: " ").joined(separator: "-")
        if definitions[name] == nil {
            // Marks the name as taken before its keys are described: records hold records.
            definitions[name] = .null
            let fields = record.fields()
            let properties = properties(of: record)
            let required = fields.filter(\.isRequired).map { JSONText.string($0.key) }
            definitions[name] = .members([
                ("description", .string(record.summary)), ("type", .string("object")),
                ("properties", .object(properties)),
                ("required", required.isEmpty ? nil : .array(required)),
                ("additionalProperties", .bool(false)),
            ])
        }
        return .members([("$ref", .string("#/$defs/\(name)"))])
    }

    private func described(_ schema: JSONText, _ summary: String) -> JSONText {
        guard case .object(let members) = schema else { return schema }
        return .object([("description", .string(summary))] + members)
    }

    /// YAML reads `0.10` as a number and `no` as a truth value before a schema sees them.
    private static let textTypes = JSONText.array([
        .string("string"), .string("number"), .string("boolean"),
    ])
}
