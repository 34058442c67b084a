import Checker
import Diagnostics
package import Facility
import ProductDefinition

extension RegisterDefinition {
    /// This command with the number of errors the checker finds, whatever the caller claimed.
    package func checked() -> RegisterDefinition {
        let read = DefinitionReader.read(files.map { SourceFile(name: $0.name, text: $0.text) })
        var findings = read.findings
        if let definition = read.definition {
            findings += Checker.check(definition)
        }
        var command = self
        command.openErrors = findings.count { $0.severity == .error }
        return command
    }
}
