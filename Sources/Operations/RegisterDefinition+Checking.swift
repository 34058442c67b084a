import Diagnostics
package import Facility
import ProductDefinition

extension RegisterDefinition {
    /// This command with the number of errors the checker finds, whatever the caller claimed.
    package func checked() -> RegisterDefinition {
        let read = DefinitionReader.read(files.map { SourceFile(name: $0.name, text: $0.text) })
        var command = self
        command.openErrors = read.findings.count { $0.severity == .error }
        return command
    }
}
