import ArgumentParser
import Facility
import Ledger

/// `seedlot commands`: the catalogue of what a site can be asked to do.
struct CommandsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "commands",
        abstract: "List the commands of a site, or print the JSON Schema of one.")

    @Argument(help: "The name of a command, such as batch.complete-step.")
    var name: String?

    @Flag(help: "Print the JSON Schema of the command.")
    var schema = false

    @OptionGroup var output: FormatOption

    func run() throws {
        guard let name else {
            guard !schema else {
                throw Complaint.misuse(
                    "--schema needs the name of a command", wayOut: "seedlot commands NAME --schema"
                )
            }
            try list()
            return
        }
        let type: any Command.Type
        do throws(CommandProblem) {
            type = try CommandCatalogue.type(named: name)
        } catch {
            throw Complaint(error.description)
        }
        if schema {
            print(try type.jsonSchema.printed())
        } else {
            try show(type)
        }
    }

    private struct Row: Encodable {
        var name: String
        var summary: String
        var permission: String
        var roles: [String]
        var signature: String?
        var fields: [Field] = []

        struct Field: Encodable {
            var name: String
            var required: Bool
            var expects: String
            var help: String?
        }

        init(_ type: any Command.Type) {
            name = type.name
            summary = type.summary
            permission = type.permission.rawValue
            roles = type.permission.roles.map(\.rawValue).sorted()
            signature = type.signature?.rawValue
            if case .object(let fields) = type.schema {
                self.fields = fields.map {
                    Field(
                        name: $0.name, required: $0.isRequired, expects: $0.schema.expectation,
                        help: type.help[$0.name])
                }
            }
        }
    }

    private func list() throws {
        let rows = CommandCatalogue.all.map(Row.init)
        switch output.format {
        case .json: print(try rows.printedJSON())
        case .text:
            let width = rows.map(\.name.count).max() ?? 0
            for row in rows {
                let name = row.name + String(repeating: " ", count: width - row.name.count)
                print("\(name)  \(row.summary)")
            }
        }
    }

    private func show(_ type: any Command.Type) throws {
        let row = Row(type)
        guard output.format == .text else { return print(try row.printedJSON()) }
        print("\(row.name): \(row.summary)")
        print("who may: \(row.roles.joined(separator: ", "))")
        if let signature = row.signature { print("signed as: \(signature)") }
        for field in row.fields {
            let optional = field.required ? "" : " (optional)"
            print("  \(field.name)\(optional): \(field.expects)")
            if let help = field.help { print("      \(help)") }
        }
    }
}

extension JSONValue {
    /// This value as indented JSON with sorted keys.
    func printed() throws -> String {
        try Printed(value: self).printedJSON()
    }

    private struct Printed: Encodable {
        let value: JSONValue

        func encode(to encoder: any Encoder) throws {
            switch value {
            case .null:
                var container = encoder.singleValueContainer()
                try container.encodeNil()
            case .bool(let flag): try flag.encode(to: encoder)
            case .number(let number):
                if let whole = Int(exactly: number) {
                    try whole.encode(to: encoder)
                } else {
                    try number.encode(to: encoder)
                }
            case .string(let text): try text.encode(to: encoder)
            case .array(let values): try values.map(Printed.init).encode(to: encoder)
            case .object(let members): try members.mapValues(Printed.init).encode(to: encoder)
            }
        }
    }
}
