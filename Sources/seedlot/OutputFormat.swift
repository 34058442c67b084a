import ArgumentParser
import Foundation

/// How a command prints what a program may read.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

/// The option every command has that prints something a program may read.
struct FormatOption: ParsableArguments {
    @Option(name: .customLong("format"), help: "How to print: text or json.")
    var format = OutputFormat.text

    /// Prints `value` in the form that was asked for; `text` prints it for people.
    func give(_ value: some Encodable, as text: () throws -> Void) throws {
        switch format {
        case .json: print(try value.printedJSON())
        case .text: try text()
        }
    }
}

extension Encodable {
    /// This value as JSON with sorted keys, for `--format json`.
    func printedJSON() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
