import ArgumentParser
import ProductDefinition

/// `seedlot schema`: the form of a definition, for editors.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of a definition, by which editors complete and check it.",
        discussion: """
            Save it and name it in the first line of each file:
              # yaml-language-server: $schema=seedlot.schema.json
            """)

    @Flag(help: "Print the reference page of all keys in Markdown instead.")
    var page = false

    func run() throws {
        print(page ? DefinitionPage.markdown : DefinitionSchema.json, terminator: "")
    }
}
