/// One file of a definition: its name within the folder and its text.
package struct DefinitionFile: Field, Hashable, Sendable {
    package var name: String
    package var text: String

    /// A file of a definition.
    package init(name: String, text: String) {
        self.name = name
        self.text = text
    }

    package static var fieldSchema: FieldSchema {
        .object([
            .init(name: "name", schema: .text(maximum: 200), isRequired: true),
            .init(
                name: "text", schema: .text(maximum: CommandLimits.documentCharacters),
                isRequired: true),
        ])
    }
    package static var sample: DefinitionFile { DefinitionFile(name: "", text: "") }
}
