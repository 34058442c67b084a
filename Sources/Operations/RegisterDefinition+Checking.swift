import Checker
import Diagnostics
package import Facility
import ProductDefinition

extension RegisterDefinition {
    /// This command with the number of errors found by reading and by the rules on the day
    /// `today`, whatever the caller claimed.
    package func checked(on today: Facility.CalendarDate) -> RegisterDefinition {
        let read = DefinitionReader.read(files.map { SourceFile(name: $0.name, text: $0.text) })
        var errors = read.findings.count { $0.severity == .error }
        if let definition = read.definition,
            let day = ProductDefinition.CalendarDate(today.description)
        {
            let report = DefinitionCheck.run(definition, asOf: day)
            errors += report.findings.count { $0.severity == .error }
        }
        var command = self
        command.openErrors = errors
        return command
    }
}
