package import Ledger

extension FieldSchema {
    /// This schema as JSON Schema (draft 2020-12).
    package func jsonSchema(help: [String: String] = [:]) -> JSONValue {
        switch self {
        case .text(let maximum):
            ["type": "string", "maxLength": .number(Double(maximum))]
        case .choice(let words):
            ["type": "string", "enum": .array(words.map(JSONValue.string))]
        case .integer(let range):
            [
                "type": "integer", "minimum": .number(Double(range.lowerBound)),
                "maximum": .number(Double(range.upperBound)),
            ]
        case .boolean:
            ["type": "boolean"]
        case .formatted(let form, let example):
            [
                "type": "string", "description": .string(form),
                "examples": .array([.string(example)]),
            ]
        case .list(let element, let maximum):
            [
                "type": "array", "items": element.jsonSchema(),
                "maxItems": .number(Double(maximum)),
            ]
        case .object(let fields):
            Self.objectSchema(fields, help: help)
        }
    }

    private static func objectSchema(
        _ fields: [NamedField], help: [String: String]
    ) -> JSONValue {
        var properties: [String: JSONValue] = [:]
        for field in fields {
            var schema = field.schema.jsonSchema()
            if let text = help[field.name], case .object(var members) = schema {
                members["title"] = .string(text)
                schema = .object(members)
            }
            properties[field.name] = schema
        }
        return [
            "type": "object",
            "properties": .object(properties),
            "required": .array(fields.filter(\.isRequired).map { .string($0.name) }),
            "additionalProperties": false,
        ]
    }
}

extension Command {
    /// The JSON Schema of the command, as `seedlot commands NAME --schema` prints it.
    package static var jsonSchema: JSONValue {
        guard case .object(var members) = schema.jsonSchema(help: help) else {
            preconditionFailure("the schema of '\(name)' is no object")
        }
        members["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        members["title"] = .string(name)
        members["description"] = .string(summary)
        return .object(members)
    }
}
