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
}

extension Encodable {
    /// This value as JSON with sorted keys, for `--format json`.
    func printedJSON() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
