import Checker
import Diagnostics
import Foundation
import ProductDefinition

/// One task a process, so that `measure.py` sees seconds and peak memory of the task alone:
///
///     DefinitionBench write STEPS FILE    writes a definition of so many steps
///     DefinitionBench read PATH           reads it, as every command does first
///     DefinitionBench check PATH          reads, judges and prints it, as `seedlot check` does
@main enum DefinitionBench {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch (arguments.first, arguments.count) {
        case ("write", 3):
            guard let steps = Int(arguments[1]) else { return usage() }
            try Data(LongDefinition.text(steps: steps).utf8).write(
                to: URL(filePath: arguments[2]))
        case ("read", 2):
            let read = DefinitionFiles.read(arguments[1])
            let steps = read.definition?.process?.stages.reduce(0) { $0 + $1.operations.count }
            print("\(steps ?? 0) steps, \(read.findings.count) findings in reading")
        case ("check", 2): check(arguments[1])
        default: usage()
        }
    }

    private static func check(_ path: String) {
        let read = DefinitionFiles.read(path)
        guard let definition = read.definition, let day = CalendarDate("2026-11-21") else {
            return print(TextRenderer(sources: read.sources).render(read.findings))
        }
        let report = DefinitionCheck.run(definition, asOf: day)
        let findings = (read.findings + report.findings).inReadingOrder()
        print(TextRenderer(sources: read.sources).render(findings), terminator: "")
        print("\(path): \(TextRenderer.summary(of: findings))")
    }

    private static func usage() {
        print("usage: DefinitionBench write STEPS FILE | read PATH | check PATH")
        exit(2)
    }
}
