import ArgumentParser
import ProductDefinition

/// `seedlot diff A B`: what changed between two definitions.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Tell what changed between two definitions, in the field's words.",
        discussion: """
            Compares a research and a GMP version, or two versions, by step, parameter, material \
            and specification. '~' is changed, '+' added, '-' removed.
            """)

    @Argument(help: "The earlier definition: a file or a folder.")
    var before: String

    @Argument(help: "The later definition: a file or a folder.")
    var after: String

    @OptionGroup var output: FormatOption

    func run() throws {
        let changes = try DefinitionArgument.read(before)
            .changes(to: DefinitionArgument.read(after))
        switch output.format {
        case .json: print(try changes.map(Change.init).printedJSON())
        case .text:
            for change in changes { print(change) }
            let count = changes.count
            print(count == 0 ? "no change" : count == 1 ? "1 change" : "\(count) changes")
        }
    }

    /// A change as JSON.
    private struct Change: Encodable {
        let kind: String
        let path: [String]
        let before: String?
        let after: String?

        init(_ change: DefinitionChange) {
            kind = change.kind.rawValue
            path = change.path
            before = change.before
            after = change.after
        }
    }
}
